"""Who is meant, on the car pages."""

from app.journal.history import HistoryLine
from app.journal.line import Assurance
from app.language import _
from app.people.names import Named, names_of
from app.people.staff import StaffMember
from app.runtime import Box
from pages.staff.cars.values import WrongValue


async def name_of_actor(box: Box, line: HistoryLine) -> str:
    """Who wrote this line of the journal."""
    actor = line.actor_id
    if actor is None:
        return _('本体') if line.assurance is Assurance.SYSTEM else line.actor
    found = await box.reading.read(lambda connection: names_of(connection, box.vault, [actor]))
    return person_name(found[actor]) if actor in found else ''


def person_name(named: Named) -> str:
    """A name, or that it was erased."""
    return named.name or _('(消去済み)')


async def staff_with(box: Box, number: str, label: str) -> StaffMember:
    """The member of staff with this number.

    Raises:
        WrongValue: there is none.
    """
    found = await box.staff.find_by_number(number.strip()) if number.strip() else None
    if found is None:
        raise WrongValue(_('{label}: この職員番号の職員はいません。').format(label=label))
    return found
