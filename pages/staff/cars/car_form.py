"""The fields of a car in a form, and back."""

from collections.abc import Mapping
from datetime import date

from app.language import _
from app.vehicles.ledger import CarType, VehicleEntry
from app.vehicles.ledger_import import LONGEST, type_words
from app.vehicles.licence_classes import CAR_CLASSES
from components.plain_forms import entry, many_lines, selection, tick
from pages.staff.cars.values import WrongValue, day_of, is_plain, is_ticked
from pages.staff.cars.words import field_words

DAYS = ('inspection_until', 'compulsory_insurance_until', 'voluntary_insurance_until', 'periodic_check_until')
FLAGS = ('for_disasters', 'has_winter_tyres', 'is_electric')
LONGEST_REASON = 200


def draw_car_fields(of: VehicleEntry, *, with_plate: bool = True) -> None:
    """All fields; the plate names the car, so it stays as it is once the car is there."""
    words = field_words()
    if with_plate:
        entry('plate', words['plate'], of.plate, hint=_('例: 金沢 500 あ 12-34'), required=True, most=LONGEST['plate'])
    for name in ('name', 'key_number', 'guard_room', 'department', 'facility'):
        entry(name, words[name], getattr(of, name), most=LONGEST[name])
    selection('car_type', words['car_type'], {kind.value: word for kind, word in type_words().items()}, of.car_type)
    classes = dict.fromkeys((*CAR_CLASSES, of.licence_class))
    selection('licence_class', words['licence_class'], {one: one for one in classes}, of.licence_class)
    for name in DAYS:
        until: date | None = getattr(of, name)
        entry(name, words[name], until.isoformat() if until else '', kind='date')
    for name in FLAGS:
        tick(name, words[name], getattr(of, name))
    many_lines('blocked_reason', words['blocked_reason'], of.blocked_reason, hint=_('空なら貸し出せます。'), most=200)


def posted_entry(form: Mapping[str, str], plate: str | None = None) -> VehicleEntry:
    """The entry that was posted.

    Raises:
        WrongValue: something cannot be taken.
    """
    words = field_words()
    texts = {name: form.get(name, '').strip() for name in LONGEST if name != 'plate'}
    texts['plate'] = form.get('plate', '').strip() if plate is None else plate
    if not texts['plate']:
        raise WrongValue(_('登録番号を入力してください。'))
    for name, most in LONGEST.items():
        if len(texts[name]) > most or not is_plain(texts[name]):
            raise WrongValue(_('{label}: {most}文字までの文字にしてください。').format(label=words[name], most=most))
    if form.get('car_type', '') not in set(CarType):
        raise WrongValue(_('車種を選んでください。'))
    days = {name: day_of(form.get(name, ''), words[name]) for name in DAYS}
    return VehicleEntry(
        **{**texts, 'licence_class': texts['licence_class'] or '普通'},
        car_type=CarType(form['car_type']),
        inspection_until=days['inspection_until'],
        compulsory_insurance_until=days['compulsory_insurance_until'],
        voluntary_insurance_until=days['voluntary_insurance_until'],
        periodic_check_until=days['periodic_check_until'],
        for_disasters=is_ticked(form, 'for_disasters'),
        has_winter_tyres=is_ticked(form, 'has_winter_tyres'),
        is_electric=is_ticked(form, 'is_electric'),
        blocked_reason=' '.join(form.get('blocked_reason', '').split())[:LONGEST_REASON],
    )
