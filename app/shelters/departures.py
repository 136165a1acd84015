"""Where exactly somebody went who left, and whether they still need supplies (domain/shelters.md 6, Leaving)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from app.journal.line import Sealed
from app.shelters.models import Departure
from app.shelters.values import LeftFor
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

LONGEST_DESTINATION = 100
TO_SHELTERS = frozenset({LeftFor.OTHER_SHELTER, LeftFor.STAGE_1_5, LeftFor.STAGE_2})
"""Where the destination may be a shelter that the box knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What was told at the leaving beside its kind; all of it may be left out."""

    destination: str = field(default='', repr=False)
    """Hospital, address or contact in free words; longer ones are cut at `LONGEST_DESTINATION`."""
    shelter: UUID | None = None
    needs_supplies: bool = False
    """物資の支援が要る: they are still looked after though they left."""

    @property
    def words(self) -> str:
        """The destination without superfluous space."""
        return ' '.join(self.destination.split())[:LONGEST_DESTINATION]

    def sealed(self, evacuee: UUID) -> tuple[Sealed, ...]:
        """The part of the journal's line that only the key of the person opens."""
        return (Sealed(evacuee, RecordClass.SHELTER, {'destination': self.words}),) if self.words else ()

    def payload(self) -> dict[str, object]:
        """The part of the journal's line that tells nothing about who it is."""
        told = {'to_shelter': str(self.shelter) if self.shelter else None, 'needs_supplies': self.needs_supplies}
        return {name: value for name, value in told.items() if value}


NOT_TOLD = Going()


class Departures:
    """Destinations by the stay that ended."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def keep(self, tx: Transaction, stay: UUID, evacuee: UUID, going: Going, *, practice: bool) -> None:
        """Keep what was told; of somebody who told nothing there is no row."""
        if going == NOT_TOLD:
            return
        place = _place(stay)
        words = self._vault.seal((evacuee, RecordClass.SHELTER), place, going.words) if going.words else None
        await Departure.create(
            id=stay,
            evacuee=evacuee,
            shelter=going.shelter,
            destination=words,
            needs_supplies=going.needs_supplies,
            practice=practice,
            using_db=tx.connection,
        )

    async def of(self, stays: Iterable[UUID]) -> dict[UUID, Going]:
        """What was told at the end of each of these stays, where anything was."""
        return {
            row.id: Going(
                destination=open_destination(self._vault, row.evacuee, row.id, row.destination),
                shelter=row.shelter,
                needs_supplies=row.needs_supplies,
            )
            for row in await Departure.filter(id__in=list(stays))
        }


def open_destination(vault: Vault, evacuee: UUID, stay: UUID, sealed: bytes | None) -> str:
    """Decrypt; empty where nothing was told, or the key of the person (as they were then) was thrown away."""
    return (vault.open((evacuee, RecordClass.SHELTER), _place(stay), sealed) or '') if sealed else ''


def _place(stay: UUID) -> str:
    return f'departure.destination.{stay}'
