"""Adding a desk: its name, what it is for, and the reader, which a touch of a card can find."""

from collections.abc import Awaitable, Callable

from app.access.principals import Permission
from app.desks.available import available_readers, touched_reader
from app.desks.device_addresses import BadDeviceAddress
from app.desks.device_words import device_sentence
from app.desks.reader_addresses import SimulatedReader, reader_address
from app.desks.register import DeskRefused, Job
from app.language import _
from app.runtime import Box
from components.elements import box as element
from components.elements import press, text
from components.inputs import choice, text_input
from components.notice import Notice
from device_drivers.card_reader.registry import PcscNotInstalled
from pages.staff.acting import actor_for, telling
from pages.staff.desk_devices import taken_devices
from pages.staff.desk_words import job_words, problem_words, reader_name

TOUCH_SECONDS = 30


class DeskAdding:
    """The form below the list."""

    def __init__(self, box: Box, redraw: Callable[..., Awaitable[None]]) -> None:
        self._box = box
        self._redraw = redraw
        self._free: list[str] = []
        with element('section', 'section panel', aria_label=_('窓口を追加')):
            text('h2', _('窓口を追加'), 'section-title')
            self._notice = Notice()
            with element('div', 'form-grid'):
                self._name = text_input(_('名前'), hint=_('例: 本庁舎1階 東玄関'), most=100)
                self._job = choice(_('用途'), _offered_jobs())
                self._reader = choice(_('カードリーダー'), {}, hint=_('つながっていて、まだ使われていないもの'))
                self._checker = text_input(
                    _('アルコール検知器(共用車、なければ空)'), hint=_('例: serial:/dev/serial/by-id/…'), most=200
                )
                self._camera = text_input(_('カメラ(共用車、なければ空)'), hint=_('例: usb:名前、rtsp://…'), most=200)
            with element('div', 'buttons'):
                press(_('追加する'), telling(self._notice, self._add), classes='press-main')
                press(
                    _('カードをタッチしてリーダーを見分ける'), telling(self._notice, self._find), classes='press-quiet'
                )
                press(_('リーダーを探し直す'), self._search, classes='press-quiet')
        self._job.value = Job.ATTENDANCE.value

    async def draw(self) -> None:
        """Fill in what takes time."""
        await self.find_readers()

    async def find_readers(self) -> None:
        """Offer the readers that serve no desk."""
        desks = await self._box.desks.all()
        found = await available_readers(self._box.readers, desks, demo=self._box.demo)
        self._free = [reader.address for reader in found if not reader.desk]
        value = self._reader.value if self._reader.value in self._free else None
        self._reader.set_options({address: reader_name(address) for address in self._free}, value=value)

    async def _search(self) -> None:
        await self.find_readers()
        if self._free:
            self._notice.done(_('使えるリーダーが {count} 台あります').format(count=len(self._free)))
        else:
            self._no_reader()

    async def _find(self) -> None:
        await self.find_readers()
        if not self._free:
            self._no_reader()
            return
        self._notice.wait(_('見分けたいリーダーに、カードを1枚タッチしてください'), _('30秒待ちます。'))
        try:
            address = await touched_reader(self._box.readers, self._free, TOUCH_SECONDS)
        except PcscNotInstalled:
            address = None
        if address is None:
            self._notice.failed(_('カードがタッチされませんでした'), _('もう一度試すか、一覧から選んでください。'))
            return
        self._reader.value = address
        self._notice.done(_('「{reader}」でした').format(reader=reader_name(address)), _('このまま追加できます。'))

    async def _add(self) -> None:
        actor = actor_for(self._box, Permission.MANAGE_DESKS)
        if self._reader.value is None:
            self._notice.failed(
                _('カードリーダーを選んでください'), _('分からないときは、カードをタッチして見分けられます。')
            )
            return
        try:
            reader = reader_address(self._reader.value, demo=self._box.demo)
            devices = await taken_devices(self._box, self._checker.value or '', self._camera.value or '')
            desk = await self._box.desks.add(self._name.value or '', Job(self._job.value), reader, actor, **devices)
        except BadDeviceAddress as refused:
            self._notice.failed(_('機器のアドレスを確かめてください'), device_sentence(refused.problem))
            return
        except SimulatedReader:
            self._notice.failed(
                _('模擬リーダーはデモンストレーションでだけ使えます'), _('本体につないだリーダーを選んでください。')
            )
            return
        except DeskRefused as refused:
            self._notice.failed(*problem_words(refused.problem))
            return
        self._name.value = self._checker.value = self._camera.value = ''
        self._notice.clear()
        await self._redraw(
            _('窓口「{name}」を追加しました').format(name=desk.name), _('続けて「端末を登録する」を押してください。')
        )

    def _no_reader(self) -> None:
        self._notice.failed(
            _('使えるリーダーが見つかりません'),
            _('カードリーダーを本体につなぎ、「リーダーを探し直す」を押してください。'),
        )


def _offered_jobs() -> dict[str, str]:
    words = job_words()
    return {job.value: words[job.value] for job in Job}
