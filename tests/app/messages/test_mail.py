"""E-mail: what the receiver sees, and what becomes of a server that misbehaves. The server is a real one."""

from pathlib import Path
from typing import Any

import pytest

from app.messages.lane import LaneState
from app.messages.languages import Language
from app.messages.notice import Text
from app.messages.outcomes import Reason
from app.messages.subscriber_records import Wishes
from tests.app.messages.scene import ACTOR, mail, messages_box, notice, send_all, state_of, subscribe
from tests.fakes.mail_server import LOGIN, PASSWORD, MailStore, running
from tests.support.certificates import server_certificate


async def test_a_notice_arrives_in_the_language_of_its_reader(new_box: Path, tmp_path: Path) -> None:
    store = MailStore()
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, _clock):
            await subscribe(box, 'yamada@example.jp')
            await subscribe(box, 'nguyen@example.jp', Wishes(language=Language.VIETNAMESE))
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
    first, second = store.received
    assert str(first['Subject']) == '給水車が来ます'
    assert '15時に体育館の前です。' in first.get_content()
    assert str(first['From']) == '本庁舎 <oshirase@city.example.jp>'
    assert str(second['Subject']) == 'Water truck'
    assert first['List-Unsubscribe-Post'] == 'List-Unsubscribe=One-Click'
    link = str(first['List-Unsubscribe']).strip('<>')
    assert link in first.get_content()
    assert link not in second.get_content()
    assert store.connections == 1


async def test_what_is_typed_into_a_subject_adds_no_header(new_box: Path, tmp_path: Path) -> None:
    store = MailStore()
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, _clock):
            await subscribe(box, 'yamada@example.jp')
            texts = {Language.JAPANESE: Text('給水\r\nBcc: all@example.jp\u2028x', '本文\r\n.\r\nQUIT')}
            await box.messages.post(notice(texts=texts), ACTOR)
            await send_all(box)
    (message,) = store.received
    assert message['Bcc'] is None
    assert str(message['Subject']) == '給水 Bcc: all@example.jp x'
    assert '.\nQUIT' in message.get_content().replace('\r\n', '\n')


async def test_an_address_with_two_dots_in_a_row_gets_its_mail(new_box: Path, tmp_path: Path) -> None:
    store = MailStore()
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, _clock):
            await subscribe(box, 'ya..mada.@docomo.example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
    assert store.receivers == ['ya..mada.@docomo.example.jp']


async def test_a_refused_address_ends_with_the_words_of_its_server(new_box: Path, tmp_path: Path) -> None:
    store = MailStore(refuse_receiver={'gone@example.jp': ['550 5.1.1 User unknown']})
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, _clock):
            gone, here = await subscribe(box, 'gone@example.jp'), await subscribe(box, 'here@example.jp')
            posted = await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert await state_of(gone) == ('failed', Reason.ADDRESS)
            assert await state_of(here) == ('sent', '')
            worst, _best = await box.messages.list.deliveries(posted.message, 0, 10)
            assert worst.detail == '550 5.1.1 User unknown'
            assert worst.receiver == 'g***@example.jp'


@pytest.mark.parametrize('when', ['receiver', 'content', 'hang_up'])
async def test_what_is_refused_for_now_is_tried_again_after_a_while_and_arrives_once(
    new_box: Path, tmp_path: Path, when: str
) -> None:
    address = 'grey@example.jp'
    store = {
        'receiver': MailStore(refuse_receiver={address: ['451 4.7.1 Greylisted', '451 4.7.1 Greylisted']}),
        'content': MailStore(refuse_content={address: ['452 4.3.1 Mailbox full']}),
        'hang_up': MailStore(hang_up={address: 1}),
    }[when]
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, time):
            grey, here = await subscribe(box, address), await subscribe(box, 'here@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert (await state_of(grey))[0] == 'waiting'
            assert (await state_of(here))[0] == 'sent'
            for _index in range(3):
                time.forward(minutes=2)
                await send_all(box)
            assert (await state_of(grey))[0] == 'sent'
    assert store.receivers.count(address) == 1


async def test_a_message_whose_answer_was_lost_comes_twice_under_one_id(new_box: Path, tmp_path: Path) -> None:
    store = MailStore(hang_up_after_taking={'yamada@example.jp': 1})
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, time):
            person = await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            time.forward(minutes=1)
            await send_all(box)
            assert await state_of(person) == ('sent', '')
    assert len(store.received) == 2
    assert len(set(store.ids())) == 1
    assert store.received[0].as_bytes() == store.received[1].as_bytes()


