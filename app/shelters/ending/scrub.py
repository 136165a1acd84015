"""What is left in the tables beside keys: sealed fields, and traces by which a card or a name could be recognised."""

from collections.abc import Sequence
from uuid import UUID

from app import clock
from app.shelters.ending.values import Part
from app.storage.transaction import Transaction

TRACES: dict[Part, tuple[str, ...]] = {
    Part.PEOPLE: (
        'DELETE FROM across_token WHERE id IN (SELECT id FROM evacuee_token WHERE evacuee IN ({ids}))',
        'DELETE FROM across_index WHERE person IN ({ids})',
        'DELETE FROM across_stay WHERE person IN ({ids})',
        'DELETE FROM across_claim WHERE person IN ({ids})',
        'DELETE FROM across_person WHERE id IN ({ids})',
        'DELETE FROM evacuee_token WHERE evacuee IN ({ids})',
        "UPDATE evacuee SET details = x'' WHERE id IN ({ids})",
        'UPDATE departure SET destination = NULL WHERE evacuee IN ({ids})',
        'UPDATE handout SET words = NULL WHERE evacuee IN ({ids})',
        "UPDATE benefit SET payee = x'' WHERE evacuee IN ({ids})",
        "UPDATE health_case SET details = x'' WHERE evacuee IN ({ids})",
        'UPDATE duplicate_decision SET details_before = NULL WHERE kept IN ({ids})',
        'UPDATE vulnerable_person SET evacuee = NULL WHERE evacuee IN ({ids})',
    ),
    Part.HOUSEHOLDS: ("UPDATE household SET details = x'' WHERE id IN ({ids})",),
    Part.DWELLINGS: ("UPDATE dwelling SET details = x'' WHERE id IN ({ids})",),
    Part.FAMILIES: ('DELETE FROM family_draft WHERE id IN ({ids})',),
    Part.OPENINGS: ('UPDATE shelter_opening SET opener = NULL WHERE id IN ({ids})',),
    Part.INQUIRIES: ("UPDATE inquiry SET content = x'', name_index = '', inquirer_index = '' WHERE id IN ({ids})",),
    Part.HEALTH: ("UPDATE health_case SET details = x'' WHERE id IN ({ids})",),
    Part.HELPERS: ("UPDATE task_helper SET details = x'' WHERE id IN ({ids})",),
    Part.NOTES: ("UPDATE handing_over SET details = x'' WHERE id IN ({ids})",),
    Part.COPIES: ("UPDATE received_copy SET content = x'' WHERE id IN ({ids})",),
    Part.LISTED: (
        'DELETE FROM vulnerable_call WHERE person IN ({ids})',
        'DELETE FROM vulnerable_person WHERE id IN ({ids})',
    ),
    Part.ACROSS: (
        "INSERT OR IGNORE INTO across_key (id, secret, made_at, ended_elsewhere) SELECT DISTINCT key, x'',"
        " '1970-01-01 00:00:00+00:00', 1 FROM across_person WHERE key IN ({ids})",
        'DELETE FROM across_token WHERE key IN ({ids})',
        'DELETE FROM across_index WHERE key IN ({ids})',
        'DELETE FROM across_stay WHERE key IN ({ids})',
        'DELETE FROM across_claim WHERE key IN ({ids})',
        'DELETE FROM across_person WHERE key IN ({ids})',
        "UPDATE across_key SET secret = x'' WHERE id IN ({ids})",
    ),
    Part.PICTURES: (
        'DELETE FROM file_content WHERE file IN ({ids})',
        'DELETE FROM stored_file WHERE id IN ({ids})',
        "UPDATE paper_photo SET code = x'' WHERE id IN ({ids})",
    ),
}
"""Statements by kind of record; figures, classes, times and places stay."""
LEFTOVERS: dict[Part, str] = {
    Part.PEOPLE: 'SELECT count(*) FROM evacuee WHERE id IN ({ids}) AND length(details) > 0',
    Part.HOUSEHOLDS: 'SELECT count(*) FROM household WHERE id IN ({ids}) AND length(details) > 0',
    Part.DWELLINGS: 'SELECT count(*) FROM dwelling WHERE id IN ({ids}) AND length(details) > 0',
    Part.FAMILIES: 'SELECT count(*) FROM family_draft WHERE id IN ({ids})',
    Part.OPENINGS: 'SELECT count(*) FROM shelter_opening WHERE id IN ({ids}) AND opener IS NOT NULL',
    Part.INQUIRIES: 'SELECT count(*) FROM inquiry WHERE id IN ({ids}) AND length(content) > 0',
    Part.HEALTH: 'SELECT count(*) FROM health_case WHERE id IN ({ids}) AND length(details) > 0',
    Part.HELPERS: 'SELECT count(*) FROM task_helper WHERE id IN ({ids}) AND length(details) > 0',
    Part.NOTES: 'SELECT count(*) FROM handing_over WHERE id IN ({ids}) AND length(details) > 0',
    Part.COPIES: 'SELECT count(*) FROM received_copy WHERE id IN ({ids}) AND length(content) > 0',
    Part.LISTED: 'SELECT count(*) FROM vulnerable_person WHERE id IN ({ids})',
    Part.ACROSS: """
        SELECT count(*) FROM (
            SELECT id AS key FROM across_key WHERE length(secret) > 0 UNION ALL SELECT key FROM across_token
            UNION ALL SELECT key FROM across_index UNION ALL SELECT key FROM across_person
            UNION ALL SELECT key FROM across_stay UNION ALL SELECT key FROM across_claim
        ) WHERE key IN ({ids})
    """,
    Part.PICTURES: 'SELECT count(*) FROM file_content WHERE file IN ({ids})',
}
"""What would still be there if it had not been scrubbed."""
TOKENS = 'SELECT count(*) FROM evacuee_token WHERE evacuee IN ({ids})'


async def scrub(tx: Transaction, part: Part, ids: Sequence[UUID]) -> None:
    """Remove what the tables still hold of these records."""
    # Deleted bytes are overwritten, so that nothing of them stays in free pages.
    await tx.connection.execute_query('PRAGMA secure_delete=ON')
    for statement in TRACES.get(part, ()):
        await tx.connection.execute_query(with_ids(statement, ids), [str(each) for each in ids])


async def end_stays(tx: Transaction, people: Sequence[UUID]) -> set[UUID]:
    """End the open stays of people of a drill; answers the shelters where somebody was."""
    if not people:
        return set()
    open_ones = with_ids("FROM stay WHERE evacuee IN ({ids}) AND practice = 1 AND state <> 'left'", people)
    values = [str(each) for each in people]
    found = await tx.connection.execute_query_dict(f'SELECT DISTINCT shelter {open_ones}', values)
    at = clock.now().isoformat(' ')
    columns = "state = 'left', left_at = ?, state_since = ?, left_for = 'unknown'"
    where = open_ones.removeprefix('FROM stay ')
    await tx.connection.execute_query(f'UPDATE stay SET {columns} {where}', [at, at, *values])  # noqa: S608 - our own names
    return {UUID(row['shelter']) for row in found}


def with_ids(statement: str, ids: Sequence[UUID]) -> str:
    """The statement with a question mark for each id."""
    return statement.replace('{ids}', ','.join('?' * len(ids)))
