"""Which car, and who of several drives."""

from collections.abc import Callable
from uuid import UUID

from app.language import _
from app.vehicles.screens import CarDeskView, CarOffer, HeldBack
from components.elements import Press, box, press, press_group, text
from pages.kiosk.car_parts import CarController, span, step_foot, step_head
from pages.kiosk.cars_words import gate_words

SHORT_NAME = 8


def draw_cars(view: CarDeskView, controller: CarController) -> None:
    """The reservation first, then the free cars; at a return of an unknown trip, the car that comes back."""
    if view.is_return:
        _draw_cars_back(view, controller)
        return
    own = any(offer.reservation for offer in view.offers)
    detail = _('予約した車が先に並んでいます') if own else _('いま空いている車です')
    if not view.offers:
        detail = '' if view.held_back else _('守衛の方は、「取消」の後で「車がなくて断った」を押してください')
    title = _('車を選んでください') if view.offers else _('いま貸出できる車がありません')
    step_head(view, title, detail)
    if view.held_back:
        _draw_held_back(view.held_back)
    _draw_offers(view, controller, _('貸出できる車'), _offer_label)
    with box('footer', 'step-foot'):
        press(_('取消'), controller.cancel, classes='press-quiet step-cancel')
        press(_('車を返しに来た'), controller.bring_back, classes='press-quiet')


def _draw_cars_back(view: CarDeskView, controller: CarController) -> None:
    step_head(view, _('返す車を選んでください'), _('鍵のタグを読んでも選べます。貸出の記録は、あとで合わせます。'))
    _draw_offers(view, controller, _('返す車'), _label_of_return)
    step_foot(controller)


def _draw_offers(view: CarDeskView, controller: CarController, label: str, label_of: Callable[[CarOffer], str]) -> None:
    presses = tuple(
        Press(
            name=str(offer.vehicle),
            label=label_of(offer),
            classes='offer press-own' if offer.reservation else 'offer press-quiet',
        )
        for offer in view.offers
    )

    async def chosen(vehicle: str) -> None:
        await controller.choose_car(UUID(vehicle))

    press_group(presses, chosen, classes='step-body offers', label=label)


def _label_of_return(offer: CarOffer) -> str:
    key = _('鍵 {number}').format(number=offer.key_number or '–')
    out = _('ほかの方の名前で貸出中') if offer.is_out else ''
    return f'{offer.plate}\n{" ".join(part for part in (key, offer.name, out) if part)}'


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
