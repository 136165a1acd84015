"""What a car desk orders at its last step, out of what was said before."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.vehicles.desk_flow import Draft
from app.vehicles.trip_values import HandOver, TakeBack


def order_out(desk: UUID, draft: Draft) -> HandOver:
    """The key goes out."""
    assert draft.car is not None  # noqa: S101 - the step is reached with a car and a driver only
    assert draft.driver is not None  # noqa: S101
    return HandOver(
        attempt=f'{draft.attempt}:out',
        vehicle=draft.car.id,
        driver=draft.driver.id,
        destination=draft.destination or '',
        purpose=draft.purpose,
        passengers=draft.passengers,
        reservation=draft.offer.reservation if draft.offer else None,
        due_at=draft.due_at,
        handed_over_by=draft.confirmer,
        desk=desk,
        check=draft.check,
        charge=draft.charge,
        overridden=dict(draft.overridden),
    )


def order_back(desk: UUID, draft: Draft, extras: Mapping[str, Any]) -> TakeBack:
    """The key comes back; of the extras those count that `TakeBack` knows."""
    assert draft.open_trip is not None  # noqa: S101 - the step is reached with a trip and an odometer only
    assert draft.tapped is not None  # noqa: S101
    known = {name: value for name, value in extras.items() if name in TakeBack.__dataclass_fields__}
    return TakeBack(
        attempt=f'{draft.attempt}:in',
        trip=draft.open_trip.id,
        odometer=draft.odometer or 0,
        odometer_confirmer=draft.odometer_confirmer,
        returned_by=draft.tapped.id,
        received_by=draft.confirmer,
        desk=desk,
        check=draft.check,
        **known,
    )
