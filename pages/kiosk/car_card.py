"""One car of the board as markup; what was typed into the ledger stays text."""

from datetime import date
from html import escape

from app.language import _
from app.vehicles.board import BoardRow, CarState
from components.times import short_time
from pages.kiosk.cars_words import state_words

ONLY_FROM = (CarState.FREE, CarState.RESERVED)


class CarCard:
    """Writes cars for one desk on one day; its words are looked up once."""

    def __init__(self, desk_name: str, today: date) -> None:
        self.made_for = (desk_name, today)
        self._desk_name = desk_name
        self._today = today
        self._states = {state: escape(word) for state, word in state_words().items()}
        self._key = escape(_('鍵'))
        self._key_elsewhere = _('鍵は{room}')
        self._dates = f'<span class="car-dates">{escape(_("車検・保険を確認"))}</span>'
        self._begins, self._ends = _('{time}〜'), _('〜{time}')

    def markup(self, row: BoardRow) -> str:
        """Key number, plate, state, until when, and what else a visitor may read."""
        return (
            f'<span class="car-key"><span class="car-key-word">{self._key}</span>{escape(row.key_number or "–")}</span>'
            f'<span class="car-plate">{escape(row.plate)}</span>'
            f'<span class="car-state symbol-car-{row.state.value}">{self._states[row.state]}'
            f'<span class="car-until">{escape(self._until(row))}</span></span>'
            f'<span class="car-about">{escape(self._about(row))}{self._dates if row.date_ends else ""}</span>'
        )

    def is_elsewhere(self, row: BoardRow) -> bool:
        """Whether its key hangs in another guard room."""
        return row.guard_room not in ('', self._desk_name)

    def _about(self, row: BoardRow) -> str:
        place = self._key_elsewhere.format(room=row.guard_room) if self.is_elsewhere(row) else ''
        return ' '.join(part for part in (row.name, row.department, place) if part)

    def _until(self, row: BoardRow) -> str:
        if row.until is None or row.state in (CarState.DISASTER, CarState.BLOCKED):
            return ''
        form = self._begins if row.state in ONLY_FROM else self._ends
        return form.format(time=short_time(row.until, self._today))
