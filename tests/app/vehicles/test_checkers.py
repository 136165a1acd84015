"""The registry of detectors can be put right, and every change of it stands in the journal."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from app import clock
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.vehicles.checker_values import CheckerInfo, CheckerUnknown
from app.vehicles.checkers import CHECKER_CHANGED, CHECKER_REACTIVATED

SYSTEM = Actor.system()


async def detector(box: Box) -> CheckerInfo:
    """One with a date that was mistyped."""
    return await box.vehicles.checkers.add(
        'S-1', 'FC', SYSTEM, started_on=date(2026, 1, 1), expires_on=date(2026, 1, 2)
    )


async def told(kind: str) -> list[dict[str, object]]:
    return [json.loads(line.payload) for line in await JournalLine.filter(kind=kind)]


async def test_a_mistyped_date_is_put_right_and_both_values_stand_in_the_journal(box: Box) -> None:
    known, desk = await detector(box), UUID(int=7)
    terms = replace(known.terms, expires_on=date(2029, 1, 2), desk=desk)

    await box.vehicles.checkers.change(known.id, terms, SYSTEM)
    await box.vehicles.checkers.change(known.id, terms, SYSTEM)

    assert [each.terms for each in await box.vehicles.checkers.all()] == [terms]
    (changed,) = await told(CHECKER_CHANGED)
    assert changed['changes'] == {'expires_on': ['2026-01-02', '2029-01-02'], 'desk': [None, str(desk)]}


async def test_a_detector_that_was_taken_out_by_mistake_comes_back_and_wants_its_test_first(box: Box) -> None:
    known, checkers = await detector(box), box.vehicles.checkers
    await checkers.tested(known.id, SYSTEM, works=True)
    await checkers.tested(known.id, SYSTEM, works=False)
    assert ([each.serial for each in await checkers.retired()], await checkers.all()) == (['S-1'], [])

    await checkers.reactivate(known.id, SYSTEM)

    (back,) = await checkers.all()
    assert (back.id, back.is_tested(clock.now()), await checkers.retired()) == (known.id, False, [])
    assert await told(CHECKER_REACTIVATED) == [{'checker': str(known.id)}]


async def test_what_is_not_in_the_registry_is_neither_changed_nor_brought_back(box: Box) -> None:
    known = await detector(box)

    with pytest.raises(CheckerUnknown):
        await box.vehicles.checkers.change(uuid4(), known.terms, SYSTEM)
    with pytest.raises(CheckerUnknown):
        await box.vehicles.checkers.reactivate(known.id, SYSTEM)
