"""What people wrote, in lines of the journal: sealed with the key of its month, gone with the records of that month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.clock import TOKYO
from app.exchange.received import ReceivedLine
from app.journal.line import Sealed
from app.retention.periods import month_subject
from app.storage.vault import RecordClass

FREE_TEXTS = ('destination', 'purpose', 'abnormality', 'passenger_names')
"""Fields of a trip in which people write what they like."""
BEFORE = '_before'


def month_texts(at: datetime, fields: Mapping[str, str], record_class: RecordClass = RecordClass.VEHICLES) -> Sealed:
    """Texts of a record of this time, to be sealed in a line."""
    return Sealed(month_subject(record_class, at.astimezone(TOKYO)), record_class, dict(fields))


def without_texts(values: Mapping[str, Any]) -> dict[str, Any]:
    """The others, which stand in the clear."""
    return {name: value for name, value in values.items() if name not in FREE_TEXTS}


def with_corrected_texts(texts: Sealed, changes: Mapping[str, Sequence[Any]]) -> Sealed:
    """The same, with the texts among the changes (before, after)."""
    corrected = {name: changes[name] for name in FREE_TEXTS if name in changes}
    before = {name + BEFORE: str(old) for name, (old, _new) in corrected.items()}
    after = {name: str(new) for name, (_old, new) in corrected.items()}
    return replace(texts, fields={**texts.fields, **before, **after})


def without_corrected_texts(changes: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any] | None]:
    """The changes with None for what is sealed: a box that cannot read sealed changes keeps the line until it can."""
    return {name: None if name in FREE_TEXTS else change for name, change in changes.items()}


def all_changes(changes: Mapping[str, Any], opened: Iterable[Mapping[str, str] | None]) -> dict[str, list[Any] | None]:
    """What a correction changed, before and after; None for a text whose key is gone."""
    texts: dict[str, str] = {}
    for part in opened:
        texts |= part or {}
    return {
        name: change if change is not None or name not in texts else [texts.get(name + BEFORE, ''), texts[name]]
        for name, change in changes.items()
    }


def told_by(line: ReceivedLine) -> dict[str, Any]:
    """What a line says, also one of a version that left texts in the clear; empty texts where the key is gone."""
    told: dict[str, Any] = {**dict.fromkeys((*FREE_TEXTS, 'reason'), ''), **line.payload}
    for part in line.opened:
        told |= part or {}
    return told
