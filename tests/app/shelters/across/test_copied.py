"""What a box told of its people reaches headquarters on a stick as well, once, whatever the line brings later."""

import json
from dataclasses import replace

import pyrage
import pytest

from app.clock import SettableClock
from app.exchange.identity import ensure_identity
from app.exchange_settings import PeerSettings
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.across.hearing import COPIED, PASSED_ON
from app.shelters.across.models import AcrossClaim, AcrossPerson, AcrossStay
from app.shelters.copies.packing import opened_file
from app.shelters.copies.service import Copies
from app.shelters.copies.values import CopyRefused
from tests.app.shelters.across.city import CARD, HEADQUARTERS, IZUMI, KIDA, City, arrive, evacuee_of
from tests.app.shelters.across.test_claims import doubles, give, received_at_both
from tests.app.shelters.across.test_protected import PROTECTED
from tests.support.shelter import OFFICER


@pytest.fixture
def key() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


async def stick_of(city: City, name: str, key: pyrage.x25519.Identity, *, practice: bool = False) -> bytes:
    """The copy that the box of a shelter makes."""
    async with city.at(name) as box:
        settings = box.copies.settings.model_copy(update={'recipients': [str(key.to_public())]})
        return (await replace(box.copies, settings=settings).make(OFFICER, practice=practice)).content


async def peers(city: City, *names: str) -> tuple[PeerSettings, ...]:
    """The boxes as headquarters knows them."""
    found = []
    for number, name in enumerate(names):
        async with city.at(name) as box:
            certificate = ensure_identity(box.directory).one_line
        found.append(PeerSettings(name=name, url=f'https://shelter{number}.example:8443', certificate=certificate))
    return tuple(found)


def knowing(box: Box, known: tuple[PeerSettings, ...]) -> Copies:
    """The copies of headquarters that knows these boxes."""
    return replace(box.copies, exchange=box.settings.exchange.model_copy(update={'peers': known}))


async def read_all(city: City, key: pyrage.x25519.Identity, *sticks: bytes) -> None:
    known = await peers(city, IZUMI, KIDA)
    async with city.at(HEADQUARTERS) as box:
        for stick in sticks:
            await knowing(box, known).read(stick, str(key).encode(), OFFICER)


async def rows() -> list[tuple[object, ...]]:
    people = await AcrossPerson.all().order_by('id').values_list('id', 'told', 'withdrawn')
    stays = await AcrossStay.all().order_by('id').values_list('id', 'told', 'state', 'seen_at')
    claims = await AcrossClaim.all().order_by('id').values_list('id', 'told', 'item', 'at', 'stands')
    return [*people, *stays, *claims]


async def lines(kind: str) -> int:
    return await JournalLine.filter(kind=kind).count()


async def received_at_both_with_no_line(city: City, hours: SettableClock) -> None:
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
            await give(box)
        hours.forward(hours=1)


async def test_headquarters_reads_a_second_claim_from_two_sticks_and_tells_both_shelters(
    city: City, hours: SettableClock, key: pyrage.x25519.Identity
) -> None:
    await received_at_both_with_no_line(city, hours)
    await read_all(city, key, await stick_of(city, IZUMI, key), await stick_of(city, KIDA, key))
    async with city.at(HEADQUARTERS) as box:
        (double,) = await doubles(box)
        assert (double.first.shelter_name, double.second.shelter_name) == (IZUMI, KIDA)
    await city.bring(HEADQUARTERS, KIDA)
    async with city.at(KIDA) as box:
        assert await box.shelters.across.elsewhere.came_from((await evacuee_of(box)).id) == IZUMI
        assert len(await doubles(box)) == 1


async def test_the_line_that_comes_later_changes_nothing_and_is_not_passed_on_again(
    city: City, hours: SettableClock, key: pyrage.x25519.Identity
) -> None:
    await received_at_both_with_no_line(city, hours)
    await read_all(city, key, await stick_of(city, IZUMI, key), await stick_of(city, KIDA, key))
    async with city.at(HEADQUARTERS) as box:
        before, passed_on, copied = await rows(), await lines(PASSED_ON), await lines(COPIED)
        assert copied > 0
    for name in (IZUMI, KIDA):
        await city.bring(name, HEADQUARTERS)
    async with city.at(HEADQUARTERS) as box:
        assert await rows() == before
        assert (await lines(PASSED_ON), await lines(COPIED)) == (passed_on, copied)
        assert len(await doubles(box)) == 1


async def test_a_stick_that_comes_after_the_line_brings_nothing_new(
    city: City, hours: SettableClock, key: pyrage.x25519.Identity
) -> None:
    await received_at_both(city, hours)
    async with city.at(HEADQUARTERS):
        before, passed_on = await rows(), await lines(PASSED_ON)
    await read_all(city, key, await stick_of(city, IZUMI, key), await stick_of(city, KIDA, key))
    async with city.at(HEADQUARTERS):
        assert await rows() == before
        assert (await lines(PASSED_ON), await lines(COPIED)) == (passed_on, 0)


async def test_of_protected_people_a_stick_tells_no_card_and_of_a_drill_only_those_who_drill(
    city: City, key: pyrage.x25519.Identity
) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box, CARD, PROTECTED)
    async with city.at(KIDA) as box:
        await arrive(box, practice=True)
    known = {peer.name: peer.der for peer in await peers(city, IZUMI, KIDA)}
    told = {}
    for name, practice in ((IZUMI, False), (KIDA, False), (KIDA, True)):
        content = await stick_of(city, name, key, practice=practice)
        _header, state = opened_file(content, str(key).encode(), [known[name]])
        told[name, practice] = [json.loads(each['fact'])['about'] for each in state['facts']]
    assert told == {(IZUMI, False): [], (KIDA, False): [], (KIDA, True): ['person', 'stay']}


async def test_a_stick_that_is_refused_tells_nothing(city: City, key: pyrage.x25519.Identity) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
    stick = await stick_of(city, IZUMI, key)
    async with city.at(HEADQUARTERS) as box:
        with pytest.raises(CopyRefused, match='unknown_box'):
            await box.copies.read(stick, str(key).encode(), OFFICER)
        assert await rows() == []


async def test_a_box_speaks_on_its_stick_for_its_own_people_alone(city: City, key: pyrage.x25519.Identity) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
        izumi = box.journal.identity.box
    known = await peers(city, IZUMI)
    _header, state = opened_file(await stick_of(city, IZUMI, key), str(key).encode(), [known[0].der])
    async with city.at(KIDA) as box:
        kida = box.journal.identity.box
    async with city.at(HEADQUARTERS) as box:
        hearing = box.shelters.across.hearing
        assert await hearing.take_copied(state['facts'], kida, OFFICER) == 0
        assert await hearing.take_copied(state['facts'], izumi, OFFICER) == len(state['facts']) > 0
        assert await hearing.take_copied([{'key': 'x', 'fact': '{}'}], izumi, OFFICER) == 0
