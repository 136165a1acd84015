"""The steps of the car desk that are answered with one press."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from app import clock
from app.language import _
from app.vehicles.ledger import CarType
from app.vehicles.screens import CarDeskView, CarOffer, HeldBack
from components.elements import Handler, Press, box, press, press_group, symbol, text
from components.times import short_time
from pages.kiosk.car_parts import CarController, kilometres, span, step_foot, step_head
from pages.kiosk.cars_words import gate_words, problem_words, type_words
from pages.kiosk.trouble_words import not_recording, whom_words

SHORT_KEY_NUMBER = 3
SHORT_NAME = 8


def draw_capacity(view: CarDeskView, controller: CarController) -> None:
    """Who may be in charge of the desk tapped while nobody else was there."""
    detail = _('ご自分が運転する回のアルコール確認は、ほかの方が行います')
    step_head(view, _('車の手続きですか、守衛の当番ですか'), detail, symbol_name='question')
    with box('div', 'step-body step-choices'):
        press(
            _('車を借りる・返す'),
            lambda: controller.choose_capacity(drives=True),
            classes='press-out big-press',
            symbol_name='car',
        )
        press(
            _('当番を始める'),
            lambda: controller.choose_capacity(drives=False),
            classes='press-in big-press',
            symbol_name='person',
        )
    step_foot(controller)


def draw_direction(view: CarDeskView, controller: CarController) -> None:
    """The driver has a car out: bring it back, or take another one."""
    step_head(view, _('返却ですか、もう1台の貸出ですか'), symbol_name='question')
    with box('div', 'step-body step-choices'):
        press(
            _('返却する'),
            lambda: controller.choose_direction(is_return=True),
            classes='press-in big-press',
            symbol_name='in',
        )
        press(
            _('もう1台借りる'),
            lambda: controller.choose_direction(is_return=False),
            classes='press-out big-press',
            symbol_name='out',
        )
    step_foot(controller)


def draw_cars(view: CarDeskView, controller: CarController) -> None:
    """The reservation first, then the free cars; at a return of an unknown trip, the car that comes back."""
    if view.is_return:
        _draw_cars_back(view, controller)
        return
    own = any(offer.reservation for offer in view.offers)
    detail = _('予約した車が先に並んでいます') if own else _('いま空いている車です')
    if not view.offers:
        detail = ''
    title = _('車を選んでください') if view.offers else _('いま貸出できる車がありません')
    step_head(view, title, detail)
    if view.held_back:
        _draw_held_back(view.held_back)
    presses = tuple(
        Press(
            name=str(offer.vehicle),
            label=_offer_label(offer),
            classes='offer press-own' if offer.reservation else 'offer press-quiet',
        )
        for offer in view.offers
    )
    press_group(
        presses,
        lambda vehicle: controller.choose_car(UUID(vehicle)),
        classes='step-body offers',
        label=_('貸出できる車'),
    )
    with box('footer', 'step-foot'):
        press(_('取消'), controller.cancel, classes='press-quiet step-cancel')
        press(_('車を返しに来た'), controller.bring_back, classes='press-quiet')


def _draw_cars_back(view: CarDeskView, controller: CarController) -> None:
    step_head(view, _('返す車を選んでください'), _('鍵のタグを読んでも選べます。貸出の記録は、あとで合わせます。'))
    key = _('鍵 {number}')
    presses = tuple(
        Press(
            name=str(offer.vehicle),
            label=f'{offer.plate}\n{key.format(number=offer.key_number or "–")} {offer.name}',
            classes='offer press-quiet',
        )
        for offer in view.offers
    )
    press_group(
        presses,
        lambda vehicle: controller.choose_car(UUID(vehicle)),
        classes='step-body offers',
        label=_('返す車'),
    )
    step_foot(controller)


def _draw_held_back(held_back: tuple[HeldBack, ...]) -> None:
    with box('div', role='status'), box('ul', 'held-back'):
        for held in held_back:
            reason, _next_step = gate_words(held.gate)
            with box('li'):
                text('p', _('予約の {plate}: {reason}').format(plate=held.plate, reason=reason), 'gate-reason')
                text('p', _next_to(held), 'gate-next')


def _next_to(held: HeldBack) -> str:
    if held.alternative:
        return _('代わりに {plate} を先頭に出しています').format(plate=held.alternative)
    return _('空いている車がありません。車両担当へお知らせください')


def draw_drivers(view: CarDeskView, controller: CarController) -> None:
    """Who of those in the reservation drives."""
    step_head(view, _('運転する方を選んでください'), _('予約に入っている方です'), symbol_name='person')
    presses = tuple(
        Press(
            name=str(index), label=surname, classes=f'press-quiet {"big-press" if len(surname) <= SHORT_NAME else ""}'
        )
        for index, surname in enumerate(view.people)
    )
    press_group(
        presses,
        lambda index: controller.choose_driver(int(index)),
        classes='step-body step-choices',
        label=_('運転する方'),
    )
    step_foot(controller)


def draw_positive(view: CarDeskView, controller: CarController) -> None:
    """Quietly: others stand in the queue, so neither value nor name nor alarm."""
    step_head(view, _('守衛へお声がけください'), symbol_name='person')
    with box('div', 'step-body guard-note'):
        text('p', _('守衛の方へ'), 'guard-note-title')
        text('p', _('うがいをしてから、もう一度測れます。前の値も記録に残ります。'))
        text('p', _('測り直さずに終えると、安全運転管理者が指示事項を入れるまで、きょうは鍵を渡せません。'))
        if view.whom_to_call:
            text('p', whom_words(view.whom_to_call))
        with box('div', 'guard-note-presses'):
            press(_('再測定(うがいの後)'), controller.measure_again, classes='press-main', symbol_name='again')
            if view.is_return:
                press(_('確認して返却を続ける'), controller.let_the_car_in, classes='press-quiet')
    step_foot(controller)


def draw_gates(view: CarDeskView, controller: CarController) -> None:
    """Every reason why the key stays, each with what to do."""
    step_head(view, _('貸出できません'), _('次のことを確かめてください'), symbol_name='hand')
    with box('ul', 'step-body gates', tabindex='0'):
        for gate in view.gates:
            reason, next_step = gate_words(gate)
            with box('li', 'gate'):
                text('p', reason, 'gate-reason')
                text('p', next_step, 'gate-next')
    if view.may_be_permitted:
        text('p', _('車両担当の方がカードをタッチすると、理由を付けて許可できます'), 'step-hint')
    step_foot(controller)


def draw_keys_out(view: CarDeskView, controller: CarController) -> None:
    """The guard hands key, cards and pouch over."""
    step_head(view, _('鍵を渡してください'), view.plate)
    with box('div', 'step-body keys'):
        _key_number(view)
        with box('ul', 'checklist'):
            for item in (_('鍵'), _('給油カード・ETCカード'), _('ポーチ(車検証入れ)')):
                with box('li'):
                    symbol('check')
                    text('span', item)
    step_foot(controller, _('鍵・カード・ポーチを渡しました'), controller.keys_out)


def draw_done(view: CarDeskView, controller: CarController) -> None:
    """The big answer; it goes by itself."""
    with box('div', 'step-answer'):
        symbol('in' if view.is_return else 'out')
        text('p', view.driver, 'answer-name')
        text('h1', _('返却しました') if view.is_return else _('貸出しました'), 'answer-title')
        if view.is_return and view.distance is not None:
            text('p', kilometres(view.distance), 'answer-number')
        if not view.is_return:
            text('p', _('鍵 {number}').format(number=view.key_number or '–'), 'answer-number')
        text('p', _done_detail(view), 'answer-detail')


def draw_problem(view: CarDeskView, controller: CarController) -> None:
    """Nobody is known at the desk: what is the matter, and what to do next."""
    if view.problem is None:
        return
    words = problem_words(view.problem)
    with box('div', 'step-answer'):
        symbol(words.symbol)
        text('h1', words.title, 'answer-title')
        text('p', words.next_step, 'answer-next')
        if words.call:
            text('p', whom_words(view.whom_to_call), 'answer-detail')


def draw_not_recording(view: CarDeskView) -> None:
    """The red screen."""
    with box('div', 'step-answer'):
        symbol('paper')
        text('h1', not_recording(), 'answer-title')
        text('p', whom_words(view.whom_to_call), 'answer-detail')


def draw_turning_away(view: CarDeskView, on_type: Callable[[CarType], Awaitable[None]], on_cancel: Handler) -> None:
    """It is recorded; which type of car was wanted may be added."""
    step_head(view, _('断ったことを記録しました'), _('車種が分かれば押してください。どなたの分かは記録しません'))
    presses = tuple(Press(name=kind.value, label=word, classes='press-quiet') for kind, word in type_words().items())

    async def chosen(name: str) -> None:
        await on_type(CarType(name))

    press_group(presses, chosen, classes='step-body offers turned-away', label=_('車種'))
    with box('footer', 'step-foot'):
        press(_('車種は付けずに閉じる'), on_cancel, classes='press-quiet step-cancel')


def _offer_label(offer: CarOffer) -> str:
    until = span(offer.start, offer.end)
    booked = (
        _('予約 {span} {purpose}').format(span=until, purpose=offer.purpose).strip() if offer.reservation else until
    )
    instead = _('{plate} の代わり').format(plate=offer.instead_of) if offer.instead_of else ''
    caution = _('車両担当の許可が必要です') if offer.caution else ''
    unused = _('ほかの方の予約 {span} は未使用').format(span=span(*offer.no_show)) if offer.no_show else ''
    key = _('鍵 {number}').format(number=offer.key_number or '–')
    about = ' '.join(part for part in (offer.name, key, instead, booked, unused, caution) if part)
    return f'{offer.plate}\n{about}'


def _key_number(view: CarDeskView) -> None:
    with box('div', 'key-plate'):
        text('p', _('鍵の番号'), 'key-word')
        length = 'short' if len(view.key_number) <= SHORT_KEY_NUMBER else 'long'
        text('p', view.key_number or '–', 'key-number', data_length=length)


def _done_detail(view: CarDeskView) -> str:
    if view.is_return:
        return _('お疲れさまでした')
    due = _('返却予定 {time}').format(time=short_time(view.due_at, clock.today())) if view.due_at else ''
    return ' '.join(part for part in (view.plate, due) if part)
