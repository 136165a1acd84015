"""Nobody is subscribed who has not said so twice; who leaves is forgotten, on the disk too."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from app.api.line import line_routes
from app.messages.languages import Language
from app.messages.models import Message, Subscriber, SubscriberTag
from app.messages.sign_up import SignUp
from app.messages.subscriber_records import EndedBy, Wishes
from app.messages.subscribers import CONFIRM, CONFIRM_WITHIN, UNSUBSCRIBE
from app.runtime import Box, Condition
from tests.app.messages.scene import ACTOR, JAPANESE, SECRET, line, messages_box, notice, state_of, subscribe, user

ADDRESS = 'kaga.hyakumangoku@example.jp'


def link(box: Box, purpose: str, subscriber: UUID) -> str:
    return box.messages.subscribers.tokens.make(purpose, subscriber)


async def test_an_address_gets_no_notice_before_its_owner_has_confirmed(box: Box) -> None:
    subscriber = await box.messages.subscribers.ask_by_mail(ADDRESS, JAPANESE)
    assert (await box.messages.post(notice(), ACTOR)).receivers == 0
    assert await box.messages.subscribers.confirm(link(box, CONFIRM, subscriber))
    assert (await box.messages.post(notice(), ACTOR)).receivers == 1


async def test_a_link_for_one_purpose_opens_no_other(box: Box) -> None:
    subscriber = await box.messages.subscribers.ask_by_mail(ADDRESS, JAPANESE)
    assert not await box.messages.subscribers.confirm(link(box, UNSUBSCRIBE, subscriber))
    assert not await box.messages.subscribers.unsubscribe(link(box, CONFIRM, subscriber))


async def test_signing_up_anew_replaces_the_wishes_once_it_is_confirmed(box: Box) -> None:
    subscribers = box.messages.subscribers
    await subscribe(box, ADDRESS, Wishes(language=Language.JAPANESE))
    anew = await subscribers.ask_by_mail(ADDRESS.upper(), Wishes(language=Language.KOREAN))
    assert await Subscriber.filter(state='active').count() == 1
    assert await subscribers.confirm(link(box, CONFIRM, anew))
    (only,) = await Subscriber.filter(state='active')
    assert (only.id, only.language) == (anew, 'ko')


async def test_who_leaves_gets_nothing_of_what_waits_and_is_forgotten_on_the_disk(box: Box) -> None:
    subscriber = await subscribe(box, ADDRESS, Wishes(language=Language.JAPANESE, needs=frozenset({'透析'})))
    await box.messages.post(notice(), ACTOR)
    assert await box.messages.subscribers.unsubscribe(link(box, UNSUBSCRIBE, subscriber))
    assert (await state_of(subscriber))[0] == 'ended'
    row = await Subscriber.get(id=subscriber)
    assert (row.address, row.address_index, row.key_erased) == (None, '', True)
    assert await SubscriberTag.filter(subscriber=subscriber).count() == 0
    assert not await box.messages.subscribers.confirm(link(box, CONFIRM, subscriber))


async def test_no_address_stands_in_clear_in_any_file_of_the_box(box: Box) -> None:
    await subscribe(box, ADDRESS)
    await box.messages.post(notice(), ACTOR)
    files = [file for file in box.directory.root.rglob('*') if file.is_file()]
    assert files
    assert [file.name for file in files if ADDRESS.encode() in file.read_bytes()] == []


async def test_what_is_not_confirmed_within_two_days_is_forgotten(new_box: Path, tmp_path: Path) -> None:
    async with messages_box(new_box, tmp_path / 'box') as (box, time):
        subscriber = await box.messages.subscribers.ask_by_mail(ADDRESS, JAPANESE)
        time.forward(seconds=(CONFIRM_WITHIN + timedelta(minutes=1)).total_seconds())
        await box.messages.sweep()
        assert not await box.messages.subscribers.confirm(link(box, CONFIRM, subscriber))
        assert (await Subscriber.get(id=subscriber)).address is None


async def test_one_address_is_not_flooded_with_questions(new_box: Path, tmp_path: Path) -> None:
    async with messages_box(new_box, tmp_path / 'box') as (box, _time):
        sign_up = SignUp(box.messages.subscribers)
        for _index in range(10):
            await sign_up.by_mail(ADDRESS, JAPANESE, '192.0.2.1')
        assert await Message.filter(kind='confirmation').count() == 2


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    mac = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return {'X-Line-Signature': base64.b64encode(mac).decode()}


def event(kind: str, number: int, text: str = '') -> bytes:
    content: dict[str, Any] = {'type': kind, 'source': {'type': 'user', 'userId': user(number)}}
    if text:
        content['message'] = {'type': 'text', 'text': text}
    return json.dumps({'destination': 'x', 'events': [content]}, ensure_ascii=False).encode()


async def tell(box: Box, body: bytes, headers: dict[str, str]) -> int:
    """LINE posts to the webhook; the answer's status."""
    app = FastAPI()
    app.include_router(line_routes(Condition(settings=box.settings, directory=box.directory, box=box)))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url='http://box') as client:
        return (await client.post('/line/webhook', content=body, headers=headers)).status_code


