"""A list of shelters as a table: its columns, its lines."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.documents.list_rows import NotAList, heading_of, is_blank, list_rows
from app.language import _

MOST_BYTES = 8_000_000
MOST_LINES = 20_000


class Layout(StrEnum):
    """Which list it is, by its columns."""

    STANDARD = 'standard'
    """指定緊急避難場所 of 自治体標準オープンデータセット, 39 columns; some of them are shelters too."""
    DESIGNATED = 'designated'
    """指定避難所 of 国土地理院."""
    EMERGENCY = 'emergency'
    """指定緊急避難場所 of 国土地理院: where to flee to, not where to stay."""


class ShelterListError(Exception):
    """The list was not taken, and nothing was changed; one sentence for each problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__('\n'.join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Line:
    """A line as a spreadsheet numbers it, and its cells by column; None: it has another number of cells."""

    number: int
    cells: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Table:
    """All lines of a list."""

    layout: Layout
    lines: tuple[Line, ...]


COLUMNS: Mapping[Layout, frozenset[str]] = {
    Layout.STANDARD: frozenset({'ID', '名称', '所在地_連結表記', '所在地_市区町村', '緯度', '経度', '想定収容人数'}),
    Layout.EMERGENCY: frozenset({'共通ID', '都道府県名及び市町村名', '施設・場所名', '住所', '洪水', '地震'}),
    Layout.DESIGNATED: frozenset({'共通ID', '都道府県名及び市町村名', '施設・場所名', '住所', '受入対象者'}),
}


def read_table(content: bytes) -> Table:
    """The lines of a CSV or a spreadsheet. For a thread.

    Raises:
        ShelterListError: it is neither, or none of the lists that are known.
    """
    rows = list_rows(content, MOST_BYTES)
    try:
        header = [_plain(name) for name in heading_of(rows)]
        layout = _layout(header)
        lines: list[Line] = []
        for number, cells in rows:
            if len(lines) >= MOST_LINES:
                raise ShelterListError([_('{most} 行を超えています').format(most=f'{MOST_LINES:,}')])
            lines.append(Line(number, _cells(header, cells)))
    except NotAList as error:
        raise ShelterListError([str(error)]) from error
    if not lines:
        raise ShelterListError([_('避難所が一つも入っていません')])
    return Table(layout, tuple(lines))


def _cells(header: list[str], cells: list[str]) -> Mapping[str, str] | None:
    if is_blank(cells):
        return {}
    return dict(zip(header, cells, strict=True)) if len(cells) == len(header) else None


def _layout(header: list[str]) -> Layout:
    for layout, needed in COLUMNS.items():
        if {_plain(name) for name in needed} <= set(header):
            return layout
    raise ShelterListError(
        [
            _('避難所の一覧ではありません。1行目に、どちらかの列名が必要です'),
            _('自治体標準オープンデータセット: {columns}').format(columns=_told(Layout.STANDARD)),
            _('国土地理院の一覧: {columns}').format(columns=_told(Layout.DESIGNATED)),
        ]
    )


def _told(layout: Layout) -> str:
    return '、'.join(sorted(COLUMNS[layout]))


def _plain(name: str) -> str:
    return unicodedata.normalize('NFKC', name).strip()
