"""Whom a number leads to that was typed at a desk: written down, and slowed where numbers are only tried."""

from uuid import UUID

from app.access.limits import Delays
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.desk_screens import Problem
from app.shelters.evacuees import Evacuees
from app.shelters.numbers import read_number
from app.shelters.places import ShelterInfo
from app.shelters.resident_session import DeskAct, may_here
from app.storage.transaction import transaction

LOOKED_UP = 'shelters.number_looked_up'
FREE_WRONG_NUMBERS = 3
LONGEST_WAIT_SECONDS = 60.0


class NumberLookups:
    """Looks people up by number for the desks of one box; `prefix` begins the numbers of the box."""

    def __init__(self, journal: Journal, evacuees: Evacuees, prefix: str) -> None:
        self._journal = journal
        self._evacuees = evacuees
        self._prefix = prefix
        self._wrong = Delays(free=FREE_WRONG_NUMBERS, longest_seconds=LONGEST_WAIT_SECONDS)

    async def whose(self, code: str, shelter: ShelterInfo, actor: Actor, desk: UUID) -> UUID | Problem | None:
        """Whose number it is, after that was journaled without a name; None: it is no number.

        Numbers that nobody has delay the desk that tries them; a right one between them does not end the delay.

        Raises:
            StorageError: it could not be written down, so nothing is answered.
        """
        number = read_number(code)
        if number is None:
            return None
        if not may_here(shelter, DeskAct.SEARCH):
            return Problem.NOT_BY_RESIDENTS
        if self._wrong.wait_seconds(str(desk)) > 0:
            return Problem.WAIT
        info = await self._evacuees.by_number(number)
        if info is None or info.practice is not shelter.practice:
            return self._nobody(number, desk)
        payload = {'shelter': str(shelter.id), 'practice': shelter.practice}
        act = Act(kind=LOOKED_UP, actor=actor, subjects=(info.id,), desk=desk, payload=payload)
        await transaction(lambda tx: self._journal.append(tx, act))
        return info.id

    def _nobody(self, number: str, desk: UUID) -> Problem:
        if not number.startswith(f'{self._prefix}-'):
            return Problem.OTHER_BOX
        self._wrong.failed(str(desk))
        return Problem.NOT_FOUND
