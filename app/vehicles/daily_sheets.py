"""The time line of cars and 確認が必要な記録 as tables for other programs."""

from collections.abc import Iterable, Iterator
from datetime import date

from app import clock
from app.documents.sheet import Column, Kind, Row, Sheet
from app.language import _
from app.vehicles.exception_words import exception_title, exception_to_do, exception_words
from app.vehicles.record_checks import RecordException
from app.vehicles.timeline import Bar, CarLine


def sheet_of_timeline(days: Iterable[tuple[date, Iterable[CarLine]]], box: str) -> Sheet:
    """What was reserved and what was real on each day; one row for each bar, cut at midnight."""
    columns = (
        Column('day', _('日'), Kind.DATE),
        Column('plate', _('登録番号')),
        Column('name', _('名称')),
        Column('what', _('区分')),
        Column('start', _('開始'), Kind.DATETIME),
        Column('end', _('終了'), Kind.DATETIME),
        Column('words', _('行先・用件')),
        Column('state', _('状態')),
    )
    rows = [row for day, lines in days for line in lines for row in _rows_of(day, line)]
    return _sheet(_('車の使用状況'), box, columns, rows)


def sheet_of_exceptions(found: Iterable[RecordException], box: str) -> Sheet:
    """確認が必要な記録."""
    columns = (
        Column('plate', _('登録番号')),
        Column('what', _('区分')),
        Column('words', _('内容')),
        Column('at', _('出発か予約の開始'), Kind.DATETIME),
        Column('since', _('いつから'), Kind.DATETIME),
        Column('to_do', _('次にすること')),
    )
    return _sheet(_('確認が必要な記録'), box, columns, [_exception_row(one) for one in found])


def _sheet(title: str, box: str, columns: tuple[Column, ...], rows: list[Row]) -> Sheet:
    source = _('まちばこ {box} 運行記録').format(box=box)
    return Sheet(title=title, made_at=clock.now(), source=source, columns=columns, rows=rows)


def _rows_of(day: date, line: CarLine) -> Iterator[Row]:
    for what, bars in ((_('予約'), line.reserved), (_('貸出'), line.real)):
        for bar in bars:
            yield {
                'day': day,
                'plate': line.plate,
                'name': line.name,
                'what': what,
                'start': bar.start,
                'end': None if bar.is_under_way else bar.end,
                'words': bar.words,
                'state': _state(bar),
            }


def _state(bar: Bar) -> str:
    if bar.is_late:
        return _('返却予定を過ぎている')
    if bar.is_under_way:
        return _('貸出中')
    return _('予約されたが使われなかった') if bar.is_unused else ''


def _exception_row(one: RecordException) -> Row:
    return {
        'plate': one.plate,
        'what': exception_title(one.problem),
        'words': exception_words(one),
        'at': one.at,
        'since': one.since,
        'to_do': exception_to_do(one.problem),
    }
