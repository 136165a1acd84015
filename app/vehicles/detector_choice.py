"""Which alcohol detector a breath test at a desk was made with: nobody is guessed into the record book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.vehicles.checker_values import CheckerInfo


@dataclass(frozen=True, slots=True)
class DetectorChoice:
    """The detector that is recorded, or else those among which the guard presses; both empty: none is usable."""

    recorded: CheckerInfo | None
    others: tuple[CheckerInfo, ...] = ()

    def pressed(self, checker: UUID | None) -> CheckerInfo | None:
        """What is recorded when the guard pressed this one."""
        return self.recorded or next((each for each in self.others if each.id == checker), None)


def detectors_at(desk: UUID, known: Iterable[CheckerInfo], today: date) -> DetectorChoice:
    """The usable detector that lies at this desk; else the only one of the box; else the guard has to say."""
    known = list(known)
    usable = [each for each in known if each.is_valid(today)]
    here = [each for each in usable if each.desk == desk]
    if len(here) == 1:
        return DetectorChoice(here[0])
    is_bound = any(each.desk == desk for each in known)
    if len(usable) == 1 and usable[0].desk is None and not is_bound:
        return DetectorChoice(usable[0])
    return DetectorChoice(None, tuple(here or usable))
