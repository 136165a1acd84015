import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.car_list import CarFilter, CarList
from app.vehicles.ledger import CarType, VehicleEntry
from app.vehicles.ledger_import import compare_ledger, read_ledger_list, save_ledger
from app.vehicles.listed import ListError
from tests.app.documents.workbooks import csv_as_workbook

SYSTEM = Actor.system()
FULL = (
    '車種,登録番号,名称,車検満了日,自賠責満了日,災害用,冬用タイヤ,免許区分\r\n'
    'トラック,金沢 100 あ 1,ダンプ,2028/4/1,2028-04-01,○,0,中型\r\n'
)


def problems_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ListError) as refused:
        read_ledger_list(text.encode())
    return refused.value.problems


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
def test_a_list_is_read_in_each_encoding_with_columns_in_any_order(encoding: str) -> None:
    (car,) = read_ledger_list(FULL.encode(encoding))
    assert car.over(None) == VehicleEntry(
        plate='金沢 100 あ 1',
        name='ダンプ',
        car_type=CarType.TRUCK,
        inspection_until=date(2028, 4, 1),
        compulsory_insurance_until=date(2028, 4, 1),
        for_disasters=True,
        licence_class='中型',
    )


def test_a_spreadsheet_gives_the_same_as_its_csv() -> None:
    assert read_ledger_list(csv_as_workbook(FULL)) == read_ledger_list(FULL.encode())


def test_a_column_that_is_not_there_changes_nothing() -> None:
    (car,) = read_ledger_list('登録番号,名称\n金沢 1,新しい名\n'.encode())
    known = VehicleEntry(plate='金沢 1', name='古い名', guard_room='第一', inspection_until=date(2030, 1, 1))
    assert car.over(known).inspection_until == date(2030, 1, 1)
    assert car.over(known).name == '新しい名'


@pytest.mark.parametrize(
    ('text', 'words'),
    [
        ('', '空です'),
        ('名称\n1号車\n', '列がありません: 登録番号'),
        ('登録番号,登録番号\n1,2\n', '同じ名前の列'),
        ('登録番号\n', '一台も入っていません'),
        ('登録番号\n"x\n', 'CSV として読み取れません'),
        ('登録番号,車検満了日\nx,2028-02-30\n', '2 行目の車検満了日'),
        ('登録番号,災害用\nx,たぶん\n', '2 行目の災害用: 1 か 0'),
        ('登録番号\n' + 'x' * 41 + '\n', '40 文字を超えています'),
        ('登録番号\nx\nx\n', '3 行目: 登録番号 x は 2 行目にもあります'),
        ('登録番号,名称\nx,=1+1\n', '数式になっています'),
    ],
)
def test_what_cannot_be_taken_is_said_with_its_line(text: str, words: str) -> None:
    assert any(words in problem for problem in problems_of(text))


def test_only_the_first_problems_are_listed_and_the_others_counted() -> None:
    found = problems_of('登録番号,車検満了日\n' + ''.join(f'{number},x\n' for number in range(30)))
    assert (len(found), found[-1]) == (11, 'ほかに 20 件あります')


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    try:
        read_ledger_list(content)
    except ListError as refused:
        assert refused.problems


@given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), min_size=1, max_size=6))
def test_any_cells_are_read_or_refused_in_words(cells: list[list[str]]) -> None:
    written = io.StringIO(newline='')
    csv.writer(written).writerows([['登録番号', '車種', '車検満了日', '災害用'], *cells])
    try:
        cars = read_ledger_list(written.getvalue().encode('utf-8', 'replace'))
    except ListError as refused:
        assert refused.problems
    else:
        assert len({car.plate for car in cars}) == len(cars)


async def test_a_list_adds_and_changes_and_leaves_those_it_does_not_name(box: Box) -> None:
    ledger, cars = box.vehicles.ledger, CarList(box.reading)
    for plate in ('甲', '乙', '丙'):
        await ledger.add(VehicleEntry(plate=plate, guard_room='第一'), SYSTEM)
    listed = read_ledger_list('登録番号,名称\n甲,一号\n乙,\n丁,四号\n'.encode())

    found = compare_ledger(listed, await cars.by_plate())
    assert ([one.plate for one in found.added], [entry.plate for _known, entry in found.changed]) == (['丁'], ['甲'])
    assert (found.unchanged, found.missing) == (1, 1)
    await save_ledger(ledger, found, SYSTEM)

    known = await cars.by_plate()
    assert (known['甲'].entry.name, known['甲'].entry.guard_room) == ('一号', '第一')
    assert set(known) == {'甲', '乙', '丙', '丁'}
    assert compare_ledger(listed, known).added == ()


async def test_many_cars_are_searched_and_paged_in_the_database(box: Box) -> None:
    lines = ''.join(f'車{number:04},{"災" if number % 2 else "並"}{number},{number % 2}\n' for number in range(300))
    listed = read_ledger_list(f'登録番号,名称,災害用\n{lines}'.encode())
    await save_ledger(box.vehicles.ledger, compare_ledger(listed, {}), SYSTEM)
    cars = CarList(box.reading)

    page, total = await cars.page(CarFilter(), 250, 50)
    assert (total, [car.entry.plate for car in page][:2]) == (300, ['車0250', '車0251'])
    assert (await cars.page(CarFilter(only_for_disasters=True), 0, 10))[1] == 150
    assert (await cars.page(CarFilter(words='災29'), 0, 10))[1] == 6
    assert (await cars.page(CarFilter(retired=True), 0, 10)) == ([], 0)
