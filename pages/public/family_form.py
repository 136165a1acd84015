"""The first form of a family: few fields for each person, as many people as there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.language import _
from app.messages.languages import Language
from app.shelters.birth_dates import NoBirthDate, read_birth_date
from app.shelters.details import PersonDetails
from app.shelters.family_values import MOST_MEMBERS
from app.shelters.values import Sex
from components.plain_fields import choice, hidden, line
from components.plain_html import Html, tag
from pages.public.frame import LANGUAGE_FIELD
from pages.public.resident_words import sex_words

FIRST_ROWS, MORE_ROWS, MOST_ROWS = 2, 2, 12
ADD = 'add'


@dataclass(frozen=True, slots=True)
class Rows:
    """What was posted: the people, or what is to be corrected."""

    people: tuple[PersonDetails, ...]
    problems: tuple[str, ...]


def rows_asked(fields: Mapping[str, str]) -> int:
    """How many rows the form has now."""
    shown = fields.get('rows', '')
    rows = int(shown) if shown.isascii() and shown.isdigit() else FIRST_ROWS
    return min(max(rows + (MORE_ROWS if ADD in fields else 0), 1), MOST_ROWS)


def people_form(action: str, language: Language, fields: Mapping[str, str]) -> Html:
    """The rows, with what was posted before in them."""
    rows = rows_asked(fields)
    more = [tag('button', _('人を増やす'), type='submit', name=ADD, value='1', class_='quiet', formnovalidate=True)]
    return tag(
        'form',
        hidden(LANGUAGE_FIELD, language.value),
        hidden('rows', str(rows)),
        *(_row(row, fields) for row in range(1, rows + 1)),
        *(more if rows < MOST_ROWS else []),
        tag('button', _('次へ'), type='submit'),
        method='post',
        action=action,
    )


def read_people(fields: Mapping[str, str], language: Language, today: date) -> Rows:
    """The people of the rows that were filled in; an empty row is nobody."""
    people, problems = [], []
    for row in range(1, rows_asked(fields) + 1):
        if not any(_value(fields, name, row) for name in ('name', 'kana', 'birth')):
            continue
        if not _value(fields, 'name', row):
            problems.append(_('{number}人目の名前を書いてください').format(number=row))
        try:
            people.append(_person(fields, row, language, today))
        except NoBirthDate:
            problems.append(_('{number}人目の生まれた日を確かめてください').format(number=row))
    if not people and not problems:
        problems.append(_('名前を書いてください'))
    return Rows(tuple(people), tuple(problems))


def too_many() -> str:
    """More people than a draft can hold."""
    return _('一度に登録できるのは{count}人までです').format(count=MOST_MEMBERS)


def _person(fields: Mapping[str, str], row: int, language: Language, today: date) -> PersonDetails:
    sex = _value(fields, 'sex', row)
    return PersonDetails(
        name=_value(fields, 'name', row),
        kana=_value(fields, 'kana', row),
        birth_date=read_birth_date(_value(fields, 'birth', row), today),
        sex=Sex(sex) if sex in set(Sex) else None,
        language=language.value,
    )


def _row(row: int, fields: Mapping[str, str]) -> Html:
    return tag(
        'fieldset',
        tag('legend', _('{number}人目').format(number=row)),
        line(f'name_{row}', _('名前'), _value(fields, 'name', row)),
        line(f'kana_{row}', _('読み方(カタカナ)'), _value(fields, 'kana', row)),
        line(f'birth_{row}', _('生まれた日'), _value(fields, 'birth', row), hint=_('例: 1946-3-1、昭和21年3月1日')),
        choice(f'sex_{row}', _('性別'), sex_words(), _value(fields, 'sex', row) or Sex.NOT_TOLD),
        class_='card',
    )


def _value(fields: Mapping[str, str], name: str, row: int) -> str:
    return fields.get(f'{name}_{row}', '').strip()[:100]
