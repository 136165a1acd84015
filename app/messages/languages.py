"""The languages in which people are written to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import TypeVar

from app.language import SOURCE_LANGUAGE, available_languages, current_language, use_language

T = TypeVar('T')


class Language(StrEnum):
    """A language of messages, by its tag (BCP 47; `ja-easy` is やさしい日本語)."""

    JAPANESE = 'ja'
    EASY_JAPANESE = 'ja-easy'
    ENGLISH = 'en'
    SIMPLIFIED_CHINESE = 'zh-Hans'
    TRADITIONAL_CHINESE = 'zh-Hant'
    KOREAN = 'ko'
    VIETNAMESE = 'vi'
    PORTUGUESE = 'pt'

    @property
    def own_name(self) -> str:
        """As its speakers call it."""
        return _OWN_NAMES[self]

    @property
    def html(self) -> str:
        """For the `lang` attribute, which knows no easy Japanese."""
        return self.value.removesuffix('-easy')


_OWN_NAMES = {
    Language.JAPANESE: '日本語',
    Language.EASY_JAPANESE: 'やさしい日本語',
    Language.ENGLISH: 'English',
    Language.SIMPLIFIED_CHINESE: '中文(简体)',
    Language.TRADITIONAL_CHINESE: '中文(繁體)',
    Language.KOREAN: '한국어',
    Language.VIETNAMESE: 'Tiếng Việt',
    Language.PORTUGUESE: 'Português',
}
_NEXT_BEST = {
    Language.JAPANESE: (),
    Language.EASY_JAPANESE: (Language.JAPANESE,),
    Language.ENGLISH: (Language.EASY_JAPANESE, Language.JAPANESE),
    Language.SIMPLIFIED_CHINESE: (Language.TRADITIONAL_CHINESE, Language.ENGLISH),
    Language.TRADITIONAL_CHINESE: (Language.SIMPLIFIED_CHINESE, Language.ENGLISH),
}


def understood(language: Language) -> tuple[Language, ...]:
    """What somebody with this language is given, the best first; Japanese is always the last."""
    following = (language, *_NEXT_BEST.get(language, (Language.ENGLISH,)), Language.EASY_JAPANESE, Language.JAPANESE)
    wanted = following if language is not Language.JAPANESE else (language,)
    return tuple(dict.fromkeys(wanted))


def best_of(texts: Mapping[Language, T], language: Language) -> T:
    """The text for somebody with this language; there must be a Japanese one."""
    return next(texts[one] for one in understood(language) if one in texts)


def asked_language(chosen: str, accepted: str) -> Language:
    """The language of a request: what was chosen on the page, else the `Accept-Language` header (RFC 9110 12.5.4)."""
    known = {language.value: language for language in Language}
    if chosen in known:
        return known[chosen]
    for tag in _by_weight(accepted):
        if (language := _of_tag(tag)) is not None:
            return language
    return Language.JAPANESE


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let `_` answer in the best catalogue there is for this language."""
    before, there = current_language(), available_languages()
    use_language(next((one.value for one in understood(language) if one.value in there), SOURCE_LANGUAGE))
    try:
        yield
    finally:
        use_language(before)


def _by_weight(accepted: str) -> list[str]:
    weighted = [_weighted(part) for part in accepted[:500].split(',') if part.strip()]
    return [tag for tag, weight in sorted(weighted, key=lambda one: -one[1]) if weight > 0]


def _weighted(part: str) -> tuple[str, float]:
    tag, _semicolon, weight = part.partition(';')
    try:
        return tag.strip(), float(weight.strip().removeprefix('q=') or 1)
    except ValueError:
        return tag.strip(), 0.0


def _of_tag(tag: str) -> Language | None:
    primary, *rest = tag.lower().split('-')
    if primary == 'zh':
        is_traditional = bool({'hant', 'tw', 'hk', 'mo'} & set(rest))
        return Language.TRADITIONAL_CHINESE if is_traditional else Language.SIMPLIFIED_CHINESE
    return next((language for language in Language if language.value == primary), None)
