"""Everybody who could be asked for a protected person after a drill, by somebody who may not see them.

Whoever writes a function that gives people out adds it to `ASKERS`; a test compares them with the functions that do.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

from app.shelters.drill import asking_in_shelter as inside
from app.shelters.drill import asking_outside as outside
from app.shelters.drill.scene import Scene

Asker = Callable[[Scene], Awaitable[object]]


async def who_give_away(scene: Scene) -> dict[str, int]:
    """How many protected people each asker was given; only askers who were given somebody."""
    secrets = await _secrets(scene)
    found = {}
    for name, ask in ASKERS.items():
        told = '\n'.join(texts_in(await ask(scene)))
        given_away = sum(any(word in told for word in words) for words in secrets)
        if given_away:
            found[name] = given_away
    return found


def texts_in(value: Any) -> Iterator[str]:
    """Every text in an answer, also what a repr keeps to itself."""
    if isinstance(value, str | UUID):
        yield str(value)
    elif isinstance(value, bytes):
        yield value.decode(errors='replace')
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from texts_in(key)
            yield from texts_in(each)
    elif isinstance(value, Sequence | set | frozenset):
        for each in value:
            yield from texts_in(each)


async def _secrets(scene: Scene) -> list[tuple[str, ...]]:
    """For each protected person what tells that they are here."""
    records = [each for each in await scene.room.evacuees.all() if each.practice and each.details.protected]
    of_records = [(str(each.id), each.number) for each in records]
    return [*of_records, *((each.name, each.kana) for each in scene.hidden)]


ASKERS: Mapping[str, Asker] = {
    'inquiries.service.Inquiries.ask': inside.inquired,
    'inquiries.publication.Publication.names': outside.published,
    'search.PeopleSearch.find': inside.searched,
    'search.PeopleSearch.look_up': inside.looked_up,
    'people_list.PeopleList.page': inside.listed,
    'printed_people': inside.printed,
    'roll_call.RollCalls.sheets': inside.called_by_area,
    'duplicates.Duplicates.candidates': inside.doubles,
    'alike.Alike.to': inside.hinted_at,
    'person_calls.PersonCalls.call': inside.called_out,
    'own_pages.OwnPages.open': inside.on_phones_of_others,
    'ledger.service.Ledger.take': outside.ledger,
    'reports.service.Reports.draft': outside.reported,
    'exchange_files.service.ExchangeFiles.export': outside.exchanged,
    'headquarters.service.Headquarters.board': outside.commanded,
    'open_data.directory.directory': outside.opened_to_all,
    'across.telling': outside.told_to_other_boxes,
    'across.elsewhere.Elsewhere.left_behind': outside.left_behind,
    'across.doubles.DoublesAcross.since': outside.received_twice,
}
"""By the function that is asked, as seen from `app.shelters`."""
