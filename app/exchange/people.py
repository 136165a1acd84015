"""Members of staff who have another id at another box: they are the same by their staff number (職員番号)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.exchange.received import ExchangedKinds, ReceivedLine
from app.people.guards import GUARD_ADDED, GUARD_ENDED, GuardRegister
from app.people.models import Staff, StaffElsewhere
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

CLASSES = (RecordClass.ALCOHOL, RecordClass.VEHICLES)
"""Of which records here are sealed again for a person who becomes known."""


async def note_staff(numbers: Mapping[UUID, str]) -> None:
    """Remember who has which number at another box, also those who are not known here yet.

    Raises:
        StorageError: nothing was noted.
    """
    known = {row.id for row in await StaffElsewhere.filter(id__in=list(numbers))}
    new = [StaffElsewhere(id=there, number=number) for there, number in numbers.items() if there not in known]
    if new:
        await transaction(lambda tx: StaffElsewhere.bulk_create(new, using_db=tx.connection))


async def people_here(there: Iterable[UUID]) -> dict[UUID, UUID]:
    """Those of the ids of another box who are known here: id there → id here."""
    rows = await StaffElsewhere.filter(id__in=list(there))
    here = {member.number: member.id for member in await Staff.filter(number__in=[row.number for row in rows])}
    return {row.id: here[row.number] for row in rows if row.number in here}


async def identify_people(vault: Vault, kinds: ExchangedKinds) -> None:
    """Give the records of everybody who became known here since the last time the id of this box.

    Raises:
        StorageError: the rest is done the next time.
    """
    pending = [row.id for row in await StaffElsewhere.filter(staff=None)]
    for there, here in (await people_here(pending)).items():
        await vault.ensure((here, record_class) for record_class in CLASSES)
        await transaction(lambda tx, there=there, here=here: _identify(tx, kinds, there, here))  # type: ignore[misc]


async def _identify(tx: Transaction, kinds: ExchangedKinds, there: UUID, here: UUID) -> None:
    await kinds.identify(tx, there, here)
    await StaffElsewhere.filter(id=there).using_db(tx.connection).update(staff=here)


def join_guards(guards: GuardRegister, kinds: ExchangedKinds) -> None:
    """Exchange the guards of contractors: they have no number, but the same id at every box."""

    async def added(tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        told = line.opened[0]
        if told is not None:
            await guards.take_over(tx, line.subjects[0], told['name'], told['company'])

    async def ended(tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        await guards.ended_elsewhere(tx, line.subjects[0], line.happened_at)

    kinds.add(GUARD_ADDED, added)
    kinds.add(GUARD_ENDED, ended)
