"""What staff should look after soon: stock that ran out or expires, open requests, and benefits to be decided."""

from collections.abc import Sequence
from datetime import timedelta

from app import clock
from app.access.principals import Permission
from app.shelters.handouts.benefit_values import BenefitState
from app.shelters.handouts.request_values import RequestState
from app.shelters.handouts.room import HandoutRoom
from app.shelters.handouts.stock_values import StockLine
from app.shelters.matters import ShelterMatter, ShelterMatterKind
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.values import RECEIVING

EXPIRY_NOTICE = timedelta(days=7)
"""So long before its date stock is told of."""


async def handout_matters(room: HandoutRoom, register: ShelterRegister) -> list[ShelterMatter]:
    """Everything found, shelters that receive people only; drills come last."""
    found: list[ShelterMatter] = []
    used, kept_at = {item.id for item in await room.items.all()}, await room.stock.kept_at()
    for shelter in await register.all():
        if shelter.state in RECEIVING and shelter.id in kept_at:
            lines = await room.stock.at(shelter.id, practice=shelter.practice)
            found += _of_stock(shelter, [line for line in lines.values() if line.item in used and line.is_entered])
    for practice in (False, True):
        found += await _of_requests(room, practice=practice)
        found += await _of_benefits(room, practice=practice)
    return sorted(found, key=lambda matter: matter.practice)


def _of_stock(shelter: ShelterInfo, lines: Sequence[StockLine]) -> list[ShelterMatter]:
    empty = sum(1 for line in lines if line.pieces <= 0)
    soon = clock.today() + EXPIRY_NOTICE
    expiring = sum(1 for line in lines if line.expiring(soon))
    counts = {ShelterMatterKind.STOCK_EMPTY: empty, ShelterMatterKind.STOCK_EXPIRING: expiring}
    return [
        ShelterMatter(kind=kind, shelter=shelter.id, name=shelter.entry.name, count=count, practice=shelter.practice)
        for kind, count in counts.items()
        if count
    ]


async def _of_requests(room: HandoutRoom, *, practice: bool) -> list[ShelterMatter]:
    requests = await room.requests.open(None, practice=practice)
    drafts = [one for one in requests if one.state is RequestState.DRAFT]
    sent = [one for one in requests if one.state is RequestState.SENT]
    found = []
    if drafts:
        kind = ShelterMatterKind.REQUEST_DRAFTS
        found.append(ShelterMatter(kind=kind, count=len(drafts), practice=practice))
    if sent:
        kind, since = ShelterMatterKind.REQUESTS_SENT, min(one.changed_at for one in sent)
        command = Permission.COMMAND_SHELTERS
        found.append(ShelterMatter(kind=kind, count=len(sent), since=since, practice=practice, permission=command))
    return found


async def _of_benefits(room: HandoutRoom, *, practice: bool) -> list[ShelterMatter]:
    waiting, count = await room.benefits.page([BenefitState.APPLIED], practice=practice, limit=1)
    if not count:
        return []
    return [
        ShelterMatter(
            kind=ShelterMatterKind.BENEFITS,
            count=count,
            since=waiting[0].applied_at,
            practice=practice,
            permission=Permission.COMMAND_SHELTERS,
        )
    ]
