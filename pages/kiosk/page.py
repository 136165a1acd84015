"""The one address of an enrolled tablet: it shows whatever the tablet's desk is for."""

from nicegui import ui

from app.access.principals import DeskPrincipal, current_principal
from app.attendance.desk import AttendanceDesk
from app.attendance.screens import DeskView, Idle
from app.desks.engine import DeskController
from app.language import _
from app.runtime import Condition
from app.shelters.desk import ShelterDesk
from app.shelters.desk_screens import ShelterDeskView
from app.vehicles.desk import CarDesk
from app.vehicles.screens import CarDeskView
from components.frames import plain_frame
from components.messages import MessageKind, message_box
from pages.guarded import guarded_page
from pages.kiosk import attendance, cars, out_of_order, shelter
from pages.kiosk.forgetting import forget_what_was_sent


def register(condition: Condition) -> None:
    """Open `/kiosk`."""

    @guarded_page('/kiosk', desk=True)
    def kiosk() -> None:
        if condition.box is None:
            out_of_order.draw(condition.settings.contact.text)
            return
        principal = current_principal()
        controller = condition.box.engine.controller(principal.desk) if isinstance(principal, DeskPrincipal) else None
        if controller is None or not draw_desk(controller):
            _nothing_to_show(condition.settings.contact.text)


def draw_desk(controller: DeskController) -> bool:
    """Draw what the desk is for on the current page; False: nothing is known about such a desk."""
    client = ui.context.client
    if isinstance(controller, AttendanceDesk):
        attendance.draw(controller)
        forget_what_was_sent(controller, client, lambda: _no_name_in(controller.view))
        return True
    if isinstance(controller, ShelterDesk):
        shelter.draw(controller)
        forget_what_was_sent(controller, client, lambda: _no_evacuee_in(controller.view))
        return True
    if isinstance(controller, CarDesk):
        cars.draw(controller)
        forget_what_was_sent(controller, client, lambda: _no_driver_in(controller.view))
        return True
    return False


def _no_name_in(view: DeskView) -> bool:
    return isinstance(view.screen, Idle) and not view.missed


def _no_evacuee_in(view: ShelterDeskView) -> bool:
    return view.person is None and view.face is None and not view.surname


def _no_driver_in(view: CarDeskView) -> bool:
    return not view.driver


def _nothing_to_show(whom_to_call: str) -> None:
    with plain_frame(_('この端末で使える窓口がありません')):
        message_box(
            MessageKind.WARNING, _('窓口が使われなくなったか、カードリーダーの設定が正しくありません。'), whom_to_call
        )
