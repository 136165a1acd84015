"""What residents read is there in all eight languages, complete and in the script of the language."""

import re
import unicodedata
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file

from app.language import SOURCE_LANGUAGE, _, available_languages, catalogue, use_language
from app.messages.languages import Language, speaking

PROJECT = Path(__file__).parents[2]
RESIDENTS_READ = (
    'pages/public/*.py',
    'app/messages/words.py',
    'app/shelters/open_data/words.py',
    'components/times.py',
    'components/number_pad.py',
    'components/kiosk_frame.py',
    'components/sound.py',
    'pages/kiosk/shelter*.py',
    'pages/kiosk/refusal_words.py',
    'pages/kiosk/trouble_words.py',
)
TRANSLATED = tuple(language.value for language in Language if language is not Language.JAPANESE)
OTHERS = tuple(tag for tag in TRANSLATED if tag not in ('en',))
KANA = re.compile(r'[\u3041-\u30fa]')
HAN = re.compile(r'[\u4e00-\u9fff]')
HANGUL = re.compile(r'[\uac00-\ud7a3]')
READING = re.compile(r'[\u4e00-\u9fff々]+\([ぁ-ん]+\)')
SIMPLIFIED_ONLY = re.compile('[们这里记请号码电话发开关时间医药过还没说让问写东车见]')
TRADITIONAL_ONLY = re.compile('[們這裡記請號碼電話發開關時間醫藥過還沒說讓問寫東車見]')
HUMBLE = re.compile('いただ|ござい|ください(?:ませ)|なさって|お(?:願|知ら)|くださり')
LONGEST_EASY_SENTENCE = 45


def messages_for_residents() -> list[str]:
    found = []
    for pattern in RESIDENTS_READ:
        for file in sorted(PROJECT.glob(pattern)):
            for _line, message, _comments, _context in extract_from_file('python', file, keywords={'_': None}):
                if isinstance(message, str) and message:
                    found.append(message)
    return found


def gaps(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize('tag', OTHERS)
def test_every_word_that_residents_read_is_there(tag: str) -> None:
    assert [message for message in messages_for_residents() if message not in catalogue(tag)] == []


@pytest.mark.parametrize('tag', OTHERS)
def test_a_catalogue_has_no_word_that_residents_do_not_read(tag: str) -> None:
    assert set(catalogue(tag)) - set(messages_for_residents()) == set()


@pytest.mark.parametrize('tag', OTHERS)
def test_a_translation_has_the_same_gaps_as_its_message(tag: str) -> None:
    assert {m: t for m, t in catalogue(tag).items() if gaps(m) != gaps(t)} == {}


@pytest.mark.parametrize('tag', OTHERS)
def test_all_letters_are_composed(tag: str) -> None:
    assert {t for t in catalogue(tag).values() if unicodedata.normalize('NFC', t) != t} == set()


@pytest.mark.parametrize(
    ('tag', 'foreign'),
    [
        ('zh-Hans', KANA),
        ('zh-Hans', TRADITIONAL_ONLY),
        ('zh-Hans', HANGUL),
        ('zh-Hant', KANA),
        ('zh-Hant', SIMPLIFIED_ONLY),
        ('zh-Hant', HANGUL),
        ('ko', KANA),
        ('ko', HAN),
        ('vi', KANA),
        ('vi', HAN),
        ('vi', HANGUL),
        ('pt', KANA),
        ('pt', HAN),
        ('pt', HANGUL),
        ('ja-easy', HANGUL),
    ],
)
def test_no_word_is_left_in_another_script(tag: str, foreign: re.Pattern[str]) -> None:
    assert {m: t for m, t in catalogue(tag).items() if foreign.search(t)} == {}


def test_easy_japanese_gives_the_reading_of_every_word_in_kanji() -> None:
    assert {t for t in catalogue('ja-easy').values() if HAN.search(READING.sub('', t))} == set()


def test_easy_japanese_is_short_and_without_polite_forms() -> None:
    sentences = [part for t in catalogue('ja-easy').values() for part in re.split('[。:]', READING.sub('', t))]

    assert [each for each in sentences if len(each) > LONGEST_EASY_SENTENCE or HUMBLE.search(each)] == []


def test_all_eight_languages_can_be_chosen() -> None:
    assert set(available_languages()) == {language.value for language in Language}


@pytest.mark.parametrize(
    ('language', 'word'),
    [
        (Language.JAPANESE, '飲み水'),
        (Language.EASY_JAPANESE, 'のみみず'),
        (Language.SIMPLIFIED_CHINESE, '水'),
        (Language.KOREAN, '물'),
        (Language.VIETNAMESE, 'Nước'),
        (Language.PORTUGUESE, 'Água'),
    ],
)
def test_a_word_comes_in_the_language_of_the_reader(language: Language, word: str) -> None:
    with speaking(language):
        assert _('飲み水') == word


@pytest.mark.parametrize(('tag', 'shown'), [('vi', 'Arrival'), ('ja-easy', '出勤')])
def test_what_only_staff_read_falls_back_to_english_and_easy_japanese_to_japanese(tag: str, shown: str) -> None:
    use_language(tag)
    try:
        assert _('出勤') == shown
    finally:
        use_language(SOURCE_LANGUAGE)
