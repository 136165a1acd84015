"""What headquarters sees of the disaster that is declared, and the way to declare and to end it."""

from app.language import _
from app.shelters.vulnerable.disasters import DisasterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.times import day_and_time
from pages.staff.addresses import VULNERABLE


def draw_disaster(disaster: DisasterInfo | None) -> None:
    """Whether one is declared, since when and why; the button leads to the form that asks for the reason."""
    with element('section', 'section', aria_label=_('災害の宣言')):
        if disaster is None:
            _draw_way(_('災害を宣言する'), _('災害は宣言されていません。'))
            return
        since = day_and_time(disaster.declared_at)
        words = _('災害を宣言しています: {name}({since} から)').format(name=disaster.name, since=since)
        practice = [_('訓練')] if disaster.practice else []
        message_box(MessageKind.WARNING, ' '.join([*practice, words]), disaster.reason)
        _draw_way(_('災害の対応を終える'))


def _draw_way(words: str, before: str = '') -> None:
    with element('div', 'buttons'):
        if before:
            text('span', before)
        text('a', words, 'press press-quiet', href=VULNERABLE)
