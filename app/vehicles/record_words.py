"""How the record of cars speaks on paper and in files."""

from app.language import _
from app.vehicles.alcohol_book import CheckEntry
from app.vehicles.alcohol_values import Method, Phase
from app.vehicles.run_record import TripEntry
from app.vehicles.trip_values import Source


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
        _('返却: {name}').format(name=entry.returned_by.name) if entry.came_back_by_another else '',
        _('紙から入力') if trip.source is Source.PAPER else '',
        _('訂正あり') if entry.is_corrected else '',
        _('返却の記録なし') if trip.returned_at is None else '',
    ]
    return '、'.join(part for part in parts if part)


def check_remarks(entry: CheckEntry) -> str:
    """その他必要な事項."""
    if entry.needs_instruction:
        return _('指示待ち')
    return _('指示者: {name}').format(name=entry.instructed_by.name) if entry.instruction else ''
