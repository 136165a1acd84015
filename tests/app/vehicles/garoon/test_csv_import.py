import csv
import io
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import TOKYO
from app.vehicles.garoon.csv_import import COLUMNS, CsvReading, ReservationListError, read_reservations
from app.vehicles.garoon.events import Facility, Person

CARS = (Facility('1', 'car001', '軽01'), Facility('2', 'car002', '普通　ハイブリッド'))
ROW = ('2026-11-24', '09:00:00', '2026-11-24', '10:30:00', '外出', '税務署', '書類\n2部', 'sato,car001', 'kato')
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=TOKYO)


def as_csv(*rows: tuple[str, ...], encoding: str = 'utf-8') -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def read(*rows: tuple[str, ...], encoding: str = 'utf-8') -> CsvReading:
    return read_reservations(as_csv(*rows, encoding=encoding), CARS)


def changed(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(column, value) for column, value in zip(COLUMNS, ROW, strict=True))


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
@pytest.mark.parametrize('rows', [(COLUMNS, ROW), (ROW,)])
def test_both_encodings_are_read_with_and_without_a_header(encoding: str, rows: tuple[tuple[str, ...], ...]) -> None:
    (reservation,) = read(*rows, encoding=encoding).reservations
    assert (reservation.start, reservation.end) == (NINE, NINE + timedelta(minutes=90))
    assert (reservation.menu, reservation.subject, reservation.notes) == ('外出', '税務署', '書類\n2部')
    assert (reservation.facility_id, reservation.facility_code) == ('1', 'car001')
    assert (reservation.creator, reservation.attendees) == (Person('', 'kato', ''), (Person('', 'sato', ''),))


def test_columns_may_stand_in_any_order() -> None:
    assert read(COLUMNS[::-1], ROW[::-1]) == read(COLUMNS, ROW)


def test_several_targets_in_one_row_and_in_many_rows_are_the_same() -> None:
    target = COLUMNS[7]
    one = read(changed(**{target: 'sato;car001、普通　ハイブリッド'}))
    many = read(*(changed(**{target: each}) for each in ('sato', 'car001', '普通　ハイブリッド')))
    assert one == many
    assert [each.facility_id for each in one.reservations] == ['1', '2']


def test_reading_twice_or_an_event_that_was_added_twice_gives_one_key() -> None:
    assert read(ROW, ROW).reservations == read(ROW).reservations


def test_a_custom_column_and_a_short_row_do_no_harm() -> None:
    assert len(read((*COLUMNS, '行先'), (*ROW, '県庁'), ROW[:8]).reservations) == 2


def test_a_row_without_times_reserves_whole_days() -> None:
    (reservation,) = read(changed(開始時刻='', 終了時刻='', 終了日='2026/11/25')).reservations
    assert reservation.is_all_day
    assert reservation.end - reservation.start == timedelta(days=2)


def test_a_spreadsheet_with_days_and_times_of_its_own_gives_the_same_as_its_csv() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 4, ROW[4:])
        for column, form in ((0, 'yyyy/m/d'), (1, 'h:mm:ss'), (2, 'yyyy"年"m"月"d"日"'), (3, 'h:mm')):
            cell = date.fromisoformat(ROW[column]) if column in (0, 2) else time.fromisoformat(ROW[column])
            sheet.write_datetime(1, column, cell, book.add_format({'num_format': form}))
    assert read_reservations(written.getvalue(), CARS) == read(COLUMNS, ROW)


def test_the_last_second_of_a_day_is_its_end() -> None:
    (reservation,) = read(changed(終了時刻='23:59:59')).reservations
    assert reservation.end == NINE + timedelta(hours=15)


def test_a_start_alone_reserves_the_shortest_time() -> None:
    (reservation,) = read(changed(終了時刻='', 終了日='')).reservations
    assert reservation.is_start_only
    assert reservation.end == NINE + timedelta(minutes=30)


def test_an_event_without_a_car_is_counted_and_left_out() -> None:
    reading = read(changed(**{COLUMNS[7]: 'sato', '予定詳細': '会議'}), ROW)
    assert (len(reading.reservations), reading.without_car) == (1, 1)


def test_bad_rows_are_named_as_a_spreadsheet_numbers_them_and_the_others_stand() -> None:
    reading = read(COLUMNS, ROW, changed(開始日='11月24日'), changed(終了時刻='25:00'), changed(終了時刻='08:00'))
    assert len(reading.reservations) == 1
    assert reading.problems == (
        '3 行目の開始日: 「11月24日」は日付ではありません',
        '4 行目の終了時刻: 「25:00」は時刻ではありません',
        '5 行目の終了が開始より前です',
    )


@pytest.mark.parametrize(
    ('content', 'reason'),
    [
        (as_csv(ROW[:7]), '施設の列がありません'),
        (as_csv(COLUMNS[:7], ROW[:7]), '施設の列がありません'),
        (as_csv(('氏名', '職員番号'), ('山田', '1')), '列がありません: 開始日'),
        (b'\xff\xfe\x00', '文字コード'),
        ('開始日\0'.encode(), '文字コード'),
        (b'2026-11-24,"unfinished', '1 行目: CSV として読み取れません'),
    ],
)
def test_a_file_that_is_something_else_says_what_to_do(content: bytes, reason: str) -> None:
    with pytest.raises(ReservationListError, match=reason):
        read_reservations(content, CARS)


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12) | st.sampled_from(ROW + COLUMNS), max_size=11), max_size=5))
def test_whatever_the_cells_hold_rows_are_read_or_named(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    try:
        reading = read_reservations(text.getvalue().encode('utf-8', 'surrogatepass'), CARS)
    except ReservationListError:
        return
    assert all(each.start < each.end for each in reading.reservations)


def test_a_list_of_headings_alone_holds_nothing() -> None:
    assert read_reservations(as_csv(COLUMNS), CARS) == CsvReading((), (), 0)


def test_a_file_without_a_byte_is_refused_for_it_may_not_have_been_chosen() -> None:
    with pytest.raises(ReservationListError, match='空です'):
        read_reservations(b'', CARS)