async def test_a_line_user_joins_with_the_code_and_leaves_with_a_word_or_by_blocking(
    new_box: Path, tmp_path: Path
) -> None:
    async with messages_box(new_box, tmp_path / 'box', line=line('http://127.0.0.1:1')) as (box, _time):
        for number, farewell in ((1, event('message', 1, '停止 ')), (2, event('unfollow', 2))):
            code = await box.messages.subscribers.ask_by_line(Wishes(language=Language.VIETNAMESE))
            joining = event('message', number, f' {code[:4].lower()} {code[4:]}')
            assert await tell(box, joining, signed(joining)) == 200
            assert await tell(box, joining, signed(joining)) == 200
            (only,) = await Subscriber.filter(state='active')
            assert (only.channel, only.language) == ('line', 'vi')
            assert await tell(box, farewell, signed(farewell)) == 200
            assert await Subscriber.filter(state='active').count() == 0


@pytest.mark.parametrize('headers', [{}, {'X-Line-Signature': 'AAAA'}, signed(b'other'), signed(b'', 'wrong')])
async def test_what_line_has_not_signed_changes_nothing_and_is_noted(
    new_box: Path, tmp_path: Path, headers: dict[str, str]
) -> None:
    async with messages_box(new_box, tmp_path / 'box', line=line('http://127.0.0.1:1')) as (box, _time):
        code = await box.messages.subscribers.ask_by_line(JAPANESE)
        assert await tell(box, event('message', 1, code), headers) == 401
        assert await Subscriber.filter(state='active').count() == 0


@pytest.mark.parametrize(
    'body', [b'{}', b'[]', b'{"events": 3}', b'{"events": [3, null]}', b'\xff', b'{"events": [{"source": []}]}']
)
async def test_nonsense_with_a_right_signature_is_refused_and_breaks_nothing(
    new_box: Path, tmp_path: Path, body: bytes
) -> None:
    async with messages_box(new_box, tmp_path / 'box', line=line('http://127.0.0.1:1')) as (box, _time):
        assert await tell(box, body, signed(body)) == 401


async def test_without_a_channel_secret_nobody_is_believed(box: Box) -> None:
    body = event('unfollow', 1)
    assert await tell(box, body, signed(body, '')) == 401


async def test_a_list_of_friends_may_be_given_twice(box: Box) -> None:
    users = [user(1), user(2), 'nobody', user(1)]
    first = await box.messages.subscribers.import_line_users(users, JAPANESE, ACTOR)
    second = await box.messages.subscribers.import_line_users(users, JAPANESE, ACTOR)
    assert (first.added, first.known, first.wrong) == (2, 0, ('nobody',))
    assert (second.added, second.known) == (0, 2)


async def test_staff_end_a_subscription(box: Box) -> None:
    subscriber = await subscribe(box, ADDRESS)
    await box.messages.subscribers.end([subscriber], EndedBy.STAFF, ACTOR)
    assert (await box.messages.list.subscribers(0, 10)) == ([], 0)
