"""The frame that a desk's page stands in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from app.language import _
from components import clock, sound
from components.elements import box, fixed, set_attributes, set_text, text
from components.theme import apply_theme


@dataclass(frozen=True, slots=True)
class KioskFrame:
    """The whole screen of a desk; pages draw into `main` and set attributes of `root`."""

    root: Element
    main: Element
    _desk_name: TextElement
    _chips: Element
    _connection_lost: Element
    _whom_to_call: TextElement

    def show(self, *, desk_name: str, whom_to_call: str, clock_doubtful: bool, demo: bool, practice: bool) -> None:
        """Update the header; `whom_to_call` also stands in the banner of a lost connection."""
        set_text(self._desk_name, desk_name)
        set_text(self._whom_to_call, whom_to_call)
        chips = {'clock': clock_doubtful, 'demo': demo, 'practice': practice}
        set_attributes(self.root, data_chips=' '.join(name for name, shown in chips.items() if shown))

    def speak(self, lang: str) -> None:
        """Say what the frame says in the current language; `lang` is its tag for the browser."""
        set_attributes(self._chips, innerHTML=_chips(), lang=lang)
        set_attributes(self._connection_lost, innerHTML=_connection_lost(), lang=lang)


@contextmanager
def kiosk_frame(
    title: str, *, style_sheets: tuple[str, ...] = (), scripts: tuple[str, ...] = ()
) -> Iterator[KioskFrame]:
    """Full screen without scrolling: desk name, status chips, banner of a lost connection."""
    apply_theme(title, style_sheets=('kiosk.css', *style_sheets), scripts=(clock.SCRIPT, sound.SCRIPT, *scripts))
    with box('div', 'kiosk', data_result='') as root:
        with box('header', 'kiosk-header'):
            desk_name = text('p', '', 'kiosk-desk')
            chips = fixed('ul', _chips(), 'chips')
        with box('div', 'connection-banner', role='alert'):
            connection_lost = fixed('div', _connection_lost())
            whom_to_call = text('p', '', 'connection-whom')
        main = box('main', 'kiosk-main')
    with main:
        yield KioskFrame(root, main, desk_name, chips, connection_lost, whom_to_call)


def _chips() -> str:
    words = {
        'sound': sound.sound_request(),
        'clock': _('時計を確認してください'),
        'practice': _('練習中(記録されません)'),
        'demo': _('デモ'),
    }
    return ''.join(f'<li class="chip chip-{name}">{escape(word)}</li>' for name, word in words.items())


def _connection_lost() -> str:
    title = _('通信が切れています')
    next_step = _('つながるまでお待ちください。続くときは紙に記入し、下へ連絡してください。')
    return f'<p class="connection-title">{escape(title)}</p><p>{escape(next_step)}</p>'
