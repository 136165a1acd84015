"""A box with shared cars, and the people who work with it, as browsers without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.chromium import start_pages
from tests.pages.staff.staff_box import PASSWORD

MANAGER, SAFE_DRIVING, GUARD, CLERK, ADMINISTRATOR = '1001', '1002', '1003', '1004', '1005'
UUID_PATTERN = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
REFUSED = 422


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = Path(__file__).parent / 'cars_box.py'
    found, process = start_pages(script, tmp_path_factory.mktemp('cars'), ready='/sign-in')
    yield found
    process.terminate()
    process.wait(15)


class Person:
    """Somebody who is signed in."""

    def __init__(self, address: str, number: str) -> None:
        self.http = httpx.Client(base_url=address, headers={'Origin': address}, timeout=120)
        answer = self.http.post('/sign-in', data={'number': number, 'password': PASSWORD})
        assert answer.status_code == 303

    def read(self, path: str) -> str:
        """The words of a page."""
        answer = self.http.get(path)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def send(self, path: str, **fields: str) -> httpx.Response:
        """Post a form."""
        return self.http.post(path, data=fields)


@pytest.fixture(scope='module')
def people(address: str) -> Iterator[dict[str, Person]]:
    signed_in = {number: Person(address, number) for number in (MANAGER, SAFE_DRIVING, GUARD, CLERK, ADMINISTRATOR)}
    yield signed_in
    for person in signed_in.values():
        person.http.close()


@pytest.fixture
def manager(people: dict[str, Person]) -> Person:
    return people[MANAGER]


def address_in(page: str, start: str) -> str:
    """The first address of a kind that the page leads to."""
    found = re.search(rf'{start}/{UUID_PATTERN}', page)
    assert found, start
    return found[0]
