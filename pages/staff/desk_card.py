"""One desk on the page of desks."""

from collections.abc import Awaitable, Callable

from nicegui import Client

from app.access.enrolment import CODE_SECONDS, Tablet
from app.access.principals import DeskPrincipal, Permission
from app.desks.register import DeskInfo
from app.language import _
from app.runtime import Box
from components.confirm import confirm
from components.elements import box as element
from components.elements import press, set_attributes, set_text, text
from components.notice import Notice
from components.qr_code import qr_code
from components.times import day_and_time
from device_drivers.card_reader.interface import ReaderState
from pages.guarded import principal_of
from pages.staff.acting import actor_for, telling
from pages.staff.desk_devices import DeskDevicesPart
from pages.staff.desk_practice import DeskPracticePart
from pages.staff.desk_words import job_words, reader_name, state_words

Redraw = Callable[..., Awaitable[None]]


class DeskCard:
    """Name, job, reader and tablets of a desk, and what can be done with it."""

    def __init__(self, box: Box, desk: DeskInfo, address: str, notice: Notice, redraw: Redraw) -> None:
        self._box = box
        self._desk = desk
        self._address = address
        self._notice = notice
        self._redraw = redraw
        self._shown: tuple[tuple[Tablet, bool], ...] | None = None
        with element('article', 'desk-card', aria_label=desk.name) as self._place:
            with element('div', 'desk-head'):
                text('h2', desk.name, 'desk-name')
                text('span', job_words()[desk.job.value], 'chip')
            with element('div', 'desk-reader'):
                text('span', reader_name(desk.reader), 'desk-reader-name')
                self._state = text('span', '', 'state')
                self._next = text('p', '', 'state-next')
            self._devices = DeskDevicesPart(box, desk, notice, redraw)
            self._practice = DeskPracticePart(box, desk, notice, redraw)
            self._tablets = element('div', 'tablets')
            self._code = element('div', 'code-place')
            with element('div', 'buttons'):
                press(_('端末を登録する'), telling(notice, self._issue))
                press(_('窓口を外す'), telling(notice, self._remove), classes='press-quiet')
        self.show_reader()
        self.show_tablets()

    def show_reader(self) -> None:
        """The present state of the reader."""
        is_known = self._box.engine.controller(self._desk.id) is not None
        state = self._box.readers.states().get(self._desk.reader, ReaderState.STOPPED if is_known else None)
        words, next_step = (
            state_words(state.value) if state else (_('使えません'), _('別のリーダーで追加し直してください。'))
        )
        set_text(self._state, words)
        set_attributes(self._state, data_state=state.value if state else 'missing')
        set_text(self._next, next_step)

    def show_tablets(self) -> None:
        """The tablets of the desk and the state of its devices, if they changed since they were drawn."""
        self._devices.show()
        self._practice.show()
        connected = _connected_tokens()
        tablets = self._box.access.enrolment.tablets_of(self._desk.id)
        shown = tuple((tablet, tablet.token in connected) for tablet in tablets)
        if shown == self._shown:
            return
        self._shown = shown
        self._tablets.clear()
        with self._tablets:
            text('h3', _('端末'), 'small-title')
            if not shown:
                text('p', _('登録された端末はありません。「端末を登録する」でコードを出してください。'), 'quiet')
            for tablet, is_connected in shown:
                self._draw_tablet(tablet, is_connected)

    def _draw_tablet(self, tablet: Tablet, is_connected: bool) -> None:
        async def revoke() -> None:
            await self._revoke(tablet)

        with element('div', 'tablet'):
            text('span', _('{at} に登録').format(at=day_and_time(tablet.enrolled_at)))
            words = _('つながっています') if is_connected else _('いまはつながっていません')
            text('span', words, 'state', data_state='ready' if is_connected else 'away')
            press(_('登録を取り消す'), telling(self._notice, revoke), classes='press-quiet press-small')

    async def _issue(self) -> None:
        code = await self._box.access.enrolment.issue(self._desk.id, actor_for(self._box, Permission.MANAGE_DESKS))
        self._code.clear()
        with self._code, element('section', 'enrolment', aria_label=_('端末の登録コード')):
            text('p', _('端末にする機器のブラウザーで、次のアドレスを開いてください'), 'enrolment-title')
            text('p', f'{self._address}/enrol/{code}', 'enrolment-address')
            qr_code(f'{self._address}/enrol/{code}', _('登録用アドレスのQRコード'))
            text('p', _('コード'), 'quiet')
            text('p', f'{code[:4]} {code[4:]}', 'enrolment-code')
            minutes = CODE_SECONDS // 60
            text('p', _('{minutes}分以内に1回だけ使えます。ほかの人に見せないでください。').format(minutes=minutes))
            press(_('コードを隠す'), self._code.clear, classes='press-quiet press-small')

    async def _remove(self) -> None:
        with self._place:
            is_sure = await confirm(
                _('窓口「{name}」を外しますか').format(name=self._desk.name),
                _('端末の登録も取り消され、5秒以内に使えなくなります。これまでの記録は残ります。'),
                _('窓口を外す'),
            )
        if is_sure:
            actor = actor_for(self._box, Permission.MANAGE_DESKS)
            await self._box.access.enrolment.revoke_desk(self._desk.id, actor)
            await self._box.desks.remove(self._desk.id, actor)
            await self._redraw(_('窓口「{name}」を外しました').format(name=self._desk.name))

    async def _revoke(self, tablet: Tablet) -> None:
        with self._place:
            is_sure = await confirm(
                _('この端末の登録を取り消しますか'),
                _('端末は5秒以内に使えなくなります。もう一度使うには、新しいコードで登録してください。'),
                _('登録を取り消す'),
            )
        if is_sure:
            await self._box.access.enrolment.revoke(tablet.token, actor_for(self._box, Permission.MANAGE_DESKS))
            self.show_tablets()
            self._notice.done(_('端末の登録を取り消しました'), _('5秒以内に使えなくなります。'))


def _connected_tokens() -> set[object]:
    principals = (principal_of(client) for client in Client.instances.values() if client.has_socket_connection)
    return {principal.token for principal in principals if isinstance(principal, DeskPrincipal)}
