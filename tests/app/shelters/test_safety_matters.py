"""What the home page says about inquiries and rescues: counts, no names."""

from dataclasses import replace

from app.runtime import Box
from app.shelters.inquiries.service import Inquiries
from app.shelters.matters import ShelterMatterKind, safety_matters
from app.shelters.vulnerable.list_reading import read_vulnerable_list
from app.shelters.vulnerable.values import CallResult
from tests.app.shelters.inquiries.scene import QUESTION
from tests.app.shelters.vulnerable.scene import CSV
from tests.support.shelter import OFFICER


async def no_pause(_seconds: float) -> None:
    """Nobody measures the time here."""


async def kinds_of(box: Box) -> list[tuple[ShelterMatterKind, int]]:
    found = await safety_matters(box.shelters.inquiries, box.shelters.vulnerable)
    return [(matter.kind, matter.count) for matter in found]


async def test_nothing_is_said_where_nothing_is_unusual(box: Box) -> None:
    assert await kinds_of(box) == []


async def test_a_name_that_three_people_asked_for_is_one_matter(box: Box) -> None:
    inquiries = Inquiries(box.vault, box.journal, box.reading, box.settings.shelters, pause=no_pause)
    for name in ('加賀 太郎', '能登 次郎', '越中 三郎'):
        await inquiries.ask(replace(QUESTION, inquirer_name=name), OFFICER, practice=False)
    assert await kinds_of(box) == [(ShelterMatterKind.INQUIRIES, 1)]


async def test_who_waits_for_a_rescue_is_counted_until_the_disaster_ends(box: Box) -> None:
    vulnerable = box.shelters.vulnerable
    await vulnerable.take(read_vulnerable_list(CSV.encode()), OFFICER, practice=False)
    await box.shelters.disasters.declare('地震', '震度6弱', OFFICER, practice=False)
    person = (await vulnerable.open(OFFICER, 'list', see_protected=True))[0]
    await vulnerable.call(person.id, CallResult.NEEDS_RESCUE, '', OFFICER)
    assert await kinds_of(box) == [(ShelterMatterKind.RESCUE, 1)]
    await box.shelters.disasters.end(OFFICER)
    assert await kinds_of(box) == []
