"""Status reports: drafted from what is known, signed by a person, and never put right in silence."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.clock import SettableClock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.needs.facts import Condition, Fact, Found
from app.shelters.needs.health import CaseEntry, Symptom
from app.shelters.places import ShelterInfo
from app.shelters.reports.figures import (
    KEYS,
    Figure,
    Value,
    definition_of,
    from_plain,
    items,
    label_of,
    plain,
    value_words,
)
from app.shelters.reports.schedule import next_due
from app.shelters.reports.values import Report, ReportRefused, ReportState, Way
from app.shelters.values import PersonClass, ShelterState
from tests.support.morning import MORNING as EIGHT
from tests.support.morning import morning
from tests.support.shelter import OFFICER, opened_shelter, register

__all__ = ['morning']

SIGNER = Actor('signer', Assurance.PASSWORD)
TIMES = (time(7), time(12), time(21))


def value(report: Report, key: str) -> Value:
    return next(figure.value for figure in report.figures if figure.key == key)


async def signed(box: Box, shelter: ShelterInfo) -> Report:
    report = await box.shelters.reports.draft(shelter, OFFICER)
    return await box.shelters.reports.book.sign(report.id, SIGNER)


async def test_a_draft_has_every_figure_once_in_the_order_of_the_form(box: Box) -> None:
    report = await box.shelters.reports.draft(await opened_shelter(box), OFFICER)
    assert tuple(figure.key for figure in report.figures) == KEYS


async def test_where_nobody_looked_every_figure_says_so_but_state_and_requests(box: Box) -> None:
    report = await box.shelters.reports.draft(await opened_shelter(box), OFFICER)
    known = {figure.key: figure.value for figure in report.figures if figure.value is not None}
    assert known == {'shelter_state': 'opened', 'requests_open': 0}


async def test_figures_come_from_the_live_data_with_the_time_of_looking(box: Box, morning: SettableClock) -> None:
    shelter = await opened_shelter(box)
    found = {Fact.BEDS: Found(0), Fact.POWER: Found(condition=Condition.BAD)}
    await box.shelters.needs.facts.enter(shelter.id, found, OFFICER, practice=False)
    morning.forward(minutes=20)
    await register(box, shelter)
    for _person in range(3):
        press = Press(shelter=shelter.id, person_class=PersonClass.INFANT)
        await box.shelters.counts.press(press, OFFICER)
    entry = CaseEntry(shelter=shelter.id, symptoms=frozenset({Symptom.FEVER}), people=2, practice=False)
    await box.shelters.needs.health.note(entry, OFFICER)
    report = await box.shelters.reports.draft(shelter, OFFICER)
    assert (value(report, 'people_total'), value(report, 'people_infants'), value(report, 'people_registered')) == (
        3,
        3,
        1,
    )
    assert (value(report, 'ill_fever'), value(report, 'ill_cough')) == (2, 0)
    assert (value(report, 'beds'), value(report, 'power'), value(report, 'gas')) == (0, 'bad', None)
    times = {figure.key: figure.as_of for figure in report.figures}
    assert (times['beds'], times['people_total']) == (EIGHT, EIGHT + timedelta(minutes=20))


async def test_drafting_again_takes_new_figures_and_keeps_the_words(box: Box) -> None:
    shelter, book = await opened_shelter(box), box.shelters.reports.book
    first = await box.shelters.reports.draft(shelter, OFFICER)
    await book.edit(first.id, {}, OFFICER, remarks='玄関が凍っている', urgent='毛布 100枚')
    await register(box, shelter)
    again = await box.shelters.reports.draft(shelter, OFFICER)
    assert (again.id, again.urgent, value(again, 'people_total')) == (first.id, '毛布 100枚', 1)


async def test_a_person_signs_and_then_nothing_changes(box: Box) -> None:
    shelter, book = await opened_shelter(box), box.shelters.reports.book
    report = await signed(box, shelter)
    assert (report.state, report.signed_by, report.signed_at) == (ReportState.SIGNED, 'signer', EIGHT)
    with pytest.raises(ReportRefused, match='state'):
        await book.edit(report.id, {}, OFFICER, remarks='', urgent='')
    with pytest.raises(ReportRefused, match='state'):
        await book.sign(report.id, SIGNER)
    assert (await box.shelters.reports.draft(shelter, OFFICER)).number == 2


async def test_a_correction_is_a_new_version_and_the_old_one_stays(box: Box, morning: SettableClock) -> None:
    shelter, book = await opened_shelter(box), box.shelters.reports.book
    old = await signed(box, shelter)
    morning.forward(minutes=10)
    draft = await book.correct(old.id, OFFICER)
    await book.edit(draft.id, {'people_total': 120, 'beds': None}, OFFICER, remarks='', urgent='')
    assert await book.last_signed(shelter.id, practice=False) == old
    new = await book.sign(draft.id, SIGNER)
    kept = await book.get(old.id)
    assert kept is not None
    assert (kept.figures, kept.is_current, kept.replaced_at) == (old.figures, False, clock.now())
    assert (new.number, new.version, value(new, 'people_total'), new.is_current) == (1, 2, 120, True)
    assert [name for name, _at in kept.history] == ['drafted', 'signed', 'replaced']
    with pytest.raises(ReportRefused, match='state'):
        await book.correct(old.id, OFFICER)


async def test_live_figures_do_not_run_over_a_correction_that_is_begun(box: Box) -> None:
    shelter, book = await opened_shelter(box), box.shelters.reports.book
    draft = await book.correct((await signed(box, shelter)).id, OFFICER)
    following = await box.shelters.reports.draft(shelter, OFFICER)
    assert (following.number, following.id != draft.id) == (2, True)


async def test_a_figure_that_cannot_be_is_refused(box: Box) -> None:
    shelter, book = await opened_shelter(box), box.shelters.reports.book
    draft = await box.shelters.reports.draft(shelter, OFFICER)
    wrong: list[dict[str, Value]] = [
        {'people_total': -1}, {'power': 'often'}, {'x': 1}, {'beds': 'many'}, {'beds': float('nan')},
        {'shelter_state': None},
    ]  # fmt: skip
    for changes in wrong:
        with pytest.raises(ReportRefused, match=next(iter(changes))):
            await book.edit(draft.id, changes, OFFICER, remarks='', urgent='')


async def test_how_a_report_was_given_on_is_kept_once(box: Box) -> None:
    book = box.shelters.reports.book
    report = await signed(box, await opened_shelter(box))
    sent = await book.sent(report.id, Way.RADIO, OFFICER)
    assert (sent.sent_by_way, sent.sent_at) == (Way.RADIO, EIGHT)
    with pytest.raises(ReportRefused, match='state'):
        await book.sent(report.id, Way.PHONE, OFFICER)


async def test_a_drill_reports_apart(box: Box) -> None:
    shelter = await opened_shelter(box)
    drill = replace(shelter, practice=True)
    await signed(box, drill)
    assert (await box.shelters.reports.draft(shelter, OFFICER)).number == 1
    assert await box.shelters.reports.book.signed_after(shelter.id, 0, 10) == []


async def test_the_first_report_is_waited_for_from_the_opening_on(box: Box, morning: SettableClock) -> None:
    shelter = await opened_shelter(box)
    (due,) = await box.shelters.reports.waiting()
    assert (due.at, due.is_first) == (EIGHT + timedelta(minutes=30), True)
    await signed(box, shelter)
    assert await box.shelters.reports.waiting() == []
    morning.forward(hours=4)
    (due,) = await box.shelters.reports.waiting()
    assert (due.at, due.is_first) == (EIGHT.replace(hour=12), False)


async def test_the_box_drafts_shortly_before_a_report_is_due_and_once(box: Box, morning: SettableClock) -> None:
    shelter, reports = await opened_shelter(box), box.shelters.reports
    await reports.draft_due()
    assert await reports.book.of(shelter.id, practice=False) == []
    morning.forward(minutes=25)
    await reports.draft_due()
    morning.forward(minutes=2)
    await reports.draft_due()
    (draft,) = await reports.book.of(shelter.id, practice=False)
    assert (draft.state, draft.drafted_at) == (ReportState.DRAFT, EIGHT + timedelta(minutes=25))


async def test_a_closed_shelter_owes_no_report(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    assert await box.shelters.reports.waiting() == []


def test_later_reports_are_due_at_the_next_set_time() -> None:
    def after(last: datetime) -> datetime | None:
        return next_due(EIGHT, last, first_minutes=30, times=TIMES)

    assert after(EIGHT) == EIGHT.replace(hour=12)
    assert after(EIGHT.replace(hour=12)) == EIGHT.replace(hour=21)
    assert after(EIGHT.replace(hour=22)) == EIGHT.replace(day=24, hour=7)
    assert next_due(EIGHT, EIGHT, first_minutes=30, times=()) is None


@given(
    minutes=st.integers(0, 60 * 24 * 40),
    times=st.lists(st.times().map(lambda at: at.replace(tzinfo=None)), min_size=1, max_size=8),
)
def test_the_next_report_is_always_later_and_within_a_day(minutes: int, times: list[time]) -> None:
    last = EIGHT + timedelta(minutes=minutes)
    due = next_due(EIGHT, last, first_minutes=30, times=times)
    assert due is not None
    assert timedelta(0) < due - last <= timedelta(days=1)


@given(key=st.sampled_from(KEYS))
def test_what_is_not_confirmed_is_never_zero_anywhere(key: str) -> None:
    figure = Figure(key, None, EIGHT)
    (item,) = items((figure,))
    assert value_words(figure) == '未確認'
    assert (item['value'], item['status']) == (None, 'unconfirmed')
    assert from_plain(plain(figure)) == figure
    assert label_of(key)
    assert definition_of(key)
