"""The steps of the car desk that are answered with one press."""

from collections.abc import Awaitable, Callable

from app.language import _
from app.vehicles.ledger import CarType
from app.vehicles.screens import CarDeskView
from components.elements import Handler, Press, box, press, press_group, text
from pages.kiosk.car_parts import CarController, step_foot, step_head
from pages.kiosk.cars_words import gate_words, type_words
from pages.kiosk.trouble_words import whom_words


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


def draw_turning_away(view: CarDeskView, on_type: Callable[[CarType], Awaitable[None]], on_cancel: Handler) -> None:
    """It is recorded; which type of car was wanted may be added."""
    step_head(view, _('断ったことを記録しました'), _('車種が分かれば押してください。どなたの分かは記録しません'))
    presses = tuple(Press(name=kind.value, label=word, classes='press-quiet') for kind, word in type_words().items())

    async def chosen(name: str) -> None:
        await on_type(CarType(name))

    press_group(presses, chosen, classes='step-body offers turned-away', label=_('車種'))
    with box('footer', 'step-foot'):
        press(_('車種は付けずに閉じる'), on_cancel, classes='press-quiet step-cancel')
