"""Who lives in another municipality (市外の方): what is known of it when somebody is registered."""

from dataclasses import replace

from app.shelters.desk_flow import Flow
from app.shelters.desk_screens import Step
from app.shelters.faces import is_visitor
from app.shelters.places import ShelterInfo
from app.shelters.values import ShelterKind

CAN_BE_MARKED = frozenset({Step.NEW, Step.CONFIRM})


def visitor_by_default(shelter: ShelterInfo, address: str) -> bool:
    """By the address; without one, whoever comes to a 一時滞在施設 is taken for a visitor, and nobody elsewhere."""
    if address:
        return is_visitor(address, shelter.entry.address)
    return shelter.entry.kind is ShelterKind.STRANDED


def visitor_at_desk(flow: Flow, shelter: ShelterInfo) -> bool:
    """Whether who is to be registered is a visitor: as pressed, else like their household, else by the address."""
    if flow.visitor is not None:
        return flow.visitor
    if flow.face is None and flow.family is not None:
        return flow.family.visitor
    return visitor_by_default(shelter, flow.face.address if flow.face else '')


def marked(flow: Flow, *, visitor: bool) -> Flow:
    """It was pressed before somebody is registered; elsewhere it changes nothing."""
    if flow.step not in CAN_BE_MARKED or flow.person is not None:
        return flow
    return replace(flow, visitor=visitor)
