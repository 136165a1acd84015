"""A process that sends one notice to so many people, and ends when nothing waits any more."""

import asyncio
import sys
from pathlib import Path

from app.messages.models import Delivery
from app.messages.outbox import DeliveryState
from app.messages.subscriber_records import SubscriberState
from tests.app.messages.scene import ACTOR, mail, notice, subscribe
from tests.support.box import opened_box


async def main(root: Path, port: int, people: int) -> None:
    """Send; what an earlier process has prepared is not done again."""
    always = {'quiet_from': '00:00', 'quiet_until': '00:00', 'mail': mail(port)}
    async with opened_box(root, messages=always) as box:
        there = await box.messages.list.subscribers(0, people)
        for number in range(there[1], people):
            await subscribe(box, f'{number}@example.jp')
        assert all(one.state is SubscriberState.ACTIVE for one in there[0])
        await box.messages.post(notice(attempt='one'), ACTOR)
        sending = asyncio.create_task(box.messages.run())
        while await Delivery.filter(state=DeliveryState.WAITING).exists():  # noqa: ASYNC110 - rows are waited for
            await asyncio.sleep(0.01)
        sending.cancel()


if __name__ == '__main__':
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
