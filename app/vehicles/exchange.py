"""What other boxes tell about the shared cars: both guard rooms lend from one pool."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.exchange.received import ExchangedKinds, Fact, ReceivedLine, facts_about
from app.storage.transaction import Transaction
from app.storage.vault import Vault
from app.vehicles.correctable import MOST_PEOPLE
from app.vehicles.ledger import VEHICLE_ADDED, VEHICLE_CHANGED, VEHICLE_RETIRED, VehicleEntry, VehicleLedger
from app.vehicles.lent_twice import LoanWatch
from app.vehicles.lone_return_exchange import LoneReturnExchange
from app.vehicles.lone_returns import LoneReturns
from app.vehicles.models import AlcoholCheck, Trip, Vehicle
from app.vehicles.month_texts import all_changes, told_by
from app.vehicles.permit_exchange import PermitExchange
from app.vehicles.record_exchange import RecordExchange
from app.vehicles.room import Vehicles
from app.vehicles.second_returns import keep_told, second_return_id
from app.vehicles.trip_lines import HANDED_OVER, TAKEN_BACK
from app.vehicles.trip_values import Source, trip_info
from app.vehicles.trips import CORRECTED, Trips
from app.vehicles.two_rooms_models import LoneReturn

LEDGER_KINDS = (VEHICLE_ADDED, VEHICLE_CHANGED, VEHICLE_RETIRED)
AS_THEY_ARE = ('reservation', 'destination', 'purpose', 'passengers', 'odometer_out')
OF_THE_RETURN = ('odometer_in', 'fuel_yen', 'has_receipt', 'abnormality', 'is_accident')


def join_exchange(room: Vehicles, kinds: ExchangedKinds, vault: Vault) -> None:
    """Exchange cars, trips and what the law wants recorded about them with other boxes."""
    room.turned_away.join(kinds)
    room.other_room.join(kinds)
    LoneReturnExchange(room.lone_returns).join(kinds)
    VehicleExchange(room.ledger, room.trips, room.loans, room.lone_returns).join(kinds)
    PermitExchange(room.permits).join(kinds)
    RecordExchange(vault, room.trips, room.alcohol.COUNTED).join(kinds)


class VehicleExchange:
    """Applies what happened to the shared cars at other boxes."""

    def __init__(self, ledger: VehicleLedger, trips: Trips, watch: LoanWatch, returns: LoneReturns) -> None:
        self._ledger = ledger
        self._trips = trips
        self._watch = watch
        self._returns = returns

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange cars and trips."""
        for kind in LEDGER_KINDS:
            kinds.add(kind, self._ledger_changed)
        kinds.add(HANDED_OVER, self._handed_over)
        kinds.add(TAKEN_BACK, self._taken_back, self._knows_trip)
        kinds.add(CORRECTED, self._corrected, self._knows_trip)
        kinds.when_settled(self._watch.look)

    async def _ledger_changed(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        vehicle = line.subjects[0]
        facts = await facts_about(tx, vehicle, LEDGER_KINDS)
        row = ledger_row(facts)
        row['odometer'] = await _last_odometer(tx, vehicle, row.pop('added_at'), row['odometer'])
        if not await Vehicle.filter(id=vehicle).using_db(tx.connection).update(**row):
            await Vehicle.create(id=vehicle, **row, using_db=tx.connection)
        tx.after_commit(lambda: self._ledger.CHANGED.emit(vehicle))

    async def _handed_over(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        told = told_by(line)
        trip = UUID(told['trip'])
        if await Trip.filter(id=trip).using_db(tx.connection).exists():
            return
        row = await Trip.create(
            id=trip,
            sequence=sequence,
            box=line.box,
            vehicle=UUID(told['vehicle']),
            driver=line.person(told['driver']),
            out_at=line.happened_at,
            due_at=_time(told['due_at']),
            handed_over_by=line.person(told['handed_over_by']),
            desk_out=_id(told['desk_out']),
            overridden=_opened_gates(told),
            charge_out=told.get('charge'),
            source=str(Source.DESK if line.happened_at == line.recorded_at else Source.PAPER),
            using_db=tx.connection,
            **{name: told[name] for name in AS_THEY_ARE},
        )
        await _bind(tx, told, row)
        self._tell(tx, row)

    async def _knows_trip(self, tx: Transaction, line: ReceivedLine) -> bool:
        return await Trip.filter(id=UUID(line.payload['trip'])).using_db(tx.connection).exists()

    async def _taken_back(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        told = told_by(line)
        row = await Trip.get(id=UUID(told['trip']), using_db=tx.connection)
        await _bind(tx, told, row)
        # Of two returns of one trip the earlier one counts, at every box; the other looks for a trip of its own.
        if row.returned_at is not None and row.returned_at <= line.happened_at:
            await keep_told(tx, line, second_return_id(row.id, line.happened_at), sequence, recorded_for=row.id)
            return
        await self._returns.set_free(tx, row.id, line.happened_at)
        values = {
            'sequence': sequence,
            'returned_at': line.happened_at,
            'returned_by': line.person(told['returned_by']),
            'received_by': line.person(told['received_by']),
            'desk_in': _id(told['desk_in']),
            'fuel_litres': Decimal(told['fuel_litres']) if told['fuel_litres'] is not None else None,
            **{name: told[name] for name in OF_THE_RETURN},
        }
        await Trip.filter(id=row.id).using_db(tx.connection).update(**values)
        odometer = await _last_odometer(tx, row.vehicle, None, told['odometer_in'])
        await Vehicle.filter(id=row.vehicle).using_db(tx.connection).update(odometer=odometer)
        self._tell(tx, await Trip.get(id=row.id, using_db=tx.connection))

    async def _corrected(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        trip = UUID(line.payload['trip'])
        corrections = await facts_about(tx, line.subjects[0], [CORRECTED])
        overtaken = fields_corrected_later(corrections, line)
        changes = all_changes(line.payload['changes'], line.opened)
        values = {
            name: _corrected_value(name, change[1], line)
            for name, change in changes.items()
            if change is not None and name not in overtaken
        }
        await Trip.filter(id=trip).using_db(tx.connection).update(**values, sequence=sequence)
        row = await Trip.get(id=trip, using_db=tx.connection)
        if 'odometer_in' in values:
            odometer = await _last_odometer(tx, row.vehicle, None, row.odometer_in)
            await Vehicle.filter(id=row.vehicle).using_db(tx.connection).update(odometer=odometer)
        self._tell(tx, row)

    def _tell(self, tx: Transaction, row: Trip) -> None:
        info = trip_info(row)
        tx.after_commit(lambda: self._watch.touched(info.vehicle))
        tx.after_commit(lambda: self._trips.CHANGED.emit(info))


@dataclass(slots=True)
class _Ledger:
    values: dict[str, Any]
    odometer: int | None = None
    added_at: datetime | None = None
    retired_at: datetime | None = None


def ledger_row(facts: list[Fact]) -> dict[str, Any]:
    """A car as all that was ever said of it adds up, in the order in which it happened at whatever box.

    Two boxes that changed the same field while cut off come to the same value: the later one. Both stay in the
    journals.
    """
    car = _Ledger(_plain_entry())
    for fact in facts:
        _add(car, fact)
    dates = {name: date.fromisoformat(car.values[name]) for name in DATES if car.values[name] is not None}
    return {
        **car.values,
        **dates,
        'odometer': car.odometer,
        'retired_at': car.retired_at,
        'added_at': car.added_at,
    }


def _add(car: _Ledger, fact: Fact) -> None:
    told = fact.payload
    if fact.kind == VEHICLE_ADDED:
        car.values.update(_known(told))
        car.odometer, car.added_at, car.retired_at = told['odometer'], fact.happened_at, None
    elif fact.kind == VEHICLE_CHANGED:
        car.values.update(_known({name: after for name, (_before, after) in told.items()}))
    else:
        car.retired_at = fact.happened_at


def fields_corrected_later(corrections: list[Fact], line: ReceivedLine) -> set[str]:
    """Fields of the trip of this line that somebody corrected after it, at whatever box: the later value counts."""
    later = [
        fact
        for fact in corrections
        if fact.payload['trip'] == line.payload['trip']
        and (fact.happened_at, fact.id) > (line.happened_at, str(line.id))
    ]
    return {name for fact in later for name in fact.payload['changes']}


def _corrected_value(name: str, after: Any, line: ReceivedLine) -> Any:
    if name in ('driver', 'returned_by'):
        return line.person(after)
    if name in MOST_PEOPLE:
        return [str(line.person(each)) for each in after] or None
    if name in ('out_at', 'returned_at'):
        return _time(after)
    if name in ('fuel_litres', 'charged_kwh') and after is not None:
        return Decimal(after)
    return after


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name in VehicleEntry.__dataclass_fields__}


def _plain_entry() -> dict[str, Any]:
    blank = VehicleEntry(plate='')
    return {name: getattr(blank, name) for name in VehicleEntry.__dataclass_fields__}


def _opened_gates(told: Mapping[str, Any]) -> dict[str, str] | None:
    gates = told.get('overridden') or {}
    opened = gates if isinstance(gates, Mapping) else dict.fromkeys(gates, told['reason'])
    return dict(opened) or None


async def _last_odometer(tx: Transaction, vehicle: UUID, since: datetime | None, otherwise: int | None) -> int | None:
    after = {} if since is None else {'returned_at__gte': since}
    trips = Trip.filter(vehicle=vehicle, returned_at__not_isnull=True, **after).using_db(tx.connection)
    alone = LoneReturn.filter(vehicle=vehicle, trip=None, **after).using_db(tx.connection)
    trip, waiting = await trips.order_by('-returned_at').first(), await alone.order_by('-returned_at').first()
    if waiting is not None and (trip is None or trip.returned_at is None or trip.returned_at < waiting.returned_at):
        return waiting.odometer
    return trip.odometer_in if trip else otherwise


async def _bind(tx: Transaction, told: Mapping[str, Any], trip: Trip) -> None:
    if check := told.get('check'):
        await AlcoholCheck.filter(id=UUID(check)).using_db(tx.connection).update(trip=trip.id, vehicle=trip.vehicle)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(TOKYO) if text else None


DATES = tuple(name for name in VehicleEntry.__dataclass_fields__ if name.endswith(('_until', '_check_until')))
