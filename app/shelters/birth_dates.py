"""Birth dates as people write them: with years of the Gregorian calendar or of an era."""

import re
import unicodedata
from datetime import date

from app.documents.dates import ERAS

OLDEST_YEARS = 130
_ERA = '|'.join(f'{era.name}|{era.letter}' for era in ERAS)
_PARTED = re.compile(rf'({_ERA})?(\d{{1,4}}|元)[年./\-](\d{{1,2}})[月./\-](\d{{1,2}})日?')
_TOGETHER = re.compile(r'(\d{4})(\d{2})(\d{2})')


class NoBirthDate(ValueError):
    """The text is no date on which somebody who lives can have been born."""


def read_birth_date(text: str, today: date) -> date | None:
    """The date in `1946-3-1`, `19460301`, `昭和21年3月1日` or `S21.3.1`; None where nothing was written.

    Raises:
        NoBirthDate: no such day, a day to come, or more than 130 years ago.
    """
    plain = re.sub(r'\s', '', unicodedata.normalize('NFKC', text)).upper()
    if not plain:
        return None
    if parted := _PARTED.fullmatch(plain):
        year, month, day = _year(parted[1], parted[2]), int(parted[3]), int(parted[4])
    elif together := _TOGETHER.fullmatch(plain):
        year, month, day = (int(part) for part in together.groups())
    else:
        raise NoBirthDate
    return _checked(year, month, day, today)


def _year(era: str | None, year: str) -> int:
    count = 1 if year == '元' else int(year)
    if era is None:
        return count
    began = next(one for one in ERAS if era in (one.name, one.letter))
    return began.first_day.year + count - 1 - (5 if began.letter == 'M' else 0)


def _checked(year: int, month: int, day: int, today: date) -> date:
    try:
        born = date(year, month, day)
    except ValueError:
        raise NoBirthDate from None
    if not today.year - OLDEST_YEARS <= born.year or born > today:
        raise NoBirthDate
    return born
