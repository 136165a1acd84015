"""Announcements in a shelter, and calls by number."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app import clock
from app.messages.languages import Language
from app.messages.notice import NoticeRefused, Text
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.notices import Announcement, Shown
from app.shelters.person_calls import CannotCall
from app.shelters.values import LeftFor, Need
from tests.support.shelter import OFFICER, opened_shelter, register

SUPPER = {
    Language.JAPANESE: Text('夕食', '18時から体育館で配ります。'),
    Language.VIETNAMESE: Text('Bữa tối', 'Phát từ 18 giờ tại nhà thể chất.'),
}


def announcement(shelter: UUID, **changes: Any) -> Announcement:
    until = clock.now() + timedelta(hours=3)
    return Announcement(**{'shelter': shelter, 'texts': SUPPER, 'valid_until': until, **changes})


async def test_an_announcement_is_shown_until_it_is_over(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.notices.post(announcement(shelter.id), OFFICER)

    assert texts_of(await box.shelters.notices.valid(shelter.id, practice=False)) == [SUPPER]
    with clock.use(clock.SettableClock(clock.now() + timedelta(hours=3, seconds=1))):
        assert await box.shelters.notices.valid(shelter.id, practice=False) == []


async def test_what_is_urgent_stands_first(box: Box) -> None:
    shelter = await opened_shelter(box)
    urgent = {Language.JAPANESE: Text('断水', '水を大切に使ってください。')}
    await box.shelters.notices.post(announcement(shelter.id, texts=urgent, urgent=True), OFFICER)
    await box.shelters.notices.post(announcement(shelter.id), OFFICER)

    assert texts_of(await box.shelters.notices.valid(shelter.id, practice=False)) == [urgent, SUPPER]


async def test_a_withdrawn_announcement_is_gone_and_withdrawing_twice_is_once(box: Box) -> None:
    shelter = await opened_shelter(box)
    notice = await box.shelters.notices.post(announcement(shelter.id), OFFICER)

    assert await box.shelters.notices.withdraw(notice, OFFICER)
    assert not await box.shelters.notices.withdraw(notice, OFFICER)
    assert await box.shelters.notices.valid(shelter.id, practice=False) == []


async def test_the_same_attempt_twice_is_one_announcement(box: Box) -> None:
    shelter = await opened_shelter(box)
    first = await box.shelters.notices.post(announcement(shelter.id, attempt='press-1'), OFFICER)

    assert await box.shelters.notices.post(announcement(shelter.id, attempt='press-1'), OFFICER) == first
    assert len(await box.shelters.notices.valid(shelter.id, practice=False)) == 1


async def test_without_japanese_nothing_is_told(box: Box) -> None:
    shelter = await opened_shelter(box)
    with pytest.raises(NoticeRefused):
        texts = {Language.ENGLISH: Text('Supper', 'At 18:00')}
        await box.shelters.notices.post(announcement(shelter.id, texts=texts), OFFICER)


@pytest.mark.parametrize(
    ('needs_meant', 'needs', 'is_meant'),
    [
        (frozenset(), frozenset(), True),
        (frozenset({Need.NURSING}), frozenset({Need.NURSING, Need.ILLNESS}), True),
        (frozenset({Need.NURSING}), frozenset({Need.ILLNESS}), False),
    ],
)
async def test_a_notice_reaches_whom_it_is_for(
    box: Box, needs_meant: frozenset[Need], needs: frozenset[Need], is_meant: bool
) -> None:
    shelter, area = await opened_shelter(box), uuid4()
    await box.shelters.notices.post(announcement(shelter.id, needs=needs_meant, areas=frozenset({area})), OFFICER)

    (shown,) = await box.shelters.notices.valid(shelter.id, practice=False)
    assert shown.is_for(area, needs) is is_meant
    assert not shown.is_for(uuid4(), needs)
    assert shown.is_for_all_to_see is not bool(needs_meant)


async def test_a_number_is_called_until_they_come(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee

    called = await box.shelters.person_calls.call(shelter.id, person.number.replace('-', '').lower(), OFFICER)

    assert called.number == person.number
    assert await box.shelters.person_calls.is_called(person.id)
    assert await box.shelters.person_calls.came(called.id, OFFICER)
    assert await box.shelters.person_calls.open(shelter.id, practice=False) == []


async def test_calling_again_is_one_call_that_is_said_again(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    first = await box.shelters.person_calls.call(shelter.id, person.number, OFFICER)

    again = await box.shelters.person_calls.call(shelter.id, person.number, OFFICER)

    assert again.id == first.id
    assert again.called_at > first.called_at
    assert len(await box.shelters.person_calls.open(shelter.id, practice=False)) == 1


async def test_a_protected_person_is_refused_like_one_who_is_not_there(box: Box) -> None:
    shelter = await opened_shelter(box)
    hidden = (await register(box, shelter, PersonDetails(name='金沢 陽子', protected=True))).evacuee
    gone = (await register(box, shelter)).evacuee
    await box.shelters.stays.leave(gone.id, shelter.id, LeftFor.HOME, OFFICER)

    for number in (hidden.number, gone.number, 'ABC-0001-0', ''):
        with pytest.raises(CannotCall) as refused:
            await box.shelters.person_calls.call(shelter.id, number, OFFICER)
        assert str(refused.value) == ''


def texts_of(shown: list[Shown]) -> list[Mapping[Language, Text]]:
    return [each.texts for each in shown]
