"""The breath tests of a car desk: each is in the record before the flow goes on."""

from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from app.clock import Moment
from app.desks.refusals import Refusal
from app.vehicles.alcohol_values import Breath, Method, Phase, ReadingSource, Told
from app.vehicles.breath_claims import Fate
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.confirming import confirmer_of
from app.vehicles.desk_facts import DeskFacts, read_facts
from app.vehicles.desk_flow import CarFlow, Draft, breath_key
from app.vehicles.desk_room import CarRoom
from app.vehicles.gates import Gate, gates_of_charge
from app.vehicles.key_gates import Tested, closed_to
from app.vehicles.permits import opened_to
from app.vehicles.remote_confirmers import method_of
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
        facts: DeskFacts,
        draft: Draft,
        value: Decimal,
        method: Method,
        told: Told | None = None,
        pressed: UUID | None = None,
    ) -> Result:
        """A person typed what the checker shows, and pressed which one it is where that is not known."""
        choice = facts.detectors
        checker = choice.pressed(pressed)
        if checker is None and choice.others:
            return Problem.WHICH_CHECKER
        return await self._recorded(facts, draft, Entered(value, method, checker, f'breath:{draft.breaths}', told))

    async def measured(self, facts: DeskFacts, draft: Draft, reading: Measurement, at: Moment) -> Result:
        """The checker told a value while this driver stood at the step."""
        driver = draft.driver or draft.tapped
        told = Told(ReadingSource.CHECKER, 'ready', reading.raw)
        result: Result | CheckerInfo = _told_by(facts, reading)
        if isinstance(result, CheckerInfo):
            words = f'reading:{reading.measured_at}'
            order = Entered(reading.value_mg_per_litre, draft.method, result, words, told, at)
            result = await self._recorded(facts, draft, order)
        if not isinstance(result, Draft):
            await self.not_counted(facts.desk.id, driver.id if driver else None, reading, result.value, at)
        return result

    async def heard(
        self, facts: DeskFacts, flow: CarFlow, draft: Draft, told: tuple[Fate, Measurement, Moment]
    ) -> Result | None:
        """The checker told a value that began with this draft; None: the flow has gone on, and nothing follows."""
        fate, reading, at = told
        here = flow.step is Step.BREATH
        if fate is not Fate.COUNTS:
            await self.not_counted(facts.desk.id, None, reading, str(fate), at)
            return Problem.BREATH_AGAIN if here else None
        stands = here and breath_key(flow) == breath_key(CarFlow(draft=draft))
        result = await self.measured(facts, flow.draft if stands else draft, reading, at)
        return result if stands else None

    async def not_counted(self, desk: UUID, driver: UUID | None, reading: Measurement, why: str, at: Moment) -> None:
        """A reading came that is no breath test of a driver; it is kept."""
        value = reading.value_mg_per_litre
        await self._room.alcohol.keep_uncounted(desk, driver, value, reading.raw, why, at)

    async def _recorded(self, facts: DeskFacts, draft: Draft, entered: Entered) -> Result:
        driver = draft.driver or draft.tapped
        if driver is None:
            return Problem.FAILED
        confirmer = confirmer_of(facts.operator, draft, driver.id)
        if isinstance(confirmer, Problem):
            return confirmer
        entered = replace(entered, method=method_of(draft, entered.method))
        breath, record = _breath(facts.desk.id, draft, driver.id, confirmer, entered), None
        if draft.is_return:
            check = await self._room.alcohol.record(breath)
        else:
            check, record = await self._room.alcohol.record_before_drive(breath)
        if self._pictures is not None:
            await self._pictures.take(facts.desk.id, check)
        measured = replace(
            draft,
            breath=check.value,
            is_positive=check.is_positive,
            check=check.id,
            confirmer=confirmer,
            method=entered.method,
            breaths=draft.breaths + 1,
        )
        if record is None:
            return measured
        # Whatever changed while the test was written down counts too.
        now = await read_facts(self._room, facts.desk)
        return _with_gates(now, measured, Tested(driver.id, record, not check.is_positive, entered.checker))


def _breath(desk: UUID, draft: Draft, driver: UUID, confirmer: UUID, entered: Entered) -> Breath:
    return Breath(
        phase=Phase.AFTER if draft.is_return else Phase.BEFORE,
        driver=driver,
        vehicle=draft.car.id if draft.car else None,
        trip=draft.open_trip.id if draft.is_return and draft.open_trip and not draft.is_lone else None,
        confirmer=confirmer,
        method=entered.method,
        checker=entered.checker.id if entered.checker else None,
        value=entered.value,
        desk=desk,
        attempt=f'{draft.attempt}:{entered.name}',
        at=entered.at,
        told=entered.told,
    )


def _with_gates(facts: DeskFacts, draft: Draft, driver: Tested) -> Draft:
    assert draft.car is not None  # noqa: S101 - a breath before a drive is of a car and a driver
    car = facts.car(draft.car.id) or draft.car
    gates = closed_to(car, driver, facts.trips, facts.rules, facts.now)
    gates += gates_of_charge(draft.charge, facts.settings.lowest_charge_percent)
    if driver.record.open_positives.close_the_gate_to(draft.attempt):
        gates.append(Gate.INSTRUCTION_AWAITED)
    permitted = opened_to(facts.permits, driver.id, facts.today).get(car.id, {})
    ahead = tuple((gate.value, permitted[gate.value]) for gate in gates if gate.value in permitted)
    return replace(draft, car=car, gates=tuple(gates), overridden=(*draft.overridden, *ahead))


def _told_by(facts: DeskFacts, reading: Measurement) -> CheckerInfo | Problem:
    if reading.serial:
        known = next((each for each in facts.checkers if each.serial == reading.serial), None)
        return known if known is not None and known.is_valid(facts.today) else Problem.CHECKER_NOT_VALID
    choice = facts.detectors
    return choice.recorded or (Problem.WHICH_CHECKER if choice.others else Problem.CHECKER_NOT_VALID)
