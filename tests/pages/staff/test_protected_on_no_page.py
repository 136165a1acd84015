"""Every address of the box, asked by an officer who may not see protected people and by everybody: nobody is there."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.routing import compile_path

from tests.chromium import start_pages
from tests.pages.staff.cars_people import Person
from tests.pages.staff.protected_box import FACTS, HEADQUARTERS_NUMBER, HIDDEN, OFFICER_NUMBER, VISIBLE

ABOUT_SHELTERS = re.compile(r'^/(staff/(evacuees|households|shelters|headquarters)|family|me|shelters|signage|opening)')
NOT_HERE = {
    'code': 'what a family or a person opens with the code on their own phone',
    'number': 'of a member within that',
    'key': 'a record that was opened with a reason',
    'batch': 'payments, for headquarters',
    'benefit': 'forms that are posted; its page is asked',
    'call': 'a form that is posted',
    'case': 'a form that is posted',
    'desk': 'a form that is posted',
    'ending': 'for headquarters, after the closing',
    'file': 'evidence of a benefit',
    'inquiry': 'an answer that was given',
    'person': 'of the list of those who need help, which names people who were never here',
    'photo': 'a picture that was taken of a form',
    'request_id': 'a request for goods, which names nobody',
}
"""Places in addresses for what this box has not, and what it would be; a new one has to be thought about."""
NEVER_OPENED = re.compile(r'^/(_nicegui|assets|script|sign-out|favicon|api/v1/(docs|openapi))')
PARAMETER = re.compile(r'\{([a-z_]+)(?::\w+)?\}')
LINK = re.compile(r'href\\?"[:=]\s?\\?"(/[^"\\#]+)')


@dataclass(frozen=True, slots=True)
class Hidden:
    """The box, and what of its protected person no answer may hold."""

    address: str
    facts: dict[str, Any]

    @property
    def secrets(self) -> tuple[str, ...]:
        return (*HIDDEN.name.split(), *HIDDEN.kana.split(), HIDDEN.phone, self.facts['number'])

    def told_in(self, text: str) -> list[str]:
        """The secrets that an answer holds."""
        return [secret for secret in self.secrets if secret in text]

    def addresses(self) -> list[str]:
        """Every registered path whose places can be filled."""
        ids: dict[str, list[str]] = self.facts['ids']
        found: list[str] = []
        for path in self.facts['paths']:
            names = PARAMETER.findall(path)
            if NEVER_OPENED.match(path) or not all(name in ids for name in names):
                continue
            found += [_filled(path, values) for values in product(*(ids[name] for name in names))]
        return found


@pytest.fixture(scope='module')
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hidden]:
    state = tmp_path_factory.mktemp('protected')
    address, process = start_pages(Path(__file__).parent / 'protected_box.py', state, ready='/sign-in')
    yield Hidden(address, json.loads((state / FACTS).read_text()))
    process.terminate()
    process.wait(15)


def _filled(path: str, values: Sequence[str]) -> str:
    remaining = iter(values)
    return PARAMETER.sub(lambda _place: next(remaining), path)


@dataclass(frozen=True, slots=True)
class Walk:
    """Every address that was asked, and the text of those that answered."""

    asked: set[str]
    texts: dict[str, str]


def walk(hidden: Hidden, http: httpx.Client) -> Walk:
    """Ask every address, and every address that an answer leads to."""
    waiting, seen, texts = hidden.addresses(), set[str](), dict[str, str]()
    while waiting:
        address = waiting.pop()
        if address in seen or NEVER_OPENED.match(address):
            continue
        seen.add(address)
        answer = http.get(address)
        if answer.status_code == 200:
            texts[address] = answer.text
            waiting += [link.replace('&amp;', '&') for link in LINK.findall(answer.text)]
    return Walk(seen, texts)


@pytest.fixture(scope='module')
def officer(hidden: Hidden) -> Walk:
    return walk(hidden, Person(hidden.address, OFFICER_NUMBER).http)


@pytest.fixture(scope='module')
def headquarters(hidden: Hidden) -> Walk:
    return walk(hidden, Person(hidden.address, HEADQUARTERS_NUMBER).http)


def test_no_page_that_an_officer_can_reach_shows_a_protected_person(hidden: Hidden, officer: Walk) -> None:
    assert {address: told for address, text in officer.texts.items() if (told := hidden.told_in(text))} == {}


def test_the_officer_is_shown_the_other_person_of_whom_the_same_is_known(hidden: Hidden, officer: Walk) -> None:
    assert sum(hidden.facts['visible'] in text for text in officer.texts.values()) > 10
    assert sum(VISIBLE.name in text for text in officer.texts.values()) > 5


def test_no_page_for_everybody_shows_a_protected_person(hidden: Hidden) -> None:
    with httpx.Client(base_url=hidden.address, timeout=60) as anybody:
        texts = walk(hidden, anybody).texts
    assert {address: told for address, text in texts.items() if (told := hidden.told_in(text))} == {}
    assert len(texts) > 10


def test_headquarters_see_that_somebody_is_there_and_no_name_before_they_say_why(
    hidden: Hidden, headquarters: Walk
) -> None:
    assert any(hidden.facts['number'] in text for text in headquarters.texts.values())
    names = {*HIDDEN.name.split(), *HIDDEN.kana.split()}
    assert [address for address, text in headquarters.texts.items() if any(name in text for name in names)] == []


def test_every_page_about_shelters_is_asked_or_said_to_hold_nobody_of_this_box(
    hidden: Hidden, headquarters: Walk
) -> None:
    reached = [compile_path(path)[0] for path in hidden.facts['paths']]
    paths = dict(zip(hidden.facts['paths'], reached, strict=True))
    asked = {address.partition('?')[0] for address in headquarters.asked}
    about = [path for path in paths if ABOUT_SHELTERS.match(path) and not NEVER_OPENED.match(path)]
    left_out = {path for path in about if not any(paths[path].match(address) for address in asked)}
    assert {name for path in left_out for name in PARAMETER.findall(path)} == set(NOT_HERE)
    assert [path for path in left_out if not PARAMETER.search(path)] == []
