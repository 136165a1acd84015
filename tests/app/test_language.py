"""Every word on a screen has its English."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file

from app.language import _, available_languages, catalogue, use_language

PROJECT = Path(__file__).parents[2]
ROOMS = ('app', 'pages', 'components')


def messages() -> Iterator[tuple[str, str]]:
    files = [PROJECT / 'main.py', *(file for room in ROOMS for file in (PROJECT / room).rglob('*.py'))]
    for file in files:
        for _line, message, _comments, _context in extract_from_file('python', file, keywords={'_': None}):
            if isinstance(message, str) and message:
                yield message, str(file.relative_to(PROJECT))


def test_every_message_has_its_english() -> None:
    english = catalogue('en')

    assert {message: file for message, file in messages() if message not in english} == {}


def test_the_catalogue_has_no_message_that_nobody_shows() -> None:
    shown = {message for message, _file in messages()}

    assert set(catalogue('en')) <= shown


def test_a_translation_has_the_same_gaps_as_its_message() -> None:
    def gaps(text: str) -> set[str | None]:
        return {name for _text, name, _spec, _conversion in Formatter().parse(text)}

    assert {m: t for m, t in catalogue('en').items() if gaps(m) - {None} != gaps(t) - {None}} == {}


@pytest.mark.parametrize(('language', 'word'), [('ja', '出勤'), ('en', 'Arrival'), ('xx', '出勤')])
def test_a_word_comes_in_the_language_that_was_chosen(language: str, word: str) -> None:
    use_language(language)
    try:
        assert _('出勤') == word
    finally:
        use_language('ja')


def test_japanese_comes_first() -> None:
    assert available_languages()[0] == 'ja'
