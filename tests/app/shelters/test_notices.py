"""Announcements in a shelter, and calls by number."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app import clock
from app.messages.languages import Language, best_of
from app.messages.models import Delivery, Message
from app.messages.notice import NoticeRefused, Text
from app.messages.subscriber_records import Wishes
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.notice_audience import SUBSCRIBERS_WORDS, NeedsNotSubscribed, audience_for
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
    assert shown.is_for(area, needs, {'ja'}) is is_meant
    assert not shown.is_for(uuid4(), needs, {'ja'})
    assert shown.is_for_all_to_see is not bool(needs_meant)


async def test_by_line_a_notice_for_some_needs_goes_only_to_who_named_one_of_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    await subscribers(box, {'乳幼児'}, {'透析', 'ペット'}, {'ペット'}, set())

    for needs in ({Need.INFANT}, {Need.ILLNESS}, {Need.INFANT, Need.ILLNESS}, set()):
        chosen = announcement(shelter.id, needs=frozenset(needs), to_subscribers=True)
        await box.shelters.notices.post(chosen, OFFICER)

    assert await receivers(box) == [1, 1, 2, 4]


@pytest.mark.parametrize('needs', [{Need.NURSING}, {Need.INFANT, Need.NURSING}, {Need.FOREIGN, Need.CARE}])
async def test_a_need_that_subscribers_cannot_name_is_refused_for_them_and_told_on_the_pages(
    box: Box, needs: set[Need]
) -> None:
    shelter = await opened_shelter(box)
    await subscribers(box, {'乳幼児'}, set())

    with pytest.raises(NeedsNotSubscribed) as refused:
        chosen = announcement(shelter.id, needs=frozenset(needs), to_subscribers=True)
        await box.shelters.notices.post(chosen, OFFICER)

    assert refused.value.needs == needs - {Need.INFANT}
    assert await box.shelters.notices.valid(shelter.id, practice=False) == []
    await box.shelters.notices.post(announcement(shelter.id, needs=frozenset(needs)), OFFICER)
    assert await receivers(box) == []


async def test_for_whom_japanese_is_hard_it_goes_to_subscribers_of_other_languages(box: Box) -> None:
    shelter = await opened_shelter(box)
    await subscribers(box, set(), language=Language.VIETNAMESE)
    await subscribers(box, set(), set(), language=Language.JAPANESE)

    await box.shelters.notices.post(
        announcement(shelter.id, needs=frozenset({Need.FOREIGN}), to_subscribers=True), OFFICER
    )

    assert [row.language for row in await Delivery.all()] == ['vi']


def test_each_need_has_words_and_no_word_means_two_needs() -> None:
    words = [word for each in Need for word in SUBSCRIBERS_WORDS[each]]
    assert len(words) == len(set(words))


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


async def subscribers(box: Box, *needs: set[str], language: Language = Language.JAPANESE) -> None:
    for each in needs:
        wishes = Wishes(language=language, needs=frozenset(each))
        await box.messages.subscribers.import_line_users([f'U{uuid4().hex}'], wishes, OFFICER)


async def receivers(box: Box) -> list[int]:
    return [await Delivery.filter(message=each.id).count() for each in await Message.all().order_by('posted_at')]


def texts_of(shown: list[Shown]) -> list[Mapping[Language, Text]]:
    return [each.texts for each in shown]


async def test_who_speaks_another_language_than_those_that_are_meant_is_not_told(box: Box) -> None:
    shelter = await opened_shelter(box)
    meant = frozenset({Language.VIETNAMESE, Language.KOREAN})
    await box.shelters.notices.post(announcement(shelter.id, languages=meant), OFFICER)
    (shown,) = await box.shelters.notices.valid(shelter.id, practice=False)

    assert [language for language in Language if shown.speaks_to({language})] == [Language.KOREAN, Language.VIETNAMESE]
    assert not shown.is_for(None, frozenset(), {'ja'})
    assert shown.is_for(None, frozenset(), {'ja', 'vi'})


async def test_subscribers_of_the_languages_that_are_meant_are_told_and_fall_back_to_easy_japanese(box: Box) -> None:
    for language in (Language.JAPANESE, Language.KOREAN, Language.VIETNAMESE):
        await subscribers(box, set(), language=language)
    shelter = await opened_shelter(box)
    easy = {**SUPPER, Language.EASY_JAPANESE: Text('よるごはん', '18じから たいいくかんで くばります。')}
    meant = frozenset({Language.VIETNAMESE, Language.KOREAN})
    await box.shelters.notices.post(announcement(shelter.id, texts=easy, languages=meant, to_subscribers=True), OFFICER)

    assert sorted([row.language for row in await Delivery.all()]) == ['ko', 'vi']
    assert best_of(easy, Language.KOREAN) == easy[Language.EASY_JAPANESE]


def test_a_language_that_no_foreigner_speaks_cannot_be_meant_together_with_foreigners() -> None:
    with pytest.raises(NeedsNotSubscribed):
        audience_for(frozenset(), frozenset({Need.FOREIGN}), (), frozenset({Language.JAPANESE}))
    meant = audience_for(frozenset(), frozenset({Need.FOREIGN}), (), frozenset({Language.KOREAN}))
    assert meant.languages == {Language.KOREAN}
