"""Reading a list of Garoon's to its end, also while somebody changes it."""

from collections.abc import Mapping
from typing import Any

from app.vehicles.garoon.errors import BadAnswer
from app.vehicles.garoon.transport import Transport

MOST_PAGES = 1000
READINGS = 3
Item = Mapping[str, Any]


async def all_items(
    transport: Transport, path: str, name: str, query: Mapping[str, str], page: int
) -> tuple[Item, ...]:
    """Every item of a list, in Garoon's order.

    Pages overlap by one item: where the next page does not begin with the last item of the page before, something was
    added or removed meanwhile and the list is read again; the third reading is put together with those before, so that
    nothing that is there is missing.

    Raises:
        BadAnswer: the answers are no list, or have no end.
    """
    seen: dict[str, Item] = {}
    for _reading in range(READINGS):
        items, steady = await _read(transport, path, name, query, page)
        if steady:
            return items
        seen |= {_identity(item): item for item in items}
    return tuple(seen.values())


async def _read(
    transport: Transport, path: str, name: str, query: Mapping[str, str], page: int
) -> tuple[tuple[Item, ...], bool]:
    found: dict[str, Item] = {}
    offset, last, steady = 0, '', True
    for _number in range(MOST_PAGES):
        answer = await transport.get(path, {**query, 'limit': str(page), 'offset': str(offset)})
        items = _items(answer, name)
        if last and (not items or _identity(items[0]) != last):
            steady = False
        found |= {_identity(item): item for item in items}
        is_full = len(items) >= page
        if not _has_next(answer, is_full):
            return tuple(found.values()), steady
        overlap = 1 if is_full and page > 1 else 0
        last = _identity(items[-1]) if overlap else ''
        offset += page - overlap
    raise BadAnswer(f'{name} have no end')


def _has_next(answer: Item, is_full: bool) -> bool:
    """Older servers do not tell: a full page may have a successor."""
    has_next = answer.get('hasNext')
    return has_next if isinstance(has_next, bool) else is_full


def _items(answer: Item, name: str) -> list[Item]:
    items = answer.get(name)
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get('id') for item in items):
        raise BadAnswer(f'{name} is no list of objects with an id')
    return items


def _identity(item: Item) -> str:
    """Occurrences of a repeating event and candidates of a tentative one share their id."""
    start = item.get('start')
    begins = start.get('dateTime', '') if isinstance(start, dict) else ''
    return f'{item["id"]} {item.get("repeatId") or ""} {begins}'
