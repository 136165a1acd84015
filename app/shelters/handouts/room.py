"""Handing out, put together."""

from dataclasses import dataclass

from app.journal.journal import Journal
from app.shelters.handouts.benefits import Benefits
from app.shelters.handouts.doubles import Doubles
from app.shelters.handouts.handing import Handouts
from app.shelters.handouts.items import ItemList
from app.shelters.handouts.requests import SupplyRequests
from app.shelters.handouts.stock import Stock
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutRoom:
    """Everything about handing out and benefits on this box."""

    items: ItemList
    handouts: Handouts
    doubles: Doubles
    stock: Stock
    requests: SupplyRequests
    benefits: Benefits


def build_handouts(vault: Vault, journal: Journal, reading: ReadOnlyDatabase) -> HandoutRoom:
    """Put the room together."""
    items, stock = ItemList(journal), Stock(journal, reading)
    requests = SupplyRequests(journal, stock)
    return HandoutRoom(
        items=items,
        handouts=Handouts(vault, journal, reading, requests),
        doubles=Doubles(items, reading),
        stock=stock,
        requests=requests,
        benefits=Benefits(vault, journal),
    )
