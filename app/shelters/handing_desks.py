"""Handing out as the desks of a box share it: its clerk, and what stands around each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.shelters.desk_flow import Flow
from app.shelters.desk_handing_values import HandingAround, ItemShown
from app.shelters.desk_screens import Mode
from app.shelters.handout_clerk import HandoutClerk
from app.shelters.handouts.room import HandoutRoom
from app.shelters.handouts.rules import day_began, day_of
from app.shelters.handouts.stock_values import StockLine
from app.shelters.handouts.values import ItemInfo, ItemKind
from app.shelters.places import ShelterInfo


@dataclass(frozen=True, slots=True)
class HandingDesks:
    """What the desks of this box that hand out work with."""

    clerk: HandoutClerk
    room: HandoutRoom

    async def around(self, shelter: ShelterInfo, flow: Flow) -> HandingAround:
        """Items with their stock, and what went out of the chosen one today; nothing where a desk does not hand out."""
        if flow.mode is not Mode.HANDOUT:
            return HandingAround()
        stock = await self.room.stock.at(shelter.id, practice=shelter.practice)
        kinds = (ItemKind.MEAL, ItemKind.GOODS)
        items = [item for item in await self.room.items.all() if item.entry.rules.kind in kinds]
        shown = tuple(_shown(item, stock.get(item.id)) for item in items)
        if flow.handing.item is None:
            return HandingAround(items=shown)
        since = day_began(clock.now())
        given = await self.room.handouts.count(shelter.id, flow.handing.item, since, practice=shelter.practice)
        return HandingAround(items=shown, pieces_today=given.pieces, times_today=given.times)

    def listen(self, of_shelter: Callable[[UUID], None], redraw: Callable[[], None]) -> list[Callable[[], None]]:
        """Call back when something went out, came in or changed its rules."""
        return [
            self.room.handouts.CHANGED.listen(lambda changed: of_shelter(changed[0])),
            self.room.stock.CHANGED.listen(of_shelter),
            self.room.items.CHANGED.listen(lambda _item: redraw()),
        ]


def _shown(item: ItemInfo, line: StockLine | None) -> ItemShown:
    expired = 0
    if line is not None:
        today = day_of(clock.now())
        expired = sum(lot.pieces for lot in line.lots if lot.expires_on is not None and lot.expires_on < today)
    return ItemShown(
        id=item.id,
        name=item.entry.name,
        unit=item.entry.unit,
        kind=item.entry.rules.kind,
        pieces=line.pieces if line and line.is_entered else None,
        expired=expired,
    )
