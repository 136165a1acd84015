"""A table of many cells as one element: a thousand elements of their own would take a quarter of a second."""

from collections.abc import Sequence
from html import escape

from components.elements import fixed
from components.messages import empty_state
from components.plain_table import Cell, Lines, Link


def large_table(headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, empty: tuple[str, str]) -> None:
    """Looks as `plain_table` does."""
    if not rows:
        empty_state(*empty)
        return
    head = ''.join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = ''.join(f'<tr>{"".join(map(_cell, row))}</tr>' for row in rows)
    markup = f'<table class="q-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    fixed('div', markup, 'data-table table-scroll', tabindex='0')


def _cell(cell: Cell) -> str:
    match cell:
        case Lines():
            classes = ' class="cell-whole"' if cell.whole else ''
            return f'<td{classes}>{_lines(cell.words)}</td>'
        case Link():
            link = f'<a class="cell-link" href="{escape(cell.address)}">{escape(cell.words)}</a>'
            return f'<td>{link}{_lines(cell.below)}</td>'
        case _:
            return f'<td>{escape(cell)}</td>'


def _lines(words: Sequence[str]) -> str:
    return ''.join(f'<div>{escape(line)}</div>' for line in words if line)
