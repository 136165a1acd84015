"""How the car pages speak to people."""

from datetime import date, datetime

from app import clock
from app.language import _
from app.vehicles.corrections import CorrectionProblem
from app.vehicles.gates import warning_stage
from app.vehicles.ledger import VehicleProblem
from app.vehicles.trip_values import TripProblem
from components.times import day_and_time, day_with_weekday, narrow_day


def field_words() -> dict[str, str]:
    """The names of the fields of a car and of a trip."""
    return {
        'plate': _('登録番号'),
        'name': _('名称'),
        'car_type': _('車種'),
        'guard_room': _('守衛室'),
        'department': _('所属'),
        'key_number': _('鍵番号'),
        'facility': _('施設ID(Garoon)'),
        'licence_class': _('必要な免許'),
        'inspection_until': _('車検満了日'),
        'compulsory_insurance_until': _('自賠責満了日'),
        'voluntary_insurance_until': _('任意保険満了日'),
        'periodic_check_until': _('定期点検期限'),
        'blocked_reason': _('貸出を止める理由'),
        'for_disasters': _('災害用に確保する'),
        'has_winter_tyres': _('冬用タイヤを付けている'),
        'is_electric': _('電気自動車'),
        'odometer': _('メーター(km)'),
        'driver': _('運転者'),
        'second_drivers': _('交代運転者'),
        'destination': _('行先'),
        'purpose': _('用務'),
        'passengers': _('同乗者(人)'),
        'passenger_staff': _('同乗した職員'),
        'passenger_names': _('職員でない同乗者'),
        'out_at': _('出発'),
        'returned_at': _('帰着'),
        'returned_by': _('返却した人'),
        'odometer_out': _('出発時メーター(km)'),
        'odometer_in': _('帰着時メーター(km)'),
        'fuel_litres': _('給油量(L)'),
        'fuel_yen': _('給油額(円)'),
        'charged_kwh': _('充電量(kWh)'),
        'has_receipt': _('領収書あり'),
        'abnormality': _('異常'),
        'is_accident': _('事故'),
    }


def until_words(until: date | None) -> str:
    """A date in the ledger, with how near it is; one that was not entered says so."""
    if until is None:
        return _('未入力')
    stage = warning_stage(until, clock.today())
    if stage is None:
        return day_with_weekday(until)
    if stage == 0:
        return _('{day} 満了').format(day=day_with_weekday(until))
    return _('{day} まであと{days}日').format(day=day_with_weekday(until), days=(until - clock.today()).days)


def short_until_words(until: date | None) -> str:
    """The same for a table of many dates."""
    stage = warning_stage(until, clock.today()) if until else None
    if until is None or stage is None:
        return narrow_day(until) if until else _('未入力')
    if stage == 0:
        return _('{day} 満了').format(day=narrow_day(until))
    return _('{day} あと{days}日').format(day=narrow_day(until), days=(until - clock.today()).days)


def time_words(at: datetime | None) -> str:
    """A time, or that there is none yet."""
    return day_and_time(at) if at else _('未返却')


def kilometres(value: int | None) -> str:
    """A distance or odometer; not known yet is not 0."""
    return '' if value is None else f'{value:,}'


def vehicle_problem_words(problem: VehicleProblem) -> str:
    """Why the ledger was not changed, and what to do."""
    return {
        VehicleProblem.PLATE_TAKEN: _('この登録番号の車は既にあります。番号を確かめてください。'),
        VehicleProblem.UNKNOWN: _('この車は台帳にありません。一覧から選び直してください。'),
        VehicleProblem.OUT: _('貸出中の車は外せません。返却を入力してからもう一度試してください。'),
    }[problem]


def trip_problem_words(problem: TripProblem) -> str:
    """Why a trip was not recorded, and what to do."""
    return {
        TripProblem.CAR_OUT: _('この車は貸出中です。先に返却を入力してください。'),
        TripProblem.CAR_UNKNOWN: _('この車は台帳にありません。登録番号を確かめてください。'),
        TripProblem.NOT_OUT: _('この車は返却済みです。直すときは「訂正する」を使ってください。'),
        TripProblem.ODOMETER_BACK: _('メーターが出発時より小さくなっています。確かめてください。'),
        TripProblem.ODOMETER_TOO_FAR: _('走行距離が2,000kmを超えています。メーターを確かめてください。'),
        TripProblem.TIME_BACK: _('帰着が出発より前になっています。日時を確かめてください。'),
        TripProblem.TIME_AHEAD: _('これから先の日時は入力できません。'),
    }[problem]


def correction_problem_words(problem: CorrectionProblem, field: str) -> str:
    """Why a trip was not corrected, and what to do."""
    label = field_words().get(field, '')
    return {
        CorrectionProblem.UNKNOWN_TRIP: _('この運行記録はありません。'),
        CorrectionProblem.UNKNOWN_PERSON: _('{label}: この職員番号の職員はいません。').format(label=label),
        CorrectionProblem.SAME_PERSON: _(
            '{label}: 同じ人が2回入っています。運転者のほかの人を、1回だけ入れてください。'
        ).format(label=label),
        CorrectionProblem.NO_REASON: _('訂正の理由を500文字までで書いてください。'),
        CorrectionProblem.NO_CHANGE: _('変わるところがありません。'),
        CorrectionProblem.BAD_VALUE: _('{label}: この値は入れられません。').format(label=label),
        CorrectionProblem.STILL_OUT: _('まだ返却されていません。「返却を入力」を使ってください。'),
        CorrectionProblem.TIME_BACK: trip_problem_words(TripProblem.TIME_BACK),
        CorrectionProblem.TIME_AHEAD: trip_problem_words(TripProblem.TIME_AHEAD),
        CorrectionProblem.ODOMETER_BACK: trip_problem_words(TripProblem.ODOMETER_BACK),
        CorrectionProblem.ODOMETER_TOO_FAR: trip_problem_words(TripProblem.ODOMETER_TOO_FAR),
    }[problem]
