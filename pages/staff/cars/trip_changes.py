"""What a correction form asks to change, compared with what it had shown."""

from collections.abc import Mapping

from app.language import _
from app.runtime import Box
from app.vehicles.correctable import Value
from app.vehicles.trip_values import TripInfo
from pages.staff.cars.people import staff_with
from pages.staff.cars.values import WrongValue, decimal_of, is_ticked, local_value, number_of, time_of
from pages.staff.cars.words import field_words

TEXTS = ('destination', 'purpose', 'abnormality')
NUMBERS = ('odometer_out', 'odometer_in', 'passengers', 'fuel_yen')
DECIMALS = ('fuel_litres', 'charged_kwh')
TIMES = ('out_at', 'returned_at')
NEVER_EMPTY = ('passengers', 'odometer_in', 'out_at', 'returned_at')


async def posted_changes(box: Box, shown: TripInfo, form: Mapping[str, str]) -> dict[str, Value]:
    """The fields that were posted and differ; seconds that a form cannot show stay as they are.

    Raises:
        WrongValue: something cannot be taken.
    """
    changes: dict[str, Value] = {name: form[name].strip() for name in TEXTS if name in form}
    words = field_words()
    for name in NUMBERS:
        if name in form:
            changes[name] = number_of(form[name], words[name])
    for name in TIMES:
        if name in form and form[name].strip() != local_value(getattr(shown, name)):
            changes[name] = time_of(form[name], words[name])
    for name in DECIMALS:
        if name in form:
            changes[name] = decimal_of(form[name], words[name])
    for name in ('has_receipt', 'is_accident'):
        changes[name] = is_ticked(form, name)
    if form.get('driver', '').strip():
        changes['driver'] = (await staff_with(box, form['driver'], words['driver'])).id
    return {name: _filled(name, value) for name, value in changes.items() if getattr(shown, name) != value}


def _filled(name: str, value: Value) -> Value:
    if value is None and name in NEVER_EMPTY:
        raise WrongValue(_('{label}: 空にはできません。').format(label=field_words()[name]))
    return value
