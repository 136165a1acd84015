"""A protected person is absent: nothing is told of them, and what was told is taken back."""

from app.clock import SettableClock
from app.exchange.models import ExchangeLine
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.across.models import AcrossClaim, AcrossIndex, AcrossPerson, AcrossStay
from app.shelters.across.telling import FACT_TOLD
from app.shelters.details import PersonDetails
from tests.app.shelters.across.city import CARD, HEADQUARTERS, IZUMI, KIDA, City, arrive, evacuee_of
from tests.support.shelter import HANAKO, OFFICER

PROTECTED = PersonDetails(name='金沢 花子', protected=True)


async def told(box: Box) -> int:
    return await JournalLine.filter(kind=FACT_TOLD).count()


async def rows(box: Box) -> tuple[int, int, int]:
    shown = await AcrossPerson.filter(withdrawn=False).count()
    places = await AcrossStay.exclude(state='').count() + await AcrossClaim.filter(stands=True).count()
    return shown, await AcrossIndex.all().count(), places


async def protect(box: Box) -> None:
    await box.shelters.protection.set((await evacuee_of(box)).id, OFFICER, '支援措置')


async def test_nothing_is_told_of_a_protected_person(city: City) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box, CARD, PROTECTED)
        assert await told(box) == 0
    await city.exchange()
    async with city.at(KIDA) as box:
        here = await arrive(box)
        assert await box.shelters.across.elsewhere.came_from(here.id) == ''


async def test_who_is_protected_later_is_taken_back_everywhere(city: City, hours: SettableClock) -> None:
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
        hours.forward(hours=1)
    await city.exchange()
    async with city.at(IZUMI) as box:
        assert len(await box.shelters.across.elsewhere.left_behind()) == 1
    async with city.at(KIDA) as box:
        await protect(box)
        assert await box.shelters.across.elsewhere.came_from((await evacuee_of(box)).id) == ''
    await city.exchange()
    for name in (IZUMI, HEADQUARTERS):
        async with city.at(name) as box:
            assert await rows(box) == (1, 1, 1)
            assert await box.shelters.across.elsewhere.left_behind() == []


async def test_who_lives_with_a_protected_person_is_hidden_with_them_and_told_of_again_when_that_ends(
    city: City,
) -> None:
    async with city.at(IZUMI) as box:
        child = await arrive(box)
        mother = await arrive(box, None, PersonDetails(name='金沢 良子', birth_date=HANAKO.birth_date))
        assert await rows(box) == (1, 1, 1)
        await box.shelters.households.create([mother.id, child.id], OFFICER)
        await box.shelters.protection.set(mother.id, OFFICER, '支援措置')
        assert await rows(box) == (0, 0, 0)
        await box.shelters.protection.lift(mother.id, OFFICER, '解除')
        assert await rows(box) == (1, 1, 1)


async def test_a_line_says_in_the_clear_neither_who_nor_where_nor_which_card(city: City) -> None:
    async with city.at(IZUMI) as box:
        evacuee = await arrive(box)
        index = (await AcrossIndex.get(person=evacuee.id)).token_index
        lines = ' '.join(line.payload + line.subjects for line in await JournalLine.filter(kind=FACT_TOLD))
    await city.exchange()
    async with city.at(HEADQUARTERS) as box:
        lines += ' '.join(line.line + line.opened for line in await ExchangeLine.filter(kind=FACT_TOLD))
    assert lines
    for secret in (str(evacuee.id), evacuee.number, IZUMI, index, CARD.identifier):
        assert secret not in lines


async def test_the_same_card_has_no_index_in_common_with_the_one_by_which_its_own_box_finds_it(city: City) -> None:
    async with city.at(IZUMI) as box:
        evacuee = await arrive(box)
        shared = (await AcrossIndex.get(person=evacuee.id)).token_index
        key = await box.shelters.across.keys.current()
        assert key is not None
        assert shared == key.index(CARD.text)
        assert shared != box.vault.index('evacuee-token', CARD.text)
