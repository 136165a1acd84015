"""A notice becomes one delivery for each who is meant, together with its journal line, and goes at its time."""

from pathlib import Path
from uuid import uuid4

import pytest

from app.journal.models import JournalLine
from app.messages.languages import Language
from app.messages.models import Delivery, Message
from app.messages.notice import Audience, NoticeProblem, NoticeRefused, Text, Urgency
from app.messages.subscriber_records import Wishes
from app.runtime import Box
from app.storage.transaction import Transaction, transaction
from tests.app.messages.scene import (
    ACTOR,
    befriend,
    counted,
    line,
    mail,
    messages_box,
    notice,
    send_all,
    subscribe,
    user,
)
from tests.fakes.line.server import LineStore
from tests.fakes.line.server import running as running_line
from tests.fakes.mail_server import MailStore
from tests.fakes.mail_server import running as running_mail


async def test_the_same_attempt_twice_is_one_notice(box: Box) -> None:
    await befriend(box, 2)
    first = await box.messages.post(notice(attempt='press-1'), ACTOR)
    second = await box.messages.post(notice(attempt='press-1'), ACTOR)
    assert (second.message, second.receivers, second.is_repeat) == (first.message, 2, True)
    assert await counted() == {'waiting': 2}


async def test_a_notice_stands_in_the_journal_with_what_it_is_about(box: Box) -> None:
    shelter = uuid4()
    posted = await box.messages.post(notice(subjects=(shelter,)), ACTOR)
    written = await JournalLine.filter(kind='messages.posted').first()
    assert written is not None
    assert str(shelter) in str(written.subjects)
    assert str(posted.message) in str(written.payload)


async def test_a_notice_of_a_transaction_that_fails_was_never_there(box: Box) -> None:
    await befriend(box, 1)

    async def work(tx: Transaction) -> None:
        await box.messages.post(notice(), ACTOR, tx)
        raise LookupError

    with pytest.raises(LookupError):
        await transaction(work)
    assert await Message.all().count() == 0
    assert await Delivery.all().count() == 0


async def test_topics_areas_needs_and_languages_choose_who_is_meant(box: Box) -> None:
    async def receivers(**audience: frozenset[str]) -> int:
        return sum((await box.messages.count('給水・物資', Audience(**audience))).values())  # type: ignore[arg-type]

    subscribers = box.messages.subscribers
    everything = Wishes(language=Language.JAPANESE)
    water = Wishes(language=Language.KOREAN, topics=frozenset({'給水・物資'}), areas=frozenset({'材木町'}))
    other = Wishes(language=Language.JAPANESE, topics=frozenset({'生活情報'}))
    dialysis = Wishes(language=Language.JAPANESE, needs=frozenset({'透析'}), areas=frozenset({'野町'}))
    for number, wishes in enumerate((everything, water, other, dialysis)):
        await subscribers.import_line_users([user(number)], wishes, ACTOR)
    assert await receivers() == 3
    assert await receivers(areas=frozenset({'材木町'})) == 2
    assert await receivers(needs=frozenset({'透析', '車いす'})) == 1
    assert await receivers(languages=frozenset({Language.KOREAN})) == 1
    posted = await box.messages.post(notice(audience=Audience(areas=frozenset({'材木町'}))), ACTOR)
    assert posted.receivers == 2


async def test_practice_is_shown_and_sends_nothing(new_box: Path, tmp_path: Path) -> None:
    store = LineStore()
    with running_line(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, _clock):
            await befriend(box, 3)
            await box.messages.post(notice(practice=True), ACTOR)
            await send_all(box)
            await box.messages.sweep()
            assert await counted() == {'practice': 3}
            ((shown,), total) = await box.messages.list.notices(0, 10)
            assert (shown.practice, total) == (True, 1)
    assert store.requests == []


async def test_in_the_quiet_hours_only_urgent_notices_go_and_the_others_in_the_morning(
    new_box: Path, tmp_path: Path
) -> None:
    store = MailStore()
    with running_mail(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, time):
            await subscribe(box, 'yamada@example.jp')
            time.forward(hours=9, minutes=1)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert store.received == []
            urgent = {Language.JAPANESE: Text('避難してください', 'すぐに高い所へ。')}
            await box.messages.post(notice(texts=urgent, urgency=Urgency.URGENT), ACTOR)
            await send_all(box)
            assert [str(one['Subject']) for one in store.received] == ['避難してください']
            time.forward(hours=10)
            await send_all(box)
            assert str(store.received[1]['Subject']) == '給水車が来ます'


async def test_what_waits_is_sent_after_the_box_was_started_again(new_box: Path, tmp_path: Path) -> None:
    store = MailStore()
    with running_mail(store) as port:
        async with messages_box(new_box, tmp_path / 'box') as (box, _clock):
            await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, _clock):
            await send_all(box)
            assert await counted() == {'sent': 1}
    assert len(store.received) == 1


async def test_a_notice_that_is_through_is_closed_with_its_figures(new_box: Path, tmp_path: Path) -> None:
    store = MailStore(refuse_receiver={'gone@example.jp': ['550 no']})
    with running_mail(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, _clock):
            for address in ('gone@example.jp', 'here@example.jp'):
                await subscribe(box, address)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            await box.messages.sweep()
            await box.messages.sweep()
            (closed,) = await JournalLine.filter(kind='messages.finished')
            assert '"sent":1' in str(closed.payload)
            assert '"failed":1' in str(closed.payload)


@pytest.mark.parametrize(
    ('texts', 'problem'),
    [
        ({Language.ENGLISH: Text('a', 'b')}, NoticeProblem.NO_JAPANESE),
        ({Language.JAPANESE: Text(' ', 'b')}, NoticeProblem.EMPTY),
        ({Language.JAPANESE: Text('a', 'b' * 2001)}, NoticeProblem.TOO_LONG),
    ],
)
async def test_a_notice_that_cannot_be_sent_is_refused_before_anything_is_written(
    box: Box, texts: dict[Language, Text], problem: NoticeProblem
) -> None:
    with pytest.raises(NoticeRefused) as refused:
        await box.messages.post(notice(texts=texts), ACTOR)
    assert refused.value.problem is problem
    assert await Message.all().count() == 0
