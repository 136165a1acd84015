"""The same received at shelters of two boxes (二重の受取り): both stand, and staff of both and headquarters see it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.shelters.across.same_items import Named, SameItems
from app.shelters.handouts.doubles import Claim, double_claims
from app.shelters.handouts.values import Answer, ItemEntry, ItemInfo, ItemKind, ItemRules
from app.storage.reading import ReadOnlyDatabase

CLAIMS = """
    SELECT claim.id, claim.person, claim.shelter, claim.shelter_name, claim.item, claim.item_code, claim.root,
           claim.limits, claim.at, claim.overridden, who.box, who.number
    FROM across_claim AS claim JOIN across_person AS who ON who.id = claim.person
    WHERE claim.stands = 1 AND who.withdrawn = 0 AND who.practice = ? AND claim.person IN (
        SELECT mine.person FROM across_index AS mine
        JOIN across_index AS theirs ON theirs.token_index = mine.token_index AND theirs.person <> mine.person
    )
    ORDER BY claim.at, claim.root IS NOT NULL, claim.id
"""
INDEXES = """
    SELECT token_index, person FROM across_index WHERE token_index IN (
        SELECT token_index FROM across_index GROUP BY token_index HAVING count(*) > 1
    ) ORDER BY token_index, person
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimThere:
    """One of two claims, as its box told."""

    evacuee: UUID
    """As its box names them."""
    number: str
    shelter_name: str
    at: datetime
    box: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleAcross:
    """Two claims of which the second passes a limit, made at two boxes."""

    item: str
    for_household: bool
    """Their household may have it so often, and another member made a claim."""
    first: ClaimThere
    second: ClaimThere
    answer: Answer


class DoublesAcross:
    """Finds them from what all boxes told, each box for itself and headquarters for all."""

    def __init__(self, reading: ReadOnlyDatabase) -> None:
        self._reading = reading

    async def since(self, start: datetime, *, practice: bool) -> list[DoubleAcross]:
        """Those of which the second claim was made since, the newest first."""

        def query(connection: sqlite3.Connection) -> list[DoubleAcross]:
            rows = connection.execute(CLAIMS, [practice]).fetchall()
            groups = _groups((row['token_index'], row['person']) for row in connection.execute(INDEXES))
            return _doubles(rows, groups)

        return [each for each in await self._reading.read(query) if each.second.at >= start]


def _doubles(rows: Sequence[sqlite3.Row], groups: Mapping[str, str]) -> list[DoubleAcross]:
    by_id = {UUID(row['id']): row for row in rows}
    same = SameItems(_named(row) for row in rows)
    items = {same.id_of(_named(row)): _info(row, same) for row in rows}
    found = double_claims([_claim(row, groups, same) for row in rows], items, {})
    pairs = [(one, by_id[one.first.id], by_id[one.second.id]) for one in found]
    apart = [pair for pair in pairs if pair[0].first.origin != pair[0].second.origin]
    apart.sort(key=lambda pair: bool(pair[2]['root']) + bool(pair[1]['root']), reverse=True)
    once = {(_root(first), _root(second)): (one, first, second) for one, first, second in apart}
    doubles = [_double(one.answer, first, second) for one, first, second in once.values()]
    return sorted(doubles, key=lambda double: double.second.at, reverse=True)


def _double(answer: Answer, first: sqlite3.Row, second: sqlite3.Row) -> DoubleAcross:
    shared = bool(first['root'] or second['root'])
    return DoubleAcross(
        item=second['item'], for_household=shared, first=_there(first), second=_there(second), answer=answer
    )


def _groups(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest id of all who share a card, also by way of others: one human being."""
    leader: dict[str, str] = {}
    of_index: dict[str, str] = {}
    for index, person in links:
        first = _leader(leader, of_index.setdefault(index, person))
        second = _leader(leader, person)
        leader[max(first, second)] = min(first, second)
    return {person: _leader(leader, person) for person in leader}


def _leader(leader: dict[str, str], person: str) -> str:
    while leader.setdefault(person, person) != person:
        person = leader[person]
    return person


def _claim(row: sqlite3.Row, groups: Mapping[str, str], same: SameItems) -> Claim:
    return Claim(
        id=UUID(row['id']),
        item=same.id_of(_named(row)),
        shelter=UUID(row['shelter']),
        evacuee=UUID(groups.get(row['person'], row['person'])),
        household=None,
        origin=UUID(row['box']),
        at=_time(row['at']),
        overridden=bool(row['overridden']),
    )


def _info(row: sqlite3.Row, same: SameItems) -> ItemInfo:
    limits: dict[str, Any] = json.loads(row['limits'])
    minutes, kind = limits.get('interval_minutes'), limits.get('kind')
    rules = ItemRules(
        kind=ItemKind(kind) if kind in set(ItemKind) else ItemKind.GOODS,
        interval=timedelta(minutes=minutes) if minutes else None,
        per_day=limits.get('per_day'),
        in_all=limits.get('in_all'),
        excludes=frozenset(same.id_of(Named(name)) for name in limits.get('excludes', ())),
    )
    return ItemInfo(same.id_of(_named(row)), ItemEntry(name=row['item'], rules=rules))


def _there(row: sqlite3.Row) -> ClaimThere:
    return ClaimThere(
        evacuee=UUID(row['person']),
        number=row['number'],
        shelter_name=row['shelter_name'],
        at=_time(row['at']),
        box=UUID(row['box']),
    )


def _named(row: sqlite3.Row) -> Named:
    return Named(row['item'], row['item_code'])


def _root(row: sqlite3.Row) -> str:
    return str(row['root'] or row['id'])


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(TOKYO)
