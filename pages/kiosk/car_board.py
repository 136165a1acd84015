"""The board of the car desk: one element for each car, built once; a change sends the cars that changed."""

from collections import Counter
from uuid import UUID

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from app import clock
from app.language import _
from app.vehicles.board import BoardRow, CarState
from app.vehicles.ledger import CarType
from components.elements import box, press, set_attributes, set_text, text
from pages.kiosk.car_card import CarCard
from pages.kiosk.cars_words import state_words, type_words

ALL = 'all'
MINUTES = 100_000_000
"""More minutes than any time of the board has since 1970."""
SHOWN_BEFORE = (CarState.OVERDUE, CarState.FREE, CarState.RESERVED, CarState.OUT, CarState.DISASTER, CarState.BLOCKED)


class CarBoard:
    """All cars, those that are awaited first, then those that are free; two rows of presses choose what shows."""

    def __init__(self) -> None:
        self._rows: dict[UUID, BoardRow] = {}
        self._cars: dict[UUID, Element] = {}
        self._card = CarCard('', clock.today())
        self._types: dict[str, TextElement] = {}
        with box('section', 'board', data_state=ALL, data_type=ALL, aria_label=_('車の一覧')) as self.root:
            self._grid = box('ul', 'board-grid', tabindex='0')
            self._empty = text(
                'p', _('登録された車がありません。車両担当が台帳に登録すると、ここに並びます'), 'board-empty'
            )
            with box('div', 'board-filters', role='group', aria_label=_('状態でしぼる')):
                self._states = {name: self._filter('state', name, _name_of_state(name)) for name in _state_names()}
            self._type_filters = box('div', 'board-filters', role='group', aria_label=_('車種でしぼる'))
        self._choose('state', ALL)

    def show(self, rows: tuple[BoardRow, ...], desk_name: str) -> None:
        """Draw what differs from what is shown."""
        if self._card.made_for != (desk_name, clock.today()):
            self._card = CarCard(desk_name, clock.today())
            self._rows = {}
        new = {row.vehicle: row for row in rows}
        if new == self._rows and new:
            return
        for gone in set(self._cars) - set(new):
            self._cars.pop(gone).delete()
        for row in rows:
            if self._rows.get(row.vehicle) != row:
                self._draw(row)
        self._rows = new
        self._count(rows)

    def _draw(self, row: BoardRow) -> None:
        if row.vehicle not in self._cars:
            with self._grid:
                self._cars[row.vehicle] = box('li', 'car')
        set_attributes(
            self._cars[row.vehicle],
            innerHTML=self._card.markup(row),
            data_state=row.state.value,
            data_type=row.car_type.value,
            style=f'order: {_place(row, elsewhere=self._card.is_elsewhere(row))}',
        )

    def _count(self, rows: tuple[BoardRow, ...]) -> None:
        counted = Counter(row.state.value for row in rows)
        for name, button in self._states.items():
            set_text(button, f'{_name_of_state(name)}\n{len(rows) if name == ALL else counted[CarState(name)]}')
        set_attributes(self.root, data_empty=str(not rows).lower())
        self._offer_types({row.car_type for row in rows})

    def _offer_types(self, types: set[CarType]) -> None:
        words = {ALL: _('全車種'), **{key.value: word for key, word in type_words().items() if key in types}}
        if list(words) == list(self._types):
            return
        self._type_filters.clear()
        with self._type_filters:
            self._types = {name: self._filter('type', name, word) for name, word in words.items()}
        self._choose('type', ALL)

    def _filter(self, kind: str, name: str, label: str) -> TextElement:
        return press(
            label, lambda: self._choose(kind, name), classes=f'press-quiet filter filter-{name}', guarded=False
        )

    def _choose(self, kind: str, chosen: str) -> None:
        buttons = self._states if kind == 'state' else self._types
        for name, button in buttons.items():
            set_attributes(button, aria_pressed=str(name == chosen).lower())
        set_attributes(self.root, **{f'data_{kind}': chosen})


def _state_names() -> tuple[str, ...]:
    return (ALL, *(state.value for state in SHOWN_BEFORE))


def _name_of_state(name: str) -> str:
    return _('すべて') if name == ALL else state_words()[CarState(name)]


def _place(row: BoardRow, *, elsewhere: bool) -> int:
    awaited = row.state in (CarState.OVERDUE, CarState.OUT) and row.until is not None
    minutes = int(row.until.timestamp() // 60) if awaited and row.until else int(elsewhere)
    return SHOWN_BEFORE.index(row.state) * MINUTES + minutes
