"""`/staff/desks`: the desks of the box, their readers and their tablets."""

from nicegui import ui

from app.access.principals import Permission
from app.desks.register import DeskInfo
from app.language import _
from app.runtime import Box, Condition
from components.elements import box as element
from components.messages import empty_state
from components.notice import Notice
from device_drivers.card_reader.interface import ReaderChanged
from pages.guarded import guarded_page
from pages.staff.addresses import DESKS
from pages.staff.desk_adding import DeskAdding
from pages.staff.desk_card import DeskCard
from pages.staff.navigation import staff_page

LOOK_AGAIN_SECONDS = 3.0


def register(condition: Condition) -> None:
    """Open `/staff/desks`."""

    @guarded_page(DESKS, permission=Permission.MANAGE_DESKS)
    async def desks() -> None:
        box = condition.require_box()
        request = ui.context.client.request
        address = box.settings.server.public_url.rstrip('/') or f'{request.url.scheme}://{request.url.netloc}'
        with staff_page(_('窓口と端末'), DESKS):
            await DesksPage(box, address).draw()


class DesksPage:
    """The list, and below it what adds to it."""

    def __init__(self, box: Box, address: str) -> None:
        self._box = box
        self._address = address
        self._cards: dict[str, DeskCard] = {}
        self._notice = Notice()
        self._list = element('div', 'desk-list')
        self._adding = DeskAdding(box, self.redraw)
        ui.context.client.on_delete(box.readers.CHANGED.listen(self._reader_changed))
        ui.timer(LOOK_AGAIN_SECONDS, self._look_again)

    async def draw(self) -> None:
        """Everything, once."""
        await self.redraw()
        await self._adding.draw()

    async def redraw(self, message: str = '', next_step: str = '') -> None:
        """The desks as they are now, and what was just done."""
        if message:
            self._notice.done(message, next_step)
        await self._box.engine.refresh()
        desks = await self._box.desks.all()
        self._list.clear()
        with self._list:
            if not desks:
                empty_state(_('窓口がまだありません'), _('下の「窓口を追加」から、最初の窓口を追加してください。'))
            self._cards = {desk.reader: self._card(desk) for desk in desks}
        await self._adding.find_readers()

    def _card(self, desk: DeskInfo) -> DeskCard:
        return DeskCard(self._box, desk, self._address, self._notice, self.redraw)

    def _reader_changed(self, change: ReaderChanged) -> None:
        if (card := self._cards.get(change.reader)) is not None:
            card.show_reader()

    def _look_again(self) -> None:
        for card in self._cards.values():
            card.show_tablets()
