"""What is known about a person of whom there were two records."""

from dataclasses import fields
from typing import Any

from app.shelters.details import Consent, PersonDetails, SharedDetails

EMPTY = PersonDetails()
STAYS_AS_KNOWN = frozenset({'name', 'kana', 'birth_date', 'sex', 'postal_code', 'address', 'unaccompanied'})
"""A card or an officer may have told it; an alarm about a child is ended by an officer only."""
TOGETHER = frozenset({'needs', 'urgencies', 'allergies', 'protected', 'consent'})


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


def completed(known: PersonDetails, told: PersonDetails) -> PersonDetails:
    """What a desk knows of somebody with what they told themselves since: who they are stays, the rest is newer."""
    values: dict[str, Any] = {each.name: _completed(each.name, known, told) for each in fields(PersonDetails)}
    return PersonDetails(**values)


def filled(known: SharedDetails, told: SharedDetails) -> SharedDetails:
    """What a household is known by, with what was empty."""
    return SharedDetails(**{each.name: getattr(known, each.name) or getattr(told, each.name) for each in fields(known)})


def _completed(name: str, known: PersonDetails, told: PersonDetails) -> Any:
    if name in STAYS_AS_KNOWN or name in TOGETHER:
        return known.unaccompanied if name == 'unaccompanied' else _value(name, known, told)
    mine, theirs = getattr(known, name), getattr(told, name)
    return mine if theirs == getattr(EMPTY, name) else theirs
