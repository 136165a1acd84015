"""People on paper: lists, labels, the sheets of a roll call, and blank forms whose numbers are given beforehand."""

from collections.abc import Iterable, Sequence

from app import clock
from app.documents.labels import Label
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet
from app.language import _
from app.shelters.people_list import PersonRow
from app.shelters.places import ShelterInfo
from app.shelters.roll_call_sheet import AreaSheet, Called


def people_sheet(shelter: ShelterInfo, rows: Iterable[PersonRow], place_words: dict[str, str]) -> Sheet:
    """The list of people of a shelter, as whoever asked for it may see them."""
    return Sheet(
        title=_title(shelter, _('避難者の一覧')),
        made_at=clock.now(),
        source=shelter.entry.name,
        columns=(
            Column('number', _('番号'), width=8),
            Column('name', _('氏名')),
            Column('kana', _('フリガナ')),
            Column('born', _('生年月日'), Kind.DATE),
            Column('where', _('場所'), width=8),
            Column('state', _('状態'), width=5),
            Column('arrived', _('到着'), Kind.DATETIME),
        ),
        rows=[_person(row, place_words) for row in rows],
        orientation=Orientation.LANDSCAPE,
        notes=(_('取り扱いに注意してください。使い終わったら裁断します。'),),
    )


def roll_call_sheets(shelter: ShelterInfo, areas: Sequence[AreaSheet]) -> list[Sheet]:
    """One sheet for each area, with room for a mark and for the heads that were counted."""
    return [_roll_call_sheet(shelter, area) for area in areas]


def labels(rows: Iterable[PersonRow], codes: Sequence[str]) -> list[Label]:
    """A label or wristband for each person: the number to call them by and a code, never a name."""
    return [Label((row.number,), code) for row, code in zip(rows, codes, strict=True)]


def form_labels(shelter: ShelterInfo, codes: Sequence[str]) -> list[Label]:
    """Codes to stick on blank forms and blank cards."""
    return [Label((shelter.entry.name, code), code) for code in codes]


def blank_form(shelter: ShelterInfo, code: str) -> Sheet:
    """避難所利用者登録票 to be filled in by hand; the code leads to the person once it was entered."""
    fields = (
        _('氏名'), _('フリガナ'), _('生年月日'), _('性別(書かなくてもよい)'), _('住所'), _('町会'), _('電話番号'),
        _('緊急の連絡先'), _('滞在を希望する場所(避難所・車・自宅・そのほか)'), _('自宅の被害'),
        _('けが・病気・薬・医療機器'), _('アレルギー・食事の注意'), _('配慮が必要なこと'), _('ペット'),
        _('車(車種・色・番号)'), _('手伝えること・資格'),
        _('親族・同居者からの照会に答えてよい(はい・いいえ)'), _('知人からの照会に答えてよい(はい・いいえ)'),
        _('氏名などを公表してよい(はい・いいえ)'), _('いっしょにいる家族(氏名・続柄・生年月日)'),
    )  # fmt: skip
    return Sheet(
        title=_title(shelter, _('避難所利用者登録票')),
        made_at=clock.now(),
        source=shelter.entry.name,
        conditions=((_('番号'), code),),
        code=code,
        columns=(Column('field', _('項目'), width=18), Column('answer', _('記入欄'))),
        rows=[{'field': field, 'answer': '\u3000'} for field in fields],
        notes=(_('個人番号(マイナンバー)は書かないでください。分からないところは空のままでかまいません。'),),
    )


def _roll_call_sheet(shelter: ShelterInfo, area: AreaSheet) -> Sheet:
    return Sheet(
        title=_title(shelter, _('点呼 {area}').format(area=area.name)),
        made_at=clock.now(),
        source=shelter.entry.name,
        conditions=(
            (_('登録されている人'), _('{count}人').format(count=area.named)),
            (_('入口で数えた人'), _('{count}人').format(count=area.entrance)),
        ),
        columns=(
            Column('number', _('番号'), width=8),
            Column('name', _('氏名')),
            Column('state', _('状態'), width=10),
            Column('present', _('いる'), width=4),
            Column('absent', _('外出など'), width=5),
            Column('not_found', _('見当たらない'), width=7),
        ),
        rows=[_called(each) for each in area.people],
        signature_boxes=(_('数えた人数'), _('点呼した人')),
    )


def _person(row: PersonRow, place_words: dict[str, str]) -> Row:
    hidden, details = row.details.protected, row.details
    return {
        'number': row.number,
        'name': _('(保護が必要な方)') if hidden else details.name,
        'kana': '' if hidden else details.kana,
        'born': None if hidden else details.birth_date,
        'where': row.area or place_words[row.place],
        'state': _('外出中') if row.state == 'away' else _('在所'),
        'arrived': row.arrived_at,
    }


def _called(each: Called) -> Row:
    state = _('外出中') if each.away else _('長く姿が見えない') if each.silent else ''
    mark = str(each.mark) if each.mark else ''
    return {
        'number': each.number,
        'name': _('(保護が必要な方)') if each.protected else each.name,
        'state': state,
        **{one: '○' if one == mark else '' for one in ('present', 'absent', 'not_found')},
    }


def _title(shelter: ShelterInfo, title: str) -> str:
    return _('【訓練】{title}').format(title=title) if shelter.practice else title
