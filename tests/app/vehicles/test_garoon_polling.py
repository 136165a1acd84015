"""A real box beside a Garoon on a real socket."""

import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.journal.line import Actor
from app.runtime import Box
from app.settings import SettingsError, load_settings
from app.upkeep import Upkeep
from app.vehicles.garoon.client import Garoon
from app.vehicles.garoon.transport import Patience
from app.vehicles.garoon_access import access_of
from app.vehicles.garoon_polling import GaroonFault, GaroonState
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.models import Reservation
from app.vehicles.reservation_use import deleted_while_out
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo
from tests.fakes.garoon.faults import Fault, Trouble
from tests.fakes.garoon.oauth import FIRST, NAME, SECRET, OAuthGate
from tests.fakes.garoon.server import running
from tests.fakes.garoon.store import GaroonStore, Json
from tests.support.box import hire, opened_box, until

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=TOKYO)
HOUR = timedelta(hours=1)
SYSTEM = Actor.system()
PASSWORD = 'kaga-tobi-2026'


async def no_nap(_seconds: float) -> None:
    return


@dataclass(slots=True)
class Scene:
    """One car that both sides know."""

    box: Box
    store: GaroonStore
    time: SettableClock
    facility: Json
    car: VehicleInfo
    client: Garoon
    pauses: list[float] = field(default_factory=list)

    async def poll(self) -> GaroonState:
        self.pauses.append(await self.box.vehicles.garoon.poll(self.client))
        return self.box.vehicles.garoon.status.state

    async def keys(self) -> list[str]:
        return [each.key for each in await self.box.vehicles.reservations.between(NOON - 30 * HOUR, NOON + 30 * HOUR)]

    async def lend(self, reservation: str) -> TripInfo:
        driver = await self.box.staff.find_by_number('1001') or await hire(self.box)
        order = HandOver(
            attempt=reservation, vehicle=self.car.id, driver=driver.id, destination='県庁', purpose='会議',
            reservation=reservation,
        )  # fmt: skip
        return await self.box.vehicles.trips.hand_over(order)

    async def take_back(self, trip: TripInfo) -> None:
        order = TakeBack(attempt=f'{trip.id}:in', trip=trip.id, odometer=130, returned_by=trip.driver)
        await self.box.vehicles.trips.take_back(order)


@pytest.fixture
def time() -> Iterator[SettableClock]:
    settable = SettableClock(NOON)
    with clock.use(settable):
        yield settable


@pytest.fixture
async def scene(new_box: Path, tmp_path: Path, time: SettableClock) -> AsyncIterator[Scene]:
    store = GaroonStore()
    store.password = PASSWORD
    facility = store.add_car('1号車', 'car001')
    shutil.copytree(new_box, tmp_path / 'box')
    with running(store) as address:
        async with opened_box(tmp_path / 'box', garoon=settings_of(address, store)) as box:
            entry = VehicleEntry(plate='金沢 500 あ 12-34', name='1号車', facility=facility['id'])
            car = await box.vehicles.ledger.add(entry, SYSTEM, odometer=100)
            patience = Patience(sleep=no_nap, answer=0.5)
            async with Garoon(access_of(box.settings.garoon), patience) as client:
                yield Scene(box, store, time, facility, car, client)


def settings_of(address: str, store: GaroonStore, **more: Any) -> dict[str, Any]:
    return {
        'base_url': address,
        'login': store.login,
        'password': store.password,
        'facility_group_id': store.GROUP_ID,
        'write_back': True,
        **more,
    }


async def test_reservations_arrive_move_and_go(scene: Scene) -> None:
    event = scene.store.add_event(scene.facility, NOON + HOUR, NOON + 2 * HOUR)
    assert await scene.poll() is GaroonState.OK
    assert await scene.keys() == [f'{event["id"]}@{scene.facility["id"]}']
    following = await scene.box.vehicles.reservations.next_of(scene.car.id, NOON)
    assert following is not None
    assert following.start == NOON + HOUR

    event['start'] = {'dateTime': (NOON + 3 * HOUR).isoformat(), 'timeZone': 'Asia/Tokyo'}
    event['end'] = {'dateTime': (NOON + 4 * HOUR).isoformat(), 'timeZone': 'Asia/Tokyo'}
    await scene.poll()
    (moved,) = await scene.box.vehicles.reservations.between(NOON, NOON + 30 * HOUR)
    assert moved.start == NOON + 3 * HOUR

    scene.store.remove(event)
    await scene.poll()
    assert await scene.keys() == []


