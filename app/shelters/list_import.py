"""Taking over the lists of shelters that the state and the prefecture publish, dirt included (domain/shelters.md 3)."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.shelters.list_repair import (
    Repair,
    Repairs,
    capacity_of,
    columns_in_place,
    digits_of,
    is_formula,
    place_of,
    text_of,
)
from app.shelters.list_table import Layout, Line, read_table
from app.shelters.places import ShelterEntry
from app.shelters.values import ShelterKind

CREDITS: Mapping[Layout, str] = {
    Layout.STANDARD: '石川県「指定緊急避難場所一覧」(CC BY 4.0)を加工',
    Layout.DESIGNATED: '国土地理院「指定緊急避難場所・指定避難所データ」を加工',
    Layout.EMERGENCY: '国土地理院「指定緊急避難場所・指定避難所データ」を加工',
}
HAZARDS = ('洪水', '崖崩れ、土石流及び地滑り', '高潮', '地震', '津波', '大規模な火事', '内水氾濫', '火山現象')
LONGEST = {'code': 40, 'name': 200, 'kana': 200, 'address': 300, 'phone': 40, 'accepts': 300, 'remarks': 500}
PUBLISHED = (
    '名称_英字', '町字ID', '所在地_町字', '所在地_番地以下', '建物名等(方書)', '標高', '内線番号',
    '連絡先メールアドレス', '連絡先FormURL', '連絡先備考（その他、SNSなど）', '郵便番号', '対象となる町会・自治会',
    'URL', '画像', '画像_ライセンス',
)  # fmt: skip
"""Columns that are kept as they are published again; nothing here works with them."""
LONGEST_PUBLISHED = 300
YES = '1'


class Refused(StrEnum):
    """Why a line is no shelter."""

    EMPTY = 'empty'
    OTHER_COLUMNS = 'other_columns'
    """It has more or fewer cells than the heading."""
    NO_CODE = 'no_code'
    NO_NAME = 'no_name'
    FORMULA = 'formula'
    TOO_LONG = 'too_long'
    CONTROL = 'control'
    DOUBLE = 'double'
    """The code stands in an earlier line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedShelter:
    """A line that can be taken."""

    line: int
    entry: ShelterEntry
    is_shelter: bool
    """False: a place to flee to, where nobody stays; only its hazards are of use."""
    repairs: frozenset[Repair] = frozenset()


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that cannot be taken."""

    line: int
    name: str
    reason: Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterList:
    """What a file says."""

    layout: Layout
    shelters: tuple[ListedShelter, ...]
    refused: tuple[RefusedLine, ...]
    elsewhere: int = 0
    """Lines of other municipalities, left out because somebody asked for one."""
    municipality: str = ''

    @property
    def credit(self) -> str:
        """What its licence asks to be said."""
        return CREDITS[self.layout]


def read_shelter_list(content: bytes, municipality: str = '') -> ShelterList:
    """All lines of a list, of one municipality (`金沢市`) or of all. For a thread.

    Raises:
        ShelterListError: it is no such list.
    """
    table = read_table(content)
    shelters: dict[str, ListedShelter] = {}
    refused: list[RefusedLine] = []
    elsewhere = 0
    for line in table.lines:
        read = _read(table.layout, line, municipality)
        if read is None:
            elsewhere += 1
        elif isinstance(read, RefusedLine):
            refused.append(read)
        elif read.entry.code in shelters:
            refused.append(RefusedLine(line.number, read.entry.name, Refused.DOUBLE))
        else:
            shelters[read.entry.code] = read
    return ShelterList(
        layout=table.layout,
        shelters=tuple(shelters.values()),
        refused=tuple(refused),
        elsewhere=elsewhere,
        municipality=municipality,
    )


def _read(layout: Layout, line: Line, municipality: str) -> ListedShelter | RefusedLine | None:
    if line.cells is None:
        return RefusedLine(line.number, '', Refused.OTHER_COLUMNS)
    repairs: Repairs = set()
    cells = columns_in_place(line.cells, repairs)
    standard = layout is Layout.STANDARD
    name = text_of(cells.get('名称' if standard else '施設・場所名', ''), repairs)
    code = text_of(cells.get('ID' if standard else '共通ID', ''), repairs)
    if not name and not code:
        return RefusedLine(line.number, '', Refused.EMPTY)
    if municipality and not _is_of(cells, municipality):
        return None
    reason = _wrong(cells, code, name)
    if reason:
        return RefusedLine(line.number, name[:100], reason)
    entry = (_standard if standard else _of_state)(layout, code, name, cells, repairs)
    too_long = any(len(getattr(entry, column)) > most for column, most in LONGEST.items())
    if too_long or any(len(cell) > LONGEST_PUBLISHED for cell in entry.published.values()):
        return RefusedLine(line.number, name[:100], Refused.TOO_LONG)
    is_shelter = cells.get('指定避難所との重複', '').strip() == YES if standard else layout is Layout.DESIGNATED
    return ListedShelter(line=line.number, entry=entry, is_shelter=is_shelter, repairs=frozenset(repairs))


def _is_of(cells: Mapping[str, str], municipality: str) -> bool:
    for column in ('所在地_市区町村', '都道府県名及び市町村名', '所在地_連結表記'):
        if cell := cells.get(column, '').strip():
            return municipality in cell
    return False


def _wrong(cells: Mapping[str, str], code: str, name: str) -> Refused | None:
    if any(is_formula(cell) for cell in cells.values()):
        return Refused.FORMULA
    if not code or not name:
        return Refused.NO_NAME if code else Refused.NO_CODE
    if any(unicodedata.category(letter) in ('Cc', 'Co', 'Cs') for letter in f'{code}{name}'):
        return Refused.CONTROL
    return None


def _standard(layout: Layout, code: str, name: str, cells: Mapping[str, str], repairs: Repairs) -> ShelterEntry:
    place = place_of(cells['緯度'], cells['経度'], repairs)
    residents = text_of(cells.get('対象となる町会・自治会', ''), repairs)
    capacity = cells['想定収容人数'].strip()
    return ShelterEntry(
        code=code,
        name=name,
        kana=text_of(cells.get('名称_カナ', ''), repairs),
        address=digits_of(cells['所在地_連結表記'], repairs),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        capacity=capacity_of(capacity, repairs),
        phone=digits_of(cells.get('電話番号', ''), repairs),
        hazards=tuple(hazard for hazard in HAZARDS if cells.get(f'災害種別_{hazard}', '').strip() == YES),
        remarks=_joined(
            f'想定収容人数 {capacity}' if Repair.CAPACITY_FROM_WORDS in repairs else '',
            residents,
            text_of(cells.get('備考', ''), repairs),
        ),
        source=CREDITS[layout],
        published=_published(cells, repairs),
    )


def _of_state(layout: Layout, code: str, name: str, cells: Mapping[str, str], repairs: Repairs) -> ShelterEntry:
    place = place_of(cells.get('緯度', ''), cells.get('経度', ''), repairs)
    accepts = text_of(cells.get('受入対象者', ''), repairs)
    note = text_of(cells.get('備考', ''), repairs)
    welfare = bool(accepts) or '福祉避難所' in note
    return ShelterEntry(
        code=code,
        name=name,
        kind=ShelterKind.WELFARE if welfare else ShelterKind.DESIGNATED,
        address=digits_of(cells['住所'], repairs),
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        hazards=tuple(hazard for hazard in HAZARDS if cells.get(hazard, '').strip() == YES),
        accepts=accepts or (note if welfare else ''),
        remarks=_joined(text_of(cells.get('その他市町村長が必要と認める事項', ''), repairs), '' if welfare else note),
        source=CREDITS[layout],
    )


def _published(cells: Mapping[str, str], repairs: Repairs) -> dict[str, str]:
    found = {column: cells.get(unicodedata.normalize('NFKC', column), '') for column in PUBLISHED}
    return {column: text for column, cell in found.items() if (text := digits_of(cell, repairs))}


def _joined(*parts: str) -> str:
    return ' / '.join(part for part in parts if part)
