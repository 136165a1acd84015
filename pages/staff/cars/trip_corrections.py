"""The corrections of a trip, as its page shows them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.journal.history import HistoryLine
from app.language import _
from app.people.names import names_of
from app.runtime import Box
from app.vehicles.month_texts import all_changes
from components.elements import box as element
from components.elements import text
from components.plain_table import Cell, plain_table
from components.times import day_and_time
from pages.staff.cars.people import name_of_actor, person_name
from pages.staff.cars.words import field_words

PEOPLE = ('driver', 'returned_by', 'second_drivers', 'passenger_staff')


async def names_in_corrections(box: Box, lines: list[HistoryLine]) -> dict[str, str]:
    """The names of those who corrected, and of those whom the record named before or names now, by id."""
    changes = [change for line in lines for change in line.payload.get('changes', {}).items()]
    pairs = [pair for name, pair in changes if name in PEOPLE]
    ids = [UUID(person) for pair in pairs for value in pair for person in _listed(value)]
    found = await box.reading.read(lambda connection: names_of(connection, box.vault, ids))
    actors = {line.actor: await name_of_actor(box, line) for line in lines}
    return {str(each): person_name(person) for each, person in found.items()} | actors


def draw_corrections(lines: list[HistoryLine], names: Mapping[str, str]) -> None:
    """What stood there before, what stands there now, and why; nothing where nothing was corrected."""
    if not lines:
        return
    with element('section', 'section', aria_label=_('訂正の履歴')):
        text('h2', _('訂正の履歴'), 'section-title')
        rows: list[list[Cell]] = [
            [day_and_time(line.happened_at), _changes(line, names), _reason(line), names.get(line.actor, '')]
            for line in lines
        ]
        plain_table((_('日時'), _('内容'), _('理由'), _('行った人')), rows, empty=('', ''))


def _changes(line: HistoryLine, names: Mapping[str, str]) -> str:
    words = field_words()
    changes = all_changes(line.payload.get('changes', {}), [part.fields for part in line.opened])
    return '、'.join(
        f'{words.get(name, name)}: {_shown_change(name, change, names)}' for name, change in changes.items()
    )


def _shown_change(name: str, change: Sequence[Any] | None, names: Mapping[str, str]) -> str:
    return _('(消去済み)') if change is None else ' → '.join(_shown(name, value, names) for value in change)


def _shown(name: str, value: Any, names: Mapping[str, str]) -> str:
    if name in PEOPLE and value:
        return '・'.join(names.get(person, _('別の人')) for person in _listed(value))
    return _('未入力') if value in (None, '', []) else str(value)


def _reason(line: HistoryLine) -> str:
    opened = line.opened[0].fields if line.opened else None
    return opened.get('reason', '') if opened else _('(消去済み)')


def _listed(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
