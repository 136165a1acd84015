"""The shared cars of a box as a desk finds them, for tests of the rules that it asks."""

from uuid import UUID, uuid4

from app.desks.register import DeskInfo, Job
from app.people.staff import StaffMember
from app.storage.rows import rows
from app.vehicles.desk_facts import DeskFacts, read_facts
from app.vehicles.driver_record import record_of
from app.vehicles.gates import Gate
from app.vehicles.key_gates import Tested, closed_to
from app.vehicles.ledger import VehicleInfo
from app.vehicles.licences import LicenceInfo, asking_licence, licence_of
from app.vehicles.offers import Offered, offers_for
from app.vehicles.room import Vehicles


async def facts_of(vehicles: Vehicles) -> DeskFacts:
    """What a desk that nobody has used yet would be told."""
    return await read_facts(vehicles, DeskInfo(uuid4(), '第一守衛室', Job.VEHICLES, ''))


async def offered_to(vehicles: Vehicles, person: StaffMember) -> Offered:
    """What this driver may choose from."""
    facts = await facts_of(vehicles)
    return offers_for(facts, vehicles.gates_inside(facts.cars), person)


async def gates_of(vehicles: Vehicles, car: VehicleInfo, driver: UUID) -> list[Gate]:
    """Why this driver, whose breath is clear by the only detector, does not get the key of this car."""
    facts = await facts_of(vehicles)
    (checker,) = facts.checkers
    tested = Tested(driver, await record_of(driver), breath_is_clear=True, checker=checker)
    return closed_to(car, tested, facts.trips, facts.rules, facts.now)


async def last_licence(staff: UUID) -> LicenceInfo | None:
    """The licence of this person that was seen last, as a desk asks for it."""
    return licence_of(staff, await rows(*asking_licence(staff)))
