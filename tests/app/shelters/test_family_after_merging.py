"""What a family wrote under a record that was merged since is found with the record that stays, whichever way."""

from dataclasses import dataclass

import pytest

from app.runtime import Box
from app.shelters.desk_presses import Plain
from app.shelters.desk_screens import Step, Told
from app.shelters.details import PersonDetails
from app.shelters.duplicates import Decision
from app.shelters.evacuees import EvacueeInfo, Registration
from app.shelters.family_values import Family, Ticket
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from tests.support.box import felica
from tests.support.reception import asked, open_reception, touched
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

BAND, CARD = 'BAND-0001', felica('0114A1B2C3D4E5F6')
WRITTEN = PersonDetails(name='金沢 花子', kana='カナザワ ハナコ', birth_date=HANAKO.birth_date, phone='090-1')


@dataclass(frozen=True, slots=True)
class Merged:
    """One human being: a transit card first, then a wristband under which the family wrote."""

    kept: EvacueeInfo
    gone: EvacueeInfo
    ticket: Ticket
    decision: Decision


@pytest.fixture
async def merged(box: Box) -> Merged:
    """The record of the wristband went away after its family had written."""
    arrival = Arrival(shelter=(await opened_shelter(box)).id)
    first = Registration(arrival=arrival, token=Token.of_card(CARD.credential))
    second = Registration(arrival=arrival, token=Token.printed(BAND))
    kept, gone = [each.evacuee for each in await box.shelters.evacuees.register_all([first, second], OFFICER)]
    ticket = await box.shelters.families.put(Family(members=(WRITTEN,)), 'phone', gone.id)
    return Merged(kept, gone, ticket, await box.shelters.duplicates.merge(kept.id, gone.id, OFFICER))


@pytest.mark.parametrize(
    'way', ['QR of the draft', 'number of the draft', 'card', 'wristband', 'number that stays', 'number that went']
)
async def test_every_way_to_the_desk_opens_the_draft_and_completes_the_record_that_stays(
    box: Box, merged: Merged, way: str
) -> None:
    desk, reader = await open_reception(box)
    texts = {
        'QR of the draft': merged.ticket.code,
        'number of the draft': merged.ticket.number,
        'wristband': BAND,
        'number that stays': merged.kept.number,
        'number that went': merged.gone.number,
    }
    if way == 'card':
        await touched(desk, reader, CARD, Step.DRAFT)
    else:
        await desk.scan(texts[way])
    assert (desk.view.step, desk.view.completes) == (Step.DRAFT, (merged.kept.number,))

    await asked(desk, Plain.REGISTER_FAMILY)
    assert desk.view.told is Told.COMPLETED
    after = await box.shelters.evacuees.get(merged.kept.id)
    assert after is not None
    assert after.details == WRITTEN
    assert not await box.shelters.families.waits_for(merged.kept.id)


async def test_staff_who_search_the_person_are_told_that_something_was_written(box: Box, merged: Merged) -> None:
    assert await box.shelters.families.writers() == [merged.kept.id]
    assert await box.shelters.families.waits_for(merged.kept.id)


async def test_a_draft_follows_through_a_second_merging(box: Box, merged: Merged) -> None:
    arrival = Arrival(shelter=(await opened_shelter(box, '長坂台小学校')).id)
    third = (await box.shelters.evacuees.register(Registration(arrival=arrival), OFFICER)).evacuee
    await box.shelters.duplicates.merge(third.id, merged.kept.id, OFFICER)
    assert await box.shelters.families.writers() == [third.id]
    taken = await box.shelters.families.take_of(third.id, OFFICER)
    assert taken is not None
    assert taken.family.members == (WRITTEN,)


async def test_a_draft_goes_back_with_its_record_when_the_merging_is_undone(box: Box, merged: Merged) -> None:
    await box.shelters.duplicates.undo(merged.decision.id, OFFICER)
    assert await box.shelters.families.writers() == [merged.gone.id]
    assert not await box.shelters.families.waits_for(merged.kept.id)
