"""Fields of a person between the form and the record."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app import clock
from app.documents.dates import year_name
from app.language import _
from app.shelters.birth_dates import NoBirthDate, read_birth_date
from app.shelters.details import Consent, PersonDetails, age_on
from app.shelters.values import Need, Sex, Urgency
from pages.staff.shelters.people_words import (
    answer_words,
    consent_words,
    field_words,
    need_words,
    sex_words,
    urgency_words,
)

TEXTS = (
    'name', 'kana', 'postal_code', 'address', 'neighbourhood', 'phone', 'contact', 'relation', 'nationality',
    'identifying', 'injury', 'condition', 'devices', 'medicine', 'care_level', 'diet', 'pets', 'car', 'skills',
    'home_damage', 'onward', 'remarks',
)  # fmt: skip
MOST = {'name': 100, 'kana': 100, 'address': 300, 'remarks': 500, 'condition': 500, 'medicine': 300}
USUAL_MOST = 200
CONSENT = {'': None, 'yes': True, 'no': False}


class WrongField(Exception):
    """A field cannot be taken; the message says which and why."""


def changed_details(form: Mapping[str, str], before: PersonDetails) -> PersonDetails:
    """The details as the form has them; what the form does not hold stays.

    Raises:
        WrongField: nothing is taken.
    """
    texts: dict[str, Any] = {name: form[name].strip() for name in TEXTS if name in form}
    for name, text in texts.items():
        if len(text) > MOST.get(name, USUAL_MOST):
            raise WrongField(_('{field}: 長すぎます。').format(field=field_words()[name]))
    return replace(
        before,
        **texts,
        birth_date=_birth(form.get('birth_date', '')),
        sex=Sex(form['sex']) if form.get('sex') in set(Sex) else None,
        language=form.get('language', before.language),
        allergies=tuple(part for part in form.get('allergies', '').replace(',', '、').split('、') if part.strip()),
        needs=frozenset(need for need in Need if form.get(f'need_{need}') == '1'),
        urgencies=frozenset(one for one in Urgency if form.get(f'urgency_{one}') == '1'),
        unaccompanied=form.get('unaccompanied') == '1',
        consent=Consent(**{name: CONSENT.get(form.get(f'consent_{name}', '')) for name in consent_words()}),
    )


def shown_fields(details: PersonDetails) -> dict[str, tuple[str, ...]]:
    """Lines of each field that was entered, by its name."""
    lines: dict[str, tuple[str, ...]] = {name: (getattr(details, name),) for name in TEXTS if getattr(details, name)}
    if details.birth_date:
        lines['birth_date'] = (birth_words(details.birth_date),)
    if details.sex:
        lines['sex'] = (sex_words()[details.sex],)
    if details.language != PersonDetails().language:
        lines['language'] = (language_words().get(details.language, details.language),)
    if details.allergies:
        lines['allergies'] = ('、'.join(details.allergies),)
    if details.needs:
        lines['needs'] = tuple(words for need, words in need_words().items() if need in details.needs)
    if details.urgencies:
        lines['urgencies'] = tuple(words for one, words in urgency_words().items() if one in details.urgencies)
    if details.unaccompanied:
        lines['unaccompanied'] = (_('はい'),)
    lines['consent'] = tuple(
        f'{words}: {answer_words(getattr(details.consent, name))}' for name, words in consent_words().items()
    )
    return {name: lines[name] for name in field_words() if name in lines}


def birth_words(born: date) -> str:
    """1946年(昭和21年)3月1日 80歳."""
    words = _('{year}年({era}){month}月{day}日 {age}歳')
    return words.format(
        year=born.year,
        era=year_name(born, era=True),
        month=born.month,
        day=born.day,
        age=age_on(born, clock.today()),
    )


def language_words() -> dict[str, str]:
    """Languages of the desk, each as its speakers call it."""
    return {
        'ja': '日本語',
        'ja-easy': 'やさしい日本語',
        'en': 'English',
        'zh-Hans': '中文(简体)',
        'zh-Hant': '中文(繁體)',
        'ko': '한국어',
        'vi': 'Tiếng Việt',
        'pt': 'Português',
    }


def _birth(typed: str) -> date | None:
    try:
        return read_birth_date(typed, clock.today())
    except NoBirthDate:
        raise WrongField(_('生年月日: S21.3.1 や 1946/3/1 のように入れてください。')) from None
