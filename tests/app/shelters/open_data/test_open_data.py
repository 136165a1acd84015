"""What everybody may know about open shelters."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.list_import import read_shelter_list
from app.shelters.open_data.directory import Directory, Fullness, directory, fullness_of
from app.shelters.open_data.files import COLUMNS, csv_file, geojson
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.values import PersonClass, ShelterState
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register


async def found_in(box: Box) -> Directory:
    return await directory(box.shelters.register, box.reading)


async def come(box: Box, shelter: ShelterInfo, people: int) -> None:
    for _person in range(people):
        await box.shelters.counts.press(Press(shelter=shelter.id, person_class=PersonClass.MAN), OFFICER)


@pytest.mark.parametrize(
    ('state', 'people', 'capacity', 'blocked', 'fullness'),
    [
        (ShelterState.OPENED, None, 100, 0, Fullness.UNKNOWN),
        (ShelterState.OPENED, 5, None, 0, Fullness.UNKNOWN),
        (ShelterState.OPENED, 0, 100, 0, Fullness.ROOM),
        (ShelterState.OPENED, 79, 100, 0, Fullness.ROOM),
        (ShelterState.OPENED, 80, 100, 0, Fullness.CROWDED),
        (ShelterState.OPENED, 80, 100, 20, Fullness.FULL),
        (ShelterState.FULL, None, None, 0, Fullness.FULL),
        (ShelterState.OPENED, 3, 10, 50, Fullness.FULL),
    ],
)
def test_how_full_it_is_comes_from_the_staff_first_and_then_from_the_places(
    state: ShelterState, people: int | None, capacity: int | None, blocked: int, fullness: Fullness
) -> None:
    assert fullness_of(state, people, capacity, blocked) is fullness


@given(people=st.one_of(st.none(), st.integers(0, 5000)), capacity=st.one_of(st.none(), st.integers(0, 5000)))
def test_room_is_promised_only_where_both_numbers_are_known(people: int | None, capacity: int | None) -> None:
    fullness = fullness_of(ShelterState.OPENED, people, capacity, 0)
    assert (fullness is Fullness.UNKNOWN) == (people is None or capacity is None)


async def test_only_open_shelters_are_listed_and_none_of_a_drill(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.register.add(ShelterEntry(code='E-closed', name='未開設'), OFFICER)
    drill = await box.shelters.register.add(ShelterEntry(code='E-drill', name='訓練'), OFFICER, practice=True)
    await box.shelters.register.set_state(drill.id, ShelterState.OPENED, OFFICER)
    assert [one.shelter.id for one in (await found_in(box)).shelters] == [shelter.id]


async def test_the_larger_of_counted_and_registered_fills_it(box: Box) -> None:
    shelter = await opened_shelter(box, capacity=2)
    await register(box, shelter)
    assert (await found_in(box)).shelters[0].fullness is Fullness.ROOM
    await come(box, shelter, 2)
    assert (await found_in(box)).shelters[0].fullness is Fullness.FULL


async def test_nothing_about_a_person_and_no_number_of_people_is_told(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(HANAKO, protected=True))
    await come(box, shelter, 7)
    found = await found_in(box)
    for content in (geojson(found).decode(), csv_file(found).decode('utf-8-sig')):
        assert HANAKO.name not in content
        assert 'people' not in content


async def test_points_are_longitude_first_and_a_shelter_without_a_place_has_none(box: Box) -> None:
    for code, latitude in (('E-1', 36.55), ('E-2', None)):
        longitude = None if latitude is None else 136.64
        entry = ShelterEntry(code=code, name=code, latitude=latitude, longitude=longitude)
        added = await box.shelters.register.add(entry, OFFICER)
        await box.shelters.register.set_state(added.id, ShelterState.OPENED, OFFICER)
    collection = json.loads(geojson(await found_in(box)))
    assert collection['type'] == 'FeatureCollection'
    assert [one['geometry'] for one in collection['features']] == [
        {'type': 'Point', 'coordinates': [136.64, 36.55]},
        None,
    ]


async def test_the_file_has_the_standard_columns_and_leaves_unknown_numbers_empty(box: Box) -> None:
    published = {'名称_英字': 'izumishogakko', '標高': '31', '所在地_町字': '泉3丁目'}
    entry = ShelterEntry(code='E-1', name='=泉小学校', hazards=('地震', '洪水'), published=published)
    added = await box.shelters.register.add(entry, OFFICER)
    await box.shelters.register.set_state(added.id, ShelterState.OPENED, OFFICER)
    content = csv_file(await found_in(box)).decode('utf-8-sig')
    (row,) = csv.DictReader(io.StringIO(content))
    assert tuple(row) == COLUMNS
    assert {column: row[column] for column in published} == published
    assert (len(COLUMNS), COLUMNS[38]) == (44, '備考')
    assert (row['名称'], row['想定収容人数'], row['災害種別_地震'], row['災害種別_津波']) == ("'=泉小学校", '', '1', '')
    assert (row['開設状況'], row['混雑状況']) == ('開設中', '確認中')
    assert row['避難所の種類'] == '指定避難所'


async def test_what_the_list_of_the_prefecture_said_is_published_again_in_its_columns(box: Box) -> None:
    said = {
        'ID': 'CC0000000001',
        '名称': '野町小学校',
        '名称_英字': 'nomachishogakko',
        '所在地_連結表記': '金沢市野町3丁目11番1号',
        '所在地_市区町村': '金沢市',
        '所在地_町字': '野町3丁目',
        '所在地_番地以下': '11番1号',
        '標高': '31',
        '連絡先備考（その他、SNSなど）': '平日のみ',
        '緯度': '36.55282538',
        '経度': '136.6481028',
        '指定避難所との重複': '1',
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[:39])
    writer.writeheader()
    writer.writerow(said)
    (listed,) = read_shelter_list(text.getvalue().encode()).shelters
    added = await box.shelters.register.add(listed.entry, OFFICER)
    await box.shelters.register.set_state(added.id, ShelterState.OPENED, OFFICER)

    (row,) = csv.DictReader(io.StringIO(csv_file(await found_in(box)).decode('utf-8-sig')))
    assert {column: row[column] for column in said} == said
