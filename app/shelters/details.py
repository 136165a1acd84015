"""What is known about a person, a household and a dwelling, and how it is sealed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

from app.shelters.values import Need, PersonClass, Sex, Urgency
from app.storage.vault import RecordClass, Vault

CHILD_FROM, ADULT_FROM = 6, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Which answers a person allows (安否情報 form, tiers ⑫ to ⑭); None: was not asked yet."""

    relatives: bool | None = None
    """Answer relatives and people of the same household."""
    acquaintances: bool | None = None
    public: bool | None = None
    """Publish (⑭)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """A person as 避難所利用者登録票 and the 安否情報 form ask (domain/shelters.md 2.1); empty: not entered yet."""

    name: str = ''
    """As written, with 外字 and IVS; it need not have a family name."""
    kana: str = ''
    birth_date: date | None = None
    sex: Sex | None = None
    postal_code: str = ''
    address: str = ''
    nationality: str = ''
    identifying: str = ''
    """他の識別情報."""
    injury: str = ''
    condition: str = ''
    phone: str = ''
    contact: str = ''
    """Whom to tell."""
    neighbourhood: str = ''
    """町会."""
    relation: str = ''
    """続柄 to the representative."""
    language: str = 'ja'
    needs: frozenset[Need] = frozenset()
    urgencies: frozenset[Urgency] = frozenset()
    devices: str = ''
    medicine: str = ''
    allergies: tuple[str, ...] = ()
    care_level: str = ''
    diet: str = ''
    pets: str = ''
    car: str = ''
    skills: str = ''
    home_damage: str = ''
    onward: str = ''
    """Where a visitor travels on to."""
    remarks: str = ''
    protected: bool = False
    """DV等支援措置 or the like: to any inquiry the same as absent (domain/shelters.md 2.5)."""
    unaccompanied: bool = False
    """A child without an adult."""
    consent: Consent = field(default_factory=Consent)

    @property
    def is_named(self) -> bool:
        """Whether more is known than a token."""
        return bool(self.name.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedDetails:
    """What a household or a dwelling is known by."""

    name: str = ''
    postal_code: str = ''
    address: str = ''
    phone: str = ''
    damage: str = ''
    remarks: str = ''


def age_on(birth: date, day: date) -> int:
    """Full years; the day before the birthday counts as in 年齢計算ニ関スル法律 only for school years, not here."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def class_of(details: PersonDetails, day: date) -> PersonClass:
    """The class somebody is counted in on a day."""
    age = age_on(details.birth_date, day) if details.birth_date else None
    if age is not None and age < CHILD_FROM:
        return PersonClass.INFANT
    if age is not None and age < ADULT_FROM:
        return PersonClass.CHILD
    match details.sex:
        case Sex.MALE:
            return PersonClass.MAN
        case Sex.FEMALE:
            return PersonClass.WOMAN
        case _:
            return PersonClass.UNKNOWN


def seal_person(vault: Vault, evacuee: UUID, details: PersonDetails) -> bytes:
    """Encrypt; the key must exist (`Vault.ensure`)."""
    return vault.seal((evacuee, RecordClass.SHELTER), f'evacuee.details.{evacuee}', person_text(details))


def open_person(vault: Vault, evacuee: UUID, sealed: bytes) -> PersonDetails:
    """Decrypt; somebody whose key was thrown away has no details."""
    text = vault.open((evacuee, RecordClass.SHELTER), f'evacuee.details.{evacuee}', sealed)
    return person_from_text(text) if text else PersonDetails()


def person_text(details: PersonDetails) -> str:
    """As JSON, without what was not entered."""
    return json.dumps(
        {name: _plain(value) for name, value in _values(details).items() if value != getattr(_EMPTY, name)},
        ensure_ascii=False,
        sort_keys=True,
    )


def person_from_text(text: str) -> PersonDetails:
    """What `person_text` wrote, also by an older or newer version: unknown fields are left out."""
    found: Mapping[str, Any] = json.loads(text)
    known = {each.name for each in fields(PersonDetails)}
    return PersonDetails(**{name: _read(name, value) for name, value in found.items() if name in known})


def _values(details: PersonDetails) -> dict[str, Any]:
    return {each.name: getattr(details, each.name) for each in fields(details)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | tuple):
        return sorted(value)
    if isinstance(value, Consent):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    return value


def _read(name: str, value: Any) -> Any:
    return _READ[name](value) if name in _READ else value


_EMPTY = PersonDetails()
_READ: dict[str, Callable[[Any], Any]] = {
    'birth_date': date.fromisoformat,
    'sex': Sex,
    'needs': lambda values: frozenset(Need(each) for each in values),
    'urgencies': lambda values: frozenset(Urgency(each) for each in values),
    'allergies': tuple,
    'consent': lambda values: Consent(**values),
}
