"""What somebody should look after in the car pool soon: dates 60, 30 and 7 days ahead, and what waits for a person."""

from datetime import timedelta

from app import clock
from app.access.principals import Permission
from app.storage.reading import ReadOnlyDatabase
from app.vehicles.alcohol_book import AlcoholBook
from app.vehicles.checker_matters import checker_matters, desk_checker_matters
from app.vehicles.date_matters import date_matters, licence_matters
from app.vehicles.lent_twice import unsettled_double_loans
from app.vehicles.matter_values import Matter, MatterKind, few_names
from app.vehicles.record_checks import RecordChecks, RecordException, RecordProblem

DAYS_LOOKED_BACK = 60


class CarMatters:
    """Looks through the car pool."""

    def __init__(self, reading: ReadOnlyDatabase, book: AlcoholBook, checks: RecordChecks) -> None:
        self._reading = reading
        self._book = book
        self._checks = checks

    async def all(self) -> list[Matter]:
        """Everything found, the most urgent first."""
        return [
            *await self._positives(),
            *await self._records(),
            *await self._reading.read(date_matters),
            *await self._reading.read(licence_matters),
            *await self._reading.read(checker_matters),
            *await self._reading.read(desk_checker_matters),
        ]

    async def _positives(self) -> list[Matter]:
        count, since = await self._book.count_open()
        permission = Permission.INSTRUCT_DRIVERS
        return [Matter(kind=MatterKind.POSITIVE, permission=permission, count=count, since=since)] if count else []

    async def _records(self) -> list[Matter]:
        today = clock.today()
        usual = today - timedelta(days=DAYS_LOOKED_BACK)
        twice = await self._reading.read(unsettled_double_loans)
        found = await self._checks.exceptions_list(min([usual, *twice.values()]), today)
        late = [one for one in found if one.problem is RecordProblem.OVERDUE]
        lent_twice = [one for one in found if one.problem is RecordProblem.OUT_TWICE and one.trip in twice]
        others = [
            one
            for one in found
            if one.problem not in (RecordProblem.OVERDUE, RecordProblem.NO_SHOW)
            and one not in lent_twice
            and one.at.date() >= usual
        ]
        matters = _lent_twice(lent_twice)
        if late:
            since = min(one.until or one.at for one in late)
            about = few_names(one.plate for one in late)
            permission = Permission.READ_TRIPS
            matters.append(
                Matter(kind=MatterKind.OVERDUE, permission=permission, about=about, count=len(late), since=since)
            )
        if others:
            kind, since = MatterKind.RECORD, min(one.at for one in others)
            matters.append(Matter(kind=kind, permission=Permission.MANAGE_CARS, count=len(others), since=since))
        return matters


def _lent_twice(found: list[RecordException]) -> list[Matter]:
    if not found:
        return []
    about, since = few_names(one.plate for one in found), min(one.at for one in found)
    permission = Permission.READ_TRIPS
    return [Matter(kind=MatterKind.LENT_TWICE, permission=permission, about=about, count=len(found), since=since)]
