from dataclasses import replace

from app.vehicles.ledger import VehicleEntry
from app.vehicles.timeline import CarLine, Timeline
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene
from tests.app.vehicles.test_desk import reservation

__all__ = ['evening', 'scene']


async def line_of(scene: Scene, day: int) -> CarLine:
    (line,), total = await Timeline(scene.box.reading).page(at(day, 0).date(), '', 0, 50)
    assert total == 1
    return line


async def test_a_trip_over_midnight_is_cut_into_its_days(scene: Scene) -> None:
    await scene.back(await scene.out(at(20, 22)), at(21, 1), 41_230)
    assert [(bar.start, bar.end) for bar in (await line_of(scene, 20)).real] == [(at(20, 22), at(21, 0))]
    assert [(bar.start, bar.end) for bar in (await line_of(scene, 21)).real] == [(at(21, 0), at(21, 1))]
    assert (await line_of(scene, 22)).real == ()


async def test_a_car_that_is_out_has_a_bar_until_now_and_is_late_past_its_time(scene: Scene) -> None:
    await scene.out(at(24, 9))
    (bar,) = (await line_of(scene, 24)).real
    assert (bar.start, bar.end, bar.words, bar.is_late) == (at(24, 9), at(24, 20), '県庁', False)


async def test_reservations_stand_above_and_say_when_nobody_came(scene: Scene) -> None:
    told = reservation(at(24, 9), at(24, 10), ('1001',))
    ahead = replace(told, key='ev-2', start=at(24, 21), end=at(25, 2))
    gone = replace(told, key='ev-3', facility_id='8')
    await scene.box.vehicles.reservations.keep([told, ahead, gone])
    bars = (await line_of(scene, 24)).reserved
    assert [(bar.start, bar.end, bar.is_unused) for bar in bars] == [
        (at(24, 9), at(24, 10), True),
        (at(24, 21), at(25, 0), False),
    ]


async def test_cars_stand_by_guard_room_and_key_number_page_by_page(scene: Scene) -> None:
    for number in ('2', '10', '1'):
        await scene.box.vehicles.ledger.add(VehicleEntry(plate=f'鍵{number}', key_number=number), SYSTEM)
    day = at(24, 0).date()
    timeline = Timeline(scene.box.reading)
    lines, total = await timeline.page(day, '', 0, 3)
    rest, _total = await timeline.page(day, '', 3, 3)
    assert (total, [line.plate for line in [*lines, *rest]][:3]) == (4, ['鍵1', '鍵2', '鍵10'])
    assert [line.plate for line in (await timeline.page(day, '総務', 0, 9))[0]] == ['金沢 500 あ 12-34']
    assert await timeline.page(day, '%', 0, 9) == ([], 0)
