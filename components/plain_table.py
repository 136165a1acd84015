"""Tables and pages of them in plain HTML: each page is asked for by its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.language import _
from components.elements import box, text
from components.messages import empty_state

ROWS_PER_PAGE = 50
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to an address of our own."""

    words: str
    address: str
    below: tuple[str, ...] = ()
    """Lines under it; what is empty takes none."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A cell of several lines; what is empty takes none. A whole one breaks nowhere else, as dates and plates."""

    words: tuple[str, ...]
    whole: bool = False


Cell = str | Link | Lines


def offset_of(page: int, rows: int = ROWS_PER_PAGE) -> int:
    """Where a page of so many rows begins; nonsense counts as the first."""
    return (min(max(1, page), MOST_PAGES) - 1) * rows


def plain_table(headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, empty: tuple[str, str]) -> None:
    """The rows, or why there are none and what to do."""
    if not rows:
        empty_state(*empty)
        return
    with box('div', 'data-table table-scroll', tabindex='0'), box('table', 'q-table'):
        with box('thead'), box('tr'):
            for heading in headings:
                text('th', heading, scope='col')
        with box('tbody'):
            for row in rows:
                with box('tr'):
                    for cell in row:
                        _draw_cell(cell)


def pager(path: str, asked: Mapping[str, str], offset: int, total: int, rows: int = ROWS_PER_PAGE) -> None:
    """How many there are, and the ways to the neighbours."""
    if total == 0:
        return
    page = offset // rows + 1
    last = min(offset + rows, total)
    with box('nav', 'table-pager', aria_label=_('表のページ')):
        words = _('{total}件中 {first}–{last}').format(
            total=f'{total:,}', first=f'{min(offset + 1, last):,}', last=f'{last:,}'
        )
        text('span', words, 'table-range')
        if page > 1:
            text('a', _('前へ'), 'press press-quiet', href=address(path, asked, page=str(page - 1)))
        if last < total:
            text('a', _('次へ'), 'press press-quiet', href=address(path, asked, page=str(page + 1)))


def address(path: str, asked: Mapping[str, str], **more: str) -> str:
    """A path with everything that was asked and is not empty."""
    given = {name: value for name, value in {**asked, **more}.items() if value}
    return f'{path}?{urlencode(given)}' if given else path


def _draw_cell(cell: Cell) -> None:
    if isinstance(cell, str):
        text('td', cell)
        return
    if isinstance(cell, Lines):
        _draw_lines(cell)
        return
    with box('td'):
        text('a', cell.words, 'cell-link', href=cell.address)
        for line in cell.below:
            if line:
                text('div', line)


def _draw_lines(cell: Lines) -> None:
    with box('td', 'cell-whole' if cell.whole else ''):
        for line in cell.words:
            if line:
                text('div', line)
