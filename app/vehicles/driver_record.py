"""What stands on record of a driver before the key of a car goes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.storage.rows import rows_at_once
from app.storage.transaction import Rows, Statement
from app.vehicles.licences import LicenceInfo, asking_licence, licence_of
from app.vehicles.open_positives import OpenPositives, asking_checks_of_day, open_positives


@dataclass(frozen=True, slots=True)
class DriverRecord:
    """The licence that was seen last, and the positive breath tests of today that wait for an instruction."""

    licence: LicenceInfo | None
    open_positives: OpenPositives


def asking_record(driver: UUID) -> tuple[Statement, ...]:
    """What is asked for it, to be read by `record_asked`."""
    return asking_licence(driver), asking_checks_of_day(driver)


def record_asked(driver: UUID, found: Sequence[Rows]) -> DriverRecord:
    """What the rows of `asking_record` say."""
    licences, checks = found
    return DriverRecord(licence_of(driver, licences), open_positives(checks))


async def record_of(driver: UUID) -> DriverRecord:
    """What stands on record of this driver now."""
    return record_asked(driver, await rows_at_once(*asking_record(driver)))
