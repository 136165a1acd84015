"""Alcohol checker and camera of a desk on the page of desks: how they are, and others in their place."""

import asyncio
from collections.abc import Awaitable, Callable

from app.access.principals import Permission
from app.desks.device_addresses import BadDeviceAddress, DeviceAddresses
from app.desks.device_words import device_sentence
from app.desks.register import DeskInfo, DeskRefused, Job
from app.language import _
from app.runtime import Box
from components.elements import box as element
from components.elements import press, text
from components.inputs import text_input
from components.notice import Notice
from pages.staff.acting import actor_for, telling
from pages.staff.desk_words import device_state_words, device_words, problem_words


async def taken_devices(box: Box, checker: str, camera: str) -> dict[str, str]:
    """The addresses that a person typed, as they are kept.

    Raises:
        BadDeviceAddress: there can be no such device.
    """
    addresses = DeviceAddresses(box.settings.vehicles.line_patterns, demo=box.demo)
    return {
        'checker': await asyncio.to_thread(addresses.checker, checker),
        'camera': await asyncio.to_thread(addresses.camera, camera),
    }


class DeskDevicesPart:
    """Nothing for a desk that is not of the shared cars."""

    def __init__(self, box: Box, desk: DeskInfo, notice: Notice, redraw: Callable[..., Awaitable[None]]) -> None:
        self._box = box
        self._desk = desk
        self._notice = notice
        self._redraw = redraw
        self._shown: list[tuple[str, str, str]] | None = None
        if desk.job is not Job.VEHICLES:
            return
        self._list = element('div', 'tablets')
        with element('div', 'buttons'):
            press(_('検知器とカメラを変える'), self._begin, classes='press-quiet press-small')
        self._form = element('div', 'form-grid')
        self.show()

    def show(self) -> None:
        """The present states, if they changed since they were drawn."""
        if self._desk.job is not Job.VEHICLES:
            return
        found = [(str(one.kind), one.address, one.state) for one in self._box.devices.of(self._desk.id)]
        if found == self._shown:
            return
        self._shown = found
        self._list.clear()
        with self._list:
            for kind, address, state in found:
                with element('div', 'tablet'):
                    text('span', f'{device_words()[kind]} {address}', 'desk-reader-name')
                    text('span', device_state_words(state), 'state', data_state=state)
            if not found:
                text('p', _('検知器もカメラもありません。アルコールの値は手で入れます。'), 'quiet')

    def _begin(self) -> None:
        self._form.clear()
        with self._form:
            self._checker = text_input(_('アルコール検知器'), hint=_('空なら手入力'), most=200)
            self._camera = text_input(_('カメラ'), hint=_('空ならなし'), most=200)
            self._checker.value, self._camera.value = self._desk.checker, self._desk.camera
            press(_('この機器にする'), telling(self._notice, self._change), classes='press-main')

    async def _change(self) -> None:
        actor = actor_for(self._box, Permission.MANAGE_DESKS)
        try:
            devices = await taken_devices(self._box, self._checker.value or '', self._camera.value or '')
            await self._box.desks.change(self._desk.id, actor, **devices)
        except BadDeviceAddress as refused:
            self._notice.failed(_('機器のアドレスを確かめてください'), device_sentence(refused.problem))
        except DeskRefused as refused:
            self._notice.failed(*problem_words(refused.problem))
        else:
            await self._redraw(_('窓口「{name}」の機器を変えました').format(name=self._desk.name))
