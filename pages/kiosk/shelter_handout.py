"""Handing out at a tablet: what is handed out is chosen once, then each touch is one answer."""

import secrets

from app import clock
from app.language import _
from app.shelters.desk_handing_values import HandingShown, ItemShown
from app.shelters.desk_presses import ChooseItem, GiveAllTheSame, GiveHousehold, GiveWithoutName, Plain, Press, Show
from app.shelters.desk_screens import Problem, ShelterDeskView, Step
from app.shelters.handouts.rules import Objection
from app.shelters.handouts.values import Answer
from components.elements import box, press, symbol, text
from components.times import short_time
from pages.kiosk import shelter_steps
from pages.kiosk.shelter_handout_words import refusal_words
from pages.kiosk.shelter_parts import (
    ShelterController,
    choices,
    draw_name,
    pressing,
    problem_note,
    step_foot,
    step_head,
)
from pages.kiosk.trouble_words import reader_words

SHORT_ITEM, LONGEST_ON_A_PRESS = 12, 16


def draw_items(view: ShelterDeskView, controller: ShelterController) -> None:
    """What is handed out now."""
    handing = view.handing or HandingShown()
    if not handing.items:
        step_head(view, _('配る物がまだ登録されていません'), _('よく配る物ではじめられます'), symbol_name='empty')
        with box('div', 'desk-body'):
            press(_('食事・飲料水・毛布などではじめる'), pressing(controller, Plain.USUAL_ITEMS), classes='press-main')
        return
    step_head(
        view, _('いま配る物を選んでください'), _('選ぶと、タッチするだけで渡した記録になります'), symbol_name='empty'
    )
    with box('div', 'desk-body'):
        presses: dict[Press, str] = {ChooseItem(item.id): _item_press(item) for item in handing.items}
        choices(
            controller,
            presses,
            label=_('配る物'),
            classes=_columns(len(presses)),
        )
    if handing.item is not None:
        step_foot(controller)


def draw_handout(view: ShelterDeskView, controller: ShelterController) -> None:
    """The field that always listens, for what was chosen."""
    handing = view.handing
    if handing is None or handing.item is None:
        return
    item = handing.item
    with box('div', 'desk-prompt handout-prompt', role='status'):
        text('p', _('{item}を配っています').format(item=item.name), 'handout-item', data_length=_length(item.name))
        ready = view.reader == 'ready'
        with box('div', 'handout-title'):
            symbol('tap' if ready else 'reader')
            text(
                'h1', _('カードかQRをタッチしてください') if ready else reader_words(view.reader).title, 'prompt-title'
            )
        text('p', _today(handing, item), 'prompt-detail')
        for line in _stock_lines(item):
            text('p', line, 'handout-stock')
    by_number: dict[Press, str] = {} if view.by_residents else {Show(Step.NUMBER): _('番号で渡す')}
    presses: dict[Press, str] = by_number | {
        GiveWithoutName(secrets.token_hex(8)): _('登録のない方に渡す'),
        Plain.ANOTHER_ITEM: _('配る物を変える'),
    }
    if handing.last is not None:
        presses[Plain.TAKE_BACK_HANDOUT] = _take_back(handing)
    choices(controller, presses, label=_('カードのない方'), classes='handout-choices')


def draw_given(view: ShelterDeskView, controller: ShelterController) -> None:
    """The big answer: hand it over. The next touch is the next person."""
    handing, person = view.handing, view.person
    if handing is None or handing.last is None or handing.item is None or person is None:
        return
    if view.problem is not None:
        problem_note(view)
    with box('div', 'desk-answer handout-answer', role='status'):
        symbol('check')
        with box('div', 'person-who'):
            if person.surname:
                draw_name(person.surname)
            text('p', person.number, 'who-number')
        text('h1', _given(handing, handing.item), 'answer-title', data_length=_length(handing.item.name))
        if handing.last.people > 1:
            text('p', _('世帯の{count}人分').format(count=handing.last.people), 'answer-detail')
    if handing.waiting:
        _draw_household(controller, handing)
    with box('footer', 'desk-foot'):
        undo = pressing(controller, Plain.TAKE_BACK_HANDOUT)
        press(_('いまの分を取り消す'), undo, classes='press-quiet desk-cancel', symbol_name='delete')
        press(_('次の方へ'), pressing(controller, Plain.FINISH), classes='press-main desk-main')


