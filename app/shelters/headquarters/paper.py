"""The handing over of headquarters on paper: numbers, open shelters, what is not done with, what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.clock import TOKYO
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet
from app.language import _
from app.shelters.calls import OpenCall
from app.shelters.handouts.request_values import RequestInfo, RequestState
from app.shelters.headquarters.board import OPEN, Board, Line
from app.shelters.headquarters.snapshot import Change, ChangeKind, Snapshot, changes_since
from app.shelters.headquarters.words import concern_words
from app.shelters.reports.figures import state_word
from app.shelters.values import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """Everything that is handed over."""

    board: Board
    before: Snapshot | None
    """With what it is compared; None: this is the first."""
    requests: Sequence[RequestInfo]
    calls: Sequence[OpenCall]
    practice: bool
    source: str
    """Name of the box."""
    urgencies: Mapping[Urgency, str]
    request_states: Mapping[RequestState, str]


def handing_sheets(handing: Handing) -> list[Sheet]:
    """Five sheets, of which empty ones are left out except the first two."""
    names = {line.figures.shelter.id: line.figures.shelter.entry.name for line in handing.board.lines}
    sheets = [_totals(handing), _shelters(handing)]
    if handing.calls:
        sheets.append(_calls(handing, names))
    if handing.requests:
        sheets.append(_requests(handing, names))
    changes = changes_since(handing.board, handing.before) if handing.before else []
    if changes:
        sheets.append(_changes(handing, changes))
    return sheets


def _sheet(
    handing: Handing, title: str, columns: tuple[Column, ...], rows: Sequence[Row], *, landscape: bool = False
) -> Sheet:
    whole = _('災害対策本部 引き継ぎ: {title}').format(title=title)
    return Sheet(
        title=_('【訓練】{title}').format(title=whole) if handing.practice else whole,
        made_at=handing.board.now,
        source=handing.source,
        columns=columns,
        rows=rows,
        conditions=((_('前回の引き継ぎ'), _when(handing.before.at) if handing.before else _('なし')),),
        orientation=Orientation.LANDSCAPE if landscape else Orientation.PORTRAIT,
        signature_boxes=(_('引き継いだ人'), _('受けた人')) if title == _('全体') else (),
    )


def _totals(handing: Handing) -> Sheet:
    sums, before = handing.board.sums, handing.before
    shelters = before.shelters.values() if before else ()
    requests, calls = sum(then.requests for then in shelters), sum(then.calls for then in shelters)
    told: list[tuple[str, int, int | None]] = [
        (_('開いている避難所'), sums.open, before.open if before else None),
        (_('避難者'), sums.people, before.people if before else None),
        (_('人数が未確認の避難所'), sums.unknown, None),
        (_('避難所の外の人'), sums.outside, None),
        (_('市外からの来訪者'), sums.visitors, None),
        (_('住民による開設'), sums.by_residents, None),
        (_('収容人数を超えている避難所'), sums.overcrowded, None),
        (_('足りないものがある避難所'), sums.short, None),
        (_('届いていない要請'), sums.requests, requests if before else None),
        (_('緊急の応援'), sums.calls, calls if before else None),
    ]
    columns = (
        Column('what', _('項目')),
        Column('now', _('いま'), Kind.NUMBER),
        Column('before', _('前回'), Kind.NUMBER),
        Column('difference', _('増減'), Kind.NUMBER),
    )
    rows: list[Row] = [
        {'what': what, 'now': now, 'before': then, 'difference': None if then is None else now - then}
        for what, now, then in told
    ]
    return _sheet(handing, _('全体'), columns, rows)


def _shelters(handing: Handing) -> Sheet:
    columns = (
        Column('name', _('避難所')),
        Column('state', _('状態'), width=7),
        Column('people', _('避難者'), Kind.NUMBER, total=True),
        Column('places', _('定員'), Kind.NUMBER),
        Column('outside', _('外の人'), Kind.NUMBER, total=True),
        Column('concerns', _('要対応')),
        Column('phone', _('電話番号'), width=7),
        Column('as_of', _('時点'), Kind.DATETIME, width=11),
    )
    lines = handing.board.chosen(state=OPEN)
    return _sheet(handing, _('開いている避難所'), columns, [_shelter(handing, line) for line in lines], landscape=True)


def _shelter(handing: Handing, line: Line) -> Row:
    figures = line.figures
    return {
        'name': figures.shelter.entry.name,
        'state': state_word(figures.shelter.state),
        'people': figures.people,
        'places': figures.places,
        'outside': figures.in_cars + figures.at_home + figures.elsewhere,
        'concerns': '、'.join(concern_words(figures, handing.board.now)),
        'phone': figures.shelter.entry.phone,
        'as_of': figures.as_of,
    }


def _calls(handing: Handing, names: Mapping[UUID, str]) -> Sheet:
    columns = (
        Column('shelter', _('避難所')),
        Column('urgency', _('何が要るか')),
        Column('at', _('呼んだ時刻'), Kind.DATETIME),
    )
    rows: list[Row] = [
        {
            'shelter': names.get(call.help.shelter, ''),
            'urgency': handing.urgencies[call.help.urgency],
            'at': call.called_at,
        }
        for call in handing.calls
    ]
    return _sheet(handing, _('だれも向かっていない応援'), columns, rows)


def _requests(handing: Handing, names: Mapping[UUID, str]) -> Sheet:
    columns = (
        Column('shelter', _('避難所')),
        Column('what', _('物資')),
        Column('quantity', _('まだ届いていない数'), Kind.NUMBER),
        Column('unit', _('単位'), width=4),
        Column('state', _('状態'), width=8),
        Column('needed_by', _('いつまでに'), Kind.DATETIME),
    )
    rows: list[Row] = [
        {
            'shelter': names.get(request.entry.shelter, ''),
            'what': request.entry.what,
            'quantity': request.outstanding,
            'unit': request.entry.unit,
            'state': handing.request_states[request.state],
            'needed_by': request.entry.needed_by,
        }
        for request in handing.requests
    ]
    return _sheet(handing, _('届いていない要請'), columns, rows)


def _changes(handing: Handing, changes: Sequence[Change]) -> Sheet:
    columns = (
        Column('shelter', _('避難所')),
        Column('what', _('変わったこと'), width=8),
        Column('before', _('前回'), width=10),
        Column('now', _('いま'), width=10),
    )
    words = {
        ChangeKind.OPENED: _('開設'),
        ChangeKind.CLOSED: _('閉鎖'),
        ChangeKind.STATE: _('状態'),
        ChangeKind.PEOPLE: _('避難者数'),
    }
    rows: list[Row] = [
        {
            'shelter': change.line.figures.shelter.entry.name,
            'what': words[change.kind],
            'before': _then(change),
            'now': f'{state_word(change.line.figures.shelter.state)} {_people(change.line.figures.people)}'.strip(),
        }
        for change in changes
    ]
    return _sheet(handing, _('前回から変わったこと'), columns, rows)


def _then(change: Change) -> str:
    return f'{state_word(change.before.state)} {_people(change.before.people)}'.strip() if change.before else ''


def _people(people: int | None) -> str:
    return '' if people is None else _('{count}人').format(count=f'{people:,}')


def _when(at: datetime) -> str:
    return at.astimezone(TOKYO).strftime('%Y-%m-%d %H:%M')
