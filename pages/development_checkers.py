"""The simulated alcohol checkers of a demonstration: somebody blows, or the cable is pulled."""

from collections.abc import Callable

from app.desks.register import DeskInfo
from app.language import _
from app.runtime import Box
from components.elements import box as element
from components.elements import press, text
from device_drivers.alcohol_checker.simulation import SimulatedChecker


def draw_checkers(box: Box, desks: list[DeskInfo]) -> None:
    """One row of presses for each desk with a simulated checker."""
    for desk in desks:
        if isinstance(box.devices.checker(desk.id), SimulatedChecker):
            _draw(box, desk)


def _draw(box: Box, desk: DeskInfo) -> None:
    def with_checker(act: Callable[[SimulatedChecker], None]) -> Callable[[], None]:
        def run() -> None:
            checker = box.devices.checker(desk.id)
            if isinstance(checker, SimulatedChecker):
                act(checker)

        return run

    title = _('アルコール検知器 {desk}').format(desk=desk.name)
    presses: dict[str, Callable[[SimulatedChecker], None]] = {
        _('0.00 を吹く'): lambda checker: checker.blow('0.00'),
        _('0.15 を吹く'): lambda checker: checker.blow('0.15'),
        _('検知器のケーブルを抜く'): SimulatedChecker.unplug,
        _('検知器のケーブルを差す'): SimulatedChecker.plug,
    }
    with element('section', 'section', aria_label=title):
        text('h2', title, 'section-title')
        with element('div', 'buttons'):
            for label, act in presses.items():
                press(label, with_checker(act), classes='press-quiet press-small')
