"""What a moment of a reception desk looks like."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.shelters.desk_flow import Flow
from app.shelters.desk_handing import handing_shown
from app.shelters.desk_parts import Surroundings
from app.shelters.desk_places import DeskPlace
from app.shelters.desk_screens import ShelterDeskView, Step
from app.shelters.desk_shown import AreaShown
from app.shelters.faces import face_shown
from app.shelters.shown_people import called_name
from app.shelters.values import RECEIVING, AreaKind, PersonClass
from app.shelters.visitors import visitor_at_desk


def view_of(
    place: DeskPlace, flow: Flow, around: Surroundings, last_count: PersonClass | None, view: ShelterDeskView
) -> ShelterDeskView:
    """Everything that the tablet shows; at a shelter that does not receive people, nothing but why."""
    shelter = place.shelter
    if shelter is None:
        return view
    about: dict[str, Any] = {
        'shelter_name': shelter.entry.name,
        'shelter_state': shelter.state,
        'practice': shelter.practice,
    }
    if shelter.state not in RECEIVING:
        return replace(view, **about)
    family, draft = flow.family, flow.draft
    return replace(
        view,
        **about,
        step=flow.step,
        number=flow.number,
        told=flow.told,
        person=flow.person,
        face=face_shown(flow.face, shelter.entry.address) if flow.face else None,
        visitor=visitor_at_desk(flow, shelter),
        is_my_number=flow.may_read_face,
        has_token=bool(flow.card and flow.card.token),
        last_number=flow.last.number if flow.last else '',
        family_of=family.number if family else '',
        surname='' if draft is None or _is_hidden(flow) else called_name(draft.family.members[0].name),
        completes=flow.joining.numbers if flow.joining else (),
        unclear=flow.joining.match.unclear[0] + 1 if flow.joining and flow.joining.match.unclear else 0,
        members=len(draft.family.members) if draft else family.members if family else 0,
        may_withdraw=flow.may_withdraw,
        may_join=flow.may_join,
        problem=flow.problem,
        tries_left=flow.tries_left,
        areas=_areas(place, around.free) if flow.step is Step.MOVE else (),
        counted=around.totals.counted,
        registered=around.totals.registered,
        last_count=last_count,
        calls=around.calls,
        handing=handing_shown(flow, around.handing),
    )


def _is_hidden(flow: Flow) -> bool:
    told = flow.draft is not None and any(member.protected for member in flow.draft.family.members)
    return told or (flow.joining is not None and flow.joining.is_protected)


def _areas(place: DeskPlace, free: Mapping[UUID, int]) -> tuple[AreaShown, ...]:
    return tuple(
        AreaShown(id=area.id, name=area.name, is_cars=area.kind is AreaKind.CARS, free=free.get(area.id))
        for area in place.areas
    )
