"""When a tap happened, for every desk alike."""

from dataclasses import replace
from datetime import timedelta

from app import clock
from app.clock import Moment
from device_drivers.card_reader.interface import CardPresented


def moment_of_tap(event: CardPresented) -> Moment:
    """When the card touched the reader, which is before it was read; call it as soon as the event arrives."""
    now = clock.moment()
    reading = max(0.0, event.answered_at - event.presented_at)
    return replace(now, at=now.at - timedelta(seconds=reading), monotonic_ns=now.monotonic_ns - round(reading * 1e9))


def moment_of_reading(measured_at: float) -> Moment:
    """When a device measured, by the monotonic clock (s), which is before it is handled."""
    now = clock.moment()
    age = max(0.0, now.monotonic_ns / 1e9 - measured_at)
    return replace(now, at=now.at - timedelta(seconds=age), monotonic_ns=now.monotonic_ns - round(age * 1e9))
