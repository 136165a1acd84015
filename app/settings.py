"""The settings of one box: `machibako.toml` in its data directory, then the environment (`MACHIBAKO_*`)."""

import os
import tomllib
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from app.backup_settings import BackupSettings
from app.exchange_settings import ExchangeSettings
from app.garoon_settings import GaroonSettings
from app.messages_settings import MessageSettings
from app.retention_settings import RetentionSettings
from app.settings_problems import first_problem, is_setting
from app.shelter_settings import ShelterSettings
from device_drivers.alcohol_checker.line_pattern import PATTERNS, LinePattern
from device_drivers.alcohol_checker.units import Unit

FILE_NAME = 'machibako.toml'
ENVIRONMENT_PREFIX = 'MACHIBAKO_'
DATA_DIRECTORY_VARIABLE = 'MACHIBAKO_DATA_DIR'
PROJECT = Path(__file__).parents[1]
DEFAULT_DATA_DIRECTORY = PROJECT / 'data' / 'box'


class SettingsError(Exception):
    """A setting is wrong; the message is one line that names it."""


class Section(BaseModel):
    """Base of every group of settings: unknown names are an error, values do not change while the box runs."""

    model_config = ConfigDict(extra='forbid', frozen=True)


class ServerSettings(Section):
    """Where the box is reached."""

    host: str = '0.0.0.0'  # noqa: S104 - tablets of the house reach the box over its network
    port: int = Field(8080, ge=1, le=65535)
    public_url: str = ''
    """Address that tablets use, such as `https://box.example.lg.jp`; empty: `http://localhost:PORT`."""
    certificate_file: Path | None = None
    key_file: Path | None = None
    reconnect_seconds: float = Field(120, ge=10, le=600)
    language: str = 'ja'

    @property
    def address(self) -> str:
        """The address that a tablet opens, without a slash at the end."""
        scheme = 'https' if self.certificate_file else 'http'
        return self.public_url.rstrip('/') or f'{scheme}://localhost:{self.port}'

    @property
    def is_encrypted(self) -> bool:
        """Whether browsers speak HTTPS to the box."""
        return self.address.startswith('https://')


class TrustSettings(Section):
    """Which certificate authorities the box believes (domain/cards.md 1.4)."""

    extra_roots: Annotated[tuple[Path, ...], NoDecode] = ()
    """PEM files beside the production roots that ship; in the environment separated by commas."""

    @field_validator('extra_roots', mode='before')
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(',') if part.strip())
        return value


class CardSettings(Section):
    """What a card may do (domain/cards.md 2)."""

    require_proof_to_link: bool = True
    """Linking a My Number Card asks for its PIN once (公的個人認証法38条1項); off: a bare tap links it."""
    tap_without_pin: bool = True
    """A linked My Number Card is accepted without its PIN afterwards (かざし利用, 公的個人認証法38条の4)."""
    allow_type_a: bool = False
    """Type A cards with a fixed UID (an existing staff-card estate) are accepted."""
    answer_seconds: float = Field(5, ge=1, le=60)
    """A card that has not answered one command by then is given up."""
    expiry_notice_days: int = Field(90, ge=0, le=365)
    """From this many days before a certificate ends, its holder is told (renewal opens three months before)."""


class AttendanceSettings(Section):
    """Rules of clocking in and out."""

    day_boundary: time = time(5, 0)
    """A work date lasts from this time until the same time of the next day."""
    retap_seconds: int = Field(120, ge=0, le=3600)
    """A second tap within this time answers that the first one is recorded."""
    doubtful_minutes: int = Field(60, ge=0, le=720)
    """A tap within this time of the arrival asks before it records a departure."""
    answer_seconds: float = Field(3, ge=1, le=30)
    choice_seconds: float = Field(20, ge=5, le=120)
    question_seconds: float = Field(20, ge=5, le=120)
    large_display: bool = False
    """Larger letters, shown twice as long, for low vision."""


