"""The two frames that pages stand in: a desk, and the staff's side."""

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
    _whom_to_call: TextElement

    def show(self, *, desk_name: str, whom_to_call: str, clock_doubtful: bool, demo: bool, practice: bool) -> None:
        """Update the header; `whom_to_call` also stands in the banner of a lost connection."""
        set_text(self._desk_name, desk_name)
        set_text(self._whom_to_call, whom_to_call)
        chips = {'clock': clock_doubtful, 'demo': demo, 'practice': practice}
        set_attributes(self.root, data_chips=' '.join(name for name, shown in chips.items() if shown))


@contextmanager
def kiosk_frame(
    title: str, *, style_sheets: tuple[str, ...] = (), scripts: tuple[str, ...] = ()
) -> Iterator[KioskFrame]:
    """Full screen without scrolling: desk name, status chips, banner of a lost connection."""
    apply_theme(title, style_sheets=('kiosk.css', *style_sheets), scripts=(clock.SCRIPT, sound.SCRIPT, *scripts))
    with box('div', 'kiosk', data_result='') as root:
        with box('header', 'kiosk-header'):
            desk_name = text('p', '', 'kiosk-desk')
            _chips()
        whom_to_call = _connection_banner()
        main = box('main', 'kiosk-main')
    with main:
        yield KioskFrame(root, main, desk_name, whom_to_call)


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationEntry:
    """A page that the viewer may open."""

    label: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationGroup:
    """Pages that belong together, under a heading; without `label` they stand alone."""

    entries: tuple[NavigationEntry, ...]
    label: str = ''


@contextmanager
def staff_frame(
    title: str, viewer_name: str, navigation: tuple[NavigationGroup, ...], *, sign_out: str = '/sign-out'
) -> Iterator[Element]:
    """Header with the viewer, side navigation and a main landmark that begins with the title.

    Signing out is a plain form post to `sign_out`, so that it works without the socket.
    """
    apply_theme(title, style_sheets=('staff.css',))
    with box('div', 'staff'):
        text('a', _('本文へ移動'), 'skip-link', href='#main')
        _staff_header(viewer_name, sign_out)
        _navigation(navigation)
        with box('main', 'staff-main', id='main', tabindex='-1') as main:
            text('h1', title, 'page-title')
            yield main


@contextmanager
def plain_frame(title: str) -> Iterator[Element]:
    """One narrow column without navigation: signing in, setting up, a page that does not exist."""
    apply_theme(title, style_sheets=('staff.css',))
    with box('main', 'plain-main') as main:
        text('p', _('まちばこ'), 'product')
        text('h1', title, 'page-title')
        yield main


def _chips() -> None:
    words = {
        'sound': sound.sound_request(),
        'clock': _('時計を確認してください'),
        'practice': _('練習中(記録されません)'),
        'demo': _('デモ'),
    }
    fixed('ul', ''.join(f'<li class="chip chip-{name}">{escape(word)}</li>' for name, word in words.items()), 'chips')


def _connection_banner() -> TextElement:
    words = (
        f'<p class="connection-title">{escape(_("通信が切れています"))}</p>'
        f'<p>{escape(_("つながるまでお待ちください。続くときは紙に記入し、下へ連絡してください。"))}</p>'
    )
    with box('div', 'connection-banner', role='alert'):
        fixed('div', words)
        return text('p', '', 'connection-whom')


def _staff_header(viewer_name: str, sign_out: str) -> None:
    with box('header', 'staff-header'):
        text('a', _('まちばこ'), 'product', href='/staff')
        with box('div', 'viewer'):
            text('span', viewer_name, 'viewer-name')
            with box('form', 'sign-out', method='post', action=sign_out):
                text('button', _('サインアウト'), 'press press-quiet', type='submit')


def _navigation(groups: tuple[NavigationGroup, ...]) -> None:
    with box('nav', 'staff-navigation', aria_label=_('ページの一覧')):
        for group in groups:
            if group.label:
                text('p', group.label, 'navigation-heading', aria_hidden='true')
            with box('ul', 'navigation-list', **({'aria_label': group.label} if group.label else {})):
                for entry in group.entries:
                    _link(entry)


def _link(entry: NavigationEntry) -> None:
    with box('li'):
        link = text('a', entry.label, 'navigation-link', href=entry.address)
        if entry.current:
            set_attributes(link, aria_current='page')
