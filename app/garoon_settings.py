"""How the Garoon of the city is reached."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator


class GaroonSettings(BaseModel):
    """Where the reservations of cars are (domain/vehicles_and_attendance.md 2)."""

    model_config = ConfigDict(extra='forbid', frozen=True, coerce_numbers_to_str=True, hide_input_in_errors=True)

    base_url: str = ''
    """Any address of the Garoon; empty: there is none, and reservations come from its CSV."""
    login: str = ''
    """A service user without two-factor sign-in."""
    password: SecretStr = SecretStr('')
    oauth_client_id: str = ''
    """Of an OAuth client of the cloud, instead of login and password; empty: there is none."""
    oauth_client_secret: SecretStr = SecretStr('')
    oauth_refresh_token: SecretStr = SecretStr('')
    """What the consent of the service user gave. One that the cloud gives in its place is kept by the box."""
    client_certificate_file: Path | None = None
    """PFX or PEM file with the certificate and the key by which the box shows itself, beside either."""
    client_certificate_password: SecretStr = SecretStr('')
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

    @model_validator(mode='after')
    def _fit_together(self) -> 'GaroonSettings':
        for problem in (*self._problems_of_oauth(), *self._problems_of_certificate()):
            raise ValueError(problem)
        return self

    def _problems_of_oauth(self) -> Iterator[str]:
        names = ('oauth_client_id', 'oauth_client_secret', 'oauth_refresh_token')
        given = [name for name in names if _is_given(getattr(self, name))]
        if not given:
            return
        yield from (f'{name} is missing beside {given[0]}' for name in names if name not in given)
        for name in ('login', 'password', 'basic_login', 'basic_password'):
            if _is_given(getattr(self, name)):
                yield f'{name} cannot be used beside oauth_client_id'

    def _problems_of_certificate(self) -> Iterator[str]:
        if self.client_certificate_file is None:
            if _is_given(self.client_certificate_password):
                yield 'client_certificate_file is missing beside client_certificate_password'
        elif self.base_url.lower().startswith('http:'):
            yield 'client_certificate_file needs a base_url that begins with https://'


def _is_given(value: str | SecretStr) -> bool:
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)
