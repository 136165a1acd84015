"""Settings of the shelters room."""

from pydantic import BaseModel, ConfigDict, Field


class ShelterSettings(BaseModel):
    """`[shelters]`: rules of the city for its shelters (避難所)."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    number_prefix: str = Field(default='', pattern='^[A-Z0-9]{0,4}$')
    """Begins the numbers that people are called by; empty: three letters of the box."""
    silent_hours: int = Field(default=36, ge=1, le=720)
    """Who was not seen at a desk for so long may have left (hours)."""
    report_minutes: int = Field(default=30, ge=5, le=240)
    """The first report is due so long after the opening (minutes)."""
