"""A table whose rows stay in the database: each page of it is asked for when it is shown."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import ui

from app.language import _
from components.elements import box, press, set_attributes, set_text, text
from components.messages import empty_state

ROWS_PER_PAGE = 50

Cell = str | int | float | None
Row = dict[str, Cell]
FetchRows = Callable[[int, int], Awaitable[tuple[Sequence[Row], int]]]
"""(offset, limit) -> the rows of that page, and how many there are in all; each row has a unique `id`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `field` is a fixed ASCII name, never one that came from outside."""

    field: str
    label: str
    numeric: bool = False
    linked: bool = False
    """The cell leads to the address of our own that the row has under `FIELD_address`."""
    whole: bool = False
    """The cell breaks only where its text has a line break."""

    def __post_init__(self) -> None:
        if not self.field.isascii() or not self.field.isidentifier():
            raise ValueError(f'not a fixed column name: {self.field!r}')


class DataTable:
    """Shows one page at a time, with the range and the total below; draws itself where it is created."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        fetch: FetchRows,
        *,
        empty: tuple[str, str],
        rows_per_page: int = ROWS_PER_PAGE,
    ) -> None:
        self._fetch = fetch
        self._rows_per_page = rows_per_page
        self._offset = 0
        self._total = 0
        self._table = ui.table(columns=[_quasar(column) for column in columns], rows=[], row_key='id')
        self._table.classes('data-table').props('flat')
        for column in columns:
            if column.linked:
                self._table.add_slot(f'body-cell-{column.field}', _link_template(column.field))
        self._empty = empty_state(*empty)
        with box('nav', 'table-pager', aria_label=_('表のページ')) as self._pager:
            self._range = text('span', '', 'table-range', role='status')
            self._previous = press(_('前へ'), self.previous, classes='press-quiet')
            self._next = press(_('次へ'), self.next, classes='press-quiet')

    async def load(self) -> None:
        """Fetch the current page again; call once after drawing, and when the data have changed."""
        rows, self._total = await self._fetch(self._offset, self._rows_per_page)
        if not rows and self._offset > 0:
            self._offset = max(0, (self._total - 1) // self._rows_per_page * self._rows_per_page)
            rows, self._total = await self._fetch(self._offset, self._rows_per_page)
        self._table.rows = list(rows)
        self._show_range(len(rows))

    async def first(self) -> None:
        """Back to the beginning, after a filter has changed."""
        self._offset = 0
        await self.load()

    async def next(self) -> None:
        """The following page, if there is one."""
        if self._offset + self._rows_per_page < self._total:
            self._offset += self._rows_per_page
            await self.load()

    async def previous(self) -> None:
        """The page before, if there is one."""
        if self._offset > 0:
            self._offset = max(0, self._offset - self._rows_per_page)
            await self.load()

    def _show_range(self, shown: int) -> None:
        self._table.set_visibility(shown > 0)
        self._pager.set_visibility(shown > 0)
        self._empty.set_visibility(shown == 0)
        set_text(
            self._range,
            _('{total}件中 {first}–{last}').format(
                total=f'{self._total:,}', first=f'{self._offset + 1:,}', last=f'{self._offset + shown:,}'
            ),
        )
        set_attributes(self._previous, aria_disabled=str(self._offset == 0).lower())
        set_attributes(self._next, aria_disabled=str(self._offset + shown >= self._total).lower())


def _quasar(column: Column) -> dict[str, str]:
    align = 'right' if column.numeric else 'left'
    classes = 'cell-whole' if column.whole else ''
    return {'name': column.field, 'field': column.field, 'label': column.label, 'align': align, 'classes': classes}


def _link_template(field: str) -> str:
    link = f'<a class="cell-link" :href="props.row.{field}_address">{{{{ props.row.{field} }}}}</a>'
    return f'<q-td :props="props">{link}</q-td>'