async def test_an_answer_without_news_writes_no_reservation_again(scene: Scene) -> None:
    scene.store.add_event(scene.facility, NOON + HOUR, NOON + 2 * HOUR, notes='長いメモ', isStartOnly=False)
    await scene.poll()
    first = await Reservation.get()
    scene.time.forward(seconds=180)
    await scene.poll()
    assert (await Reservation.get()).fetched_at == first.fetched_at
    assert scene.box.vehicles.garoon.last_answer == NOON + timedelta(minutes=3)


async def test_thousands_of_reservations_are_taken_over(scene: Scene) -> None:
    for number in range(3000):
        start = NOON + timedelta(minutes=10 * number)
        scene.store.add_event(scene.facility, start, start + timedelta(minutes=10))
    assert await scene.poll() is GaroonState.OK
    assert await Reservation.filter(gone_at=None).count() == 3000


@pytest.mark.parametrize('wanted', ['car001', '1号車'])
async def test_a_car_is_also_found_by_code_or_name_of_its_facility(scene: Scene, wanted: str) -> None:
    entry = VehicleEntry(plate=scene.car.entry.plate, facility=wanted)
    await scene.box.vehicles.ledger.change(scene.car.id, entry, SYSTEM)
    scene.store.add_event(scene.facility, NOON + HOUR, NOON + 2 * HOUR)
    await scene.poll()
    (found,) = await scene.box.vehicles.reservations.between(NOON, NOON + 30 * HOUR)
    assert found.vehicle == scene.car.id
    scene.store.events.clear()
    await scene.poll()
    assert await scene.keys() == []


async def test_what_matches_nothing_is_shown_on_both_sides(scene: Scene) -> None:
    scene.store.add_car('会議室A', 'room-a')
    await scene.box.vehicles.ledger.add(VehicleEntry(plate='金沢 300 い 1', facility='999'), SYSTEM)
    await scene.poll()
    status = scene.box.vehicles.garoon.status
    assert [each.name for each in status.unmatched] == ['会議室A']
    assert status.missing == ('999',)


