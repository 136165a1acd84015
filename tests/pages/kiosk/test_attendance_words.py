"""What the attendance desk says, as plain values."""

from dataclasses import replace

import pytest

from app.attendance.screens import Direction
from app.desks.refusals import Refusal
from components.sound import Sound
from pages.kiosk.attendance_words import screen_of
from pages.kiosk.refusal_words import refusal_words
from tests.pages.kiosk.views import EVERY_STATE, IDLE, answered, question, refused


def test_an_answer_is_surname_time_and_word() -> None:
    screen = screen_of(answered(direction=Direction.OUT))
    assert (screen.name, screen.answer) == ('山田', '8:27 退勤')


def test_a_second_tap_answers_already_recorded_with_the_time_of_the_first() -> None:
    screen = screen_of(answered(already=True))
    assert (screen.answer, screen.sound) == ('記録済み 8:27', Sound.NEUTRAL)


def test_the_question_names_the_time_of_the_arrival_and_that_of_the_tap() -> None:
    screen = screen_of(question())
    assert screen.title == '8:27 に出勤しています。退勤しますか'
    assert '8:51' in screen.detail


def test_no_recording_is_said_before_anything_else() -> None:
    screen = screen_of(replace(answered(), storage_failed=True, reader='missing'))
    assert screen.title == '記録できません。紙に記入してください'
    assert screen.whom == '連絡先 総務課 内線2210'
    assert screen.name == ''


def test_an_answer_stays_readable_when_the_reader_is_lost_after_it() -> None:
    assert screen_of(replace(answered(), reader='missing')).answer == '8:27 出勤'


def test_every_refusal_has_words_of_its_own() -> None:
    titles = {refusal_words(reason).title for reason in Refusal}
    assert len(titles) == len(Refusal)


@pytest.mark.parametrize('reason', Refusal)
def test_a_refusal_says_what_to_do_next_and_names_nobody(reason: Refusal) -> None:
    screen = screen_of(refused(reason))
    assert screen.next_step
    assert screen.name == ''
    assert screen.sound is Sound.PROBLEM


@pytest.mark.parametrize('reader', ['missing', 'stuck', 'no_service', 'stopped', 'a state of tomorrow'])
def test_a_reader_that_does_not_read_says_what_to_do_and_whom_to_call(reader: str) -> None:
    screen = screen_of(replace(IDLE, reader=reader))
    assert screen.title
    assert '紙に記入' in screen.next_step
    assert '内線2210' in screen.whom


@pytest.mark.parametrize('state', EVERY_STATE)
def test_every_screen_has_a_symbol_beside_its_colour(state: str) -> None:
    assert screen_of(EVERY_STATE[state]).symbol


def test_taps_from_an_interruption_are_listed_once_the_tablet_is_back() -> None:
    lines = screen_of(EVERY_STATE['idle_missed']).missed.splitlines()
    assert lines[1] == '山田 8:27 出勤'
    assert lines[-1] == 'ほか1件'
