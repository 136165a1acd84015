"""Sixty cars and the bookings of five weeks, with every kind of event that Garoon knows."""

import random
from datetime import datetime, timedelta

from tests.fakes.garoon.store import GaroonStore, Json, moment

CARS = 60
DAYS_BEFORE, DAYS_AFTER = 7, 28
TYPES = (('軽', 30), ('普通', 20), ('ワゴン', 6), ('トラック', 4))
DESTINATIONS = ('現地確認', '税務署', '県庁', '小学校', '水道工事立会い', '家庭訪問', '会議(第二本庁舎)')
PEOPLE = ('sato 佐藤 昇', 'kato 加藤 美咲', 'suzuki 鈴木 健', 'tanaka 田中 優', 'yamada 山田 花子')


def city_with_sixty_cars(now: datetime) -> GaroonStore:
    """The same city each time for the same day."""
    chance = random.Random(f'{now:%Y%m%d}')  # noqa: S311 - the same city each time
    store = GaroonStore()
    names = [name for name, count in TYPES for _number in range(count)]
    cars = [store.add_car(f'{name}{number:02d}', f'car{number:03d}') for number, name in enumerate(names, start=1)]
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for day in range(-DAYS_BEFORE, DAYS_AFTER):
        for car in cars:
            _book(store, car, midnight + timedelta(days=day), chance)
    _unusual(store, cars, midnight)
    return store


def _book(store: GaroonStore, car: Json, day: datetime, chance: random.Random) -> None:
    at = 8.5
    while day.weekday() < 5 and chance.random() < 0.6 and at < 16:
        start = day + timedelta(hours=at + chance.choice((0, 0.5, 1)))
        end = start + timedelta(hours=chance.choice((1, 1.5, 2, 3)))
        code, _space, name = chance.choice(PEOPLE).partition(' ')
        driver = {'id': str(len(code) + 1), 'code': code, 'name': name, 'type': 'USER'}
        store.add_event(car, start, end, subject=chance.choice(DESTINATIONS), attendees=[driver])
        at = (end - day) / timedelta(hours=1) + 0.5


def _unusual(store: GaroonStore, cars: list[Json], midnight: datetime) -> None:
    evening = midnight + timedelta(hours=18)
    whole_days = {'eventType': 'ALL_DAY', 'isAllDay': True, 'subject': '選挙事務'}
    store.add_event(cars[30], midnight, midnight + timedelta(days=2, seconds=-1), **whole_days)
    store.add_event(cars[31], evening - timedelta(days=1), evening + timedelta(days=3), subject='被災地派遣')
    store.add_event(cars[32], evening, evening + timedelta(hours=2), visibilityType='PRIVATE', subject='非公開')
    store.add_event(cars[33], evening, evening + timedelta(hours=2), attendees=[], subject='車両のみ')
    request = [{'facility': cars[34], 'status': 'IN_PROGRESS'}]
    store.add_event(cars[34], evening, evening + timedelta(hours=2), facilityUsageRequests=request)
    first = store.add_event(cars[35], evening, evening + timedelta(hours=1), eventType='REPEATING', repeatId='1')
    for week in (1, 2, 3):
        start = evening + timedelta(weeks=week)
        again = {'id': first['id'], 'eventType': 'REPEATING', 'repeatId': str(week + 1)}
        store.add_event(cars[35], start, start + timedelta(hours=1), **again)
    candidates = [
        {'start': moment(at), 'end': moment(at + timedelta(hours=1)), 'facility': cars[36]}
        for at in (evening, evening + timedelta(days=1))
    ]
    fields = {'eventType': 'TEMPORARY', 'temporaryEventCandidates': candidates, 'subject': '日程調整中'}
    store.add_event(cars[36], evening, evening + timedelta(hours=1), **fields)
