"""Settings of the shelters room."""

from datetime import time
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_settings import NoDecode


class ShelterSettings(BaseModel):
    """`[shelters]`: rules of the city for its shelters (避難所)."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    number_prefix: str = Field(default='', pattern='^([A-Z0-9]{0,3}[A-Z])?$')
    """Begins the numbers that people are called by, and ends with a letter; empty: three letters of the box."""
    silent_hours: int = Field(default=36, ge=1, le=720)
    """Who was not seen at a desk for so long may have left (hours)."""
    report_minutes: int = Field(default=30, ge=5, le=240)
    """The first report is due so long after the opening (minutes)."""
    report_times: tuple[time, ...] = (time(7), time(12), time(17), time(21))
    """Later reports are due at these times of the day in Tokyo."""
    toilets_later_days: int = Field(default=7, ge=0, le=365)
    """From this day after the opening on, one toilet for 20 people is asked for instead of one for 50."""
    inquiries_per_clerk: int = Field(default=120, ge=1, le=10_000)
    """Inquiries (安否情報の照会) that one clerk may enter within an hour."""
    inquiries_per_name: int = Field(default=20, ge=1, le=1000)
    """Inquiries that are taken for one name within 24 hours."""
    inquirers_unusual: int = Field(default=3, ge=2, le=100)
    """So many different inquirers for one name within 24 hours are told at 要対応."""
    opened_seconds: int = Field(default=60, ge=10, le=600)
    """So long the record of a protected person stays open (seconds)."""
    recipients: Annotated[tuple[str, ...], NoDecode] = ()
    """age public keys (`age1…`) of headquarters, who read what is exported at the end, and copies on a stick."""
    headquarters: bool = False
    """This box stands at headquarters: it hands the others the key by which they recognise a card, and passes on."""
    identity_file: Path | None = None
    """At headquarters: the file with the age key (`AGE-SECRET-KEY-…`) that opens copies of other boxes."""
    stick: Path | None = None
    """Where a stick lies that is put into the box, such as `/media/usb`; None: copies are downloaded."""

    @field_validator('recipients', mode='before')
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(',') if part.strip())
        return value
