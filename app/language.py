"""The words on the screens: Japanese in the code, other languages from `app/locale/*.po`."""

from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALE_DIRECTORY = Path(__file__).parent / 'locale'
SOURCE_LANGUAGE = 'ja'
EASY_JAPANESE, ENGLISH = 'ja-easy', 'en'

_current: ContextVar[str] = ContextVar('language', default=SOURCE_LANGUAGE)


def use_language(language: str) -> None:
    """Let `_` answer in this language, by its tag, from here on in the current task."""
    _current.set(language if language in available_languages() else SOURCE_LANGUAGE)


def current_language() -> str:
    """The language in which `_` answers now."""
    return _current.get()


def _(message: str) -> str:
    """The Japanese message in the current language; where that has none, in English or as it is."""
    language = _current.get()
    if language == SOURCE_LANGUAGE:
        return message
    translated = catalogue(language).get(message)
    if translated is None and language not in (ENGLISH, EASY_JAPANESE):
        translated = catalogue(ENGLISH).get(message)
    return message if translated is None else translated


@cache
def available_languages() -> tuple[str, ...]:
    """Japanese and every language that has a catalogue."""
    return (SOURCE_LANGUAGE, *sorted(path.stem for path in LOCALE_DIRECTORY.glob('*.po')))


@cache
def catalogue(language: str) -> dict[str, str]:
    """All translated messages of a language, without those marked fuzzy."""
    with (LOCALE_DIRECTORY / f'{language}.po').open('rb') as file:
        messages = read_po(file)
    return {str(m.id): str(m.string) for m in messages if m.id and m.string and not m.fuzzy}
