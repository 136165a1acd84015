"""One car of the board as the values that the browser shows; what was typed into the ledger is never markup."""

from datetime import date

from app.language import _
from app.vehicles.board import BoardRow, CarState
from components.times import short_time

Card = tuple[str | int, ...]
"""Id, key number, plate, state, type, place, until when, what else a visitor may read, 1 if a date ends."""
ONLY_FROM = (CarState.FREE, CarState.RESERVED)
NEVER_UNTIL = (CarState.DISASTER, CarState.BLOCKED)
AWAITED = (CarState.OVERDUE, CarState.OUT)
SHOWN_BEFORE = (CarState.OVERDUE, CarState.FREE, CarState.RESERVED, CarState.OUT, CarState.DISASTER, CarState.BLOCKED)
MINUTES = 100_000_000
"""More minutes than any time of the board has since 1970."""


class CarWriter:
    """Writes cars for one desk on one day; its words are looked up once."""

    def __init__(self, desk_name: str, today: date) -> None:
        self._desk_name = desk_name
        self._today = today
        self._key_elsewhere = _('鍵は{room}')
        self._unused = _('予約は未使用')
        self._begins, self._ends = _('{time}〜'), _('〜{time}')

    def card(self, row: BoardRow) -> Card:
        """Key number, plate, state, until when, and what else a visitor may read."""
        elsewhere = row.guard_room not in ('', self._desk_name)
        return (
            row.vehicle.hex,
            row.key_number or '–',
            row.plate,
            row.state.value,
            row.car_type.value,
            _place(row, elsewhere=elsewhere),
            self._until(row),
            self._about(row, elsewhere=elsewhere),
            int(row.date_ends),
        )

    def _about(self, row: BoardRow, *, elsewhere: bool) -> str:
        place = self._key_elsewhere.format(room=row.guard_room) if elsewhere else ''
        unused = self._unused if row.is_unused else ''
        return ' '.join(part for part in (unused, row.name, row.department, place) if part)

    def _until(self, row: BoardRow) -> str:
        if row.until is None or row.state in NEVER_UNTIL:
            return ''
        form = self._begins if row.state in ONLY_FROM else self._ends
        return form.format(time=short_time(row.until, self._today))


def _place(row: BoardRow, *, elsewhere: bool) -> int:
    awaited = row.state in AWAITED and row.until is not None
    minutes = int(row.until.timestamp() // 60) if awaited and row.until else int(elsewhere)
    return SHOWN_BEFORE.index(row.state) * MINUTES + minutes
