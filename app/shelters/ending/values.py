"""What is thrown away when a disaster is over, and why it may not be yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.shelters.ending.models import Anonymisation

ERASED = 'shelters.keys_erased'
LONGEST_REASON = 300
FILE_LETTERS = 8
"""So many letters of the file's hash stand in its name, and are typed by who approves."""


class State(StrEnum):
    """How far an anonymisation came."""

    PROPOSED = 'proposed'
    EXPORTED = 'exported'
    APPROVED = 'approved'
    FINISHED = 'finished'
    WITHDRAWN = 'withdrawn'


LIVING = (State.PROPOSED, State.EXPORTED, State.APPROVED)


class Part(StrEnum):
    """Kinds of records whose keys go."""

    PEOPLE = 'people'
    HOUSEHOLDS = 'households'
    DWELLINGS = 'dwellings'
    FAMILIES = 'families'
    """What families entered on their own phones."""
    OPENINGS = 'openings'
    """Who opened a shelter."""
    INQUIRIES = 'inquiries'
    HEALTH = 'health'
    HELPERS = 'helpers'
    NOTES = 'notes'
    """引き継ぎ."""
    SEARCHES = 'searches'
    """What was typed to find people, by shelter."""
    LISTED = 'listed'
    """Invented people on the list of those who need help, of a drill."""
    PICTURES = 'pictures'
    COPIES = 'copies'
    """Copies of other boxes that were read here."""
    ACROSS = 'across'
    """By which boxes recognised a card, and all that was told with them."""
    OTHER = 'other'
    """Keys of records that no table of this box names, such as those of another box."""


class Problem(StrEnum):
    """Why nothing was done."""

    REASON = 'reason'
    NO_SHELTER = 'no_shelter'
    STILL_OPEN = 'still_open'
    STILL_PRESENT = 'still_present'
    DISASTER = 'disaster'
    UNPAID = 'unpaid'
    ALREADY = 'already'
    STATE = 'state'
    NO_RECIPIENT = 'no_recipient'
    BAD_RECIPIENT = 'bad_recipient'
    SAME_PERSON = 'same_person'
    WRONG_FILE = 'wrong_file'
    CHANGED = 'changed'
    NOT_SURE = 'not_sure'


class EndingRefused(Exception):
    """Nothing was thrown away."""

    def __init__(self, problem: Problem, count: int = 0) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.count = count


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose records: of one shelter or of all, of a drill or not."""

    shelter: UUID | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What belongs to a scope now."""

    owners: Mapping[Part, frozenset[UUID]]
    """Whose keys go."""
    held: frozenset[UUID] = frozenset()
    """People who stay readable because a hold (保留) stands."""
    elsewhere: frozenset[UUID] = frozenset()
    """People who stay readable because they were at another shelter too."""

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind; kinds without any are left out."""
        return {str(part): len(owners) for part, owners in self.owners.items() if owners}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingInfo:
    """An anonymisation as it stands; times with a zone."""

    id: UUID
    scope: Scope
    reason: str
    state: State
    proposed_at: datetime
    proposed_by: str
    exported_at: datetime | None
    export_sha256: str
    approved_at: datetime | None
    approved_by: str
    finished_at: datetime | None
    certificate: Mapping[str, Any] | None
    signature: str


def ending_info(row: Anonymisation) -> EndingInfo:
    """A row as a value."""
    return EndingInfo(
        id=row.id,
        scope=Scope(shelter=row.shelter, practice=row.practice),
        reason=row.reason,
        state=State(row.state),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        exported_at=row.exported_at,
        export_sha256=row.export_sha256,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        finished_at=row.finished_at,
        certificate=row.certificate,
        signature=row.signature,
    )