async def test_a_server_that_is_away_keeps_everything_waiting_and_says_so(new_box: Path, tmp_path: Path) -> None:
    store = MailStore()
    with running(store) as port:
        pass
    async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, time):
        people = [await subscribe(box, f'{index}@example.jp') for index in range(3)]
        await box.messages.post(notice(), ACTOR)
        await send_all(box)
        health = box.messages.health()[0]
        assert (health.state, health.reason) == (LaneState.DOWN, Reason.UNREACHABLE)
        with running(store, port=port):
            time.forward(minutes=5)
            await send_all(box)
            assert box.messages.health()[0].state is LaneState.READY
            assert [(await state_of(person))[0] for person in people] == ['sent'] * 3
    assert len(store.received) == 3


async def test_what_cannot_be_delivered_within_a_day_is_given_up(new_box: Path, tmp_path: Path) -> None:
    store = MailStore()
    with running(store) as port:
        pass
    async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, time):
        person = await subscribe(box, 'yamada@example.jp')
        posted = await box.messages.post(notice(), ACTOR)
        await send_all(box)
        time.forward(hours=23)
        await box.messages.sweep()
        assert (await state_of(person))[0] == 'waiting'
        time.forward(hours=2)
        await box.messages.sweep()
        assert await state_of(person) == ('gave_up', Reason.UNREACHABLE)
        assert await box.messages.retry(posted.message, ACTOR) == 1
        with running(store, port=port):
            await send_all(box)
            assert await state_of(person) == ('sent', '')


async def test_a_turned_wall_clock_gives_nothing_up(new_box: Path, tmp_path: Path) -> None:
    async with messages_box(new_box, tmp_path / 'box') as (box, time):
        person = await subscribe(box, 'yamada@example.jp')
        await box.messages.post(notice(), ACTOR)
        time.step(time.now().replace(year=2027))
        await box.messages.sweep()
        assert (await state_of(person))[0] == 'waiting'


async def test_a_slow_server_is_left_and_asked_again(new_box: Path, tmp_path: Path) -> None:
    store = MailStore(slow_seconds=3)
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port, timeout_seconds=1)) as (box, time):
            person = await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert await state_of(person) == ('waiting', Reason.UNREACHABLE)
            store.slow_seconds = 0
            time.forward(minutes=1)
            await send_all(box)
            assert await state_of(person) == ('sent', '')


@pytest.mark.parametrize('security', ['tls', 'starttls'])
async def test_a_server_with_a_believed_certificate_and_a_login_takes_mail(
    new_box: Path, tmp_path: Path, security: str
) -> None:
    store, (context, file) = MailStore(), server_certificate(tmp_path)
    security_of: dict[str, Any] = {security: context}
    with running(store, with_login=True, **security_of) as port:
        way = mail(port, security=security, certificates_file=file, login=LOGIN, password=PASSWORD)
        async with messages_box(new_box, tmp_path / 'box', mail=way) as (box, _clock):
            await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
    assert len(store.received) == 1


@pytest.mark.parametrize('security', ['tls', 'starttls'])
async def test_a_certificate_that_is_not_believed_is_not_spoken_to(
    new_box: Path, tmp_path: Path, security: str
) -> None:
    store, (context, _file) = MailStore(), server_certificate(tmp_path)
    security_of: dict[str, Any] = {security: context}
    with running(store, **security_of) as port:
        way = mail(port, security=security, login=LOGIN, password=PASSWORD)
        async with messages_box(new_box, tmp_path / 'box', mail=way) as (box, _clock):
            person = await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert box.messages.health()[0].reason is Reason.CERTIFICATE
            assert (await state_of(person))[0] == 'waiting'


async def test_a_server_without_starttls_gets_no_password(new_box: Path, tmp_path: Path) -> None:
    with running(MailStore(), with_login=True) as port:
        way = mail(port, security='starttls', login=LOGIN, password=PASSWORD)
        async with messages_box(new_box, tmp_path / 'box', mail=way) as (box, _clock):
            await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert box.messages.health()[0].reason is Reason.CERTIFICATE


async def test_a_wrong_password_is_told_and_nothing_is_lost(new_box: Path, tmp_path: Path) -> None:
    store, (context, file) = MailStore(), server_certificate(tmp_path)
    with running(store, with_login=True, starttls=context) as port:
        way = mail(port, security='starttls', certificates_file=file, login=LOGIN, password='wrong')
        async with messages_box(new_box, tmp_path / 'box', mail=way) as (box, _clock):
            person = await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert box.messages.health()[0].reason is Reason.SIGN_IN
            assert (await state_of(person))[0] == 'waiting'


async def test_a_server_that_refuses_our_address_is_told_and_nothing_is_lost(new_box: Path, tmp_path: Path) -> None:
    store = MailStore(refuse_sender=['553 5.7.1 Sender address rejected'])
    with running(store) as port:
        async with messages_box(new_box, tmp_path / 'box', mail=mail(port)) as (box, time):
            person = await subscribe(box, 'yamada@example.jp')
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            health = box.messages.health()[0]
            assert (health.reason, health.detail) == (Reason.SENDER, '553 5.7.1 Sender address rejected')
            time.forward(minutes=1)
            await send_all(box)
            assert await state_of(person) == ('sent', '')
