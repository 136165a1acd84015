"""The facts of all boxes in the tables, this box's own included."""

import uuid
from typing import Any
from uuid import UUID

from app.shelters.across.facts import TABLES, VOID, About, Fact, fact_of
from app.shelters.across.models import AcrossIndex, AcrossPerson
from app.storage.transaction import Transaction

MATCHES = """
    SELECT DISTINCT other.id FROM across_index AS mine
    JOIN across_index AS theirs ON theirs.token_index = mine.token_index AND theirs.person <> mine.person
    JOIN across_person AS me ON me.id = mine.person
    JOIN across_person AS other ON other.id = theirs.person AND other.box <> me.box AND other.practice = me.practice
    WHERE mine.person = ?
"""


async def put_fact(tx: Transaction, fact: Fact) -> bool:
    """Keep a fact; False: it was known, or a later one is. Any order of facts comes to the same rows."""
    table: Any = TABLES[fact.about]
    row = await table.get_or_none(id=fact.id, using_db=tx.connection)
    if row is not None and row.told >= fact.told:
        return False
    void = VOID[fact.about] if await _is_void(tx, fact) else {}
    columns = {'key': fact.key, 'told': fact.told, **fact.values, **void}
    if row is None:
        await table.create(id=fact.id, **columns, using_db=tx.connection)
    else:
        await table.filter(id=fact.id).using_db(tx.connection).update(**columns)
    if fact.about is About.PERSON:
        await _index(tx, fact)
        await _void_before(tx, fact)
    return True


async def person_told(tx: Transaction, person: UUID) -> AcrossPerson | None:
    """What a box told of somebody, unless it took that back."""
    return await AcrossPerson.get_or_none(id=person, withdrawn=False, using_db=tx.connection)


async def matches(tx: Transaction, person: UUID) -> list[UUID]:
    """The same card at other boxes: the people whom it leads to there."""
    rows = await tx.connection.execute_query_dict(MATCHES, [str(person)])
    return [UUID(row['id']) for row in rows]


async def to_pass_on(tx: Transaction, person: UUID) -> list[Fact]:
    """The facts about somebody that headquarters has not passed on; from now on they count as passed on."""
    found = []
    for about, table in TABLES.items():
        of_person = {'id': person} if about is About.PERSON else {'person': person}
        rows: Any = table
        for row in await rows.filter(**of_person).using_db(tx.connection).order_by('told'):
            if row.passed_on != row.told:
                await rows.filter(id=row.id).using_db(tx.connection).update(passed_on=row.told)
                found.append(fact_of(about, row))
    return found


async def _is_void(tx: Transaction, fact: Fact) -> bool:
    if fact.about is About.PERSON:
        return False
    return await AcrossPerson.filter(id=fact.person, since__gt=fact.told).using_db(tx.connection).exists()


async def _void_before(tx: Transaction, fact: Fact) -> None:
    for about, void in VOID.items():
        rows: Any = TABLES[about]
        await rows.filter(person=fact.id, told__lt=fact.values['since']).using_db(tx.connection).update(**void)


async def _index(tx: Transaction, fact: Fact) -> None:
    await AcrossIndex.filter(person=fact.id).using_db(tx.connection).delete()
    rows = [
        AcrossIndex(id=uuid.uuid4(), key=fact.key, token_index=index, person=fact.id)
        for index in dict.fromkeys(fact.values['indexes'])
    ]
    await AcrossIndex.bulk_create(rows, using_db=tx.connection)