@pytest.mark.parametrize(
    ('fault', 'told'),
    [
        (Fault.UNAUTHORIZED, GaroonFault.SIGN_IN),
        (Fault.TOO_MANY, GaroonFault.BUSY),
        (Fault.SERVER_ERROR, GaroonFault.SERVER),
        (Fault.SLOW, GaroonFault.UNREACHABLE),
        (Fault.TRUNCATED, GaroonFault.ANSWER),
    ],
)
async def test_a_bad_day_is_told_and_the_known_reservations_stay(
    scene: Scene, fault: Fault, told: GaroonFault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    scene.store.add_event(scene.facility, NOON + HOUR, NOON + 2 * HOUR)
    await scene.poll()
    known = await scene.keys()
    scene.time.forward(seconds=180)
    scene.store.troubles.add(Trouble(fault, seconds=2), times=10)

    assert await scene.poll() is GaroonState.AWAY
    status = scene.box.vehicles.garoon.status
    assert (status.fault, status.silent_since) == (told, NOON + timedelta(minutes=3))
    assert scene.box.vehicles.garoon.last_answer == NOON
    assert await scene.keys() == known
    shown = caplog.text + repr(scene.box.settings) + repr(status) + str(scene.box.settings.model_dump())
    assert PASSWORD not in shown

    scene.store.troubles.clear()
    assert await scene.poll() is GaroonState.OK
    assert scene.box.vehicles.garoon.status.silent_since is None


async def test_the_pause_grows_while_garoon_is_away_and_follows_what_it_asks(scene: Scene) -> None:
    scene.store.troubles.add(Trouble(Fault.UNAUTHORIZED), times=4)
    for _time in range(4):
        await scene.poll()
    scene.store.troubles.add(Trouble(Fault.TOO_MANY, retry_after='1200'))
    await scene.poll()
    await scene.poll()
    assert scene.pauses == [180, 360, 720, 900, 1200, 180]


async def test_a_list_that_changes_while_it_is_read_loses_nothing(scene: Scene) -> None:
    events = [scene.store.add_event(scene.facility, NOON + n * HOUR / 60, NOON + 20 * HOUR) for n in range(1200)]

    def somebody_deletes_one() -> None:
        if len(scene.store.events) > 1198:
            scene.store.events.pop(0)

    scene.store.between_pages = somebody_deletes_one
    assert await scene.poll() is GaroonState.OK
    kept = {row.event for row in await Reservation.filter(gone_at=None)}
    assert {each['id'] for each in events[10:]} <= kept


async def test_after_days_away_what_was_booked_meanwhile_is_caught_up(scene: Scene) -> None:
    await scene.poll()
    scene.time.step(NOON + timedelta(days=20))
    event = scene.store.add_event(scene.facility, NOON + timedelta(days=2), NOON + timedelta(days=2, hours=1))
    await scene.poll()
    assert await Reservation.filter(event=event['id']).exists()


async def test_a_reservation_deleted_while_the_car_is_out_leaves_the_trip_and_is_told(scene: Scene) -> None:
    event = scene.store.add_event(scene.facility, NOON, NOON + 2 * HOUR)
    await scene.poll()
    (key,) = await scene.keys()
    trip = await scene.lend(key)
    scene.store.remove(event)
    scene.time.forward(seconds=180)
    await scene.poll()

    (told,) = await deleted_while_out()
    assert (told.trip, told.plate, told.deleted_at) == (trip.id, '金沢 500 あ 12-34', NOON + timedelta(minutes=3))
    assert (await scene.box.vehicles.trips.open_trips())[scene.car.id].reservation == key
    await scene.take_back(trip)
    assert await deleted_while_out() == []


async def test_a_secretary_books_and_those_who_go_along_are_offered_the_car(scene: Scene) -> None:
    secretary = {'id': '9', 'code': '2001', 'name': '秘書'}
    along = [{'id': '8', 'code': '1001', 'name': '山田', 'type': 'USER'}]
    scene.store.add_event(scene.facility, NOON, NOON + HOUR, creator=secretary, attendees=along)
    await scene.poll()
    (offered,) = (await scene.box.vehicles.reservations.coming(NOON)).of_person('1001')
    assert offered.people == ('1001', '2001')
    assert len((await scene.box.vehicles.reservations.coming(NOON)).of_person('2001')) == 1


async def test_a_request_that_was_refused_reserves_nothing(scene: Scene) -> None:
    requests = [{'facility': scene.facility, 'status': 'REJECTED'}]
    scene.store.add_event(scene.facility, NOON, NOON + HOUR, facilityUsageRequests=requests)
    await scene.poll()
    assert await scene.keys() == []


async def test_each_state_is_written_back_once_also_after_garoon_was_away(scene: Scene) -> None:
    event = scene.store.add_event(scene.facility, NOON, NOON + 2 * HOUR)
    await scene.poll()
    (key,) = await scene.keys()
    trip = await scene.lend(key)
    scene.store.troubles.add(Trouble(Fault.UNAUTHORIZED))
    await scene.poll()
    assert scene.store.datastore == {}

    await scene.poll()
    name = (event['id'], 'jp.machibako.lending')
    assert scene.store.datastore[name] == {
        'state': 'out', 'plate': '金沢 500 あ 12-34', 'outAt': '2026-11-24T12:00:00+09:00', 'returnedAt': None,
        'distance': None,
    }  # fmt: skip
    scene.store.requests.clear()
    await scene.poll()
    assert [request for request in scene.store.requests if 'datastore' in request] == []

    scene.time.forward(seconds=600)
    await scene.take_back(trip)
    await scene.poll()
    assert scene.store.datastore[name]['state'] == 'returned'
    assert scene.store.datastore[name]['distance'] == 30


async def test_an_event_that_is_gone_does_not_hold_up_the_others(scene: Scene) -> None:
    gone = scene.store.add_event(scene.facility, NOON, NOON + HOUR)
    other = scene.store.add_event(scene.facility, NOON + HOUR, NOON + 2 * HOUR)
    await scene.poll()
    first, second = await scene.keys()
    await scene.take_back(await scene.lend(first))
    await scene.lend(second)
    scene.store.remove(gone)
    async with Garoon(access_of(scene.box.settings.garoon), Patience(sleep=no_nap)) as client:
        await scene.box.vehicles.garoon._writer.write(client, 'jp.machibako.lending')
    assert [event for event, _name in scene.store.datastore] == [other['id']]


async def test_the_running_box_asks_by_itself_and_writes_a_hand_over_at_once(scene: Scene) -> None:
    event = scene.store.add_event(scene.facility, NOON, NOON + HOUR)
    upkeep = Upkeep()
    scene.box.vehicles.garoon.start(upkeep)
    await until(lambda: scene.box.vehicles.garoon.status.state is GaroonState.OK)
    (key,) = await scene.keys()
    await scene.lend(key)
    await until(lambda: (event['id'], 'jp.machibako.lending') in scene.store.datastore)
    await upkeep.close()


async def test_an_address_that_names_no_garoon_is_told_and_the_box_runs(new_box: Path, tmp_path: Path) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    async with opened_box(tmp_path / 'box', garoon={'base_url': 'http://intra.example.lg.jp/'}) as box:
        box.vehicles.garoon.start(box.upkeep)
        await until(lambda: box.vehicles.garoon.status.fault is GaroonFault.ADDRESS)


async def test_a_client_certificate_that_cannot_be_used_is_told_and_the_box_runs(new_box: Path, tmp_path: Path) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    garoon = {'base_url': 'https://example.s.cybozu.com/g', 'client_certificate_file': '/nowhere/garoon.pfx'}
    async with opened_box(tmp_path / 'box', garoon=garoon) as box:
        box.vehicles.garoon.start(box.upkeep)
        await until(lambda: box.vehicles.garoon.status.fault is GaroonFault.CERTIFICATE)


async def test_the_cloud_is_asked_with_oauth_and_what_it_gave_is_kept_in_the_directory_of_the_box(
    new_box: Path, tmp_path: Path
) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    gate = OAuthGate(rotates=True)
    with running(GaroonStore(oauth=gate)) as address:
        garoon = {
            'base_url': address,
            'oauth_client_id': NAME,
            'oauth_client_secret': SECRET,
            'oauth_refresh_token': FIRST,
        }
        for given in (1, 2):
            async with opened_box(tmp_path / 'box', garoon=garoon) as box:
                box.vehicles.garoon.start(box.upkeep)
                await until(lambda: box.vehicles.garoon.status.state is GaroonState.OK)
                assert gate.given == given
                assert FIRST not in gate.refresh_tokens
                assert box.directory.garoon_token.exists()


async def test_when_garoon_last_answered_is_known_after_a_restart(scene: Scene) -> None:
    await scene.poll()
    scene.box.vehicles.reservations.heard_at = None
    await scene.box.vehicles.reservations.load()
    assert scene.box.vehicles.garoon.last_answer == NOON


async def test_without_an_address_nothing_is_asked(box: Box) -> None:
    box.vehicles.garoon.start(box.upkeep)
    assert box.vehicles.garoon.status.state is GaroonState.OFF


async def test_names_and_ids_without_measure_do_not_hold_up_the_others(scene: Scene) -> None:
    endless = {'id': '9', 'code': 'あ' * 5000, 'name': '', 'type': 'USER'}
    first = scene.store.add_event(
        scene.facility, NOON, NOON + HOUR, subject='長' * 5000, creator=endless, attendees=[endless] * 50
    )
    scene.store.add_event(scene.facility, NOON, NOON + HOUR, id='9' * 500)
    assert await scene.poll() is GaroonState.OK
    (kept,) = await scene.box.vehicles.reservations.between(NOON, NOON + HOUR)
    assert kept.key.startswith(f'{first["id"]}@')
    assert await scene.poll() is GaroonState.OK


def test_a_password_that_is_no_text_is_refused_without_being_shown(tmp_path: Path) -> None:
    (tmp_path / 'machibako.toml').write_text('[garoon]\npassword = ["kaga-tobi-2026"]\n', encoding='utf-8')
    with pytest.raises(SettingsError) as refused:
        load_settings(tmp_path)
    assert 'garoon.password' in str(refused.value)
    assert PASSWORD not in str(refused.value)
