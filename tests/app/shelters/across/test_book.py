"""Facts of other boxes come late, twice, by two ways and in any order: what is known in the end is the same."""

import asyncio
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shelters.across.book import put_fact
from app.shelters.across.facts import LATER, TABLES, About, Fact, place, read_fact
from app.shelters.across.models import AcrossIndex
from app.storage.transaction import Transaction, transaction
from tests.support.box import opened_box

KEY, BOX, SHELTER = UUID(int=1), UUID(int=2), UUID(int=3)
PEOPLE, STAYS, CLAIMS = ((UUID(int=first), UUID(int=first + 1)) for first in (10, 20, 30))
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
Rows = list[dict[str, Any]]


class Book:
    """The tables of a box; each try begins with empty ones."""

    def __init__(self, runner: asyncio.Runner) -> None:
        self._runner = runner

    def after(self, facts: Sequence[Fact]) -> Rows:
        """What the tables hold when these facts came in this order."""
        return self._runner.run(self._after(facts))

    async def _after(self, facts: Sequence[Fact]) -> Rows:
        async def work(tx: Transaction) -> Rows:
            for each in facts:
                await put_fact(tx, read_fact(KEY, each.text()))
            rows: Rows = []
            for table in TABLES.values():
                model: Any = table
                rows += await model.all().using_db(tx.connection).order_by('id').values()
                await model.all().using_db(tx.connection).delete()
            links = AcrossIndex.all().using_db(tx.connection)
            rows += await links.order_by('person', 'token_index').values('key', 'person', 'token_index')
            await links.delete()
            return rows

        return await transaction(work)


@pytest.fixture(scope='module')
def book(new_box: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    root = tmp_path_factory.mktemp('book') / 'box'
    shutil.copytree(new_box, root)
    with asyncio.Runner() as runner:
        box = opened_box(root)
        runner.run(box.__aenter__())
        yield Book(runner)
        runner.run(box.__aexit__(None, None, None))


def told(about: About, sequence: int, id_: UUID, **values: Any) -> Fact:
    return Fact(about=about, id=id_, key=KEY, told=place(1, sequence), values={'box': BOX, **values})


def person(at: int, who: UUID, *, withdrawn: bool, since: int) -> Fact:
    """Told for the first time, changed (`since` stays), or taken back."""
    indexes = [] if withdrawn else [f'{who.int:064x}']
    values = {'indexes': indexes, 'withdrawn': withdrawn, 'since': place(1, since), 'practice': False}
    return told(About.PERSON, at, who, number='A', **values)


def stay(at: int, id_: UUID, who: UUID, state: str) -> Fact:
    moment = NOON + timedelta(minutes=at)
    values = {'shelter': SHELTER, 'shelter_name': '泉小', 'state': state, 'arrived_at': moment, 'seen_at': moment}
    return told(About.STAY, at, id_, person=who, **values)


def claim(at: int, id_: UUID, who: UUID, *, stands: bool) -> Fact:
    values = {'shelter': SHELTER, 'shelter_name': '泉小', 'item': '毛布', 'limits': {'in_all': 1}, 'at': NOON}
    values |= {'item_code': '', 'root': None}
    return told(About.CLAIM, at, id_, person=who, overridden=False, stands=stands, **values)


class What(StrEnum):
    """Of what a box tells."""

    PERSON = 'person'
    STAY = 'stay'
    CLAIM = 'claim'


@dataclass(frozen=True, slots=True)
class Happening:
    """Something at the box that tells."""

    what: What
    who: UUID
    place: int
    is_over: bool
    anew: bool


happenings = st.builds(
    Happening, st.sampled_from(What), st.sampled_from(PEOPLE), st.integers(0, 1), st.booleans(), st.booleans()
)


def facts_of(history: Sequence[Happening]) -> list[Fact]:
    """What the box tells of it, in its order."""
    facts, since = [], dict.fromkeys(PEOPLE, 0)
    for at, one in enumerate(history, start=1):
        match one.what:
            case What.PERSON:
                since[one.who] = at if one.anew or one.is_over else since[one.who]
                facts.append(person(at, one.who, withdrawn=one.is_over, since=since[one.who]))
            case What.STAY:
                facts.append(stay(at, STAYS[one.place], one.who, 'left' if one.is_over else 'present'))
            case What.CLAIM:
                facts.append(claim(at, CLAIMS[one.place], one.who, stands=not one.is_over))
    return facts


@st.composite
def ways(draw: st.DrawFn) -> tuple[list[Fact], list[Fact]]:
    """What a box told in its order, and the way in which it came: mixed up, and some of it twice."""
    in_order = facts_of(draw(st.lists(happenings, min_size=1, max_size=9)))
    again = draw(st.lists(st.sampled_from(in_order), max_size=4))
    return in_order, draw(st.permutations([*in_order, *again]))


@given(way=ways())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_order_and_any_repetition_of_facts_come_to_the_same(book: Book, way: tuple[list[Fact], list[Fact]]) -> None:
    in_order, as_it_came = way
    assert book.after(as_it_came) == book.after(in_order)


def test_what_was_taken_back_keeps_neither_place_nor_item(book: Book) -> None:
    who, *_others = PEOPLE
    facts = [
        person(1, who, withdrawn=False, since=1),
        stay(2, STAYS[0], who, 'present'),
        claim(3, CLAIMS[0], who, stands=True),
        person(4, who, withdrawn=True, since=4),
    ]
    kept = repr(book.after(facts))
    assert '泉小' not in kept
    assert '毛布' not in kept
    assert f'{who.int:064x}' not in kept


def test_what_a_box_of_an_earlier_version_told_is_read(book: Book) -> None:
    who, *_others = PEOPLE
    old = json.loads(claim(2, CLAIMS[0], who, stands=True).text())
    for part in LATER:
        del old[part]
    told = [person(1, who, withdrawn=False, since=1), read_fact(KEY, json.dumps(old))]
    assert book.after(told) == book.after([told[0], claim(2, CLAIMS[0], who, stands=True)])
