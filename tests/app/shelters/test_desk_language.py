"""The tablet speaks with one person in one language, and with the next in Japanese."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.desks.register import Job
from app.journal.line import Actor
from app.messages.languages import Language
from app.runtime import Box
from app.shelters.desk import ShelterDesk
from app.shelters.desk_flow import Flow
from app.shelters.desk_language import NOBODY_SECONDS, continued, spoken
from app.shelters.desk_people import Unknown
from app.shelters.desk_presses import ChooseLanguage, ChooseMode, Plain
from app.shelters.desk_screens import Mode, PersonShown, Problem, Step, Told
from app.shelters.models import Evacuee
from tests.support.box import felica
from tests.support.reception import asked, open_reception, registered, touched
from tests.support.shelter import opened_shelter

NOW = 1000.0
SOMEBODY = PersonShown(evacuee=UUID(int=1), number='KRM-0041-7')
ANOTHER = PersonShown(evacuee=UUID(int=2), number='KRM-0042-5')
VIETNAMESE = continued(Flow(), spoken(Flow(), Language.VIETNAMESE, NOW), NOW)
SUICA, PASMO = felica('0114AAAAAAAAAAAA'), felica('0114CCCCCCCCCCCC')


def after(before: Flow, flow: Flow, now: float = NOW) -> Language:
    return continued(before, flow, now).language


def test_a_desk_at_which_nobody_does_anything_speaks_japanese_again() -> None:
    assert VIETNAMESE.time_passed(NOW + NOBODY_SECONDS - 1).language is Language.VIETNAMESE
    assert VIETNAMESE.time_passed(NOW + NOBODY_SECONDS).language is Language.JAPANESE


def test_whoever_is_registered_and_shown_keeps_the_language() -> None:
    new = continued(VIETNAMESE, VIETNAMESE.unknown(Unknown(), NOW), NOW)
    shown = continued(new, new.registered(SOMEBODY, Told.REGISTERED, NOW), NOW)
    assert after(shown, shown.to(Step.OUT, NOW)) is Language.VIETNAMESE
    assert after(shown, shown.changed(SOMEBODY, Told.MOVED, NOW)) is Language.VIETNAMESE
    assert after(shown, shown.to(Step.OUT, NOW).finished(Told.WENT_OUT, NOW)) is Language.VIETNAMESE


def test_the_next_member_of_the_household_is_spoken_to_in_the_same_language() -> None:
    shown = VIETNAMESE.found(SOMEBODY, Told.ALREADY, NOW)
    household = shown.next_member(1, NOW)
    assert after(household, household.found(ANOTHER, Told.ARRIVED, NOW)) is Language.VIETNAMESE


@pytest.mark.parametrize('follows', [Unknown(), ANOTHER], ids=['unknown', 'known'])
def test_the_next_person_is_spoken_to_in_japanese_though_nobody_pressed_that_the_one_before_is_done(
    follows: Unknown | PersonShown,
) -> None:
    shown = VIETNAMESE.found(SOMEBODY, Told.ALREADY, NOW)
    following = shown.unknown(follows, NOW) if isinstance(follows, Unknown) else shown.found(follows, Told.ARRIVED, NOW)
    assert after(shown, following) is Language.JAPANESE


def test_whoever_is_refused_has_time_to_try_again_in_their_language() -> None:
    refused = VIETNAMESE.with_problem(Problem.UNKNOWN_CODE, NOW)
    later = NOW + 9
    waiting = continued(refused, refused.time_passed(later), later)
    assert (waiting.step, waiting.language) == (Step.WAITING, Language.VIETNAMESE)
    assert waiting.time_passed(later + NOBODY_SECONDS).language is Language.JAPANESE


def test_a_language_chosen_while_an_answer_stands_gives_time_to_read_it() -> None:
    done = replace(Flow(), person=SOMEBODY).finished(Told.LEFT, NOW)
    assert spoken(done, Language.KOREAN, NOW + 5).until == NOW + 5 + NOBODY_SECONDS


async def test_the_one_who_presses_is_answered_in_their_language_until_they_are_done(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    await asked(desk, ChooseLanguage(Language.PORTUGUESE))
    await touched(desk, reader, SUICA, Step.NEW)
    await registered(desk)
    assert (desk.view.language, desk.view.told) == (Language.PORTUGUESE, Told.REGISTERED)
    await asked(desk, Plain.FINISH)
    assert desk.view.language is Language.JAPANESE


async def test_each_tablet_speaks_for_itself_and_another_speed_is_a_press_of_staff(box: Box) -> None:
    await opened_shelter(box)
    first, _reader = await open_reception(box, '受付1')
    second, _reader = await open_reception(box, '受付2')
    await asked(first, ChooseLanguage(Language.KOREAN))
    assert (first.view.language, second.view.language) == (Language.KOREAN, Language.JAPANESE)
    await asked(first, ChooseMode(Mode.COUNT))
    assert first.view.language is Language.JAPANESE


async def test_who_is_registered_is_later_written_to_in_the_language_that_they_chose(box: Box) -> None:
    await opened_shelter(box)
    desk, reader = await open_reception(box)
    for card, language in ((SUICA, Language.VIETNAMESE), (PASMO, Language.JAPANESE)):
        await touched(desk, reader, card, Step.NEW)
        await asked(desk, ChooseLanguage(language))
        await registered(desk)
        assert desk.view.person is not None
        info = await box.shelters.evacuees.get(desk.view.person.evacuee)
        assert info is not None
        assert info.details.language == language.value
        await asked(desk, Plain.FINISH)
    assert await Evacuee.all().count() == 2


async def test_a_shelter_that_is_not_open_says_so_in_the_language_that_was_pressed(box: Box) -> None:
    added = await box.desks.add('受付1', Job.SHELTER, 'sim:受付1', Actor.system())
    await box.engine.refresh()
    desk = box.engine.controller(added.id)
    assert isinstance(desk, ShelterDesk)
    await asked(desk, ChooseLanguage(Language.ENGLISH))
    assert (desk.view.step, desk.view.language) == (Step.CLOSED, Language.ENGLISH)
