"""No page of the cars draws everything that there is: each shows one page of it, and how many there are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.plain_table import ROWS_PER_PAGE
from tests.chromium import start_pages
from tests.pages.staff.cars_people import Person
from tests.pages.staff.many_cars_box import ADMINISTRATOR, CARS, TRIPS

PLATE = re.compile(r'金沢 500 あ \d{4}')
LARGEST_BYTES = 150_000


@pytest.fixture(scope='module')
def person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    script = Path(__file__).parent / 'many_cars_box.py'
    address, process = start_pages(script, tmp_path_factory.mktemp('many'), ready='/sign-in')
    yield Person(address, ADMINISTRATOR)
    process.terminate()
    process.wait(15)


@pytest.mark.parametrize(
    'path',
    [
        '/staff',
        '/staff/cars',
        '/staff/cars?page=12',
        '/staff/cars/timeline',
        '/staff/trips?first=2020-01-01',
        '/staff/trips/checks',
        '/staff/alcohol',
        '/staff/drivers',
        '/staff/reservations',
    ],
)
def test_a_page_draws_no_more_cars_than_fit_on_it(person: Person, path: str) -> None:
    page = person.read(path)
    assert len(set(PLATE.findall(page))) <= ROWS_PER_PAGE
    assert len(page.encode()) < LARGEST_BYTES


def test_each_page_says_how_many_there_are(person: Person) -> None:
    assert f'{CARS}件中 1–{ROWS_PER_PAGE}' in person.read('/staff/cars')
    assert f'{TRIPS:,}件中 1–{ROWS_PER_PAGE}' in person.read('/staff/trips?first=2020-01-01')


def test_the_use_of_each_car_is_cut_with_words_and_goes_on_in_the_file(person: Person) -> None:
    page = person.read('/staff/fleet')
    while '計算しています' in page:
        page = person.read('/staff/fleet')
    used = len(person.http.get('/staff/fleet/table', params={'part': 'cars'}).text.splitlines()) - 1
    assert used > 300
    assert f'全{used}件のうち初めの300件です' in page
