"""Reading 避難行動要支援者名簿: CSV or a spreadsheet, columns in any order, row by row."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app import clock
from app.documents.list_rows import NotAList, heading_of, is_blank, list_rows
from app.language import _
from app.shelters.birth_dates import NoBirthDate, read_birth_date
from app.shelters.vulnerable.values import VulnerableEntry

COLUMNS: Mapping[str, str] = {
    '氏名': 'name',
    'フリガナ': 'kana',
    '生年月日': 'birth_date',
    '住所': 'address',
    '町会': 'neighbourhood',
    '校下': 'district',
    '電話番号': 'phone',
    '理由': 'reasons',
    '支援者': 'supporter',
    '同意': 'consent',
}
NEEDED = ('氏名', '生年月日', '住所')
MOST_BYTES = 20_000_000
MOST_ROWS = 50_000
LONGEST = 300
FORMULA_STARTS = ('=', '+', '@')
CONSENTS = {'': None, '有': True, '同意': True, 'はい': True, '○': True, '1': True,
            '無': False, '不同意': False, 'いいえ': False, '×': False, '0': False}  # fmt: skip


class VulnerableListError(Exception):
    """The list was not taken, and nothing was changed; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken: its line in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class VulnerableList:
    """What a file held."""

    entries: tuple[VulnerableEntry, ...] = field(repr=False)
    refused: tuple[RefusedRow, ...]


def read_vulnerable_list(content: bytes) -> VulnerableList:
    """All rows that can be taken, and each that cannot. For a thread.

    Raises:
        VulnerableListError: it is no such list at all.
    """
    rows = list_rows(content, MOST_BYTES)
    entries: dict[tuple[str, date | None, str], VulnerableEntry] = {}
    refused: list[RefusedRow] = []
    try:
        header = _header(heading_of(rows))
        for count, (line, cells) in enumerate(rows):
            if count >= MOST_ROWS:
                raise VulnerableListError(_('{most} 行を超えています').format(most=f'{MOST_ROWS:,}'))
            if not is_blank(cells):
                _take(dict(zip(header, map(_plain, cells), strict=False)), line, entries, refused)
    except NotAList as error:
        raise VulnerableListError(str(error)) from error
    return VulnerableList(tuple(entries.values()), tuple(refused))


def _take(
    cells: Mapping[str, str],
    line: int,
    entries: dict[tuple[str, date | None, str], VulnerableEntry],
    refused: list[RefusedRow],
) -> None:
    try:
        born, consent = read_birth_date(cells.get('birth_date', ''), clock.today()), cells.get('consent', '')
    except NoBirthDate:
        refused.append(RefusedRow(line, _('生年月日が読み取れません')))
        return
    reason = _problem(cells, born)
    if reason:
        refused.append(RefusedRow(line, reason))
        return
    words = {name: text for name, text in cells.items() if name not in ('', 'birth_date', 'consent')}
    entry = VulnerableEntry(**words, birth_date=born, consent=CONSENTS[consent])
    key = (entry.name, entry.birth_date, entry.address)
    if key in entries:
        refused.append(RefusedRow(line, _('同じ人が前の行にもあります')))
        return
    entries[key] = entry


def _problem(cells: Mapping[str, str], born: date | None) -> str:
    if not cells.get('name'):
        return _('氏名がありません')
    if not born and not cells.get('address'):
        return _('生年月日も住所もありません')
    if cells.get('consent', '') not in CONSENTS:
        return _('同意は 有、無、空のどれかにしてください')
    if any(len(text) > LONGEST for text in cells.values()):
        return _('{most} 文字を超える欄があります').format(most=LONGEST)
    if any(text.startswith(FORMULA_STARTS) for name, text in cells.items() if name != 'phone'):
        return _('数式になっている欄があります')
    if any(unicodedata.category(letter) == 'Cc' for text in cells.values() for letter in text):
        return _('使えない文字(改行など)が入っています')
    return ''


def _header(cells: Sequence[str]) -> list[str]:
    names = [unicodedata.normalize('NFKC', cell).strip() for cell in cells]
    missing = [column for column in NEEDED if column not in names]
    if missing:
        raise VulnerableListError(_('列がありません: {columns}').format(columns='、'.join(missing)))
    doubled = [column for column in COLUMNS if names.count(column) > 1]
    if doubled:
        raise VulnerableListError(_('同じ名前の列が二つあります: {columns}').format(columns='、'.join(doubled)))
    return [COLUMNS.get(name, '') for name in names]


def _plain(cell: str) -> str:
    return unicodedata.normalize('NFC', cell).strip()
