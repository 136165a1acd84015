"""The staff page of the reception desks, as a browser without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import start_pages
from tests.pages.staff.cars_people import Person

PAGE = '/staff/shelters/reception'
OFFICER, CLERK = '1001', '1003'


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = Path(__file__).parent / 'reception_box.py'
    found, process = start_pages(script, tmp_path_factory.mktemp('reception'), ready='/sign-in')
    yield found
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='module')
def officer(address: str) -> Iterator[Person]:
    person = Person(address, OFFICER)
    yield person
    person.http.close()


def test_who_needs_help_is_listed_and_gone_when_somebody_takes_it(officer: Person) -> None:
    page = officer.read(PAGE)
    assert '在宅酸素' in page
    assert '受付前の方' in page
    first, *_others = re.findall(rf'{PAGE}/calls/[0-9a-f-]{{36}}', page)
    answer = officer.http.post(first, follow_redirects=False)
    assert answer.status_code == 303
    assert '在宅酸素' not in officer.read(PAGE)
    assert 'けが・急病' in officer.read(PAGE)


def test_a_desk_is_put_into_another_shelter(officer: Person) -> None:
    page = officer.read(PAGE)
    (form,) = set(re.findall(rf'{PAGE}/desks/[0-9a-f-]{{36}}', page))
    (other,) = re.findall(r'"text":"長坂台小学校","props":\{"value":"([0-9a-f-]{36})"', page)
    posted = officer.http.post(form, data={'shelter': other, 'area': '', 'mode': 'count'}, follow_redirects=False)
    assert posted.status_code == 303
    chosen = re.findall(r'"text":"([^"]*)","props":\{"value":"[^"]*","selected":true', officer.read(PAGE))
    assert chosen == ['長坂台小学校', '決めない', '人数を数える']


def test_who_may_not_run_a_shelter_sees_nothing_of_it(address: str) -> None:
    clerk = Person(address, CLERK)
    assert clerk.http.get(PAGE).status_code in (403, 404)
    clerk.http.close()
