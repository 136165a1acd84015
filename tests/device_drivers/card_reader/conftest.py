import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from device_drivers.card_reader.interface import ReaderState
from device_drivers.card_reader.pcsc import PcscCardReader
from device_drivers.card_reader.pcsc_calls import PcscContext
from device_drivers.card_reader.settings import PcscSettings
from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.identify import CardIdentifier
from tests.device_drivers.card_reader.witness import Witness
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.pcscd import PrivatePcscd

QUICK = PcscSettings(answer_timeout=2.0, first_back_off=0.1, last_back_off=0.5, max_replacements=3)


@pytest.fixture(scope='session')
def identifier(card_authority: CardAuthority) -> CardIdentifier:
    return CardIdentifier(TrustStore([card_authority.root_pem]), True, lambda: datetime.now(UTC))


@pytest.fixture
async def desk_a(pcsc: PrivatePcscd, identifier: CardIdentifier) -> AsyncIterator[Witness]:
    """The reader of desk A, ready and empty."""
    async with watched('Desk A 00 00', identifier) as witness:
        yield witness


@pytest.fixture
async def desk_b(pcsc: PrivatePcscd, identifier: CardIdentifier) -> AsyncIterator[Witness]:
    """The reader of desk B, ready and empty."""
    async with watched('Desk B 00 00', identifier) as witness:
        yield witness


@asynccontextmanager
async def watched(name: str, identifier: CardIdentifier) -> AsyncIterator[Witness]:
    await asyncio.to_thread(wait_until_empty, name)
    witness = Witness(PcscCardReader(f'pcsc:{name}', identifier, QUICK))
    witness.reader.start()
    await witness.state(ReaderState.READY)
    yield witness
    await witness.reader.stop()


def wait_until_empty(name: str) -> None:
    """Wait until the service has noticed that the card of the test before is gone."""
    context = PcscContext()
    known = 0
    while (status := context.wait(name, known, 5.0)) is not None and status.present:
        known = status.raw
    context.release()