class VehicleSettings(Section):
    """Rules of the shared cars."""

    alcohol_limit: Decimal = Field(Decimal('0.00'), ge=0, le=1)
    """Milligrams in a litre of breath; above it nobody drives."""
    several_cars: bool = False
    """A driver may have more than one car at a time."""
    winter_tyre_months: tuple[int, ...] = ()
    """Months (1-12) in which cars go out on winter tyres only."""
    lowest_charge_percent: int = Field(0, ge=0, le=100)
    """An electric car goes out with at least so much left in its battery, as the guard reads it off; 0: nobody asks."""
    disaster_declared: bool = False
    """Cars that are kept for disasters may go out."""
    overdue_hours: float = Field(1, ge=0, le=72)
    """A car that is out for so long past its time stands among the matters to attend to."""
    no_show_minutes: int = Field(30, ge=0, le=1440)
    """So long after its beginning a reservation for which nobody came leaves its car to others; 0: until its end."""
    longest_shift_hours: float = Field(26, gt=0, le=72)
    """The shift of a guard who did not end it ends by itself; a duty of 24 hours and its hand-over fit in."""
    face_still: bool = False
    """A picture of the driver is taken at the breath test, and goes with its record."""
    checker_patterns: dict[str, str] = {}
    """Name and regular expression of the line that a serial alcohol checker sends (mg/L), beside those that ship."""

    @field_validator('checker_patterns')
    @classmethod
    def _compile(cls, value: dict[str, str]) -> dict[str, str]:
        for expression in value.values():
            LinePattern.compile(expression, Unit.MG_PER_LITRE)
        return value

    @property
    def line_patterns(self) -> dict[str, LinePattern]:
        """All patterns of serial checkers, by name."""
        own = {name: LinePattern.compile(text, Unit.MG_PER_LITRE) for name, text in self.checker_patterns.items()}
        return {**PATTERNS, **own}


class JournalSettings(Section):
    """Where and how often the signed checkpoints are written."""

    checkpoint_minutes: float = Field(5, gt=0, le=1440)
    checkpoint_directory: Path | None = None
    """Outside the database, best on another disk; empty: `checkpoints` in the data directory."""


class ContactSettings(Section):
    """Whom a person at a desk calls when something does not work."""

    section: str = 'デジタル行政戦略課'
    extension: str = ''

    @property
    def text(self) -> str:
        """Section and extension as they are shown."""
        return f'{self.section} 内線{self.extension}' if self.extension else self.section


class Settings(BaseSettings):
    """All settings of one box."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_nested_delimiter='__', extra='forbid', frozen=True
    )

    name: str = '本庁舎'
    """Name of the box, as it is shown to people."""
    server: ServerSettings = ServerSettings()
    trust: TrustSettings = TrustSettings()
    cards: CardSettings = CardSettings()
    attendance: AttendanceSettings = AttendanceSettings()
    vehicles: VehicleSettings = VehicleSettings()
    garoon: GaroonSettings = GaroonSettings()
    journal: JournalSettings = JournalSettings()
    backup: BackupSettings = BackupSettings()
    contact: ContactSettings = ContactSettings()
    exchange: ExchangeSettings = ExchangeSettings()
    messages: MessageSettings = MessageSettings()
    retention: RetentionSettings = RetentionSettings()
    shelters: ShelterSettings = ShelterSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code wins, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(data_directory: Path, **given: Any) -> Settings:
    """Read the settings of the box in this directory.

    Raises:
        SettingsError: a file cannot be read, or a name or value is wrong; the message names it.
    """
    file = data_directory / FILE_NAME
    _refuse_unreadable(file)
    _refuse_unknown_variables()

    class BoxSettings(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        return BoxSettings(**given)
    except ValidationError as error:
        raise SettingsError(first_problem(error)) from None


def default_data_directory() -> Path:
    """The data directory when none is given on the command line."""
    return Path(os.environ.get(DATA_DIRECTORY_VARIABLE) or DEFAULT_DATA_DIRECTORY)


def _refuse_unreadable(file: Path) -> None:
    if not file.exists():
        return
    try:
        tomllib.loads(file.read_text(encoding='utf-8'))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f'{file}: {error}') from None


def _refuse_unknown_variables() -> None:
    for variable in sorted(os.environ):
        if not variable.startswith(ENVIRONMENT_PREFIX) or variable == DATA_DIRECTORY_VARIABLE:
            continue
        path = variable.removeprefix(ENVIRONMENT_PREFIX).lower().split('__')
        if not is_setting(Settings, path):
            raise SettingsError(f'{variable}: there is no such setting')
