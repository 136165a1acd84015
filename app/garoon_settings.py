"""How the Garoon of the city is reached."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class GaroonSettings(BaseModel):
    """Where the reservations of cars are (domain/vehicles_and_attendance.md 2)."""

    model_config = ConfigDict(extra='forbid', frozen=True, coerce_numbers_to_str=True, hide_input_in_errors=True)

    base_url: str = ''
    """Any address of the Garoon; empty: there is none, and reservations come from its CSV."""
    login: str = ''
    """A service user without two-factor sign-in."""
    password: SecretStr = SecretStr('')
    facility_group_id: str = ''
    """Id of the facility group of the cars; empty: all facilities are looked at."""
    poll_seconds: float = Field(180, ge=1, le=3600)
    basic_login: str = ''
    """Of an HTTP Basic lock in front of Garoon; empty: there is none."""
    basic_password: SecretStr = SecretStr('')
    certificates_file: Path | None = None
    """PEM file of certificate authorities to believe instead of the usual ones."""
    proxy: SecretStr = SecretStr('')
    """`http://HOST:PORT` of a proxy, with its login where it has one."""
    write_back: bool = False
    """State of the lending is written to the event."""
    datastore_name: str = Field('jp.machibako.lending', min_length=1, max_length=128)
