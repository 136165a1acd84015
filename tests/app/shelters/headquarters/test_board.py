"""Figures of several boxes as one table."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from app.clock import TOKYO
from app.shelters.headquarters.attention import Concern, concerns_of
from app.shelters.headquarters.board import OPEN, Order, board_of
from app.shelters.headquarters.figures import BoxFigures, ShelterFigures
from app.shelters.needs.standards import Standard
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.values import ShelterState

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TOKYO)


def shelter(name: str, state: ShelterState = ShelterState.OPENED, *, here: bool = False) -> ShelterInfo:
    entry = ShelterEntry(code=name, name=name, kana=name, district='泉', capacity=100, blocked_capacity=20)
    return ShelterInfo(id=uuid4(), entry=entry, state=state, state_since=NOW, practice=False, here=here)


def box(name: str, *shelters: ShelterFigures, minutes_ago: int = 0) -> BoxFigures:
    at = NOW - timedelta(minutes=minutes_ago)
    return BoxFigures(box=UUID(int=len(name)), name=name, as_of=at, shelters=shelters)


QUIET = ShelterFigures(shelter=shelter('静か'), people=10)
CONCERNED = {
    Concern.HELP: replace(QUIET, calls=1),
    Concern.BY_RESIDENTS: replace(QUIET, shelter=shelter('町会', ShelterState.OPENED_BY_RESIDENTS)),
    Concern.OVERCROWDED: replace(QUIET, people=81),
    Concern.SHORT: replace(QUIET, short=(Standard.TOILETS,)),
    Concern.REPORT_LATE: replace(QUIET, report_due_at=NOW),
    Concern.REQUEST: replace(QUIET, requests=1, requests_to_decide=1),
    Concern.FULL: replace(QUIET, shelter=shelter('満', ShelterState.FULL)),
    Concern.CROWDED: replace(QUIET, people=64),
    Concern.NOBODY_COUNTED: replace(QUIET, people=None),
}


@pytest.mark.parametrize('concern', Concern)
def test_each_concern_is_seen(concern: Concern) -> None:
    assert concerns_of(CONCERNED[concern], NOW)[0] is concern


def test_what_needs_attention_stands_first_and_closed_shelters_last() -> None:
    closed = ShelterFigures(shelter=shelter('閉', ShelterState.CLOSED), people=0, short=(Standard.BEDS,))
    larger = replace(QUIET, shelter=shelter('大きい'), people=50)
    all_of_them = [closed, QUIET, larger, *reversed(CONCERNED.values())]
    named = [
        replace(each, shelter=replace(each.shelter, entry=replace(each.shelter.entry, code=str(number))))
        for number, each in enumerate(all_of_them)
    ]
    sorted_ = [line.figures for line in board_of([box('A', *named)], NOW).chosen()]
    firsts = [(concerns_of(each, NOW) or (None,))[0] for each in sorted_]
    assert firsts == [*Concern, None, None, None]
    assert [each.people for each in sorted_[-3:]] == [50, 10, 0]


def test_a_shelter_known_to_many_boxes_counts_once_by_the_box_that_stands_in_it() -> None:
    there = ShelterFigures(shelter=shelter('泉小', here=True), people=120)
    elsewhere = ShelterFigures(shelter=shelter('泉小', ShelterState.NOT_OPENED))
    board = board_of([box('本部', elsewhere), box('泉小の箱', there, minutes_ago=90)], NOW)
    (line,) = board.lines
    assert (line.box.name, line.figures.people, board.sums.people) == ('泉小の箱', 120, 120)


def test_without_a_box_in_it_the_one_where_it_is_open_counts_then_the_newest() -> None:
    closed = ShelterFigures(shelter=shelter('泉小', ShelterState.NOT_OPENED))
    old, new = (ShelterFigures(shelter=shelter('泉小'), people=people) for people in (5, 7))
    boxes = [box('A', closed), box('BB', old, minutes_ago=9), box('CCC', new, minutes_ago=3)]
    assert board_of(boxes, NOW).lines[0].figures.people == 7
    assert board_of(list(reversed(boxes)), NOW).lines[0].figures.people == 7


def test_sums_leave_out_what_is_not_known_and_say_of_how_many() -> None:
    unknown = ShelterFigures(shelter=shelter('未確認'))
    never = ShelterFigures(shelter=shelter('未開設', ShelterState.NOT_OPENED))
    crowded = ShelterFigures(shelter=shelter('混雑'), people=90, counted=90, registered=40, in_cars=3, visitors=2)
    sums = board_of([box('A', unknown, never, crowded)], NOW).sums
    assert (sums.shelters, sums.open, sums.people, sums.unknown) == (3, 2, 90, 1)
    assert (sums.counted, sums.registered, sums.outside, sums.visitors, sums.overcrowded) == (90, 40, 3, 2, 1)


def test_the_table_is_filtered_by_state_and_district() -> None:
    other = shelter('緑小')
    other = replace(other, entry=replace(other.entry, district='緑'))
    closed = ShelterFigures(shelter=shelter('閉', ShelterState.CLOSED))
    board = board_of([box('A', QUIET, ShelterFigures(shelter=other), closed)], NOW)
    assert board.districts == ['泉', '緑']
    assert [line.figures.shelter.entry.name for line in board.chosen(state=OPEN, district='緑')] == ['緑小']
    assert [line.figures.shelter.entry.name for line in board.chosen(state=ShelterState.CLOSED)] == ['閉']


def test_unknown_fullness_and_age_do_not_break_the_order() -> None:
    full, unknown = replace(QUIET, people=80), ShelterFigures(shelter=shelter('未'))
    old = replace(QUIET, shelter=shelter('古い'), as_of=NOW - timedelta(hours=9))
    board = board_of([box('A', unknown, replace(full, as_of=NOW), old)], NOW)
    assert board.chosen(order=Order.FULLNESS)[0].figures.people == 80
    assert board.chosen(order=Order.FULLNESS)[-1].figures.people is None
    assert board.chosen(order=Order.OLDEST)[0].figures.as_of is None
    assert {order: len(board.chosen(order=order)) for order in Order} == dict.fromkeys(Order, 3)


def test_no_box_and_no_shelter_are_an_empty_board() -> None:
    board = board_of([], NOW)
    assert (board.chosen(), board.districts, board.sums.open, board.sums.people) == ([], [], 0, 0)
