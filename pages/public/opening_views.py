"""What residents see while they open a shelter: one thing on each page."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from app.language import _
from app.shelters.nearby import Nearby
from app.shelters.resident_session import ResidentSession
from app.shelters.safety_check import Question, lacking, uncertain
from app.shelters.sealed_codes import CODE_LENGTH, GROUP, LETTERS
from app.shelters.values import RECEIVING, PersonClass
from components import plain_html
from components.plain_html import Html, joined, tag
from pages.public.opening_words import asked, class_words, danger_words, lacking_words, uncertain_words

OPEN = '/open'
KIOSK = '/kiosk'
ERASE, CLEAR = 'erase', 'clear'
DANGER_STYLE = '.page h1 { color: #ce0000; font-size: clamp(1.75rem, 8vw, 3rem); }'
STYLE_SHEET = Path(plain_html.__file__).parent / 'assets' / 'opening.css'


def code_view(typed: str) -> Html:
    """The letters typed so far, and a pad that works without script and without a keyboard."""
    shown = typed.ljust(CODE_LENGTH, '_')
    grouped = ' '.join(shown[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))
    full = len(typed) >= CODE_LENGTH
    keys = [tag('button', letter, type='submit', name='add', value=letter, disabled=full) for letter in LETTERS]
    erase = [
        tag('button', words, type='submit', name='act', value=act, class_='erase')
        for act, words in ((ERASE, _('1字消す')), (CLEAR, _('全部消す')))
    ]
    return joined(
        tag('p', _('紙に書いてある8文字を、左から順に押してください。')),
        tag(
            'form',
            tag('p', grouped, class_='code-typed', aria_live='polite', aria_label=_('入れた文字')),
            tag('input', type='hidden', name='code', value=typed),
            tag('div', *keys, *erase, class_='pad', role='group', aria_label=_('文字')),
            method='post',
            action=f'{OPEN}/code',
        ),
        _typing_form(),
    )


def question_view(question: Question) -> Html:
    """One question, three large answers."""
    put, questions = asked(question), list(Question)
    number = _('建物の確認 {number} / {all}').format(number=questions.index(question) + 1, all=len(questions))
    buttons = [
        tag('button', words, type='submit', name='answer', value=str(answer)) for answer, words in put.answers.items()
    ]
    return joined(
        tag('p', number, class_='step-of'),
        tag('p', put.hint),
        tag('form', _hidden('question', str(question)), tag('div', *buttons, class_='answers'), **_post('answer')),
    )


def stop_view(dangers: Sequence[Question], nearby: Sequence[Nearby]) -> Html:
    """Do not go in, and where to go instead."""
    found = [tag('p', danger_words(question)) for question in dangers]
    steps = [
        _step(_('建物から離れる'), _('塀や電線の下にも、立たないでください。')),
        _step(_('来た人に伝える'), _('「危ないので入れません」と、入口から離れて呼びかけます。')),
        _step(_('けがをした人がいたら、119'), _('ガスの臭いがするときも、離れてから119に電話します。')),
    ]
    where = (
        [tag('h2', _('行くところ')), tag('ul', *(_nearby(one) for one in nearby), class_='shelters')] if nearby else []
    )
    return joined(
        tag('div', *found, class_='stop', role='alert'),
        tag('ol', *steps, class_='next'),
        *where,
        tag('form', tag('button', _('もう一度確かめる'), type='submit', class_='quiet-press'), **_post('again')),
    )


def who_view(session: ResidentSession) -> Html:
    """Who opens it, which may be left out, and the large button."""
    return joined(
        *_uncertain(session),
        tag('p', _('名前と電話番号は、書かなくてもかまいません。')),
        tag(
            'form',
            _field('name', _('開ける人の名前'), 'text'),
            _field('phone', _('電話番号'), 'tel'),
            tag('button', _('避難所を開ける'), type='submit', class_='large'),
            **_post('start'),
        ),
    )


def opened_view(session: ResidentSession, *, at_tablet: bool) -> Html:
    """What to do next, all on one page."""
    begin = tag('a', _('受付の画面へ'), href=KIOSK, class_='wide-link')
    count = tag('a', _('来た人を数える'), href=f'{OPEN}/count', class_='wide-link')
    steps = [
        _step(_('入口に机を置き、受付を作る'), _('二人いれば、一人が数え、一人が案内します。')),
        _step(_('来た人を、一人ずつ数える'), _('名前は、あとで聞きます。')),
        _step(_('急ぐ人を、先に助ける'), _('酸素の機械・透析・大けがの人がいたら、119に電話します。')),
        *(_step(*lacking_words(question)) for question in lacking(session.answers)),
        _step(_('市の職員が来たら、この画面を見せる'), _('職員が引き継ぎます。紙も渡してください。')),
    ]
    return joined(*_uncertain(session), begin if at_tablet else count, tag('ol', *steps, class_='next'))


def count_view(counted: Mapping[PersonClass, int], attempt: str) -> Html:
    """One press, one person."""
    total = _('全部で {count}人').format(count=f'{sum(counted.values()):,}')
    buttons = [_count_form(each, words, counted.get(each, 0), attempt) for each, words in class_words().items()]
    return joined(
        tag('p', total, class_='step-of', role='status'),
        tag('div', *buttons, class_='counts'),
        tag('p', tag('a', _('次にすることを見る'), href=OPEN)),
    )


def style(*, danger: bool = False) -> Html:
    """The style of these pages, written into each."""
    return tag('style', Html(_style() + (DANGER_STYLE if danger else '')))


def _count_form(person_class: PersonClass, words: str, count: int, attempt: str) -> Html:
    number = tag('span', _('{count}人').format(count=f'{count:,}'), class_='number')
    undo = _('{who}を1人減らす').format(who=words)
    minus = tag('button', undo, type='submit', name='change', value='-1', class_='quiet-press')
    return tag(
        'form',
        _hidden('attempt', attempt),
        _hidden('person', str(person_class)),
        tag('button', words, number, type='submit', name='change', value='1'),
        *([minus] if count > 0 else []),
        **_post('count'),
    )


def _typing_form() -> Html:
    return tag(
        'form',
        tag(
            'div',
            tag('label', _('文字の板で入れるとき'), class_='label', for_='typed'),
            tag(
                'input',
                type='text',
                id='typed',
                name='code',
                maxlength='20',
                autocomplete='off',
                autocapitalize='characters',
                spellcheck='false',
            ),
            class_='field',
        ),
        tag('button', _('次へ'), type='submit', class_='quiet-press', name='act', value='enter'),
        method='post',
        action=f'{OPEN}/code',
    )


def _field(name: str, label: str, kind: str) -> Html:
    entry = tag('input', type=kind, id=name, name=name, maxlength='100', autocomplete='off')
    return tag('div', tag('label', label, class_='label', for_=name), entry, class_='field')


def _uncertain(session: ResidentSession) -> list[Html]:
    return [tag('p', uncertain_words(question), class_='problem') for question in uncertain(session.answers)]


def _nearby(one: Nearby) -> Html:
    of = one.shelter.entry
    metres = _('約{metres}m').format(metres=f'{round(one.metres, -2):,.0f}') if one.metres is not None else ''
    is_open = _('開いています') if one.shelter.state in RECEIVING else _('開いているか、まだ分かりません')
    return tag('li', tag('strong', of.name), ' ', '、'.join(part for part in (of.address, metres, is_open) if part))


def _step(title: str, words: str) -> Html:
    return tag('li', tag('strong', title), words)


def _hidden(name: str, value: str) -> Html:
    return tag('input', type='hidden', name=name, value=value)


def _post(act: str) -> dict[str, str]:
    return {'method': 'post', 'action': f'{OPEN}/{act}'}


@cache
def _style() -> str:
    return STYLE_SHEET.read_text(encoding='utf-8')
