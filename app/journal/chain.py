"""Walking the chain of hashes and telling apart what was done to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.journal.line import GENESIS, line_hash

MOST_SUSPECTS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the journal: sequence, then its kind and time, or the range of sequences that is gone."""

    sequence: int
    detail: str


class ChainWalk:
    """Takes the lines one after the other, in the order of their sequence."""

    def __init__(self, wanted: set[int]) -> None:
        self.lines = 0
        self.last = 0
        self.missing: list[Place] = []
        self.hashes = {0: GENESIS}
        """Hashes of the wanted sequences, as they are stored."""
        self._wanted = wanted
        self._previous: Mapping[str, Any] = {'hash': GENESIS, 'sequence': 0}
        self._altered: dict[int, Mapping[str, Any]] = {}
        self._breaks: dict[int, Mapping[str, Any]] = {}
        """Lines that do not name the hash of the line before, with that line."""
        self._places: dict[int, Place] = {}

    def take(self, line: Mapping[str, Any]) -> None:
        """Look at the next line."""
        sequence = int(line['sequence'])
        self.lines += 1
        if sequence > self.last + 1 and len(self.missing) < MOST_SUSPECTS:
            gap = f'{self.last + 1}' if sequence == self.last + 2 else f'{self.last + 1}-{sequence - 1}'
            self.missing.append(Place(self.last + 1, gap))
        elif line['previous_hash'] != self._previous['hash'] and len(self._breaks) < MOST_SUSPECTS:
            self._breaks[sequence] = self._previous
            self._places[sequence] = _place(line)
        if not _fits(line, sequence) and len(self._altered) < MOST_SUSPECTS:
            self._altered[sequence] = line
        if sequence in self._wanted:
            self.hashes[sequence] = str(line['hash'])
        self.last, self._previous = sequence, line

    def reordered(self) -> list[Place]:
        """Lines that are whole but stand in the place of another."""
        return [
            _place(line)
            for sequence, line in self._altered.items()
            if any(_fits(line, other) for other in self._altered if other != sequence)
        ]

    def changed(self) -> list[Place]:
        """Lines that are not what was written."""
        moved = {place.sequence for place in self.reordered()}
        altered = {sequence: _place(line) for sequence, line in self._altered.items() if sequence not in moved}
        replaced = {place.sequence: place for place in self._replaced() if place.sequence not in self._altered}
        return [place for _sequence, place in sorted((replaced | altered).items())]

    def _replaced(self) -> list[Place]:
        """Lines that fit themselves but not their neighbours; a line that its successor names is not the odd one."""
        found = []
        for sequence, before in self._breaks.items():
            if sequence in self._altered or before['sequence'] in self._altered:
                continue
            is_odd = sequence + 1 in self._breaks or before['sequence'] == 0
            found.append(self._places[sequence] if is_odd else _place(before))
        return found


def _place(line: Mapping[str, Any]) -> Place:
    words = f'{line.get("kind", "")} {line.get("recorded_at", "")}'
    return Place(int(line['sequence']), words.encode('utf-8', 'replace').decode())


def _fits(line: Mapping[str, Any], sequence: int) -> bool:
    try:
        return bool(line_hash({**line, 'sequence': sequence}) == line['hash'])
    except (TypeError, ValueError):
        return False
