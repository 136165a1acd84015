"""The lines of the journal that say of a key going out and coming back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.journal.line import Act, Actor, Assurance, Sealed
from app.vehicles.month_texts import without_texts
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo

HANDED_OVER = 'vehicles.handed_over'
TAKEN_BACK = 'vehicles.taken_back'
RETURNED_ALONE = 'vehicles.returned_alone'
RETURN_JOINED = 'vehicles.return_joined'


def handing_over(order: HandOver, trip: UUID, values: Mapping[str, Any], sealed: tuple[Sealed, ...]) -> Act:
    """A key goes out; the texts of its record are among what is sealed."""
    return Act(
        kind=HANDED_OVER,
        actor=_guard(order.handed_over_by),
        subjects=(order.vehicle, order.driver),
        desk=order.desk,
        attempt=order.attempt,
        happened=order.at,
        payload={
            'trip': str(trip),
            **plain(values),
            'check': str(order.check) if order.check else None,
            'overridden': list(order.overridden or ()),
            **({} if order.charge is None else {'charge': order.charge}),
        },
        sealed=sealed,
    )


def taking_back(order: TakeBack, trip: TripInfo, sealed: tuple[Sealed, ...]) -> Act:
    """A key comes back."""
    return Act(
        kind=TAKEN_BACK,
        actor=_guard(order.received_by),
        subjects=(trip.vehicle, trip.driver),
        desk=order.desk,
        attempt=order.attempt,
        happened=order.at,
        payload={'trip': str(trip.id), **_key_back(order)},
        sealed=sealed,
    )


def returning_alone(order: TakeBack, vehicle: UUID, sealed: tuple[Sealed, ...]) -> Act:
    """A key comes back whose trip is not known here; `order.trip` names the return."""
    return Act(
        kind=RETURNED_ALONE,
        actor=_guard(order.received_by),
        subjects=(vehicle, order.returned_by),
        desk=order.desk,
        attempt=order.attempt,
        happened=order.at,
        payload={'lone_return': str(order.trip), **_key_back(order)},
        sealed=sealed,
    )


def _key_back(order: TakeBack) -> dict[str, Any]:
    return {
        **plain(closing(order)),
        'check': str(order.check) if order.check else None,
        **({'odometer_confirmer': str(order.odometer_confirmer)} if order.odometer_confirmer else {}),
    }


def opening(order: HandOver, odometer: int | None) -> dict[str, Any]:
    """What a hand-over writes into the row of its trip."""
    return {
        'vehicle': order.vehicle,
        'driver': order.driver,
        'reservation': order.reservation,
        'destination': order.destination,
        'purpose': order.purpose,
        'passengers': order.passengers,
        'due_at': order.due_at,
        'odometer_out': odometer if order.odometer is None else order.odometer,
        'handed_over_by': order.handed_over_by,
        'desk_out': order.desk,
    }


def closing(order: TakeBack) -> dict[str, Any]:
    """What a return writes into the row of its trip."""
    return {
        'returned_by': order.returned_by,
        'odometer_in': order.odometer,
        'received_by': order.received_by,
        'desk_in': order.desk,
        'fuel_litres': order.fuel_litres,
        'fuel_yen': order.fuel_yen,
        'has_receipt': order.has_receipt,
        'abnormality': order.abnormality,
        'is_accident': order.is_accident,
    }


def texts_out(order: HandOver) -> dict[str, str]:
    """What was written at a hand-over, and why gates were opened for it."""
    reasons = '、'.join(dict.fromkeys((order.overridden or {}).values()))
    return {'destination': order.destination, 'purpose': order.purpose, 'reason': reasons}


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a row as a line has them, without those that are sealed."""
    open_ = without_texts(values)
    return {name: value if isinstance(value, int | None) else str(value) for name, value in open_.items()}


def _guard(person: UUID | None) -> Actor:
    return Actor.system() if person is None else Actor(str(person), Assurance.CARD)
