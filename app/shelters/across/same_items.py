"""Which items of two boxes are the same: by the code that the city gave them, else by their names."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

ITEMS = UUID('a2c7d3b5-6f0e-4e52-9a57-0b7f5d6f1c20')


@dataclass(frozen=True, slots=True)
class Named:
    """An item as a box names it; the code is empty where the city gave none."""

    name: str
    code: str = ''


class SameItems:
    """The items that are in view, each under one id however the boxes write it.

    A name without a code is the item of the only code that is seen under this name.
    """

    def __init__(self, seen: Iterable[Named]) -> None:
        self._codes: dict[str, set[str]] = {}
        for each in seen:
            if code := folded(each.code):
                self._codes.setdefault(folded(each.name), set()).add(code)

    def id_of(self, item: Named) -> UUID:
        """Equal for what is the same."""
        name, code = folded(item.name), folded(item.code)
        codes = self._codes.get(name, set())
        if not code and len(codes) == 1:
            code = next(iter(codes))
        return uuid5(ITEMS, f'code {code}' if code else f'name {name}')


def folded(text: str) -> str:
    """A name or a code as boxes compare it: NFKC, without spaces, in small letters."""
    return ''.join(unicodedata.normalize('NFKC', text).split()).casefold()
