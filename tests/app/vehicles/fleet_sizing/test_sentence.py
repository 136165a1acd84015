from dataclasses import replace

from app.vehicles.fleet_sizing.interval import YearlyInterval
from app.vehicles.fleet_sizing.replay import replay
from app.vehicles.fleet_sizing.sentence import Finding, finding, honest_sentence
from tests.app.vehicles.fleet_sizing.naive import MONDAY, trips_of

FINDING = Finding(
    car_type='普通車',
    cars_now=12,
    cars_then=10,
    trips=4500,
    refused=9,
    days=1096,
    yearly=YearlyInterval(3.0, 1.2, 7.6),
    turned_away=0,
)


def test_the_sentence_is_the_one_that_was_asked_for() -> None:
    assert honest_sentence(FINDING) == (
        '普通車12台→10台: 年間3件(0.2%)は希望時刻に貸出できない見込み(過去3年の再現、95%区間 1–8件)'
    )


def test_nothing_refused_keeps_its_upper_bound() -> None:
    none = replace(FINDING, refused=0, yearly=YearlyInterval(0.0, 0.0, 1.23))
    assert honest_sentence(none) == (
        '普通車12台→10台: 希望時刻に貸出できない見込みの利用はありません(年間0件)(過去3年の再現、95%区間 0–2件)'
    )


def test_less_than_one_a_year_is_not_rounded_to_none() -> None:
    rare = replace(FINDING, refused=1, trips=90_000, yearly=YearlyInterval(0.33, 0.0, 1.0))
    assert '年間1件未満(0.1%未満)' in honest_sentence(rare)


def test_six_weeks_of_records_give_no_yearly_number() -> None:
    assert honest_sentence(replace(FINDING, days=42)) == (
        '普通車12台→10台: 記録が42日分しかないため、年間の見込みは出せません(この期間の再現では9件)'
    )


def test_half_a_year_of_records_is_said() -> None:
    sentence = honest_sentence(replace(FINDING, days=183))
    assert '過去6か月の再現' in sentence
    assert sentence.endswith('1年分に満たない記録からの換算です')


def test_a_year_and_a_half_is_named_in_months() -> None:
    assert '過去1年6か月の再現' in honest_sentence(replace(FINDING, days=548))


def test_people_who_were_sent_away_make_the_number_too_low() -> None:
    assert honest_sentence(replace(FINDING, turned_away=48)).endswith(
        '。ほかに空きがなく貸出できなかった利用が48件あり、実際はこれより多くなります'
    )


def test_where_nobody_counted_them_that_is_said() -> None:
    assert honest_sentence(replace(FINDING, turned_away=None)).endswith(
        '。空きがなく貸出できなかった件数は記録がないため、実際はこれより多いことがあります'
    )


def test_without_records_there_is_no_answer() -> None:
    assert honest_sentence(replace(FINDING, trips=0, refused=0)) == (
        '普通車12台→10台: 貸出の記録がないため、見込みは出せません'
    )


def test_a_replay_of_a_year_becomes_its_sentence() -> None:
    """Every Monday three cars are wanted at once, and once a fourth."""
    mondays = [(week * 7 * 1440 + 540, 60) for week in range(52) for _car in range(3)]
    replayed = replay(trips_of([*mondays, (545, 30)]))
    first = MONDAY.astype('datetime64[D]')
    facts = {'cars_now': 4, 'first_day': first, 'last_day': first + 364, 'turned_away': 0}
    assert honest_sentence(finding(replayed, '軽', cars_then=2, **facts)).startswith(
        '軽4台→2台: 年間53件(33.8%)は希望時刻に貸出できない見込み(過去1年の再現、95%区間 5'
    )
    assert honest_sentence(finding(replayed, '軽', cars_then=3, **facts)) == (
        '軽4台→3台: 年間1件(0.6%)は希望時刻に貸出できない見込み(過去1年の再現、95%区間 0–4件)'
    )
