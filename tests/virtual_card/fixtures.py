"""Fixtures for every test that needs a card or a reader."""

import os
from collections.abc import Iterator

import pytest

from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.pcscd import PrivatePcscd


@pytest.fixture(scope='session')
def card_authority() -> CardAuthority:
    """The authority that the tests trust."""
    return CardAuthority()


@pytest.fixture(scope='session')
def session_pcsc() -> Iterator[PrivatePcscd]:
    """The one pcscd of this session, whose socket this process and its children use.

    A reader belongs to one box at a time: of two, each takes the power from the card that the other reads.
    """
    with PrivatePcscd(names=['Desk A', 'Desk B', 'Desk C']) as pcscd:
        # The client library reads the variable at its first call and never again.
        os.environ.update(pcscd.client_settings)
        yield pcscd


@pytest.fixture
def pcsc(session_pcsc: PrivatePcscd) -> Iterator[PrivatePcscd]:
    """pcscd with the readers 'Desk A 00 00', 'Desk B 00 00' and 'Desk C 00 00', empty and with clear journals."""
    for link in session_pcsc.links:
        link.remove()
        link.journal.clear()
    yield session_pcsc
    for link in session_pcsc.links:
        link.remove()
