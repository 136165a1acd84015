"""How the record of cars speaks on paper and in files."""

from collections.abc import Sequence

from app.language import _
from app.people.names import Named
from app.vehicles.alcohol_book import CheckEntry
from app.vehicles.alcohol_values import Method, Phase
from app.vehicles.gates import Gate
from app.vehicles.licence_classes import LicenceCondition
from app.vehicles.permits import permissible
from app.vehicles.run_record import TripEntry
from app.vehicles.trip_values import Source, TripInfo


def phase_word(phase: Phase) -> str:
    """Before or after the drive."""
    return {Phase.BEFORE: _('運転前'), Phase.AFTER: _('運転後')}[phase]


def method_word(method: Method) -> str:
    """確認の方法; the second part says how, where it was not face to face."""
    return {Method.FACE_TO_FACE: _('対面'), Method.TELEPHONE: _('電話'), Method.VIDEO: _('映像')}[method]


def trip_remarks(entry: TripEntry) -> str:
    """What else the record says of a trip, in one cell."""
    trip = entry.trip
    parts = [
        _('事故あり') if trip.is_accident else '',
        trip.abnormality,
        _('交代運転者: {names}').format(names=names_in(entry.second_drivers)) if entry.second_drivers else '',
        permitted_words(trip),
        _('出発時の電池 {percent}%').format(percent=trip.charge_out) if trip.charge_out is not None else '',
        _('返却: {name}').format(name=entry.returned_by.name) if entry.came_back_by_another else '',
        _('紙から入力') if trip.source is Source.PAPER else '',
        _('訂正あり') if entry.is_corrected else '',
        _('返却の記録なし') if trip.returned_at is None else '',
    ]
    return '、'.join(part for part in parts if part)


def passengers_words(entry: TripEntry) -> str:
    """同乗者 in one cell: how many, and who, where that is known."""
    if not entry.trip.passengers:
        return _('なし')
    count = _('{count}人').format(count=entry.trip.passengers)
    names = passenger_names(entry)
    return _('{count}({names})').format(count=count, names=names) if names else count


def passenger_names(entry: TripEntry) -> str:
    """Those 同乗者 whose names are known; empty: none is."""
    staff = [names_in([person]) for person in entry.passenger_staff]
    return '、'.join([*staff, *filter(None, [entry.trip.passenger_names])])


def names_in(people: Sequence[Named]) -> str:
    """Several people in one cell; whose name was erased, or whom only another box knows, by number."""
    return '・'.join(person.name or person.number or _('(消去済み)') for person in people)


def permitted_words(trip: TripInfo) -> str:
    """Which gates a manager opened for this trip and why; empty: none."""
    words = {str(gate): name for gate, name in gate_names().items()}
    by_reason: dict[str, list[str]] = {}
    for gate, reason in trip.overridden:
        by_reason.setdefault(reason, []).append(words.get(gate, gate))
    parts = [_('許可: {gates}({reason})').format(gates='・'.join(of), reason=why) for why, of in by_reason.items()]
    return '、'.join(parts)


def gate_names() -> dict[Gate, str]:
    """What a manager may permit, each in a few words."""
    words = {
        Gate.VOLUNTARY_INSURANCE: _('任意保険の期間'),
        Gate.PERIODIC_CHECK: _('定期点検の時期'),
        Gate.LICENCE_UNSEEN: _('運転免許証の未確認'),
        Gate.CHECKER_UNTESTED: _('検知器の動作確認の遅れ'),
        Gate.CAR_BLOCKED: _('使用停止中の車'),
        Gate.FOR_DISASTERS: _('災害用の車'),
        Gate.EARLIER_TRIP_OPEN: _('前の貸出の未返却'),
        Gate.WINTER_TYRES: _('冬用タイヤの未装着'),
        Gate.LOW_CHARGE: _('電池の残りの不足'),
    }
    return {gate: words[gate] for gate in permissible()}


def check_remarks(entry: CheckEntry) -> str:
    """その他必要な事項."""
    if entry.needs_instruction:
        return _('指示待ち')
    return _('指示者: {name}').format(name=entry.instructed_by.name) if entry.instruction else ''


def condition_words() -> dict[LicenceCondition, str]:
    """限定条件 as they stand on the licence."""
    return {
        LicenceCondition.MEDIUM_8T: _('中型車は中型車(8t)に限る'),
        LicenceCondition.SEMI_MEDIUM_5T: _('準中型車は準中型車(5t)に限る'),
        LicenceCondition.AUTOMATIC: _('AT車に限る'),
    }
