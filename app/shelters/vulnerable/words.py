"""How the list of those who need help speaks, on the page and on paper."""

from collections.abc import Iterable

from app import clock
from app.documents.sheet import Column, Kind, Orientation, Sheet
from app.language import _
from app.shelters.details import age_on
from app.shelters.vulnerable.values import CallResult, Standing, VulnerableInfo


def standing_words(standing: Standing) -> str:
    """What is known about somebody."""
    return {
        Standing.NEEDS_RESCUE: _('救助が必要'),
        Standing.NOT_REACHED: _('連絡がつかない'),
        Standing.UNKNOWN: _('未連絡'),
        Standing.CANDIDATE: _('避難所に似た人あり'),
        Standing.SAFE: _('無事'),
        Standing.ARRIVED: _('避難所にいる'),
    }[standing]


def result_words() -> dict[str, str]:
    """What came of a call."""
    return {
        str(CallResult.SAFE): _('無事'),
        str(CallResult.NOT_REACHED): _('つながらない'),
        str(CallResult.NEEDS_RESCUE): _('救助が必要'),
    }


def age_words(info: VulnerableInfo) -> str:
    """The age today; empty where no birth date is known."""
    born = info.entry.birth_date
    return _('{age}歳').format(age=age_on(born, clock.today())) if born else ''


def call_sheet(people: Iterable[VulnerableInfo], chosen: str, source: str, *, practice: bool) -> Sheet:
    """The list for those who call and visit, with room to write (電話連絡票)."""
    rows = [
        {
            'standing': standing_words(one.standing),
            'district': one.entry.district,
            'neighbourhood': one.entry.neighbourhood,
            'name': one.entry.name,
            'age': age_words(one),
            'address': one.entry.address,
            'phone': one.entry.phone,
            'reasons': one.entry.reasons,
            'supporter': one.entry.supporter,
            'result': '',
        }
        for one in people
    ]
    return Sheet(
        title=_('避難行動要支援者 電話連絡票') + (_('【訓練】') if practice else ''),
        made_at=clock.now(),
        source=source,
        columns=(
            Column('standing', _('状況'), Kind.TEXT, 6),
            Column('district', _('校下'), Kind.TEXT, 5),
            Column('neighbourhood', _('町会'), Kind.TEXT, 6),
            Column('name', _('氏名'), Kind.TEXT, 7),
            Column('age', _('年齢'), Kind.TEXT, 4),
            Column('address', _('住所')),
            Column('phone', _('電話番号'), Kind.TEXT, 9),
            Column('reasons', _('理由'), Kind.TEXT, 7),
            Column('supporter', _('支援者'), Kind.TEXT, 8),
            Column('result', _('結果(書き込み)'), Kind.TEXT, 8),
        ),
        rows=rows,
        conditions=((_('範囲'), chosen),),
        notes=(_('災害の間だけ使います。使い終えたら本部へ返してください。'),),
        orientation=Orientation.LANDSCAPE,
    )
