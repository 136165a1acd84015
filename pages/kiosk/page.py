"""The one address of an enrolled tablet: it shows whatever the tablet's desk is for."""

from nicegui import Client, ui

from app.access.principals import DeskPrincipal, current_principal
from app.attendance.desk import AttendanceDesk
from app.attendance.screens import DeskView, Idle
from app.language import _
from app.runtime import Condition
from components.frames import plain_frame
from components.messages import MessageKind, message_box
from pages.guarded import guarded_page
from pages.kiosk import attendance, out_of_order


def register(condition: Condition) -> None:
    """Open `/kiosk`."""

    @guarded_page('/kiosk', desk=True)
    def kiosk() -> None:
        if condition.box is None:
            out_of_order.draw(condition.settings.contact.text)
            return
        principal = current_principal()
        controller = condition.box.engine.controller(principal.desk) if isinstance(principal, DeskPrincipal) else None
        if isinstance(controller, AttendanceDesk):
            attendance.draw(controller)
            _forget_what_was_sent(controller, ui.context.client)
        else:
            _nothing_to_show(condition.settings.contact.text)


def _forget_what_was_sent(controller: AttendanceDesk, client: Client) -> None:
    """When the person is gone, a reconnecting browser must not be sent their name again."""

    def forget(_changed: None) -> None:
        view: DeskView = controller.view
        if isinstance(view.screen, Idle) and not view.missed:
            client.outbox.message_history.clear()

    client.on_delete(controller.listen(forget))


def _nothing_to_show(whom_to_call: str) -> None:
    with plain_frame(_('この端末で使える窓口がありません')):
        message_box(
            MessageKind.WARNING, _('窓口が使われなくなったか、カードリーダーの設定が正しくありません。'), whom_to_call
        )
