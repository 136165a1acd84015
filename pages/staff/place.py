"""A page of the staff's side, as the navigation and the home page name it."""

from dataclasses import dataclass

from app.access.principals import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page of the staff's side."""

    address: str
    label: str
    purpose: str
    """What a person does there, in one sentence."""
    symbol: str
    permission: Permission | None = None


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Pages of one line of work."""

    label: str
    places: tuple[Place, ...]
