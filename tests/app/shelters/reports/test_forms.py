"""A report on paper, for programs and over the radio."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import TOKYO
from app.documents.csv_writer import csv_bytes
from app.documents.pdf_writer import pdf_bytes
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.reports.figures import Figure
from app.shelters.reports.forms import csv_sheet, report_json, report_sheet
from app.shelters.reports.radio import digits, radio_lines, spelled
from app.shelters.reports.values import Report, ReportState
from app.shelters.values import ShelterState

EIGHT = datetime(2026, 11, 23, 8, 5, tzinfo=TOKYO)
ID = UUID(int=7)
ENTRY = ShelterEntry(code='E1720100001', name='泉小学校', kana='イズミショウガッコウ', address='金沢市弥生1丁目')
SHELTER = ShelterInfo(id=ID, entry=ENTRY, state=ShelterState.OPENED, state_since=EIGHT, practice=False, here=True)
REPORT = Report(
    id=ID,
    sequence=4,
    shelter=ID,
    number=1,
    version=1,
    state=ReportState.SIGNED,
    figures=(
        Figure('people_total', 120, EIGHT),
        Figure('people_infants', 0, EIGHT),
        Figure('power', 'bad', EIGHT),
        Figure('beds', None, EIGHT),
    ),
    remarks='玄関が凍っている',
    urgent='毛布 100枚。粉ミルク',
    drafted_at=EIGHT,
    signed_at=EIGHT,
    signed_by='officer',
    sent_at=None,
    sent_by_way=None,
    replaced_at=None,
    practice=False,
)


def test_paper_says_unconfirmed_and_carries_urgent_requests() -> None:
    sheet = report_sheet(SHELTER, REPORT, box='泉小学校の箱', signer='山田 太郎')
    rows = list(sheet.rows)
    assert [row['value'] for row in rows] == ['120人', '0人', '使えない', '未確認']
    assert any('毛布' in note for note in sheet.notes)
    assert ('報告した人', '山田 太郎') in sheet.conditions
    assert pdf_bytes([sheet]).startswith(b'%PDF')


def test_a_drill_says_so_on_paper_and_first_of_all_over_the_radio() -> None:
    drill = replace(REPORT, practice=True)
    assert report_sheet(SHELTER, drill, box='箱', signer='').title.startswith('【訓練】')
    assert '訓練' in radio_lines(SHELTER, drill, '箱')[0]
    assert report_json(SHELTER, drill)['practice'] is True


def test_the_file_leaves_what_is_not_confirmed_empty() -> None:
    lines = csv_bytes(csv_sheet(SHELTER, REPORT, box='箱')).decode('utf-8-sig').splitlines()
    assert lines[0].startswith('避難所コード,避難所名,報,版,項目名')
    assert ',beds,ベッド,,台,unconfirmed,' in lines[4]
    assert ',people_infants,乳幼児(0–5歳),0,人,confirmed,' in lines[2]


def test_json_gives_each_item_definition_unit_and_time() -> None:
    first, *_rest, last = report_json(SHELTER, REPORT)['items']
    assert (first['value'], first['unit'], first['as_of']) == (120, '人', '2026-11-23T08:05:00+09:00')
    assert first['definition']
    assert (last['value'], last['status']) == (None, 'unconfirmed')


def test_the_radio_form_tells_what_is_urgent_before_the_figures() -> None:
    lines = radio_lines(SHELTER, REPORT, '泉')
    assert lines.index('毛布 100枚。') < lines.index('避難者数、120人。数字で、イチ・ニ・ゼロ。')
    assert '乳幼児(0–5歳)、0人。' in lines
    assert '未確認、ベッド。' in lines
    assert '11月23日8時5分現在。' in lines
    assert max(len(line) for line in lines) < 120


@pytest.mark.parametrize(
    ('kana', 'words'),
    [
        ('イズミ', 'いろはのイ、すずめのスに濁点、三笠のミ'),
        ('パーク', 'はがきのハに半濁点、長音、クラブのク'),
        ('ｶﾞｯｺｳ', '為替のカに濁点、つるかめのツ、子供のコ、上野のウ'),
        ('', ''),
    ],
)
def test_a_name_is_spelled_by_the_radio_alphabet(kana: str, words: str) -> None:
    assert spelled(kana) == words


@given(number=st.integers(0, 9_999_999))
def test_every_digit_of_a_number_is_said(number: int) -> None:
    assert len(digits(number).split('・')) == len(str(number))
