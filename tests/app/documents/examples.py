"""A run record sheet with everything that is hard to print."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from app.clock import TOKYO
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet

HARD_NAMES = (
    '#import "/etc/passwd": x',
    '*太* _斜_ $x^2$ @cite <label> #eval("1") \\u{41}',
    '寿限無' * 34,
    'W' * 100,
    '葛\U000e0100城\u3000邊\U000e0101',
    'אברהם שלום',
    '佐藤😀花子',
    '=HYPERLINK("http://example.jp")',
)
COLUMNS = (
    Column('day', '月日', Kind.DATE),
    Column('driver', '運転者', width=8),
    Column('left', '時刻', Kind.TIME, group='出発'),
    Column('left_at', 'メーター', Kind.NUMBER, group='出発'),
    Column('back', '時刻', Kind.TIME, group='帰着'),
    Column('distance', '走行距離(km)', Kind.NUMBER, total=True),
    Column('fuel', '給油(L)', Kind.DECIMAL, total=True),
    Column('checked', '点検', Kind.YES_NO),
    Column('note', '事故・異常'),
)
MADE_AT = datetime(2026, 5, 1, 9, 5, tzinfo=TOKYO)


def trip(driver: str = '山田\u3000太郎', **values: Any) -> Row:
    """One row, with these values in place of the usual ones."""
    usual = {
        'day': date(2026, 4, 30),
        'driver': driver,
        'left': time(8, 30),
        'left_at': 12345,
        'back': timedelta(hours=25, minutes=30),
        'distance': 20,
        'fuel': None,
        'checked': True,
        'note': '',
    }
    return {**usual, **values}


def run_record(rows: Iterable[Any] = (), **changes: Any) -> Sheet:
    """A sheet of these rows, with these fields in place of the usual ones."""
    usual = Sheet(
        title='運転日誌',
        made_at=MADE_AT,
        source='まちばこ 第一本庁舎 運行記録',
        columns=COLUMNS,
        rows=rows,
        conditions=(('車両', '金沢 500 あ 12-34'), ('期間', '2026年4月')),
        notes=('道路交通法施行規則第9条の10',),
        signature_boxes=('課長', '安全運転管理者'),
        orientation=Orientation.LANDSCAPE,
    )
    return replace(usual, **changes)


def hard_rows() -> tuple[Row, ...]:
    """A row for each name, with values at the edges."""
    edges = ({'distance': None}, {'distance': 0}, {'distance': -22261}, {'fuel': Decimal('21.25')})
    return tuple(trip(name, **edges[index % len(edges)]) for index, name in enumerate(HARD_NAMES))
