"""The people of reservations: login names of Garoon are staff numbers, unless a list says otherwise."""

from collections.abc import Mapping
from datetime import timedelta

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.people.models import Staff
from app.storage.transaction import Transaction, transaction
from app.vehicles.garoon.models import GaroonLogin
from app.vehicles.reservations import ReservationInfo, Reservations

LOGINS_IMPORTED = 'vehicles.garoon_logins_imported'
LOOKED_AHEAD = timedelta(days=7)
ROWS_AT_ONCE = 500


async def keep_logins(numbers: Mapping[str, str], reservations: Reservations, journal: Journal, actor: Actor) -> None:
    """Let this list (staff number by `login_key`) take the place of the one before.

    Raises:
        StorageError: the list before stands.
    """
    rows = [GaroonLogin(login=login, number=number) for login, number in numbers.items()]

    async def work(tx: Transaction) -> None:
        await GaroonLogin.all().using_db(tx.connection).delete()
        for at in range(0, len(rows), ROWS_AT_ONCE):
            await GaroonLogin.bulk_create(rows[at : at + ROWS_AT_ONCE], using_db=tx.connection)
        await journal.append(tx, Act(kind=LOGINS_IMPORTED, actor=actor, payload={'people': len(rows)}))
        tx.after_commit(lambda: reservations.know(numbers))

    await transaction(work)


async def without_driver(reservations: Reservations) -> list[ReservationInfo]:
    """Reservations of the next days of whose people none is known here: nobody is offered their cars."""
    now = clock.now()
    coming = await reservations.between(now, now + LOOKED_AHEAD)
    known = await _numbers_in_use({number for each in coming for number in each.people})
    return [each for each in coming if known.isdisjoint(each.people)]


async def _numbers_in_use(numbers: set[str]) -> set[str]:
    asked, found = sorted(numbers), set[str]()
    for at in range(0, len(asked), ROWS_AT_ONCE):
        part = Staff.filter(number__in=asked[at : at + ROWS_AT_ONCE], active=True)
        found |= {row.number for row in await part.only('number')}
    return found
