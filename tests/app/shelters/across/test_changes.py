"""What becomes of what was told when records of this box are changed."""

from app.journal.line import Actor
from app.runtime import Box
from app.shelters.across.models import AcrossClaim, AcrossPerson, AcrossStay
from app.shelters.desk_presses import Plain
from app.shelters.desk_screens import Step
from tests.app.shelters.across.city import IZUMI, City, arrive, evacuee_of
from tests.app.shelters.across.test_claims import give
from tests.support.box import felica
from tests.support.reception import asked, open_reception, registered, touched
from tests.support.shelter import HANAKO, OFFICER


async def shown(box: Box) -> list[str]:
    return [row.number for row in await AcrossPerson.filter(withdrawn=False)]


async def test_a_registration_by_a_slip_is_taken_back(city: City) -> None:
    async with city.at(IZUMI) as box:
        desk, reader = await open_reception(box)
        await touched(desk, reader, felica(), Step.NEW)
        await registered(desk)
        assert len(await shown(box)) == 1
        await asked(desk, Plain.WITHDRAW)
        assert await shown(box) == []


async def test_of_two_records_that_are_one_human_being_one_is_told_with_all_that_both_received(city: City) -> None:
    async with city.at(IZUMI) as box:
        known = await arrive(box)
        await give(box)
        kept = await arrive(box, None, HANAKO)
        decision = await box.shelters.duplicates.merge(kept.id, known.id, OFFICER)
        assert await shown(box) == [kept.number]
        assert [row.person for row in await AcrossClaim.filter(stands=True)] == [kept.id]
        assert [row.person for row in await AcrossStay.exclude(state='').exclude(state='left')] == [kept.id]
        await box.shelters.duplicates.undo(decision.id, Actor.system())
        assert await shown(box) == [(await evacuee_of(box)).number] == [known.number]
        assert [row.person for row in await AcrossClaim.filter(stands=True)] == [known.id]
