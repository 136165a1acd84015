import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from app.journal.line import Act, Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.storage.failures import StorageBusy
from app.storage.transaction import Transaction, decided, transaction


def an_act() -> Act:
    return Act(kind='test.happened', actor=Actor.system())


async def count() -> int:
    return await JournalLine.filter(kind='test.happened').count()


async def test_a_caller_cancelled_at_any_step_leaves_no_lock_and_no_half_act(box: Box) -> None:
    async def act(tx: Transaction) -> None:
        await box.journal.append(tx, an_act())
        await box.journal.append(tx, an_act())

    for steps in range(40):
        task = asyncio.create_task(transaction(act))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(5):
        await transaction(act)
    assert await count() % 2 == 0
    assert await count() >= 2


async def test_what_waits_together_is_committed_and_answered_each_for_itself(box: Box) -> None:
    async def numbered(tx: Transaction, number: int) -> int:
        await box.journal.append(tx, an_act())
        return number

    async def one(number: int) -> int:
        return await transaction(lambda tx: numbered(tx, number))

    assert await asyncio.gather(*(one(number) for number in range(200))) == list(range(200))
    assert await count() == 200


async def test_one_that_fails_does_not_take_its_neighbours_with_it(box: Box) -> None:
    done: list[str] = []

    async def good(tx: Transaction) -> None:
        await box.journal.append(tx, an_act())
        tx.after_commit(lambda: done.append('good'))

    async def bad(tx: Transaction) -> None:
        await box.journal.append(tx, an_act())
        tx.after_commit(lambda: done.append('bad'))
        raise ValueError('a rule was broken')

    results = await asyncio.gather(*map(transaction, [good, bad, good, good]), return_exceptions=True)

    assert [type(result) for result in results] == [type(None), ValueError, type(None), type(None)]
    assert await count() == 3
    assert done == ['good'] * 3


async def test_a_decision_asks_writes_and_is_answered_after_its_commit(box: Box) -> None:
    act, told = replace(an_act(), attempt='one-attempt'), list[str]()

    def decision(tx: Transaction) -> int:
        known = box.journal.known_attempt(tx, act.attempt)
        tx.after_commit(lambda: told.append('known' if known else 'written'))
        return known or box.journal.append_last(tx, act).sequence

    written = await decided(decision)
    assert (await decided(decision), await count(), told) == (written, 1, ['written', 'known'])


async def test_decisions_and_works_share_a_transaction_each_finding_what_those_before_it_wrote(box: Box) -> None:
    def decision(tx: Transaction) -> int:
        box.journal.known_attempt(tx, '')
        return box.journal.append_last(tx, an_act()).sequence

    async def work(tx: Transaction) -> int:
        return (await box.journal.append(tx, an_act())).sequence

    works = [decided(decision), transaction(work), decided(decision), transaction(work), decided(decision)]
    written = await asyncio.gather(*works)
    assert written == list(range(written[0], written[0] + len(works)))


async def test_a_decision_that_refuses_leaves_nothing_and_keeps_nobody_else_from_writing(box: Box) -> None:
    def decision(tx: Transaction) -> None:
        box.journal.known_attempt(tx, '')
        box.journal.append_last(tx, an_act())
        raise ValueError('a rule was broken')

    written = transaction(lambda tx: box.journal.append(tx, an_act()))
    refused, _line = await asyncio.gather(decided(decision), written, return_exceptions=True)
    assert (type(refused), await count()) == (ValueError, 1)


async def test_a_database_held_by_another_program_is_told_apart(box: Box) -> None:
    with closing(sqlite3.connect(box.directory.database, isolation_level=None)) as other:
        other.execute('BEGIN IMMEDIATE')
        with pytest.raises(StorageBusy):
            await transaction(lambda tx: box.journal.append(tx, an_act()))
        other.execute('ROLLBACK')

    await transaction(lambda tx: box.journal.append(tx, an_act()))
    assert await count() == 1


async def test_nobody_changes_or_removes_a_line(box: Box) -> None:
    await transaction(lambda tx: box.journal.append(tx, an_act()))

    for statement in ("UPDATE journal_line SET kind = 'x'", 'DELETE FROM journal_line', 'DELETE FROM journal_epoch'):
        with closing(sqlite3.connect(box.directory.database)) as other:
            with pytest.raises(sqlite3.IntegrityError, match='append-only'):
                other.execute(statement)


async def test_the_same_attempt_is_written_once(box: Box) -> None:
    act = Act(kind='test.happened', actor=Actor.system(), attempt='one-attempt')
    written = await transaction(lambda tx: box.journal.append(tx, act))

    found = await transaction(lambda tx: box.journal.sequence_of_attempt(tx, 'one-attempt'))

    assert found == written.sequence
