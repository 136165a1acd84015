"""Numbers that are typed at a desk: each lookup is written down, and trying numbers one after the other is slow."""

from app import clock
from app.clock import SettableClock
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.desk_screens import Problem, Told
from app.shelters.number_lookups import FREE_WRONG_NUMBERS, LOOKED_UP
from app.shelters.numbers import number_of
from tests.support.reception import open_reception
from tests.support.shelter import HANAKO, opened_shelter, register


async def test_who_is_shown_by_a_number_is_a_line_with_the_desk_and_without_a_name(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(person.number)
    assert desk.view.told is Told.SHOWN

    line = await JournalLine.get(kind=LOOKED_UP)
    assert (line.desk, line.subjects) == (str(desk.desk.id), f'["{person.id}"]')
    assert not any(part in line.payload for part in (*HANAKO.name.split(), person.number))


async def test_a_desk_that_tries_numbers_waits_ever_longer_and_the_others_do_not(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    first, _reader = await open_reception(box)
    second, _other = await open_reception(box, '受付2')
    time = SettableClock(clock.now())
    with clock.use(time):
        for serial in range(FREE_WRONG_NUMBERS):
            await first.scan(number_of(first.view.prefix, 4000 + serial))
            assert first.view.problem is Problem.NOT_FOUND
        await first.scan(person.number)
        assert first.view.problem is Problem.WAIT
        await second.scan(person.number)
        assert second.view.told is Told.SHOWN

        time.forward(seconds=2)
        await first.scan(person.number)
        assert first.view.told is Told.SHOWN
        await first.scan(number_of(first.view.prefix, 5000))
        await first.scan(person.number)
        assert first.view.problem is Problem.WAIT


async def test_a_number_that_was_mistyped_is_no_try(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    desk, _reader = await open_reception(box)
    wrong_digit = (int(person.number[-1]) + 1) % 10
    for _typing in range(FREE_WRONG_NUMBERS + 1):
        await desk.scan(f'{person.number[:-1]}{wrong_digit}')
    await desk.scan(person.number)
    assert desk.view.told is Told.SHOWN
