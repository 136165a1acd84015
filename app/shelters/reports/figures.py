"""What a status report says: each figure with its definition, its unit and the time it is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import TOKYO
from app.language import _
from app.shelters.needs.facts import CONDITIONS, Condition, Fact
from app.shelters.needs.words import condition_word, fact_unit, fact_word, number_word, unconfirmed
from app.shelters.values import ShelterState

Value = int | float | str | None
STATE = 'shelter_state'
COUNTS = (
    'people_total', 'people_men', 'people_women', 'people_children', 'people_infants', 'people_unknown_class',
    'people_counted', 'people_registered', 'people_away', 'people_in_cars', 'people_at_home', 'people_visitors',
    'people_with_needs', 'people_urgent', 'ill_fever', 'ill_cough', 'ill_stomach', 'ill_other',
)  # fmt: skip
OTHERS = ('households', 'requests_open')
AREA = 'area_per_person'
TOILETS = 'toilets_usable'
KEYS = (STATE, *COUNTS, *OTHERS, AREA, TOILETS, *(fact.value for fact in Fact))
"""The names of data items, in the order of the form; our own words for EEI, whose list is not public."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; a value of None is 未確認 and never 0."""

    key: str
    value: Value
    as_of: datetime
    typed: bool = False
    """A person put it right; the others are from the live data."""


def label_of(key: str) -> str:
    """What it is called on the form."""
    return fact_word(Fact(key)) if key in _FACTS else _words()[key][0]


def definition_of(key: str) -> str:
    """What exactly is counted."""
    if key in _FACTS:
        fact = Fact(key)
        if fact in CONDITIONS:
            return _('職員が見て確かめた状態')
        return (
            _('職員が数えた、いま使えないトイレの数')
            if fact is Fact.TOILETS_BROKEN
            else _('職員が確かめた、いま使える数')
        )
    return _words()[key][1]


def unit_of(key: str) -> str:
    """What the value counts; empty for a word."""
    if key in _FACTS:
        return fact_unit(Fact(key))
    if key in COUNTS:
        return _('人')
    return {'households': _('世帯'), 'requests_open': _('件'), AREA: 'm²', TOILETS: _('基')}.get(key, '')


def value_words(figure: Figure) -> str:
    """The value as people read it, with its unit."""
    if figure.value is None:
        return unconfirmed()
    if figure.key == STATE:
        return state_word(ShelterState(str(figure.value)))
    if isinstance(figure.value, str):
        return condition_word(Fact(figure.key), Condition(figure.value))
    return f'{number_word(figure.value)}{unit_of(figure.key)}'


def state_word(state: ShelterState) -> str:
    """Whether people can come."""
    return {
        ShelterState.NOT_OPENED: _('未開設'),
        ShelterState.OPENED_BY_RESIDENTS: _('開設(住民による)'),
        ShelterState.OPENED: _('開設'),
        ShelterState.FULL: _('満員'),
        ShelterState.CLOSED: _('閉鎖'),
    }[state]


def plain(figure: Figure) -> dict[str, Any]:
    """For the database and the journal."""
    return {'key': figure.key, 'value': figure.value, 'as_of': figure.as_of.isoformat(), 'typed': figure.typed}


def from_plain(stored: Mapping[str, Any]) -> Figure:
    """What `plain` wrote."""
    as_of = datetime.fromisoformat(stored['as_of']).astimezone(TOKYO)
    return Figure(stored['key'], stored['value'], as_of, stored['typed'])


def items(figures: tuple[Figure, ...]) -> list[dict[str, Any]]:
    """As JSON for other systems: every item with definition, unit, as-of time, and whether it is confirmed."""
    return [
        {
            'name': figure.key,
            'label': label_of(figure.key),
            'definition': definition_of(figure.key),
            'unit': unit_of(figure.key),
            'value': figure.value,
            'status': 'unconfirmed' if figure.value is None else 'confirmed',
            'source': 'person' if figure.typed else 'live',
            'as_of': figure.as_of.isoformat(timespec='seconds'),
        }
        for figure in figures
    ]


_FACTS = frozenset(fact.value for fact in Fact)


def _words() -> Mapping[str, tuple[str, str]]:
    """Label and definition of each item that is no fact."""
    by_class = _('人数の内訳(数えた数か登録した数の多いほう)')
    inside = _('登録した人のうち、退所していない人')
    ill = _('治っていない症状の記録の人数')
    return {
        STATE: (_('開設状況'), _('この避難所が人を受け入れているか')),
        'people_total': (_('避難者数'), _('数えた数と登録した数の多いほう。建物の中に滞在する人')),
        'people_men': (_('男性'), by_class),
        'people_women': (_('女性'), by_class),
        'people_children': (_('子ども(6–14歳)'), by_class),
        'people_infants': (_('乳幼児(0–5歳)'), by_class),
        'people_unknown_class': (_('性別・年齢を聞いていない人'), by_class),
        'people_counted': (
            _('入口で数えた人数'),
            _('名前を聞かずに数えた人数(開設か最後の点呼から。退所した人は引く)'),
        ),
        'people_registered': (_('登録した人数'), _('登録し、建物の中に滞在する人(一時外出を含む)')),
        'people_away': (_('一時外出中'), inside),
        'people_in_cars': (_('車中泊'), inside),
        'people_at_home': (_('在宅'), inside),
        'people_visitors': (_('市外からの来訪者'), inside),
        'people_with_needs': (_('要配慮者'), _('登録した人のうち、配慮が要ると申し出た人')),
        'people_urgent': (_('急ぎの医療が要る人'), _('在宅酸素・人工呼吸器・透析・けがのある登録者')),
        'ill_fever': (_('発熱'), ill),
        'ill_cough': (_('せき'), ill),
        'ill_stomach': (_('嘔吐・下痢'), ill),
        'ill_other': (_('その他の症状'), ill),
        'households': (_('世帯数'), _('登録した人の世帯。世帯が未登録の人は1人を1世帯と数える')),
        'requests_open': (_('届いていない要請'), _('出した、または作成中で、まだ届いていない物資の要請')),
        AREA: (_('1人あたりの広さ'), _('使える床面積を避難者数で割ったもの')),
        TOILETS: (_('使えるトイレの合計'), _('種類ごとの使える数の合計。一つでも未確認なら未確認')),
    }
