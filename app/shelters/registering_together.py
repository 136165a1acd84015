"""Somebody is registered and belongs to a household in one step: both or nothing is recorded."""

from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.evacuees import EvacueeInfo, Evacuees, Registered, Registration
from app.shelters.households import Households
from app.shelters.memberships import By, open_rows
from app.storage.transaction import Transaction, transaction


async def register_into(
    evacuees: Evacuees,
    households: Households,
    registration: Registration,
    first: EvacueeInfo | None,
    by: By,
) -> Registered:
    """Register somebody, as of the household of `first` if there is one, which is made if there was none.

    Raises:
        StorageError: nothing was recorded.
    """
    if first is None:
        return await evacuees.register(registration, by.actor, by.desk)
    (new,) = await evacuees.prepare(1)
    registration = await evacuees.hidden(registration)
    household = None if await households.of(first.id) else await households.prepare()
    shared = await shared_of(households, first)

    async def work(tx: Transaction) -> Registered:
        registered = await evacuees.register_in(tx, new, registration, by.actor, by.desk)
        rows = await open_rows(tx, evacuee=first.id)
        if rows:
            await households.add_in(tx, rows[0].household, [registered.evacuee.id], by)
        else:
            made = household or await households.prepare()
            await households.create_in(tx, made, [first.id, registered.evacuee.id], by, shared)
        return registered

    return await transaction(work)


async def shared_of(households: Households, first: EvacueeInfo | None) -> SharedDetails:
    """What somebody of the household of `first` shares with it."""
    household = await households.of(first.id) if first else None
    if household is not None:
        return household.shared
    about = first.details if first else PersonDetails()
    return SharedDetails(postal_code=about.postal_code, address=about.address, phone=about.phone)


async def register_family(
    evacuees: Evacuees, households: Households, registrations: list[Registration], shared: SharedDetails, by: By
) -> list[Registered]:
    """Register people as one household; who is in one already stays there.

    Raises:
        StorageError: nothing was recorded.
    """
    ids = await evacuees.prepare(len(registrations))
    hidden = [await evacuees.hidden(each) for each in registrations]
    household = await households.prepare() if len(ids) > 1 else None

    async def work(tx: Transaction) -> list[Registered]:
        pairs = zip(ids, hidden, strict=True)
        registered = [await evacuees.register_in(tx, new, each, by.actor, by.desk) for new, each in pairs]
        members = [each.evacuee.id for each in registered]
        if household is not None and not await open_rows(tx, evacuee=members[0]):
            await households.create_in(tx, household, members, by, shared)
        return registered

    return await transaction(work)
