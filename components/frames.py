"""The frames that pages for staff stand in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nicegui.element import Element

from app.language import _
from components.elements import box, set_attributes, text
from components.theme import apply_theme

_ENTRIES_SEEN_AT_ONCE = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationEntry:
    """A page that the viewer may open."""

    label: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationGroup:
    """Pages that belong together, folded under a heading; without `label` they stand alone and open."""

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


def _staff_header(viewer_name: str, sign_out: str) -> None:
    with box('header', 'staff-header'):
        text('a', _('まちばこ'), 'product', href='/staff')
        with box('div', 'viewer'):
            text('span', viewer_name, 'viewer-name')
            with box('form', 'sign-out', method='post', action=sign_out):
                text('button', _('サインアウト'), 'press press-quiet', type='submit')


def _navigation(groups: tuple[NavigationGroup, ...]) -> None:
    few = sum(len(group.entries) for group in groups) <= _ENTRIES_SEEN_AT_ONCE
    with box('nav', 'staff-navigation', aria_label=_('ページの一覧')):
        for group in groups:
            if group.label:
                _folding_group(group, is_open=few or any(entry.current for entry in group.entries))
            else:
                _entries(group)


def _folding_group(group: NavigationGroup, *, is_open: bool) -> None:
    with box('details', 'navigation-group', **({'open': ''} if is_open else {})):
        text('summary', group.label, 'navigation-heading')
        _entries(group)


def _entries(group: NavigationGroup) -> None:
    with box('ul', 'navigation-list', **({'aria_label': group.label} if group.label else {})):
        for entry in group.entries:
            _link(entry)


def _link(entry: NavigationEntry) -> None:
    with box('li'):
        link = text('a', entry.label, 'navigation-link', href=entry.address)
        if entry.current:
            set_attributes(link, aria_current='page')
