"""Lists of shelters as they are published, read with their dirt."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.list_import import ListedShelter, Refused, ShelterList, read_shelter_list
from app.shelters.list_repair import Repair, capacity_of, columns_in_place, name_key, place_of
from app.shelters.list_table import Layout, ShelterListError
from app.shelters.values import ShelterKind
from tests.app.documents.workbooks import as_workbook

LISTS = Path(__file__).parent.parent.parent / 'data' / 'shelters'
PREFECTURE, STATE, EMERGENCY = (
    (LISTS / name).read_bytes() for name in ('ishikawa.csv', 'gsi_shelters.csv', 'gsi_emergency.csv')
)


def found(read: ShelterList, code: str) -> ListedShelter:
    """The line of this code."""
    return next(listed for listed in read.shelters if listed.entry.code == code)


def changed(content: bytes, before: str, after: str) -> bytes:
    """The list with one thing spoilt."""
    text = content.decode('utf-8-sig')
    assert before in text
    return text.replace(before, after, 1).encode()


def test_the_columns_that_the_prefecture_shifted_are_put_back() -> None:
    read = read_shelter_list(PREFECTURE)
    assert read.layout is Layout.STANDARD
    assert all(Repair.COLUMNS_SHIFTED in listed.repairs for listed in read.shelters)
    school = found(read, 'CC0000000507').entry
    assert (school.phone, school.address) == ('0767-53-0821', '石川県七尾市西藤橋町エ1－1')


def test_a_spreadsheet_gives_the_same_as_its_csv() -> None:
    rows = csv.reader(PREFECTURE.decode('utf-8-sig').splitlines())
    assert read_shelter_list(as_workbook(rows)) == read_shelter_list(PREFECTURE)


def test_a_blank_capacity_is_unknown_and_never_nobody() -> None:
    listed = found(read_shelter_list(PREFECTURE), 'CC0000000001')
    assert listed.entry.capacity is None
    assert Repair.NO_CAPACITY in listed.repairs


def test_a_capacity_in_words_is_read_and_the_words_are_kept() -> None:
    read = read_shelter_list(PREFECTURE)
    assert found(read, 'CC0000000505').entry.capacity == 1371
    assert found(read, 'CC0000000508').entry.capacity == 9700
    assert found(read, 'CC0000000505').entry.remarks == '想定収容人数 屋内1,371人／屋外5,470人（面積の1/2）'


def test_a_line_with_nothing_but_a_dash_is_refused_and_named() -> None:
    assert [refused.reason for refused in read_shelter_list(PREFECTURE).refused] == [Refused.EMPTY]


def test_only_the_lines_of_the_municipality_are_read() -> None:
    whole, city = read_shelter_list(PREFECTURE), read_shelter_list(PREFECTURE, '金沢市')
    assert {listed.entry.address[:3] for listed in city.shelters} == {'金沢市'}
    assert len(city.shelters) + city.elsewhere == len(whole.shelters)
    assert read_shelter_list(STATE, '小松市').shelters == ()


def test_a_place_to_flee_to_is_not_taken_for_a_shelter() -> None:
    assert not found(read_shelter_list(PREFECTURE), 'CC0000000299').is_shelter
    assert not any(listed.is_shelter for listed in read_shelter_list(EMERGENCY).shelters)


def test_the_list_of_the_state_tells_welfare_shelters_by_whom_they_take() -> None:
    kinds = {listed.entry.name: listed.entry.kind for listed in read_shelter_list(STATE).shelters}
    assert kinds['鶴寿園'] is ShelterKind.WELFARE
    assert kinds['千寿閣'] is ShelterKind.WELFARE
    assert kinds['緑小学校'] is ShelterKind.DESIGNATED


def test_hazards_are_those_marked_with_one() -> None:
    assert found(read_shelter_list(PREFECTURE), 'CC0000000504').entry.hazards[:2] == (
        '洪水',
        '崖崩れ、土石流及び地滑り',
    )


def test_every_list_keeps_the_credit_that_its_licence_asks_for() -> None:
    assert 'CC BY 4.0' in read_shelter_list(PREFECTURE).shelters[0].entry.source
    assert '国土地理院' in read_shelter_list(STATE).shelters[0].entry.source


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    text = STATE.decode('utf-8-sig')
    assert read_shelter_list(text.encode(encoding)).shelters == read_shelter_list(STATE).shelters


@pytest.mark.parametrize(
    ('before', 'after', 'reason'),
    [
        ('緑小学校', '=HYPERLINK("http://example.invalid")', Refused.FORMULA),
        ('緑小学校', '', Refused.NO_NAME),
        ('E1720100005111', '', Refused.NO_CODE),
        ('緑小学校', '緑' * 201, Refused.TOO_LONG),
        ('緑小学校', '緑\x07小学校', Refused.CONTROL),
        ('緑小学校', '緑小学校,余分', Refused.OTHER_COLUMNS),
        ('E1720100059121', 'E1720100005111', Refused.DOUBLE),
    ],
)
def test_a_line_that_cannot_be_taken_is_refused_alone(before: str, after: str, reason: Refused) -> None:
    whole = read_shelter_list(STATE)
    spoilt = read_shelter_list(changed(STATE, before, after.replace('"', '""').join('""') if '"' in after else after))
    assert [refused.reason for refused in spoilt.refused] == [reason]
    assert len(spoilt.shelters) == len(whole.shelters) - 1


@pytest.mark.parametrize(
    ('content', 'words'),
    [
        (b'', '空です'),
        (b'PK\x03\x04rest', 'Excel'),
        (b'%PDF-1.7', 'PDF'),
        ('職員番号,氏名\n1,山田\n'.encode(), '避難所の一覧ではありません'),
        (b'\xff\xfe\x00a', '文字コード'),
        (STATE.splitlines()[0], '一つも入っていません'),
    ],
)
def test_another_file_is_refused_as_a_whole_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(ShelterListError) as refused:
        read_shelter_list(content)
    assert words in refused.value.problems[0]


@pytest.mark.parametrize(
    ('cell', 'people', 'repairs'),
    [
        ('', None, {Repair.NO_CAPACITY}),
        ('－', None, {Repair.NO_CAPACITY, Repair.DASH}),
        ('0', 0, set()),
        ('20500', 20500, set()),
        ('１50人　（1㎡/人）', 150, {Repair.WIDE_DIGITS, Repair.CAPACITY_FROM_WORDS}),
        ('513（2㎡/人）', 513, {Repair.CAPACITY_FROM_WORDS}),
        ('200人2.0㎡あたり1人', 200, {Repair.CAPACITY_FROM_WORDS}),
        ('屋内990人／屋外0人(座席数)', 990, {Repair.CAPACITY_FROM_WORDS}),
        ('多数', None, {Repair.CAPACITY_UNREADABLE}),
        ('9' * 40, None, {Repair.CAPACITY_UNREADABLE}),
    ],
)
def test_capacities_as_offices_write_them(cell: str, people: int | None, repairs: set[Repair]) -> None:
    told: set[Repair] = set()
    assert capacity_of(cell, told) == people
    assert told == repairs


@pytest.mark.parametrize(
    ('latitude', 'longitude', 'place', 'repairs'),
    [
        ('36.5', '136.6', (36.5, 136.6), set()),
        ('136.6', '36.5', (36.5, 136.6), {Repair.COORDINATES_SWAPPED}),
        ('', '', None, {Repair.NO_COORDINATES}),
        ('0', '0', None, {Repair.WRONG_COORDINATES}),
        ('nan', 'inf', None, {Repair.WRONG_COORDINATES}),
        ('北緯36度', '東経136度', None, {Repair.WRONG_COORDINATES}),
    ],
)
def test_places_outside_japan_are_no_places(
    latitude: str, longitude: str, place: tuple[float, float] | None, repairs: set[Repair]
) -> None:
    told: set[Repair] = set()
    assert place_of(latitude, longitude, told) == place
    assert told == repairs


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('石川県立金沢中央高等学校', '金沢中央高校'),
        ('金沢市立緑小学校', '緑小学校'),
        ('金沢市営城南市民体育館', '城南市民体育館'),
        ('額谷第１児童公園', '額谷第1児童公園'),
        ('松ヶ枝公民館', '松ケ枝 公民館'),
    ],
)
def test_two_lists_call_the_same_place_alike(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@given(
    st.dictionaries(
        st.sampled_from(['内線番号', '連絡先メールアドレス', '連絡先FormURL', '電話番号']), st.text(max_size=20)
    )
)
def test_columns_are_only_moved_where_all_three_values_are_in_the_wrong_place(cells: dict[str, str]) -> None:
    repairs: set[Repair] = set()
    moved = columns_in_place(cells, repairs)
    assert (moved == cells) == (not repairs)


@given(
    st.binary(max_size=300), st.sampled_from([b'', STATE.splitlines()[0] + b'\n', PREFECTURE.splitlines()[0] + b'\n'])
)
def test_no_bytes_bring_the_reading_down(rest: bytes, heading: bytes) -> None:
    try:
        read = read_shelter_list(heading + rest)
    except ShelterListError as refused:
        assert all(refused.problems)
        return
    assert len(read.shelters) + len(read.refused) > 0


@given(st.lists(st.text(alphabet='屋内外人0123456789０１２,、（）／㎡ ', max_size=20)))
def test_a_capacity_is_never_below_nobody_nor_beyond_a_city(cells: Iterable[str]) -> None:
    for cell in cells:
        people = capacity_of(cell, set())
        assert people is None or 0 <= people <= 200_000
