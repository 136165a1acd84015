"""Words for facts and standards, on screens and on paper."""

from app.language import _
from app.shelters.needs.facts import LITRES, USABLE_TOILETS, Condition, Fact, Found
from app.shelters.needs.standards import Standard, Verdict

ROOM_AND_ROADS = (Fact.BUILDING, Fact.ROAD)


def fact_word(fact: Fact) -> str:
    """The name of a fact."""
    return {
        Fact.TOILETS_WOMEN: _('女性用トイレ'),
        Fact.TOILETS_MEN: _('男性用トイレ'),
        Fact.TOILETS_SHARED: _('男女共用トイレ'),
        Fact.TOILETS_ACCESSIBLE: _('バリアフリートイレ'),
        Fact.TOILETS_PORTABLE: _('仮設・携帯トイレ'),
        Fact.TOILETS_BROKEN: _('使えないトイレ'),
        Fact.WATER_DRINKING: _('飲み水の備え'),
        Fact.WATER_OTHER: _('生活用水の備え'),
        Fact.BEDS: _('ベッド'),
        Fact.PARTITIONS: _('間仕切り'),
        Fact.BATHS: _('入浴(風呂・シャワー)'),
        Fact.MEALS_TONIGHT: _('今夜の食事'),
        Fact.POWER: _('電気'),
        Fact.TAP_WATER: _('水道'),
        Fact.SEWER: _('下水'),
        Fact.GAS: _('ガス'),
        Fact.PHONE: _('電話'),
        Fact.NET: _('インターネット'),
        Fact.BUILDING: _('建物'),
        Fact.ROAD: _('周りの道路'),
    }[fact]


def fact_unit(fact: Fact) -> str:
    """What its amount counts; empty for a condition."""
    if fact in LITRES:
        return 'L'
    if fact in (*USABLE_TOILETS, Fact.TOILETS_BROKEN):
        return _('基')
    units = {Fact.BEDS: _('台'), Fact.PARTITIONS: _('張'), Fact.BATHS: _('か所'), Fact.MEALS_TONIGHT: _('食')}
    return units.get(fact, '')


def condition_word(fact: Fact, condition: Condition) -> str:
    """How something stands."""
    words = {Condition.GOOD: _('使える'), Condition.PARTLY: _('一部使える'), Condition.BAD: _('使えない')}
    if fact is Fact.BUILDING:
        words = {Condition.GOOD: _('安全'), Condition.PARTLY: _('注意'), Condition.BAD: _('危険')}
    if fact is Fact.ROAD:
        words = {Condition.GOOD: _('通れる'), Condition.PARTLY: _('一部通れない'), Condition.BAD: _('通れない')}
    return words[condition]


def found_words(fact: Fact, found: Found) -> str:
    """What was found, with its unit; 未確認 where nobody can say."""
    if found.condition is not None:
        return condition_word(fact, found.condition)
    return unconfirmed() if found.amount is None else f'{number_word(found.amount)}{fact_unit(fact)}'


def unconfirmed() -> str:
    """The word of the official forms for what is not known yet."""
    return _('未確認')


def number_word(number: float) -> str:
    """Whole where it is, else with one decimal."""
    return f'{number:,.0f}' if number == int(number) else f'{number:,.1f}'


def standard_word(standard: Standard) -> str:
    """The name of a standard."""
    return {
        Standard.AREA: _('広さ'),
        Standard.TOILETS: _('トイレ'),
        Standard.TOILETS_FOR_WOMEN: _('女性用トイレ'),
        Standard.WATER: _('水(1日分)'),
        Standard.DRINKING_WATER: _('飲み水(1日分)'),
        Standard.BEDS: _('ベッド'),
        Standard.BATHS: _('入浴'),
        Standard.MEALS: _('今夜の食事'),
    }[standard]


def standard_rule(standard: Standard) -> str:
    """What the guideline asks for."""
    return {
        Standard.AREA: _('1人 3.5 m²'),
        Standard.TOILETS: _('はじめは50人に1基、のちに20人に1基'),
        Standard.TOILETS_FOR_WOMEN: _('女性用は男性用の3倍'),
        Standard.WATER: _('1人1日 15 L'),
        Standard.DRINKING_WATER: _('1人1日 3 L'),
        Standard.BEDS: _('1人 1台'),
        Standard.BATHS: _('50人に1か所'),
        Standard.MEALS: _('1人 1食'),
    }[standard]


def standard_unit(standard: Standard) -> str:
    """What its amounts count."""
    return {
        Standard.AREA: 'm²',
        Standard.TOILETS: _('基'),
        Standard.TOILETS_FOR_WOMEN: _('基'),
        Standard.WATER: 'L',
        Standard.DRINKING_WATER: 'L',
        Standard.BEDS: _('台'),
        Standard.BATHS: _('か所'),
        Standard.MEALS: _('食'),
    }[standard]


def wanted_word(standard: Standard) -> str:
    """What a request for it asks for."""
    return {
        Standard.TOILETS: _('仮設トイレ'),
        Standard.WATER: _('生活用水'),
        Standard.DRINKING_WATER: _('飲料水'),
        Standard.BEDS: _('段ボールベッド'),
        Standard.BATHS: _('仮設風呂・シャワー'),
        Standard.MEALS: _('食事'),
    }.get(standard, standard_word(standard))


def verdict_word(verdict: Verdict) -> str:
    """Whether it is enough."""
    return {Verdict.ENOUGH: _('足りている'), Verdict.SHORT: _('足りない'), Verdict.UNKNOWN: unconfirmed()}[verdict]
