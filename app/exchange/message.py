"""What boxes say to each other: batches of journal lines, and how far they were taken."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from app.journal.epochs import Cursor
from app.journal.line import COLUMNS, canonical

PATH = '/exchange/v1/lines'
MOST_LINES = 200
NUMBERS = ('sequence', 'version', 'monotonic_ns', 'hash_version')
OPTIONAL = ('desk', 'batch')
ID = re.compile('[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')


class BadMessage(Exception):
    """These bytes are no message of a box."""


class Fault(StrEnum):
    """Why a receiver stopped within a batch; all lines before are kept."""

    NONE = ''
    GAP = 'gap'
    """The line before is not there: send from the cursor on."""
    HASH = 'hash'
    """The line is not what its hash says."""
    CHAIN = 'chain'
    """The line does not follow the one before it."""
    REWRITTEN = 'rewritten'
    """Another line with this place in the same epoch was received earlier."""
    UNREADABLE = 'unreadable'
    """The hash or a sealed part is of a kind that only a newer version knows."""


class SentLine(BaseModel):
    """One line on its way."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    line: dict[str, str | int | None]
    """All columns, as stored where it was written."""
    after: str
    """Hash of the line that was sent before it; the first one names the hash before the beginning."""
    opened: tuple[dict[str, str] | None, ...] = ()
    """Its sealed parts in clear (TLS protects them), None where the key was thrown away."""
    staff: dict[UUID, str] = {}
    """Staff numbers (職員番号) of the members of staff in it, by the ids that they have at the sender."""

    @field_validator('line')
    @classmethod
    def _complete(cls, line: dict[str, str | int | None]) -> dict[str, str | int | None]:
        if set(line) != set(COLUMNS):
            raise ValueError('columns are missing')
        for name, value in line.items():
            if not isinstance(value, int if name in NUMBERS else str) and not (value is None and name in OPTIONAL):
                raise ValueError(f'{name} is of another kind')
        return line

    @model_validator(mode='after')
    def _whole(self) -> 'SentLine':
        UUID(str(self.line['id']))
        if len(self.sealed) != len(self.opened):
            raise ValueError('sealed parts are missing')
        for part in self.sealed:
            UUID(part['subject'])
        for subject in json.loads(str(self.line['subjects'])):
            UUID(subject)
        return self

    @property
    def sealed(self) -> list[Mapping[str, str]]:
        """Whose sealed parts the line has, and of which record class."""
        payload = json.loads(str(self.line['payload']))
        parts: list[Mapping[str, str]] = payload.get('sealed', [])
        return parts


def ids_in(line: Mapping[str, Any]) -> set[UUID]:
    """Every id that a line names as its actor, subject or in its payload, whatever it belongs to."""
    texts = _texts([line['actor'], json.loads(str(line['subjects'])), json.loads(str(line['payload']))])
    return {UUID(text) for text in texts if ID.fullmatch(text)}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


class Batch(BaseModel):
    """Lines of one box in the order of their sequence; without lines it asks for the cursor."""

    model_config = ConfigDict(extra='forbid', frozen=True)

    box: UUID
    epoch: str
    """The life in which the sender is now."""
    lines: tuple[SentLine, ...] = ()
    more: bool = False
    """Whether there are further lines to be sent at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How far the receiver has the sender's lines on its disk."""

    box: UUID
    cursor: Cursor | None
    fault: Fault = Fault.NONE


def encode_batch(batch: Batch) -> bytes:
    """The batch as it goes over the wire."""
    return canonical(batch.model_dump(mode='json')).encode()


def read_batch(content: bytes) -> Batch:
    """Read what another box sent.

    Raises:
        BadMessage: it is no batch.
    """
    try:
        batch = Batch.model_validate_json(content)
    except (ValidationError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadMessage(type(error).__name__) from None
    if len(batch.lines) > MOST_LINES or any(sent.line['box'] != str(batch.box) for sent in batch.lines):
        raise BadMessage('too many lines, or lines of another box')
    return batch


def encode_answer(answer: Answer) -> dict[str, str]:
    """The answer as a JSON object."""
    cursor = answer.cursor.encode() if answer.cursor else ''
    return {'box': str(answer.box), 'cursor': cursor, 'fault': str(answer.fault)}


def read_answer(content: bytes) -> Answer:
    """Read what a receiver answered.

    Raises:
        BadMessage: it is no answer.
    """
    try:
        values: dict[str, Any] = json.loads(content)
        return Answer(UUID(values['box']), Cursor.decode(values['cursor']), Fault(values['fault']))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadMessage(type(error).__name__) from None
