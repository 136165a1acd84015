"""PDF on A4. Slow and hungry: only called in a child, see `service.py`."""

import json
from collections.abc import Iterable
from itertools import groupby
from typing import TypedDict

from app.documents.cells import clean_text
from app.documents.chart_svg import chart_svg
from app.documents.codes import code_svg
from app.documents.paper import break_long_words, lay_out
from app.documents.printed import made_at, printed
from app.documents.sheet import Column, Kind, Orientation, Sheet, SheetError, TooLong
from app.documents.sums import Band, Line, Part, Total, is_number, parts
from app.documents.typesetting import typeset
from app.language import _

MOST_TAGGED_CELLS = 10_000
"""Tags for screen readers make a file ten times as large: not for the whole fleet."""
MOST_CELLS = 240_000
"""Of all sheets together; they take about 3 GB while they are set."""
HEAD_CELLS = 30
"""What the head of a sheet counts for."""
_IN_THE_MIDDLE = (Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.YES_NO)


class PrintedRow(TypedDict):
    """A row as the template takes it; `kind` is `band`, `line`, `subtotal` or `total`."""

    kind: str
    cells: list[str]


class PrintedHead(TypedDict):
    """A heading as the template takes it."""

    text: str
    columns: int
    rows: int


class PrintedSheet(TypedDict):
    """A sheet as the template takes it."""

    title: str
    brief: str
    told: list[list[str]]
    source: str
    made: str
    seals: list[str]
    landscape: bool
    size: float
    columns: list[dict[str, float | str | None]]
    heads: list[list[PrintedHead]]
    rows: list[PrintedRow]
    nothing: str
    charts: list[dict[str, str]]
    notes: list[str]
    code: str


def pdf_bytes(sheets: Iterable[Sheet]) -> bytes:
    """One file with all sheets in the order given; each begins a page and counts its own pages.

    Raises:
        TooLong: more than `MOST_CELLS`.
        SheetError: a value does not fit its column, or there is no sheet.
    """
    ready: list[PrintedSheet] = []
    cells = 0
    for sheet in sheets:
        ready.append(_for_template(sheet))
        cells += HEAD_CELLS + len(ready[-1]['rows']) * len(sheet.columns)
        if cells > MOST_CELLS:
            raise TooLong(f'more than {MOST_CELLS} cells')
    if not ready:
        raise SheetError('no sheet')
    inputs = {'sheets': json.dumps(ready, ensure_ascii=False)}
    return typeset('sheet.typ', inputs, tagged=cells <= MOST_TAGGED_CELLS)


def _for_template(sheet: Sheet) -> PrintedSheet:
    rows = [_row(sheet, part) for part in parts(sheet)]
    layout = lay_out(sheet, (row['cells'] for row in rows if row['kind'] != 'band'))
    made = made_at(sheet)
    told = [*sheet.conditions, (_('作成日時'), made), (_('出典'), sheet.source)]
    return {
        'title': clean_text(sheet.title),
        'brief': clean_text('　'.join(f'{label} {value}' for label, value in sheet.conditions)),
        'told': [[clean_text(label), clean_text(value)] for label, value in told],
        'source': clean_text(sheet.source),
        'made': made,
        'seals': [clean_text(heading) for heading in sheet.signature_boxes],
        'landscape': sheet.orientation is Orientation.LANDSCAPE,
        'size': layout.points,
        'columns': [
            {'width': width, 'align': _edge(column)} for column, width in zip(sheet.columns, layout.widths, strict=True)
        ],
        'heads': _heads(sheet.columns),
        'rows': rows,
        'nothing': '' if any(row['kind'] == 'line' for row in rows) else _('該当する記録はありません'),
        'charts': [{'svg': chart_svg(chart), 'title': clean_text(chart.title)} for chart in sheet.charts],
        'notes': [clean_text(note) for note in sheet.notes],
        'code': code_svg(sheet.code) if sheet.code else '',
    }


def _heads(columns: tuple[Column, ...]) -> list[list[PrintedHead]]:
    if not any(column.group for column in columns):
        return [[_head(column.heading) for column in columns]]
    upper: list[PrintedHead] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        below = list(members)
        upper += [_head(group, columns=len(below))] if group else [_head(column.heading, rows=2) for column in below]
    return [upper, [_head(column.heading) for column in columns if column.group]]


def _head(text: str, *, columns: int = 1, rows: int = 1) -> PrintedHead:
    return {'text': clean_text(text), 'columns': columns, 'rows': rows}


def _row(sheet: Sheet, part: Part) -> PrintedRow:
    if isinstance(part, Band):
        column = next(column for column in sheet.columns if column.key == sheet.group_by)
        return {'kind': 'band', 'cells': [printed(column, part.name, era=sheet.era)]}
    cells = [
        break_long_words(column, printed(column, value, era=sheet.era))
        for column, value in zip(sheet.columns, part.values, strict=True)
    ]
    if isinstance(part, Line):
        return {'kind': 'line', 'cells': cells}
    return {'kind': 'subtotal' if part.of_group else 'total', 'cells': _named(sheet.columns, cells, part)}


def _named(columns: tuple[Column, ...], cells: list[str], total: Total) -> list[str]:
    name = _('小計') if total.of_group else _('合計')
    unused = next((index for index, column in enumerate(columns) if not column.total), None)
    return [name if index == unused else cell for index, cell in enumerate(cells)]


def _edge(column: Column) -> str:
    if is_number(column):
        return 'right'
    return 'center' if column.kind in _IN_THE_MIDDLE else 'left'
