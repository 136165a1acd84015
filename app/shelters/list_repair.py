"""Repairing what lists of shelters really hold: wrong columns, full-width digits, words where a number should be."""

import math
import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

import jaconv

FORMULA_STARTS = ('=', '+', '@', '＝', '＋', '＠')
DASHES = frozenset('-‐‑‒–—―ー－ｰ−')
LATITUDES, LONGITUDES = (20.0, 46.0), (122.0, 154.0)
"""Japan, with its islands (degrees)."""
MOST_PEOPLE = 200_000
_INDOORS = re.compile(r'屋内\s*([0-9,]+)\s*人')
_OUTDOORS = re.compile(r'屋外\s*([0-9,]+)\s*人')
_PEOPLE = re.compile(r'^([0-9,]+)\s*(?:人|[(]|$)')
_CODE = re.compile(r'[0-9]{6}')
_AWAY = {'内線番号': '市区町村コード', '連絡先メールアドレス': '都道府県', '連絡先FormURL': '市区町村'}
_OWNER = re.compile(r'^(?:[^立営]{0,6}[都道府県市町村])(?:立|営)|^(?:金沢市|石川県)(?!.?役所|庁)')


class Repair(StrEnum):
    """What was put right in a line, or left empty because the list does not say it."""

    COLUMNS_SHIFTED = 'columns_shifted'
    WIDE_DIGITS = 'wide_digits'
    HALF_KANA = 'half_kana'
    DASH = 'dash'
    """A dash, which means nothing was entered."""
    CAPACITY_FROM_WORDS = 'capacity_from_words'
    CAPACITY_UNREADABLE = 'capacity_unreadable'
    NO_CAPACITY = 'no_capacity'
    NO_COORDINATES = 'no_coordinates'
    WRONG_COORDINATES = 'wrong_coordinates'
    COORDINATES_SWAPPED = 'coordinates_swapped'


Repairs = set[Repair]


def columns_in_place(cells: Mapping[str, str], repairs: Repairs) -> dict[str, str]:
    """The cells, with code and names of the municipality taken out of the columns of the contact.

    In the prefecture's list they stand in 内線番号, 連絡先メールアドレス and 連絡先FormURL (domain/shelters.md 3).
    """
    if not _CODE.fullmatch(cells.get('内線番号', '').strip()) or '@' in cells.get('連絡先メールアドレス', ''):
        return dict(cells)
    if not cells.get('連絡先FormURL', '').strip().endswith(('市', '町', '村', '区')):
        return dict(cells)
    repairs.add(Repair.COLUMNS_SHIFTED)
    return {**cells, '市区町村コード': cells['内線番号'], **dict.fromkeys(_AWAY, '')}


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would calculate it; a lone dash is none."""
    return cell.strip().startswith(FORMULA_STARTS) or bool(re.match(r'[-－][A-Za-z(]', cell.strip()))


def text_of(cell: str, repairs: Repairs) -> str:
    """A text; a dash is empty, half-width kana becomes wide, line breaks become blanks."""
    plain = unicodedata.normalize('NFC', re.sub(r'\s*[\r\n]+\s*', ' ', cell)).strip()
    if plain and all(letter in DASHES for letter in plain):
        repairs.add(Repair.DASH)
        return ''
    wide = str(jaconv.h2z(plain, kana=True, ascii=False, digit=False))
    if wide != plain and any('\uff65' <= letter <= '\uff9f' for letter in plain):
        repairs.add(Repair.HALF_KANA)
        return wide
    return plain


def digits_of(cell: str, repairs: Repairs) -> str:
    """A text whose full-width digits become the usual ones: addresses and telephone numbers."""
    plain = text_of(cell, repairs)
    narrow = str(jaconv.z2h(plain, kana=False, ascii=False, digit=True))
    if narrow != plain:
        repairs.add(Repair.WIDE_DIGITS)
    return narrow


def capacity_of(cell: str, repairs: Repairs) -> int | None:
    """People that a shelter takes, None where the list says none; outdoors counts where nobody fits inside."""
    raw = text_of(cell, repairs)
    plain = unicodedata.normalize('NFKC', raw)
    if not plain:
        repairs.add(Repair.NO_CAPACITY)
        return None
    found = _people(plain)
    if found is None or found > MOST_PEOPLE:
        repairs.add(Repair.CAPACITY_UNREADABLE)
        return None
    if any('０' <= letter <= '９' for letter in raw):
        repairs.add(Repair.WIDE_DIGITS)
    if not plain.isdecimal():
        repairs.add(Repair.CAPACITY_FROM_WORDS)
    return found


def place_of(latitude: str, longitude: str, repairs: Repairs) -> tuple[float, float] | None:
    """Degrees within Japan; None where they are missing or cannot be."""
    north, east = _degrees(latitude), _degrees(longitude)
    if north is None or east is None:
        repairs.add(Repair.WRONG_COORDINATES if latitude.strip() and longitude.strip() else Repair.NO_COORDINATES)
        return None
    if _within(north, LATITUDES) and _within(east, LONGITUDES):
        return north, east
    if _within(east, LATITUDES) and _within(north, LONGITUDES):
        repairs.add(Repair.COORDINATES_SWAPPED)
        return east, north
    repairs.add(Repair.WRONG_COORDINATES)
    return None


def name_key(name: str) -> str:
    """What two lists call the same place alike: without its owner (金沢市立, 石川県立), blanks and widths."""
    plain = unicodedata.normalize('NFKC', name).casefold().replace('ヶ', 'ケ').replace('高等学校', '高校')
    return _OWNER.sub('', re.sub(r'\s', '', plain))


def _people(plain: str) -> int | None:
    indoors, outdoors = _INDOORS.search(plain), _OUTDOORS.search(plain)
    numbers = [_number(found[1]) for found in (indoors, outdoors, _PEOPLE.match(plain)) if found]
    return next((number for number in numbers if number), numbers[0] if numbers else None)


def _number(digits: str) -> int:
    plain = digits.replace(',', '')
    return int(plain) if plain and len(plain) < len(str(MOST_PEOPLE)) + 2 else MOST_PEOPLE + 1


def _degrees(cell: str) -> float | None:
    try:
        value = float(unicodedata.normalize('NFKC', cell).strip())
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
