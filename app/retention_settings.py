"""For how long records are kept."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator


class LegalMinimum(NamedTuple):
    """The shortest retention in years, and where it stands."""

    years: int
    source: str


LEGAL_MINIMUM: Mapping[str, LegalMinimum] = {
    'attendance': LegalMinimum(3, '労働基準法109条, 143条'),
    'alcohol': LegalMinimum(1, '道路交通法施行規則9条の10'),
    'vehicles': LegalMinimum(1, '道路交通法施行規則9条の10'),
    'accident': LegalMinimum(3, '自動車損害賠償保障法19条'),
}


class RetentionSettings(BaseModel):
    """Years after which records stand on the disposal list (domain/vehicles_and_attendance.md 1.2, 1.3, 1.7)."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    attendance: int = Field(5, le=100)
    """Punches: five years, for the time being three."""
    alcohol: int = Field(1, le=100)
    """Alcohol checks with their pictures: one year."""
    vehicles: int = Field(3, le=100)
    """Run records: no period in law, one year in practice; the fleet study looks back three."""
    accident: int = Field(5, le=100)
    """Pictures of accidents: claims for injuries lapse after five years (民法724条の2)."""

    @field_validator('attendance', 'alcohol', 'vehicles', 'accident')
    @classmethod
    def _not_below_the_law(cls, value: int, info: ValidationInfo) -> int:
        least = LEGAL_MINIMUM[str(info.field_name)]
        if value < least.years:
            raise ValueError(f'must be at least {least.years} years ({least.source})')
        return value
