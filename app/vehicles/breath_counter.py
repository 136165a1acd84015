"""The breath tests of a car desk: each is in the record before the flow goes on."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import Moment
from app.desks.refusals import Refusal
from app.vehicles.alcohol_values import Breath, Method, Phase, ReadingSource, Told
from app.vehicles.breath_claims import Fate
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.confirming import confirmer_of
from app.vehicles.desk_flow import CarFlow, Draft, breath_key
from app.vehicles.desk_room import CarRoom
from app.vehicles.detector_choice import DetectorChoice, detectors_at
from app.vehicles.gates import Gate, gates_of_charge
from app.vehicles.screens import Problem, Step
from device_drivers.alcohol_checker.interface import Measurement

Result = Draft | Problem | Refusal


@dataclass(frozen=True, slots=True)
class Entered:
    """A value (mg/L) as it came to the desk; `name` names it among those of the draft."""

    value: Decimal
    method: Method
    checker: CheckerInfo | None
    """None: no usable detector was there."""
    name: str
    told: Told | None = None
    at: Moment | None = None
    """When it was measured; None: now."""


class BreathCounter:
    """Records what a driver blew, and says which gates are still closed."""

    def __init__(self, room: CarRoom, pictures: BreathPictures | None) -> None:
        self._room = room
        self._pictures = pictures

    async def breathed(
        self,
        desk: UUID,
        draft: Draft,
        value: Decimal,
        method: Method,
        told: Told | None = None,
        pressed: UUID | None = None,
    ) -> Result:
        """A person typed what the checker shows, and pressed which one it is where that is not known."""
        choice = await self._choice(desk)
        checker = choice.pressed(pressed)
        if checker is None and choice.others:
            return Problem.WHICH_CHECKER
        return await self._recorded(desk, draft, Entered(value, method, checker, f'breath:{draft.breaths}', told))

    async def measured(self, desk: UUID, draft: Draft, reading: Measurement, at: Moment) -> Result:
        """The checker told a value while this driver stood at the step."""
        driver = draft.driver or draft.tapped
        told = Told(ReadingSource.CHECKER, 'ready', reading.raw)
        result: Result | CheckerInfo = await self._told_by(desk, reading)
        if isinstance(result, CheckerInfo):
            words = f'reading:{reading.measured_at}'
            order = Entered(reading.value_mg_per_litre, draft.method, result, words, told, at)
            result = await self._recorded(desk, draft, order)
        if not isinstance(result, Draft):
            await self.not_counted(desk, driver.id if driver else None, reading, result.value, at)
        return result

    async def heard(
        self, desk: UUID, flow: CarFlow, draft: Draft, told: tuple[Fate, Measurement, Moment]
    ) -> Result | None:
        """The checker told a value that began with this draft; None: the flow has gone on, and nothing follows."""
        fate, reading, at = told
        here = flow.step is Step.BREATH
        if fate is not Fate.COUNTS:
            await self.not_counted(desk, None, reading, str(fate), at)
            return Problem.BREATH_AGAIN if here else None
        stands = here and breath_key(flow) == breath_key(CarFlow(draft=draft))
        result = await self.measured(desk, flow.draft if stands else draft, reading, at)
        return result if stands else None

    async def not_counted(self, desk: UUID, driver: UUID | None, reading: Measurement, why: str, at: Moment) -> None:
        """A reading came that is no breath test of a driver; it is kept."""
        value = reading.value_mg_per_litre
        await self._room.alcohol.keep_uncounted(desk, driver, value, reading.raw, why, at)

    async def _recorded(self, desk: UUID, draft: Draft, entered: Entered) -> Result:
        driver = draft.driver or draft.tapped
        if driver is None:
            return Problem.FAILED
        confirmer = await confirmer_of(self._room.shifts, desk, draft, driver.id)
        if isinstance(confirmer, Problem):
            return confirmer
        check = await self._room.alcohol.record(
            Breath(
                phase=Phase.AFTER if draft.is_return else Phase.BEFORE,
                driver=driver.id,
                vehicle=draft.car.id if draft.car else None,
                trip=draft.open_trip.id if draft.is_return and draft.open_trip else None,
                confirmer=confirmer,
                method=entered.method,
                checker=entered.checker.id if entered.checker else None,
                value=entered.value,
                desk=desk,
                attempt=f'{draft.attempt}:{entered.name}',
                at=entered.at,
                told=entered.told,
            )
        )
        if self._pictures is not None:
            await self._pictures.take(desk, check)
        measured = replace(
            draft,
            breath=check.value,
            is_positive=check.is_positive,
            check=check.id,
            confirmer=confirmer,
            method=entered.method,
            breaths=draft.breaths + 1,
        )
        return measured if draft.is_return else await self._with_gates(measured, entered.checker)

    async def _with_gates(self, draft: Draft, checker: CheckerInfo | None) -> Result:
        assert draft.car is not None  # noqa: S101 - a breath before a drive is of a car and a driver
        assert draft.driver is not None  # noqa: S101
        clear = not draft.is_positive
        car = await self._room.ledger.get(draft.car.id) or draft.car
        gates = await self._room.closed_gates(car, draft.driver.id, breath_is_clear=clear, checker=checker)
        gates += gates_of_charge(draft.charge, self._room.settings.lowest_charge_percent)
        if await self._room.alcohol.has_open_positive(draft.driver.id, draft.attempt):
            gates.append(Gate.INSTRUCTION_AWAITED)
        permitted = (await self._room.permits.of_driver(draft.driver.id, clock.today())).get(car.id, {})
        ahead = tuple((gate.value, permitted[gate.value]) for gate in gates if gate.value in permitted)
        return replace(draft, car=car, gates=tuple(gates), overridden=(*draft.overridden, *ahead))

    async def _told_by(self, desk: UUID, reading: Measurement) -> CheckerInfo | Problem:
        if reading.serial:
            known = await self._room.checkers.find(reading.serial)
            return known if known is not None and known.is_valid(clock.today()) else Problem.CHECKER_NOT_VALID
        choice = await self._choice(desk)
        return choice.recorded or (Problem.WHICH_CHECKER if choice.others else Problem.CHECKER_NOT_VALID)

    async def _choice(self, desk: UUID) -> DetectorChoice:
        return detectors_at(desk, await self._room.checkers.all(), clock.today())
