"""Which records belong to a disaster that is over: nothing of a person who is still looked after elsewhere."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from app.shelters.ending.values import Found, Part, Scope

HELD = "SELECT record, subject FROM hold WHERE ended_at IS NULL AND record_class = 'shelter'"
OF_SHELTER = '(? IS NULL OR {shelter} = ?) AND {practice} = ?'
SIMPLE = {
    Part.OPENINGS: ('shelter_opening', 'shelter_opening.id', 'shelter_opening'),
    Part.HEALTH: ('health_case', 'health_case.id', 'health_case'),
    Part.NOTES: ('handing_over', 'handing_over.id', 'handing_over'),
    Part.HELPERS: ('task_helper JOIN shelter_task AS task ON task.id = task_helper.task', 'task_helper.id', 'task'),
}  # fmt: skip
"""Tables with a shelter and a mark of practice: from, id, and where the two columns stand."""
WHOLE = {
    Part.INQUIRIES: ('inquiry', 'practice = ?'),
    Part.COPIES: ('received_copy', 'practice = ?'),
    Part.LISTED: ('vulnerable_person', 'practice = ? AND practice = 1'),
}
CLASSIFIED = (
    'evacuee', 'household', 'dwelling', 'family_draft', 'shelter_opening', 'inquiry', 'health_case', 'handing_over',
    'task_helper', 'vulnerable_person', 'shelter', 'received_copy', 'paper_photo', 'across_key',
)  # fmt: skip
"""Tables whose ids have keys of the record class."""
ACROSS = """
    SELECT DISTINCT key AS id FROM (
        SELECT key FROM across_token UNION SELECT key FROM across_person UNION SELECT key FROM across_stay
        UNION SELECT key FROM across_claim
    )
