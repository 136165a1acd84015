"""A report to be read aloud over the radio: short sentences, digits one by one, names spelled by the radio alphabet."""

import unicodedata
from datetime import datetime

from app.clock import TOKYO
from app.language import _
from app.shelters.needs.words import number_word, unconfirmed
from app.shelters.places import ShelterInfo
from app.shelters.reports.figures import Figure, label_of, value_words
from app.shelters.reports.values import Report

DIGITS = dict(zip('0123456789.', 'ゼロ イチ ニ サン ヨン ゴ ロク ナナ ハチ キュウ テン'.split(), strict=True))
LETTERS = dict(
    pair.split('=')
    for pair in (
        'ア=朝日 イ=いろは ウ=上野 エ=英語 オ=大阪 カ=為替 キ=切手 ク=クラブ ケ=景色 コ=子供 サ=桜 シ=新聞 ス=すずめ '
        'セ=世界 ソ=そろばん タ=煙草 チ=千鳥 ツ=つるかめ テ=手紙 ト=東京 ナ=名古屋 ニ=日本 ヌ=沼津 ネ=ねずみ ノ=野原 '
        'ハ=はがき ヒ=飛行機 フ=富士山 ヘ=平和 ホ=保険 マ=マッチ ミ=三笠 ム=無線 メ=明治 モ=もみじ ヤ=大和 ユ=弓矢 '
        'ヨ=吉野 ラ=ラジオ リ=りんご ル=るすい レ=れんげ ロ=ローマ ワ=わらび ヲ=尾張 ン=おしまい'
    ).split()
)
"""和文通話表 (無線局運用規則 14条, 別表第5号)."""
MARKS = {'\u3099': '濁点', '\u309a': '半濁点', 'ー': '長音'}
SMALL = str.maketrans('ァィゥェォッャュョヮ', 'アイウエオツヤユヨワ')
LONG_NUMBER = 10


def radio_lines(shelter: ShelterInfo, report: Report, box: str) -> list[str]:
    """The sentences in the order of reading; what matters to life comes before the tables."""
    lines = [_('こちらは{box}。避難所の状況報告を送ります。').format(box=box)]
    if report.practice:
        lines.insert(0, _('訓練、訓練。これは訓練です。'))
    lines += [_('避難所名、{name}。').format(name=shelter.entry.name)]
    if shelter.entry.kana:
        lines.append(
            _('よみ、{kana}。文字で、{letters}。').format(kana=shelter.entry.kana, letters=spelled(shelter.entry.kana))
        )
    number = _('第{number}報、訂正{version}。') if report.version > 1 else _('第{number}報。')
    lines.append(number.format(number=report.number, version=report.version - 1))
    lines.append(_('{time}現在。').format(time=time_words(report.drafted_at)))
    if report.urgent:
        lines += [_('至急の要請。'), *sentences(report.urgent), _('至急の要請、終わり。')]
    lines += [figure_words(figure) for figure in report.figures if figure.value is not None]
    lines += _unconfirmed_line(report)
    if report.remarks:
        lines += [_('そのほか。'), *sentences(report.remarks)]
    return [*lines, _('以上。受信できましたか。どうぞ。')]


def figure_words(figure: Figure) -> str:
    """One figure as a sentence; a number of two digits or more is said again digit by digit."""
    sentence = _('{label}、{value}。').format(label=label_of(figure.key), value=value_words(figure).replace(',', ''))
    if isinstance(figure.value, int | float) and figure.value >= LONG_NUMBER:
        return sentence + _('数字で、{digits}。').format(digits=digits(figure.value))
    return sentence


def digits(number: float) -> str:
    """Digit by digit: 120 is イチ・ニ・ゼロ."""
    return '・'.join(DIGITS[letter] for letter in number_word(number) if letter in DIGITS)


def spelled(kana: str) -> str:
    """A name by the radio alphabet: ガ is 為替のカに濁点."""
    letters = unicodedata.normalize('NFD', unicodedata.normalize('NFKC', kana)).translate(SMALL)
    words: list[str] = []
    for letter in letters:
        if letter in LETTERS:
            words.append(f'{LETTERS[letter]}の{letter}')
        elif letter in MARKS and words:
            words[-1] += f'に{MARKS[letter]}' if letter != 'ー' else f'、{MARKS[letter]}'
    return '、'.join(words)


def time_words(at: datetime) -> str:
    """11月23日8時5分, in Tokyo, as it is said."""
    local = at.astimezone(TOKYO)
    return f'{local.month}月{local.day}日{local.hour}時{local.minute}分'


def sentences(words: str) -> list[str]:
    """Free text cut into short sentences."""
    parts = words.replace('\n', '。').replace('.', '。').split('。')
    return [f'{part.strip()}。' for part in parts if part.strip()]


def _unconfirmed_line(report: Report) -> list[str]:
    names = [label_of(figure.key) for figure in report.figures if figure.value is None]
    return [f'{unconfirmed()}、{"、".join(names)}。'] if names else []
