"""What is known about a person of whom there were two records."""

from dataclasses import fields
from typing import Any

from app.shelters.details import Consent, PersonDetails

EMPTY = PersonDetails()


def joined(kept: PersonDetails, other: PersonDetails) -> PersonDetails:
    """The details that stay, with what only the other record knew; whoever was protected in one stays protected."""
    values: dict[str, Any] = {each.name: _value(each.name, kept, other) for each in fields(PersonDetails)}
    return PersonDetails(**values)


def _value(name: str, kept: PersonDetails, other: PersonDetails) -> Any:
    mine, theirs = getattr(kept, name), getattr(other, name)
    match name:
        case 'needs' | 'urgencies':
            return mine | theirs
        case 'allergies':
            return tuple(dict.fromkeys((*mine, *theirs)))
        case 'protected':
            return mine or theirs
        case 'unaccompanied':
            return mine and theirs
        case 'consent':
            return _stricter(mine, theirs)
    return theirs if mine == getattr(EMPTY, name) else mine


def _stricter(one: Consent, other: Consent) -> Consent:
    return Consent(**{each.name: _less(getattr(one, each.name), getattr(other, each.name)) for each in fields(Consent)})


def _less(one: bool | None, other: bool | None) -> bool | None:
    if one is None or other is None:
        return other if one is None else one
    return one and other
