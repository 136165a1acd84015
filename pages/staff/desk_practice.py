"""Practice at one desk on the page of desks: begun for a set time, ended before it or by itself."""

from collections.abc import Awaitable, Callable

from app import clock
from app.access.principals import Permission
from app.desks.practice import PracticeProblem, PracticeRefused
from app.desks.register import DeskInfo, Job
from app.language import _
from app.runtime import Box
from components.elements import box as element
from components.elements import press, set_text, text
from components.notice import Notice
from components.times import short_time
from pages.staff.acting import actor_for, telling

MINUTES = (30, 60, 120)


class DeskPracticePart:
    """Nothing for a desk of a shelter, which is put into a drill as a whole."""

    def __init__(self, box: Box, desk: DeskInfo, notice: Notice, redraw: Callable[..., Awaitable[None]]) -> None:
        self._box = box
        self._desk = desk
        self._notice = notice
        self._redraw = redraw
        if desk.job is Job.SHELTER:
            return
        with element('div', 'desk-practice'):
            self._state = text('p', '', 'state')
            self._presses = element('div', 'buttons')
        self._is_on: bool | None = None
        self.show()

    def show(self) -> None:
        """Whether it practises now, if that changed since it was drawn."""
        if self._desk.job is Job.SHELTER or self._is_on is _is_on(self._desk):
            return
        self._is_on = _is_on(self._desk)
        set_text(self._state, _state(self._desk))
        self._presses.clear()
        with self._presses:
            if self._is_on:
                press(_('練習を終える'), telling(self._notice, self._end), classes='press-quiet press-small')
            else:
                press(_('練習を始める'), self._ask, classes='press-quiet press-small')

    def _ask(self) -> None:
        self._presses.clear()
        set_text(self._state, _('練習のあいだは記録されません。時間が来ると自動で終わり、記録が始まります。'))
        with self._presses:
            for minutes in MINUTES:
                label = _('{minutes}分だけ練習する').format(minutes=minutes)
                press(label, telling(self._notice, self._beginning(minutes)), classes='press-small')

    def _beginning(self, minutes: int) -> Callable[[], Awaitable[None]]:
        async def begin() -> None:
            actor = actor_for(self._box, Permission.MANAGE_DESKS)
            try:
                until = await self._box.desks.practices.begin(self._desk.id, minutes, actor)
            except PracticeRefused as error:
                self._notice.failed(_refusal_words()[error.problem])
                return
            time = short_time(until, clock.today())
            await self._redraw(
                _('窓口「{name}」は{time}まで練習です').format(name=self._desk.name, time=time),
                _('この間のタッチや貸出は記録されません。'),
            )

        return begin

    async def _end(self) -> None:
        await self._box.desks.practices.end(self._desk.id, actor_for(self._box, Permission.MANAGE_DESKS))
        await self._redraw(
            _('窓口「{name}」の練習を終えました').format(name=self._desk.name), _('記録が始まりました。')
        )


def _is_on(desk: DeskInfo) -> bool:
    return desk.practice_until is not None and desk.practice_until > clock.now()


def _state(desk: DeskInfo) -> str:
    if desk.practice_until is None or not _is_on(desk):
        return ''
    return _('練習中({time}まで。記録されません)').format(time=short_time(desk.practice_until, clock.today()))


def _refusal_words() -> dict[PracticeProblem, str]:
    return {
        PracticeProblem.TOO_LONG: _('そんなに長くは練習できません'),
        PracticeProblem.NOT_HERE: _('避難所の受付は、避難所の画面で訓練にしてください'),
        PracticeProblem.GONE: _('この窓口はもうありません'),
    }
