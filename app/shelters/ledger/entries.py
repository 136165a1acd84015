"""An entry of the disaster victims' ledger, and reading all of them."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.shelters.details import PersonDetails, open_person
from app.shelters.shared_details import open_shared
from app.shelters.values import LeftFor, Place, StayState
from app.storage.vault import Vault

PEOPLE = 'SELECT id, number, details FROM evacuee WHERE merged_into IS NULL AND practice = ? ORDER BY number'
LAST_STAYS = """
    SELECT evacuee, stay.place, stay.state, left_for, shelter.name AS shelter_name, shelter.address,
        MAX(stay.arrived_at) AS arrived_at, left_at
    FROM stay JOIN shelter ON shelter.id = stay.shelter WHERE stay.practice = ? GROUP BY evacuee
"""
MEMBERS = 'SELECT evacuee, household, is_representative FROM household_member WHERE ended_at IS NULL'
DWELLINGS = """
    SELECT household, dwelling.id, dwelling.details FROM household_dwelling
    JOIN dwelling ON dwelling.id = household_dwelling.dwelling
"""
HANDED_OUT = """
    SELECT COALESCE(evacuee.merged_into, evacuee.id) AS person, handout_item.name, handout_item.unit,
        SUM(handout.quantity) AS pieces
    FROM handout JOIN handout_item ON handout_item.id = handout.item JOIN evacuee ON evacuee.id = handout.evacuee
    WHERE handout.practice = ? AND handout.taken_back_at IS NULL GROUP BY person, handout.item
    ORDER BY handout_item.name
"""
BENEFITS = """
    SELECT COALESCE(evacuee.merged_into, evacuee.id) AS person, handout_item.name, benefit.amount
    FROM benefit JOIN handout_item ON handout_item.id = benefit.item JOIN evacuee ON evacuee.id = benefit.evacuee
    WHERE benefit.practice = ? AND benefit.state IN ('approved', 'exported') ORDER BY benefit.decided_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aid:
    """What somebody was given (援護の実施の状況): pieces, or yen for a benefit."""

    name: str
    quantity: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One person; what nobody told is empty."""

    evacuee: UUID
    number: str
    details: PersonDetails = field(repr=False)
    household: str
    """Number of its representative, else of the first member who is in the list."""
    household_size: int
    """Of members who are in the list."""
    is_representative: bool
    dwelling_damage: str = field(repr=False)
    shelter: str
    shelter_address: str
    place: Place | None
    state: StayState | None
    """None: never stayed at a shelter of this box."""
    left_for: LeftFor | None
    arrived_at: datetime | None
    left_at: datetime | None
    aid: tuple[Aid, ...] = field(repr=False)
    hidden: bool = field(repr=False)
    """Protected, or of one household with somebody who is."""


def read_entries(
    connection: sqlite3.Connection, vault: Vault, *, practice: bool, with_protected: bool
) -> tuple[LedgerEntry, ...]:
    """Everybody who has a name, by number. For a thread.

    Without protected people all is as if they were absent, and those who share a household with one are hidden like
    them, because a child's whereabouts are the mother's.
    """
    opened = [
        (row, open_person(vault, UUID(row['id']), row['details'])) for row in connection.execute(PEOPLE, (practice,))
    ]
    members = {row['evacuee']: row for row in connection.execute(MEMBERS)}
    hidden = _hidden({row['id'] for row, details in opened if details.protected}, members)
    people = [
        (row, details) for row, details in opened if details.is_named and (with_protected or row['id'] not in hidden)
    ]
    listed = {row['id']: row['number'] for row, _details in people}
    members = {evacuee: row for evacuee, row in members.items() if evacuee in listed}
    heads, sizes = _households(members.values(), listed)
    around = _Around(
        members=members,
        heads=heads,
        sizes=sizes,
        stays={row['evacuee']: row for row in connection.execute(LAST_STAYS, (practice,))},
        damage=_damage(connection, vault),
        aid=_aid(connection, practice),
        hidden=hidden,
    )
    return tuple(_entry(row, details, around) for row, details in people)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    members: Mapping[str, sqlite3.Row]
    heads: Mapping[str, str]
    sizes: Mapping[str, int]
    stays: Mapping[str, sqlite3.Row]
    damage: Mapping[str, str]
    aid: Mapping[str, Sequence[Aid]]
    hidden: frozenset[str]


def _hidden(protected: set[str], members: Mapping[str, sqlite3.Row]) -> frozenset[str]:
    households = {members[evacuee]['household'] for evacuee in protected if evacuee in members}
    return frozenset(protected | {evacuee for evacuee, row in members.items() if row['household'] in households})


def _entry(row: sqlite3.Row, details: PersonDetails, around: _Around) -> LedgerEntry:
    member, stay = around.members.get(row['id']), around.stays.get(row['id'])
    household = member['household'] if member else ''
    return LedgerEntry(
        evacuee=UUID(row['id']),
        number=row['number'],
        details=details,
        household=around.heads.get(household, ''),
        household_size=around.sizes.get(household, 1),
        is_representative=bool(member and member['is_representative']),
        dwelling_damage=around.damage.get(household, ''),
        shelter=stay['shelter_name'] if stay else '',
        shelter_address=stay['address'] if stay else '',
        place=Place(stay['place']) if stay else None,
        state=StayState(stay['state']) if stay else None,
        left_for=LeftFor(stay['left_for']) if stay and stay['left_for'] else None,
        arrived_at=_time(stay['arrived_at']) if stay else None,
        left_at=_time(stay['left_at']) if stay else None,
        aid=tuple(around.aid.get(row['id'], ())),
        hidden=row['id'] in around.hidden,
    )


def _households(members: Iterable[sqlite3.Row], listed: Mapping[str, str]) -> tuple[dict[str, str], Counter[str]]:
    known = sorted(members, key=lambda row: (not row['is_representative'], listed[row['evacuee']]))
    heads: dict[str, str] = {}
    for row in known:
        heads.setdefault(row['household'], listed[row['evacuee']])
    return heads, Counter(row['household'] for row in known)


def _damage(connection: sqlite3.Connection, vault: Vault) -> dict[str, str]:
    told: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(DWELLINGS):
        dwelling = open_shared(vault, 'dwelling', UUID(row['id']), row['details'])
        if dwelling.damage:
            told[row['household']].append(dwelling.damage)
    return {household: '、'.join(dict.fromkeys(each)) for household, each in told.items()}


def _aid(connection: sqlite3.Connection, practice: bool) -> dict[str, list[Aid]]:
    found: dict[str, list[Aid]] = defaultdict(list)
    for row in connection.execute(HANDED_OUT, (practice,)):
        found[row['person']].append(Aid(name=row['name'], quantity=row['pieces'], unit=row['unit']))
    for row in connection.execute(BENEFITS, (practice,)):
        found[row['person']].append(Aid(name=row['name'], quantity=row['amount'], unit='円'))
    return found


def _time(stored: Any) -> datetime | None:
    return datetime.fromisoformat(stored).astimezone(TOKYO) if stored else None
