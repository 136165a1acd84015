"""Figures that boxes tell each other."""

import json
from datetime import timedelta
from pathlib import Path

from app import clock
from app.clock import SettableClock
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.headquarters.sharing import FIGURES_TOLD, TOLD_AGAIN_AFTER
from app.shelters.headquarters.told import figures_told, told_of
from app.shelters.needs.facts import Fact, Found
from app.shelters.needs.standards import Standard
from app.shelters.places import ShelterEntry
from app.shelters.values import PersonClass
from tests.support.morning import MORNING, morning
from tests.support.shelter import OFFICER, opened_shelter, register
from tests.support.two_boxes import TwoBoxes, lines_of

__all__ = ['morning']


async def told_lines(box: Box) -> list[dict[str, object]]:
    return [dict(sent.line) for sent in await lines_of(box) if sent.line['kind'] == FIGURES_TOLD]


async def furnished(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    for _person in range(12):
        await box.shelters.counts.press(Press(shelter=shelter.id, person_class=PersonClass.MAN), OFFICER)
    await box.shelters.needs.facts.enter(shelter.id, {Fact.BEDS: Found(3)}, OFFICER, practice=False)


async def test_another_box_shows_the_figures_with_their_age(tmp_path: Path, morning: SettableClock) -> None:
    boxes = TwoBoxes(tmp_path)
    async with boxes.at('泉小の箱') as box:
        await furnished(box)
        await box.shelters.headquarters.tell_others()
    morning.forward(minutes=7)
    await boxes.bring('泉小の箱', '本部')
    morning.forward(minutes=5)
    async with boxes.at('本部') as box:
        await box.shelters.register.add(ShelterEntry(code='E-泉小学校', name='泉小'), OFFICER)
        board = await box.shelters.headquarters.board(practice=False)
    (line,) = board.lines
    assert (line.figures.people, line.figures.registered, line.figures.short) == (12, 1, (Standard.BEDS,))
    assert line.box.name == '泉小の箱'
    assert board.now - line.box.as_of == timedelta(minutes=12)
    assert not (await told_drills(boxes))


async def told_drills(boxes: TwoBoxes) -> list[object]:
    async with boxes.at('本部') as box:
        return list((await box.shelters.headquarters.board(practice=True)).lines)


async def test_nobody_is_named_in_what_is_told(box: Box) -> None:
    await furnished(box)
    evacuees = await box.shelters.evacuees.all()
    await box.shelters.headquarters.tell_others()
    (line,) = await told_lines(box)
    told = json.dumps(line, ensure_ascii=False)
    assert evacuees
    for evacuee in evacuees:
        assert str(evacuee.id) not in told
        assert evacuee.number not in told
    assert '花子' not in told


async def test_nothing_is_told_of_shelters_that_never_opened(box: Box) -> None:
    await box.shelters.register.add(ShelterEntry(code='A', name='未開設'), OFFICER)
    await box.shelters.headquarters.tell_others()
    assert await told_lines(box) == []


async def test_unchanged_figures_are_told_again_after_a_while_only(box: Box, morning: SettableClock) -> None:
    await furnished(box)
    for minutes in (0, 1, 1):
        morning.forward(minutes=minutes)
        await box.shelters.headquarters.tell_others()
    assert len(await told_lines(box)) == 1
    morning.forward(seconds=TOLD_AGAIN_AFTER)
    await box.shelters.headquarters.tell_others()
    assert len(await told_lines(box)) == 2


async def test_a_clock_that_is_ahead_elsewhere_makes_no_figures_younger(tmp_path: Path, morning: SettableClock) -> None:
    boxes = TwoBoxes(tmp_path)
    morning.step(clock.now() + timedelta(hours=3))
    async with boxes.at('泉小の箱') as box:
        await furnished(box)
        await box.shelters.headquarters.tell_others()
    morning.step(clock.now() - timedelta(hours=3))
    await boxes.bring('泉小の箱', '本部')
    async with boxes.at('本部') as box:
        board = await box.shelters.headquarters.board(practice=False)
    assert board.lines[0].box.as_of == MORNING


async def test_what_is_told_comes_back_as_it_was(box: Box) -> None:
    await furnished(box)
    figures = await box.shelters.headquarters.own.of_shelters(practice=False)
    told = json.loads(json.dumps([told_of(each) for each in figures]))
    back: tuple[ShelterFigures, ...] = figures_told(told)
    assert [told_of(each) for each in back] == told


async def test_words_of_a_newer_version_are_left_out_and_the_rest_is_read(box: Box) -> None:
    await furnished(box)
    (figures,) = await box.shelters.headquarters.own.of_shelters(practice=False)
    known = told_of(figures)
    stranger = {**known, 'state': 'floating'}
    richer = {**known, 'short': [*known['short'], 'starlight'], 'cats': 3}
    read = figures_told([stranger, richer, {}])
    assert [each.short for each in read] == [figures.short]
