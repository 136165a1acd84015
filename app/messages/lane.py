"""The background work of one channel: what is due goes out, and what came of it is written down."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app import clock
from app.messages.carrying import Carrier, Parcel
from app.messages.notice import Channel
from app.messages.outcomes import (
    ChannelDown,
    Later,
    Outcome,
    Reason,
    Refused,
    pause_of_channel,
    pause_of_delivery,
)
from app.messages.pace import Pace, is_quiet
from app.messages.waiting import Waiting
from app.messages_settings import MessageSettings
from app.storage.failures import StorageError

LOOK_EVERY = 20.0
"""Seconds after which a held delivery is seen to be due at the latest."""
HOLD_MARGIN = 1.0
log = logging.getLogger(__name__)


class LaneState(StrEnum):
    """How a channel is."""

    OFF = 'off'
    """It has no settings."""
    READY = 'ready'
    DOWN = 'down'


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneHealth:
    """How a channel is now."""

    channel: Channel
    state: LaneState
    reason: Reason | None = None
    detail: str = ''
    since: datetime | None = None
    """Since when it is down."""


class Lane:
    """One channel. Its carrier is None where there are no settings."""

    def __init__(
        self, channel: Channel, carrier: Carrier | None, waiting: Waiting, settings: MessageSettings, per_minute: int
    ) -> None:
        self._channel = channel
        self._carrier = carrier
        self._waiting = waiting
        self._settings = settings
        self._pace = Pace(per_minute)
        self._failures = 0
        self._woken = asyncio.Event()
        self.health = LaneHealth(channel=channel, state=LaneState.READY if carrier else LaneState.OFF)

    def wake(self) -> None:
        """There is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send for ever, if the channel has settings."""
        while self._carrier is not None:
            self._woken.clear()
            await self._rest(await self._go_on())

    async def close(self) -> None:
        """Let go of the connection."""
        if self._carrier is not None:
            await self._carrier.rest()

    async def step(self) -> float:
        """Send what is due; returns the seconds until there may be more.

        Raises:
            StorageError: the database of this box does not answer.
        """
        if self._carrier is None:
            return LOOK_EVERY
        now = clock.now().time()
        only_urgent = is_quiet(now, self._settings.quiet_from, self._settings.quiet_until)
        parcels = await self._waiting.parcels(only_urgent=only_urgent)
        for parcel in parcels:
            await asyncio.sleep(self._pace.wait_seconds())
            try:
                outcome = await self._carry(self._carrier, parcel)
            except ChannelDown as down:
                return await self._lost(parcel, down)
            self._found()
            await self._waiting.record(parcel, outcome, _pause(parcel, outcome))
        if parcels:
            return 0.0
        await self._carrier.rest()
        return LOOK_EVERY

    async def _carry(self, carrier: Carrier, parcel: Parcel) -> Outcome:
        if not all(parcel.addresses):
            return Refused(Reason.NO_ADDRESS)
        return await carrier.carry(parcel)

    async def _go_on(self) -> float:
        try:
            return await self.step()
        except StorageError as error:
            log.warning('Messages wait: %s', type(error).__name__)
        except Exception:
            log.exception('Sending by %s failed', self._channel)
        return LOOK_EVERY

    async def _lost(self, parcel: Parcel, down: ChannelDown) -> float:
        if self.health.state is not LaneState.DOWN:
            log.warning('No messages by %s: %s', self._channel, down)
        pause = pause_of_channel(self._failures, down)
        self._failures += 1
        since = self.health.since or clock.now()
        self.health = LaneHealth(
            channel=self._channel, state=LaneState.DOWN, reason=down.reason, detail=down.detail, since=since
        )
        await self._waiting.hold(parcel, down.reason, pause + HOLD_MARGIN)
        return pause

    def _found(self) -> None:
        if self.health.state is LaneState.DOWN:
            log.warning('Messages go out by %s again', self._channel)
        self._failures = 0
        self.health = LaneHealth(channel=self._channel, state=LaneState.READY)

    async def _rest(self, seconds: float) -> None:
        if self.health.state is LaneState.DOWN:
            await asyncio.sleep(seconds)
            return
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return


def _pause(parcel: Parcel, outcome: Outcome) -> float:
    return pause_of_delivery(parcel.attempts + 1, outcome) if isinstance(outcome, Later) else 0.0