"""
"""One that was never used stays: it is for the next disaster."""


def find(rows: sqlite3.Connection, scope: Scope, keys: Collection[UUID]) -> Found:
    """Whose keys go, of the subjects that have a key of the record class."""
    of_people = _People(rows, scope)
    whole = scope.shelter is None
    owners = {
        Part.PEOPLE: of_people.gone,
        **_households(rows, of_people.gone, whole and not scope.practice),
        **{part: _of_shelter(rows, scope, *where) for part, where in SIMPLE.items()},
        **({part: _of_mode(rows, scope, *where) for part, where in WHOLE.items()} if whole else {}),
        Part.SEARCHES: _searches(rows, scope),
        Part.PICTURES: _pictures(rows, scope, of_people.gone),
    }
    if whole and not scope.practice:
        owners[Part.ACROSS] = _ids(rows, ACROSS)
        owners[Part.FAMILIES] = _ids(rows, 'SELECT id FROM family_draft')
        owners[Part.OTHER] = frozenset(keys) - _classified(rows)
    present = set(keys)
    return Found(
        owners={part: frozenset(found & present) for part, found in owners.items()},
        held=of_people.held & present,
        elsewhere=of_people.elsewhere & present,
    )


class _People:
    """Human beings, each with all records that a person decided to be the same."""

    def __init__(self, rows: sqlite3.Connection, scope: Scope) -> None:
        groups = _groups(rows)
        stays: dict[UUID, list[bool]] = defaultdict(list)
        for row in rows.execute('SELECT evacuee, shelter, practice FROM stay'):
            stays[UUID(row['evacuee'])].append(_is_in(scope, row))
        held = _held(rows)
        gone: set[UUID] = set()
        kept_held: set[UUID] = set()
        elsewhere: set[UUID] = set()
        for members, practice in groups:
            inside = [is_in for each in members for is_in in stays[each]]
            if not (any(inside) or (not inside and scope.shelter is None and practice == scope.practice)):
                continue
            target = kept_held if held & members else gone if all(inside) else elsewhere
            target |= members
        self.gone, self.held, self.elsewhere = frozenset(gone), frozenset(kept_held), frozenset(elsewhere)


def _groups(rows: sqlite3.Connection) -> Iterable[tuple[set[UUID], bool]]:
    into: dict[UUID, UUID | None] = {}
    practice: dict[UUID, bool] = {}
    for row in rows.execute('SELECT id, merged_into, practice FROM evacuee'):
        into[UUID(row['id'])] = UUID(row['merged_into']) if row['merged_into'] else None
        practice[UUID(row['id'])] = bool(row['practice'])
    groups: dict[UUID, set[UUID]] = defaultdict(set)
    for each in into:
        groups[_last(into, each)].add(each)
    return [(members, practice[last]) for last, members in groups.items()]


def _last(into: Mapping[UUID, UUID | None], evacuee: UUID) -> UUID:
    seen = {evacuee}
    while (following := into.get(evacuee)) is not None and following in into and following not in seen:
        seen.add(following)
        evacuee = following
    return evacuee


def _is_in(scope: Scope, row: sqlite3.Row) -> bool:
    at_shelter = scope.shelter is None or row['shelter'] == str(scope.shelter)
    return at_shelter and bool(row['practice']) == scope.practice


def _held(rows: sqlite3.Connection) -> set[UUID]:
    return {UUID(value) for row in rows.execute(HELD) for value in (row['record'], row['subject'])}


def _households(rows: sqlite3.Connection, people: frozenset[UUID], with_empty: bool) -> dict[Part, frozenset[UUID]]:
    members = _linked(rows, 'SELECT household AS whole, evacuee AS part FROM household_member')
    households = _all_gone(_ids(rows, 'SELECT id FROM household'), members, people, with_empty)
    lived = _linked(rows, 'SELECT dwelling AS whole, household AS part FROM household_dwelling')
    dwellings = _all_gone(_ids(rows, 'SELECT id FROM dwelling'), lived, households, with_empty)
    return {Part.HOUSEHOLDS: households, Part.DWELLINGS: dwellings}


def _linked(rows: sqlite3.Connection, query: str) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for row in rows.execute(query):
        found[UUID(row['whole'])].add(UUID(row['part']))
    return found


def _all_gone(
    ids: frozenset[UUID], parts: Mapping[UUID, set[UUID]], gone: frozenset[UUID], with_empty: bool
) -> frozenset[UUID]:
    return frozenset(each for each in ids if (parts[each] <= gone if parts.get(each) else with_empty))


def _of_shelter(rows: sqlite3.Connection, scope: Scope, table: str, id_: str, at: str) -> frozenset[UUID]:
    where = OF_SHELTER.format(shelter=f'{at}.shelter', practice=f'{at}.practice')
    shelter = str(scope.shelter) if scope.shelter else None
    return _ids(rows, f'SELECT {id_} AS id FROM {table} WHERE {where}', [shelter, shelter, scope.practice])  # noqa: S608


def _of_mode(rows: sqlite3.Connection, scope: Scope, table: str, where: str) -> frozenset[UUID]:
    return _ids(rows, f'SELECT id FROM {table} WHERE {where}', [scope.practice])  # noqa: S608 - our own names


def _searches(rows: sqlite3.Connection, scope: Scope) -> frozenset[UUID]:
    """Drills and disasters of a shelter share one key of typed words: it goes with a drill if nothing was real."""
    shelters = frozenset({scope.shelter}) if scope.shelter else _ids(rows, 'SELECT id FROM shelter')
    if not scope.practice:
        return shelters
    return shelters - _ids(rows, 'SELECT DISTINCT shelter AS id FROM stay WHERE practice = 0')


def _pictures(rows: sqlite3.Connection, scope: Scope, people: frozenset[UUID]) -> frozenset[UUID]:
    """Of these people, and of forms that nobody typed in."""
    papers = _of_shelter(rows, scope, 'paper_photo', 'paper_photo.id', 'paper_photo')
    found = rows.execute("SELECT id, subject FROM stored_file WHERE record_class = 'shelter'")
    return papers | {UUID(row['id']) for row in found if UUID(row['subject']) in people | papers}


def _classified(rows: sqlite3.Connection) -> frozenset[UUID]:
    known = (_ids(rows, f'SELECT id FROM {table}') for table in CLASSIFIED)  # noqa: S608 - our own names
    return frozenset().union(*known, _ids(rows, "SELECT id FROM stored_file WHERE record_class = 'shelter'"))


def _ids(rows: sqlite3.Connection, query: str, values: Iterable[object] = ()) -> frozenset[UUID]:
    return frozenset(UUID(row['id']) for row in rows.execute(query, list(values)))
