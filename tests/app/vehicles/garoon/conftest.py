from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from app.vehicles.garoon.client import Garoon, GaroonAccess
from app.vehicles.garoon.transport import Patience
from tests.fakes.garoon.server import running
from tests.fakes.garoon.store import GaroonStore


@dataclass(frozen=True, slots=True)
class Naps:
    """How long the client would have slept between its tries, in seconds."""

    seconds: list[float]

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def store() -> GaroonStore:
    return GaroonStore()


@pytest.fixture
def base_url(store: GaroonStore) -> Iterator[str]:
    with running(store) as address:
        yield address


@pytest.fixture
def naps() -> Naps:
    return Naps([])


@pytest.fixture
def access(store: GaroonStore, base_url: str) -> GaroonAccess:
    return GaroonAccess(base_url=base_url, login=store.login, password=store.password, facility_group_id=store.GROUP_ID)


@pytest.fixture
async def garoon(access: GaroonAccess, naps: Naps) -> AsyncIterator[Garoon]:
    async with Garoon(access, Patience(sleep=naps, answer=10)) as client:
        yield client
