import io
import zipfile

import pytest

from app.documents.orders import Form
from app.documents.sheet import Outdated
from app.vehicles.monthly import MonthlyOrder, monthly_sheets, order_month
from app.vehicles.run_record import RunRecord, TripFilter, month_of
from app.vehicles.sheets import About, empty_sheet, sheets_of_cars, sheets_of_drivers
from tests.app.vehicles.record_scene import Scene, at, evening, scene
from tests.support.box import hire

FIRST, LAST = month_of(2026, 11)
WANTED = TripFilter(first_day=FIRST, last_day=LAST)
ABOUT = About(period='2026年11月', box='本庁舎')


__all__ = ['evening', 'scene']


async def ordered(scene: Scene, *, by_driver: bool = False) -> MonthlyOrder:
    box = scene.box
    return await order_month(box.reading, box.vault, box.directory.database, WANTED, ABOUT, by_driver=by_driver)


async def test_the_child_makes_the_sheets_that_the_box_would(scene: Scene) -> None:
    await scene.back(await scene.out(at(10, 9)), at(10, 11), 41_212)
    await scene.out(at(11, 9))
    entries = await RunRecord(scene.box.reading, scene.box.vault).all(WANTED)
    assert len(entries) == 2
    assert monthly_sheets(await ordered(scene)) == sheets_of_cars(entries, ABOUT)
    assert monthly_sheets(await ordered(scene, by_driver=True)) == sheets_of_drivers(entries, ABOUT)


async def test_a_month_without_trips_has_a_sheet_that_says_so(scene: Scene) -> None:
    assert monthly_sheets(await ordered(scene)) == [empty_sheet(ABOUT)]


async def test_a_driver_who_came_after_the_order_is_not_printed_without_a_name(scene: Scene) -> None:
    trip = await scene.out(at(10, 9))
    before = await ordered(scene)
    stranger = await hire(scene.box, number='0777')
    await scene.back(trip, at(10, 11), 41_212, by=stranger.id)
    with pytest.raises(Outdated):
        monthly_sheets(before)
    with pytest.raises(Outdated):
        await scene.box.documents.render_recipe(Form.PDF, monthly_sheets, before)
    assert await scene.box.documents.render_recipe(Form.PDF, monthly_sheets, await ordered(scene))


async def test_the_workbook_of_the_child_bears_the_names_that_the_order_brought(scene: Scene) -> None:
    await scene.out(at(10, 9))
    workbook = await scene.box.documents.render_recipe(Form.XLSX, monthly_sheets, await ordered(scene))
    with zipfile.ZipFile(io.BytesIO(workbook)) as made:
        told = ''.join(made.read(name).decode() for name in made.namelist() if name.endswith('.xml'))
    assert scene.driver.name in told
