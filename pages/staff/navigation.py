"""Where staff can go: the one list of their pages, and the frame they all stand in."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui.element import Element

from app.access.principals import Principal, StaffPrincipal, current_principal, is_allowed
from app.language import _
from components.frames import NavigationEntry, NavigationGroup, staff_frame
from pages.staff.addresses import HOME
from pages.staff.office_places import box_places, car_places, people_places
from pages.staff.place import Place, PlaceGroup
from pages.staff.shelter_places import headquarters_places, shelter_places


def places_of(principal: Principal) -> tuple[PlaceGroup, ...]:
    """The pages that this person may open, beside the home page; no group is empty."""
    groups = (
        PlaceGroup(_('公用車'), _allowed(principal, car_places())),
        PlaceGroup(_('避難所'), _allowed(principal, shelter_places())),
        PlaceGroup(_('災害対策本部'), _allowed(principal, headquarters_places())),
        PlaceGroup(_('職員とカード'), _allowed(principal, people_places())),
        PlaceGroup(_('窓口と記録'), _allowed(principal, box_places())),
    )
    return tuple(group for group in groups if group.places)


@contextmanager
def staff_page(title: str, address: str) -> Iterator[Element]:
    """The frame of a staff page at this address, with the navigation of whoever asks for it."""
    principal = current_principal()
    name = principal.name if isinstance(principal, StaffPrincipal) else ''
    with staff_frame(title, name, navigation(principal, address)) as main:
        yield main


def navigation(principal: Principal, current: str) -> tuple[NavigationGroup, ...]:
    """The entries beside every staff page."""
    home = NavigationEntry(label=_('ホーム'), address=HOME, current=current == HOME)
    rooms = (NavigationGroup(label=group.label, entries=_entries(group, current)) for group in places_of(principal))
    return (NavigationGroup(entries=(home,)), *rooms)


def _entries(group: PlaceGroup, current: str) -> tuple[NavigationEntry, ...]:
    return tuple(
        NavigationEntry(label=place.label, address=place.address, current=current == place.address)
        for place in group.places
    )


def _allowed(principal: Principal, places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.permission is None or is_allowed(principal, place.permission))
