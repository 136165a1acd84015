"""How messages leave the box: the mail server, the LINE account of the city, and the quiet hours."""

from datetime import time
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_CONFIG = ConfigDict(extra='forbid', frozen=True, coerce_numbers_to_str=True, hide_input_in_errors=True)


class MailSecurity(StrEnum):
    """How the way to the mail server is protected."""

    STARTTLS = 'starttls'
    TLS = 'tls'
    PLAIN = 'plain'
    """Not at all: only for a server on the same machine."""


class MailSettings(BaseModel):
    """The mail server (SMTP, RFC 5321). Without a host no mail is sent."""

    model_config = _CONFIG

    host: str = ''
    port: int = Field(587, ge=1, le=65535)
    security: MailSecurity = MailSecurity.STARTTLS
    certificates_file: Path | None = None
    """PEM file of certificate authorities to believe instead of the usual ones."""
    login: str = ''
    password: SecretStr = SecretStr('')
    sender: str = ''
    """Address that messages come from."""
    sender_name: str = ''
    """Name beside it; empty: the name of the box."""
    per_minute: int = Field(300, ge=1, le=100_000)
    """Messages that leave within a minute at most."""
    timeout_seconds: float = Field(30, ge=1, le=300)

    @field_validator('sender')
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and (value.count('@') != 1 or any(one.isspace() for one in value)):
            raise ValueError('must be an e-mail address')
        return value

    @property
    def is_on(self) -> bool:
        """Whether mail can be sent."""
        return bool(self.host and self.sender)


class LineSettings(BaseModel):
    """The official LINE account (Messaging API). Without a channel access token nothing is sent by LINE."""

    model_config = _CONFIG

    access_token: SecretStr = SecretStr('')
    """Long-lived channel access token."""
    channel_secret: SecretStr = SecretStr('')
    """Proves that what comes to the webhook comes from LINE."""
    base_url: str = 'https://api.line.me'
    account_id: str = ''
    """Basic id of the account (`@…`), shown to those who subscribe."""
    certificates_file: Path | None = None
    """PEM file of certificate authorities to believe instead of the usual ones."""
    proxy: SecretStr = SecretStr('')
    """`http://HOST:PORT` of a proxy, with its login where it has one."""
    per_minute: int = Field(600, ge=1, le=100_000)
    """Requests that leave within a minute at most."""
    timeout_seconds: float = Field(30, ge=1, le=300)

    @property
    def is_on(self) -> bool:
        """Whether messages can be sent by LINE."""
        return bool(self.access_token.get_secret_value())


class MessageSettings(BaseModel):
    """One outbox for e-mail and LINE."""

    model_config = _CONFIG

    quiet_from: time = time(21, 0)
    """From this time in Tokyo only urgent messages are sent."""
    quiet_until: time = time(7, 0)
    """The same time as `quiet_from`: there are no quiet hours."""
    give_up_hours: float = Field(24, ge=0.1, le=24)
    """A message that could not be delivered for so long is given up; LINE remembers a repeat for 24 hours."""
    topics: tuple[str, ...] = ('避難所', '給水・物資', '生活情報')
    """What people may subscribe to."""
    areas: tuple[str, ...] = ()
    """Areas (校下) to choose from; empty: people are not asked."""
    needs: tuple[str, ...] = ('車いす', '乳幼児', '透析', 'ペット')
    """Needs to choose from."""
    mail: MailSettings = MailSettings()
    line: LineSettings = LineSettings()
