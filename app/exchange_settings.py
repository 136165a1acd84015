"""With which other boxes this one exchanges journal lines."""

import base64
import binascii

from cryptography import x509
from pydantic import BaseModel, ConfigDict, Field, field_validator


class PeerSettings(BaseModel):
    """Another box; `machibako exchange identity` prints these lines there, and they are put into the settings here."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    name: str = Field(min_length=1, max_length=64)
    """Name of the other box, as people here call it."""
    url: str
    """Where its exchange listens, such as `https://box2.example.lg.jp:8443`."""
    certificate: str
    """Its certificate (base64 of DER, one line). No other certificate is believed, whoever signed it."""

    @field_validator('url')
    @classmethod
    def _is_encrypted(cls, value: str) -> str:
        if not value.startswith('https://'):
            raise ValueError('must begin with https://')
        return value.rstrip('/')

    @field_validator('certificate')
    @classmethod
    def _is_certificate(cls, value: str) -> str:
        try:
            x509.load_der_x509_certificate(base64.b64decode(value, validate=True))
        except (binascii.Error, ValueError):
            raise ValueError('is no certificate as `machibako exchange identity` prints it') from None
        return value

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return base64.b64decode(self.certificate)


class ExchangeSettings(BaseModel):
    """The exchange with other boxes. Without peers nothing of it runs."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    host: str = '0.0.0.0'  # noqa: S104 - the other boxes reach this one over the network of the city
    port: int = Field(8443, ge=1, le=65535)
    """Of the listener for boxes; tablets never speak to it."""
    tell_after_minutes: float = Field(10, ge=0, le=1440)
    """A peer that is not reached for so long, and lines that wait for so long, stand among the matters to attend to."""
    peers: tuple[PeerSettings, ...] = ()

    @field_validator('peers')
    @classmethod
    def _differ(cls, value: tuple[PeerSettings, ...]) -> tuple[PeerSettings, ...]:
        for what, known in (
            ('name', {peer.name for peer in value}),
            ('certificate', {peer.certificate for peer in value}),
        ):
            if len(known) != len(value):
                raise ValueError(f'two peers have the same {what}')
        return value
