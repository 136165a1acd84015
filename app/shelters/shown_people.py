"""A person as the screens of a shelter show them: what is called out, and no more."""

from collections.abc import Sequence

from app.shelters.desk_screens import PersonShown
from app.shelters.evacuees import EvacueeInfo
from app.shelters.places import Area, ShelterInfo
from app.shelters.stays import StayInfo
from app.shelters.values import Place

LONGEST_NAME = 40


def called_name(name: str) -> str:
    """The family name, or the whole of a name that has no parts; never longer than a screen is wide."""
    parts = name.split()
    return parts[0][:LONGEST_NAME] if parts else ''


def shown(
    info: EvacueeInfo,
    stay: StayInfo | None,
    elsewhere: ShelterInfo | None,
    areas: Sequence[Area],
    came_from: str = '',
) -> PersonShown:
    """What a desk shows; the name of a protected person is never on a screen."""
    names = {area.id: area.name for area in areas}
    details = info.details
    return PersonShown(
        evacuee=info.id,
        number=info.number,
        surname='' if details.protected else called_name(details.name),
        person_class=info.person_class,
        area=stay.area if stay else None,
        area_name=names.get(stay.area, '') if stay and stay.area else '',
        place=stay.place if stay else Place.SHELTER,
        state=stay.state if stay else None,
        expected_at=stay.expected_at if stay else None,
        visitor=bool(stay and stay.visitor),
        urgencies=tuple(sorted(details.urgencies)),
        unaccompanied=details.unaccompanied,
        elsewhere=elsewhere.id if elsewhere else None,
        elsewhere_name=elsewhere.entry.name if elsewhere else '',
        came_from=came_from,
        is_named=details.is_named,
    )
