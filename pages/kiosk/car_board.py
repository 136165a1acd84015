"""The board of the car desk: one element whose rows are data, drawn in the browser; a change sends what changed."""

from datetime import date
from uuid import UUID

from nicegui.element import Element

from app import clock
from app.language import _
from app.vehicles.board import BoardRow
from components.theme import ASSETS
from pages.kiosk.car_card import SHOWN_BEFORE, Card, CarWriter
from pages.kiosk.cars_words import state_words, type_words

ALL = 'all'


class CarList(Element, component=ASSETS / 'car_board.js'):
    """The cars as the browser draws them: those that are awaited first, and presses that choose what shows."""

    def __init__(self) -> None:
        super().__init__()
        self.props['words'] = _words()
        self.props['rows'] = ()

    def replace(self, cards: tuple[Card, ...]) -> None:
        """Other cars than before."""
        self.props['rows'] = cards

    def change(self, cards: tuple[Card, ...], changed: tuple[Card, ...]) -> None:
        """The same cars, of which these are to be drawn anew."""
        with self.props.suspend_updates():
            self.props['rows'] = cards
        self.run_method('change', changed)


class CarBoard:
    """Shows all cars, and sends only those that changed."""

    def __init__(self) -> None:
        self._rows: dict[UUID, BoardRow] = {}
        self._cards: dict[UUID, Card] = {}
        self._made_for: tuple[str, date] | None = None
        self._list = CarList()

    def show(self, rows: tuple[BoardRow, ...], desk_name: str) -> None:
        """Draw what differs from what is shown."""
        made_for = (desk_name, clock.today())
        if made_for != self._made_for:
            self._made_for, self._rows = made_for, {}
        new = {row.vehicle: row for row in rows}
        changed = {vehicle: row for vehicle, row in new.items() if self._rows.get(vehicle) is not row}
        changed = {vehicle: row for vehicle, row in changed.items() if self._rows.get(vehicle) != row}
        if changed or len(new) != len(self._rows):
            self._draw(new, changed, CarWriter(*made_for))

    def _draw(self, new: dict[UUID, BoardRow], changed: dict[UUID, BoardRow], writer: CarWriter) -> None:
        same_cars = list(new) == list(self._cards)
        written = {vehicle: writer.card(row) for vehicle, row in changed.items()}
        self._rows = new
        self._cards = {vehicle: written.get(vehicle) or self._cards[vehicle] for vehicle in new}
        cards = tuple(self._cards.values())
        if same_cars:
            self._list.change(cards, tuple(written.values()))
        else:
            self._list.replace(cards)


def _words() -> dict[str, object]:
    states = state_words()
    return {
        'list': _('車の一覧'),
        'empty': _('登録された車がありません。車両担当が台帳に登録すると、ここに並びます'),
        'byState': _('状態でしぼる'),
        'byType': _('車種でしぼる'),
        'key': _('鍵'),
        'dates': _('車検・保険を確認'),
        'states': ((ALL, _('すべて')), *((state.value, states[state]) for state in SHOWN_BEFORE)),
        'types': ((ALL, _('全車種')), *((kind.value, word) for kind, word in type_words().items())),
    }
