"""To whom a backup is readable, and how old the last one may be."""

from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_settings import NoDecode


class BackupSettings(BaseModel):
    """Backups of the box."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    recipients: Annotated[tuple[str, ...], NoDecode] = ()
    """age public keys (`age1…`); without one the file can be opened by anyone who holds it."""
    remind_days: int = Field(7, ge=1, le=365)
    """A last backup that is older stands among the matters to attend to."""

    @field_validator('recipients', mode='before')
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(',') if part.strip())
        return value

    @property
    def longest_age(self) -> timedelta:
        """How old the last backup may be."""
        return timedelta(days=self.remind_days)
