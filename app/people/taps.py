"""Whose card touched a reader."""

from app.people.cards import THE_ONE, CardLink, CardRegister
from app.people.staff import StaffMember, StaffRegister
from app.storage.rows import rows_at_once
from device_drivers.cards.credential import Credential

OWNER = f'SELECT * FROM staff WHERE id = (SELECT subject FROM ({THE_ONE}))'  # noqa: S608 - our own words


async def whose_card(
    cards: CardRegister, staff: StaffRegister, credential: Credential
) -> tuple[CardLink | None, StaffMember | None]:
    """The link of a card, and who of the staff it points to; also links that ended and staff that left."""
    link, values = cards.asking(credential)
    links, owners = await rows_at_once((link, values), (OWNER, values))
    return cards.asked(links), staff.asked(owners)
