"""When a disaster is over, the key and all that was told with it go, at each box for itself."""

from collections.abc import Sequence
from pathlib import Path

from app.clock import SettableClock
from app.exchange.models import ExchangeLine
from app.runtime import Box
from app.shelters.across.models import AcrossIndex, AcrossKey, AcrossPerson, AcrossToken
from app.shelters.ending.proof import prove
from app.shelters.ending.service import Endings
from app.shelters.ending.values import EndingInfo, Scope
from app.shelters.values import LeftFor, ShelterState
from app.storage.vault import RecordClass
from tests.app.shelters.across.city import HEADQUARTERS, IZUMI, KIDA, City, arrive, evacuee_of, shelter_of
from tests.app.shelters.ending.disaster import CHIEF, SECOND, new_recipient
from tests.support.shelter import OFFICER


async def come_to_both(city: City, hours: SettableClock) -> None:
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
        hours.forward(hours=1)
    await city.exchange()


async def end(box: Box, root: Path) -> EndingInfo:
    shelter, evacuee = await shelter_of(box), await evacuee_of(box)
    await box.shelters.stays.leave(evacuee.id, shelter, LeftFor.HOME, OFFICER)
    await box.shelters.opening.states.set(shelter, ShelterState.CLOSED, OFFICER)
    return await anonymise(box, root)


async def anonymise(box: Box, root: Path) -> EndingInfo:
    endings = Endings(box.vault, box.journal, box.reading, (new_recipient(root),))
    proposed = await endings.propose(Scope(), '災害対応を終えた', CHIEF)
    export = await endings.export(proposed.id, '金沢市', CHIEF)
    await endings.approve(proposed.id, export.name.split('-')[2].split('.')[0], SECOND)
    await box.shelters.anonymiser.carry_out()
    found = await endings.get(proposed.id)
    assert found is not None
    return found


def traces(root: Path, told: Sequence[bytes]) -> list[str]:
    files = (file for file in root.rglob('*') if file.is_file())
    return [file.name for file in files if any(one in file.read_bytes() for one in told)]


async def left_of(box: Box) -> int:
    return sum([await model.all().count() for model in (AcrossPerson, AcrossIndex, AcrossToken)])


async def test_key_indexes_and_what_was_told_are_gone_and_the_proof_covers_them(
    city: City, hours: SettableClock, tmp_path: Path
) -> None:
    await come_to_both(city, hours)
    async with city.at(IZUMI) as box:
        key = await box.shelters.across.keys.current()
        assert key is not None
        index = (await AcrossIndex.all().first().values('token_index'))['token_index']
        root, told = box.directory.root, (str(index).encode(), key.secret.hex().encode(), key.secret)
        assert traces(root, told)
        info = await end(box, tmp_path)
        assert await left_of(box) == 0
        assert not box.vault.has_key((key.id, RecordClass.SHELTER))
        assert await box.shelters.across.keys.current() is None
        proof = await box.reading.read(lambda rows: prove(rows, box.vault, info))
        assert proof.findings == []
    assert traces(root, told) == []


async def test_a_key_that_is_left_behind_fails_the_proof(city: City, hours: SettableClock, tmp_path: Path) -> None:
    await come_to_both(city, hours)
    async with city.at(IZUMI) as box:
        info = await end(box, tmp_path)
        await AcrossKey.all().update(secret=b'left')
        proof = await box.reading.read(lambda rows: prove(rows, box.vault, info))
        assert proof.findings == ['across 1']


async def test_lines_that_come_after_the_end_leave_nothing_that_opens(
    city: City, hours: SettableClock, tmp_path: Path
) -> None:
    await come_to_both(city, hours)
    async with city.at(IZUMI) as box:
        key = await box.shelters.across.keys.current()
        await end(box, tmp_path)
    async with city.at(KIDA) as box:
        await box.shelters.stays.go_out((await evacuee_of(box)).id, await shelter_of(box), OFFICER, expected_at=None)
    before = await lines_at(city)
    await city.exchange()
    assert await lines_at(city) > before
    async with city.at(IZUMI) as box:
        assert key is not None
        assert not box.vault.has_key((key.id, RecordClass.SHELTER))
        assert await left_of(box) == 0


async def lines_at(city: City) -> int:
    async with city.at(IZUMI):
        return await ExchangeLine.all().count()


async def test_headquarters_makes_the_key_of_the_next_disaster_as_soon_as_a_box_threw_this_one_away(
    city: City, hours: SettableClock, tmp_path: Path
) -> None:
    await come_to_both(city, hours)
    async with city.at(IZUMI) as box:
        await end(box, tmp_path)
    await city.exchange()
    async with city.at(HEADQUARTERS) as box:
        await box.shelters.across.keep_a_key()
        await box.shelters.across.keep_a_key()
        assert await AcrossKey.all().count() == 2
    await city.exchange()
    keys = []
    for name in (IZUMI, KIDA, HEADQUARTERS):
        async with city.at(name) as box:
            keys.append(await box.shelters.across.keys.current())
    assert keys[0] == keys[1] == keys[2] is not None


async def test_a_key_that_was_never_used_stays_for_the_next_disaster(city: City, tmp_path: Path) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box, None)
        key = await box.shelters.across.keys.current()
        shelter = await shelter_of(box)
        (evacuee,) = await box.shelters.evacuees.all()
        await box.shelters.stays.leave(evacuee.id, shelter, LeftFor.HOME, OFFICER)
        await box.shelters.opening.states.set(shelter, ShelterState.CLOSED, OFFICER)
        await anonymise(box, tmp_path)
        assert await box.shelters.across.keys.current() == key


async def test_a_box_that_never_had_the_key_keeps_nothing_once_another_threw_it_away(
    city: City, hours: SettableClock, tmp_path: Path
) -> None:
    await come_to_both(city, hours)
    await city.bring(IZUMI, '守衛室')
    async with city.at('守衛室') as box:
        assert await left_of(box) > 0
    async with city.at(IZUMI) as box:
        key = await box.shelters.across.keys.current()
        await end(box, tmp_path)
    await city.bring(IZUMI, '守衛室')
    async with city.at('守衛室') as box:
        assert key is not None
        assert await left_of(box) == 0
        assert not box.vault.has_key((key.id, RecordClass.SHELTER))
