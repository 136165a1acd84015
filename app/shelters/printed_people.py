"""People on paper: lists, labels, the sheets of a roll call, and blank forms whose numbers are given beforehand."""

from collections.abc import Iterable, Sequence

from app import clock
from app.documents.labels import Label
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet
from app.language import _
from app.shelters.people_list import PersonRow
from app.shelters.places import ShelterInfo
from app.shelters.roll_call_sheet import AreaSheet, Called

FAMILY_LINES = 5


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
    return Sheet(
        title=_title(shelter, _('避難所利用者登録票')),
        made_at=clock.now(),
        source=shelter.entry.name,
        conditions=((_('番号'), code),),
        code=code,
        columns=(Column('field', _('項目'), width=18), Column('answer', _('記入欄'))),
        rows=[{'field': field, 'answer': _room_for(names)} for field, names in form_fields().items()],
        notes=(_('個人番号(マイナンバー)は書かないでください。分からないところは空のままでかまいません。'),),
    )


def _room_for(names: Sequence[str]) -> str:
    """Empty lines to write on: more where more is told."""
    return '\n'.join('\u3000' * (FAMILY_LINES if 'relation' in names else len(names[:2]) or 1))


def form_fields() -> dict[str, tuple[str, ...]]:
    """The questions of the form, and which fields of a person each of them fills (domain/shelters.md 2.1)."""
    return {
        _('氏名'): ('name',),
        _('フリガナ'): ('kana',),
        _('生年月日'): ('birth_date',),
        _('性別(書かなくてもよい)'): ('sex',),
        _('国籍・話せることば'): ('nationality', 'language'),
        _('住所(郵便番号も)'): ('postal_code', 'address'),
        _('町会'): ('neighbourhood',),
        _('電話番号'): ('phone',),
        _('緊急の連絡先'): ('contact',),
        _('滞在を希望する場所(避難所・車・自宅・そのほか)'): (),
        _('自宅の被害'): ('home_damage',),
        _('けが・病気・いまの様子'): ('injury', 'condition', 'urgencies'),
        _('薬・医療機器'): ('medicine', 'devices'),
        _('要介護度'): ('care_level',),
        _('配慮が必要なこと(障害・妊娠・乳幼児など)'): ('needs',),
        _('アレルギー・食事の注意'): ('allergies', 'diet'),
        _('ペット(種類・数・ワクチン)'): ('pets',),
        _('車(車種・色・番号)'): ('car',),
        _('手伝えること・資格'): ('skills',),
        _('そのほか本人だと分かること(持ち物など)'): ('identifying',),
        _('市外から来た方の次の行き先'): ('onward',),
        _('親族・同居者からの照会に答えてよい(はい・いいえ)'): ('consent',),
        _('知人からの照会に答えてよい(はい・いいえ)'): ('consent',),
        _('氏名などを公表してよい(はい・いいえ)'): ('consent',),
        _('いっしょにいる家族(氏名・続柄・生年月日、代表の方に○)'): ('relation',),
        _('備考'): ('remarks',),
        _('退所する日・行き先'): (),
        _('受付の記入(入所の日時・区画)'): (),
    }


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
