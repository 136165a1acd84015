"""A question before something that cannot be taken back."""

from nicegui import ui

from app.language import _
from components.elements import box, press, text


async def confirm(question: str, consequence: str, act: str) -> bool:
    """Ask in the middle of the page; `act` names the deed on its button. Closing the question means no."""
    with ui.dialog() as dialog, box('div', 'confirm', role='alertdialog', aria_label=question):
        text('h2', question, 'confirm-title')
        text('p', consequence)
        with box('div', 'confirm-buttons'):
            press(_('やめる'), lambda: dialog.submit(False), classes='press-quiet')
            press(act, lambda: dialog.submit(True), classes='press-careful')
    answer = await dialog
    dialog.delete()
    return bool(answer)
