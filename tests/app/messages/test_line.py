"""LINE: one request for many, known again by its retry key. The platform is a fake on a real socket."""

from collections import deque
from pathlib import Path

import pytest

from app.messages.lane import LaneState
from app.messages.languages import Language
from app.messages.outcomes import Reason
from app.messages.subscriber_records import Wishes
from tests.app.messages.scene import ACTOR, befriend, counted, line, messages_box, notice, send_all, user
from tests.fakes.line.server import Fault, LineStore, running


async def test_700_friends_get_a_notice_with_two_requests(new_box: Path, tmp_path: Path) -> None:
    store = LineStore()
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, _clock):
            users = await befriend(box, 700)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert await counted() == {'sent': 700}
    assert [(call, count) for call, _key, count in store.requests] == [('multicast', 500), ('multicast', 200)]
    assert sorted(one for one, _text in store.taken) == sorted(users)
    assert store.texts_of(users[0])[0].startswith('給水車が来ます\n\n15時に体育館の前です。')


async def test_readers_of_other_languages_are_asked_for_apart(new_box: Path, tmp_path: Path) -> None:
    store = LineStore()
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, _clock):
            await befriend(box, 2)
            subscribers = box.messages.subscribers
            await subscribers.import_line_users([user(9)], Wishes(language=Language.ENGLISH), ACTOR)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
    assert store.texts_of(user(9))[0].startswith('Water truck')
    assert [(call, count) for call, _key, count in store.requests] == [('multicast', 2), ('push', 1)]


@pytest.mark.parametrize('fault', [Fault.LOST_ANSWER, Fault.TRUNCATED, Fault.SERVER_ERROR, Fault.SLOW])
async def test_whatever_becomes_of_the_answer_a_friend_sees_a_notice_once(
    new_box: Path, tmp_path: Path, fault: Fault
) -> None:
    store = LineStore(faults=deque([fault, fault]))
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, time):
            users = await befriend(box, 3)
            await box.messages.post(notice(), ACTOR)
            for _index in range(4):
                await send_all(box)
                time.forward(minutes=3)
            assert await counted() == {'sent': 3}
    assert [len(store.texts_of(one)) for one in users] == [1, 1, 1]
    assert len({key for _call, key, _count in store.requests}) == 1


async def test_when_line_asks_to_wait_nothing_is_sent_before(new_box: Path, tmp_path: Path) -> None:
    store = LineStore(faults=deque([Fault.TOO_MANY]), retry_after='120')
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, time):
            await befriend(box, 1)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            health = box.messages.health()[1]
            assert (health.state, health.reason) == (LaneState.DOWN, Reason.BUSY)
            time.forward(seconds=119)
            await send_all(box)
            assert await counted() == {'waiting': 1}
            time.forward(seconds=3)
            await send_all(box)
            assert await counted() == {'sent': 1}


async def test_a_wrong_token_is_told_and_nothing_is_lost(new_box: Path, tmp_path: Path) -> None:
    store = LineStore()
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address, access_token='wrong')) as (box, _clock):
            await befriend(box, 1)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert box.messages.health()[1].reason is Reason.SIGN_IN
            assert await counted() == {'waiting': 1}


@pytest.mark.parametrize(
    ('fault', 'reason'), [(Fault.FORBIDDEN, Reason.FORBIDDEN), (Fault.NOT_FOUND, Reason.NOT_FOUND)]
)
async def test_what_line_refuses_for_good_ends_with_the_reason(
    new_box: Path, tmp_path: Path, fault: Fault, reason: Reason
) -> None:
    store = LineStore(faults=deque([fault]))
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, _clock):
            await befriend(box, 1)
            posted = await box.messages.post(notice(), ACTOR)
            await send_all(box)
            (only,) = await box.messages.list.deliveries(posted.message, 0, 10)
            assert (only.state, only.reason) == ('failed', reason)


async def test_one_user_whom_line_does_not_know_keeps_nobody_else_from_hearing(new_box: Path, tmp_path: Path) -> None:
    store = LineStore(unknown_users={user(2)})
    with running(store) as address:
        async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, _clock):
            await befriend(box, 4)
            await box.messages.post(notice(), ACTOR)
            await send_all(box)
            assert await counted() == {'sent': 3, 'failed': 1}
    assert sorted(one for one, _text in store.taken) == [user(1), user(3), user(4)]


async def test_a_platform_that_is_away_keeps_everything_waiting(new_box: Path, tmp_path: Path) -> None:
    with running(LineStore()) as address:
        pass
    async with messages_box(new_box, tmp_path / 'box', line=line(address)) as (box, _clock):
        await befriend(box, 2)
        await box.messages.post(notice(), ACTOR)
        await send_all(box)
        assert box.messages.health()[1].reason is Reason.UNREACHABLE
        assert await counted() == {'waiting': 2}
