"""One spelling for what is the same to a person who searches: variants of letters, long vowels, addresses."""

import re
import unicodedata

import jaconv

VARIANTS = str.maketrans(
    '髙﨑邉邊邈濵濱德廣國澤齋齊斎嶋嶌櫻惠榮學龍瀧眞實與圓壽萬彌禮靜淺條藏豐邨峯冨舘栁桒桺𠮷黑',
    '高崎辺辺辺浜浜徳広国沢斉斉斉島島桜恵栄学竜滝真実与円寿万弥礼静浅条蔵豊村峰富館柳桑柳吉黒',
)
"""外字 and old forms of the commonest family and given names, each with the form that is typed for it."""
VARIATION_SELECTORS = re.compile('[\ufe00-\ufe0f\U000e0100-\U000e01ef]')
BETWEEN_NAMES = re.compile(r'[\s・･.,、，=＝\-]+')
SMALL = str.maketrans('ァィゥェォッャュョヮヵヶヂヅヲヴヰヱ', 'アイウエオツヤユヨワカケジズオブイエ')
FOREIGN = {'ヴァ': 'バ', 'ヴィ': 'ビ', 'ヴェ': 'ベ', 'ヴォ': 'ボ'}
ROWS = {
    'a': 'アカサタナハマヤラワガザダバパ',
    'i': 'イキシチニヒミリギジビピ',
    'u': 'ウクスツヌフムユルグズブプ',
    'e': 'エケセテネヘメレゲゼデベペ',
    'o': 'オコソトノホモヨロゴゾドボポ',
}
VOWEL = {kana: vowel for vowel, row in ROWS.items() for kana in row}
LENGTHENS = {'a': 'アー', 'i': 'イー', 'u': 'ウー', 'e': 'エイー', 'o': 'オウー', '': 'ー'}
KANA = re.compile('[\u30a1-\u30fc\\s・]+')
KANJI_DIGITS = str.maketrans('一二三四五六七八九', '123456789')


def name_parts(text: str) -> tuple[str, ...]:
    """The parts of a name, without variation selectors and with variants of letters as they are typed."""
    plain = unicodedata.normalize('NFKC', VARIATION_SELECTORS.sub('', text)).translate(VARIANTS).casefold()
    return tuple(part for part in BETWEEN_NAMES.split(plain) if part)


def kana_parts(text: str) -> tuple[str, ...]:
    """The parts of a reading as it sounds: one width, no small letters, no long vowels, ヂ as ジ."""
    return tuple(part for part in (_sound(each) for each in BETWEEN_NAMES.split(katakana(text))) if part)


def katakana(text: str) -> str:
    """Hiragana and half-width letters as full-width katakana."""
    plain: str = jaconv.hira2kata(unicodedata.normalize('NFKC', text))
    return plain.casefold()


def is_kana(text: str) -> bool:
    """Whether this is a reading and nothing else."""
    return KANA.fullmatch(katakana(text)) is not None


def digits(text: str) -> str:
    """The digits of a telephone number."""
    return ''.join(letter for letter in unicodedata.normalize('NFKC', text) if letter in '0123456789')


def plain_address(text: str) -> str:
    """An address without the words between its numbers: 広坂一丁目1番1号 is 広坂1-1-1."""
    plain = unicodedata.normalize('NFKC', VARIATION_SELECTORS.sub('', text)).translate(VARIANTS)
    plain = re.sub('[一二三四五六七八九](?=丁目)', lambda found: found[0].translate(KANJI_DIGITS), plain)
    plain = re.sub(r'\s', '', plain).casefold()
    plain = re.sub('(?<=[0-9])(?:丁目|番地の?|番|号|の|[-‐‑–—―ー−])+', '-', plain)
    return plain.rstrip('-')


def _sound(part: str) -> str:
    for written, said in FOREIGN.items():
        part = part.replace(written, said)
    kept: list[str] = []
    for kana in part.translate(SMALL):
        vowel = VOWEL.get(kept[-1], '') if kept else ''
        if kana not in LENGTHENS[vowel]:
            kept.append(kana)
    return ''.join(kept)