def draw_refused(view: ShelterDeskView, controller: ShelterController) -> None:
    """What stands against it, and the one next step."""
    handing, person = view.handing, view.person
    if handing is None or handing.refusal is None or handing.item is None or person is None:
        return
    words = refusal_words(handing.refusal, handing.item.name, handing.other_item)
    if view.problem is not None:
        problem_note(view)
    with box('div', 'desk-answer handout-answer', role='alert'):
        symbol(words.symbol)
        with box('div', 'person-who'):
            if person.surname:
                draw_name(person.surname)
            text('p', person.number, 'who-number')
        text('h1', words.title, 'answer-title')
        if words.detail:
            text('p', words.detail, 'answer-detail')
        text('p', words.next_step, 'answer-next')
    if handing.waiting:
        _draw_household(controller, handing)
    _draw_refused_foot(controller, handing, handing.refusal)


def draw_problem(view: ShelterDeskView, controller: ShelterController) -> None:
    """Nobody is known at the desk; where things are handed out, who is not registered is fed all the same."""
    shelter_steps.draw_problem(view, controller)
    if view.handing is None or view.handing.item is None or view.problem is not Problem.NOT_REGISTERED:
        return
    with box('footer', 'desk-foot'):
        give = pressing(controller, GiveWithoutName(secrets.token_hex(8)))
        press(_('登録のない方に渡す'), give, classes='press-quiet')
        press(_('次の方へ'), pressing(controller, Plain.FINISH), classes='press-main desk-main')


def _draw_refused_foot(controller: ShelterController, handing: HandingShown, refusal: Objection) -> None:
    answer = refusal.answer
    with box('footer', 'desk-foot'):
        if refusal.elsewhere:
            press(_('それでも渡す'), pressing(controller, GiveAllTheSame(secrets.token_hex(8))), classes='press-quiet')
        elif answer is Answer.NOT_PRESENT:
            press(_('ここに来た方として渡す'), pressing(controller, Plain.RECEIVE_AND_GIVE), classes='press-quiet')
        elif answer in (Answer.ALLERGEN, Answer.ALLERGENS_UNKNOWN, Answer.NOT_FOR):
            press(_('配る物を変える'), pressing(controller, Plain.ANOTHER_ITEM), classes='press-quiet')
        elif handing.last is not None:
            undo = pressing(controller, Plain.TAKE_BACK_HANDOUT)
            press(_('直前の1件を取り消す'), undo, classes='press-quiet', symbol_name='delete')
        press(_('次の方へ'), pressing(controller, Plain.FINISH), classes='press-main desk-main')


def _draw_household(controller: ShelterController, handing: HandingShown) -> None:
    words = _('世帯のほかの{count}人分も渡す').format(count=handing.waiting)
    give = pressing(controller, GiveHousehold(secrets.token_hex(8)))
    press(words, give, classes='press-main handout-household', symbol_name='person')


def _columns(items: int) -> str:
    return 'handout-items' if items <= 4 else 'handout-items many' if items <= 6 else 'handout-items most'


def _item_press(item: ItemShown) -> str:
    name = item.name if len(item.name) <= LONGEST_ON_A_PRESS else f'{item.name[:LONGEST_ON_A_PRESS]}…'
    if item.pieces is None:
        return name
    return _('{item}(残り {pieces}{unit})').format(item=name, pieces=_number(item.pieces), unit=item.unit)


def _given(handing: HandingShown, item: ItemShown) -> str:
    pieces = handing.last.pieces if handing.last else 0
    return _('{item} {pieces}{unit}を渡してください').format(item=item.name, pieces=_number(pieces), unit=item.unit)


def _today(handing: HandingShown, item: ItemShown) -> str:
    given = _('きょう {pieces}{unit}').format(pieces=_number(handing.pieces_today), unit=item.unit)
    if item.pieces is None:
        return given
    left = _('残り {pieces}{unit}').format(pieces=_number(item.pieces), unit=item.unit)
    return f'{given}  {left}'


def _stock_lines(item: ItemShown) -> list[str]:
    lines = []
    if item.pieces is not None and item.pieces <= 0:
        lines.append(_('在庫の記録では、もうありません。あれば配って構いません'))
    if item.expired:
        expired = _('期限を過ぎた物が{pieces}{unit}あります。配る前に確かめてください')
        lines.append(expired.format(pieces=_number(item.expired), unit=item.unit))
    return lines


def _take_back(handing: HandingShown) -> str:
    if handing.last is None:
        return ''
    names = {item.id: item.name for item in handing.items}
    time = short_time(handing.last.at, clock.today())
    words = _('直前の1件を取り消す({time} {item})')
    return words.format(time=time, item=names.get(handing.last.item, '')[:SHORT_ITEM])


def _number(pieces: int) -> str:
    return f'△{-pieces:,}' if pieces < 0 else f'{pieces:,}'


def _length(name: str) -> str:
    return 'long' if len(name) > SHORT_ITEM else 'short'
