"""The list stays closed until a disaster is declared, and is closed again when it ends."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.shelters.vulnerable.disasters import DECLARED, ENDED, DisasterRefused
from app.shelters.vulnerable.list_reading import read_vulnerable_list
from app.shelters.vulnerable.register import OPENED, ImportCounts, ListClosed
from app.shelters.vulnerable.values import CallResult, Standing, VulnerableInfo
from tests.app.shelters.vulnerable.scene import CSV
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register


async def imported(box: Box, *, practice: bool = False) -> ImportCounts:
    return await box.shelters.vulnerable.take(read_vulnerable_list(CSV.encode()), OFFICER, practice=practice)


async def declared(box: Box, *, practice: bool = False) -> None:
    await imported(box, practice=practice)
    await box.shelters.disasters.declare('令和8年地震', '震度6弱', OFFICER, practice=practice)


async def opened(box: Box, *, see_protected: bool = True) -> dict[str, VulnerableInfo]:
    people = await box.shelters.vulnerable.open(OFFICER, 'list', see_protected=see_protected)
    return {one.entry.name: one for one in people}


async def test_outside_a_disaster_only_the_counts_are_told(box: Box) -> None:
    assert await imported(box) == ImportCounts(added=3, changed=0, refused=0)
    vulnerable, person = box.shelters.vulnerable, UUID(int=1)
    assert (await vulnerable.counts(practice=False)).people == 3
    with pytest.raises(ListClosed):
        await vulnerable.open(OFFICER, 'list', see_protected=True)
    with pytest.raises(ListClosed):
        await vulnerable.call(person, CallResult.SAFE, '', OFFICER)
    with pytest.raises(ListClosed):
        await vulnerable.settle(person, None, OFFICER)


async def test_a_declared_disaster_opens_the_list_and_its_end_closes_it(box: Box) -> None:
    await declared(box)
    assert set(await opened(box)) == {'金沢 花子', '髙田 一', '中村 ゆり'}
    await box.shelters.disasters.end(OFFICER)
    with pytest.raises(ListClosed):
        await opened(box)


async def test_who_declared_when_and_why_is_in_the_journal_and_so_is_each_opening(box: Box) -> None:
    await declared(box)
    await opened(box)
    await opened(box)
    await box.shelters.disasters.end(OFFICER)
    history = History(box.reading, box.vault)
    found = {kind: (await history.page(HistoryFilter(kind=kind), 0, 9))[0] for kind in (DECLARED, OPENED, ENDED)}
    assert [len(lines) for lines in found.values()] == [1, 2, 1]
    assert (found[DECLARED][0].actor, found[DECLARED][0].payload['reason']) == (OFFICER.id, '震度6弱')


async def test_a_disaster_is_declared_once_and_with_a_reason(box: Box) -> None:
    disasters = box.shelters.disasters
    with pytest.raises(DisasterRefused, match='none'):
        await disasters.end(OFFICER)
    with pytest.raises(DisasterRefused, match='reason'):
        await disasters.declare('地震', ' ', OFFICER, practice=False)
    with pytest.raises(DisasterRefused, match='name'):
        await disasters.declare('', '震度6弱', OFFICER, practice=False)
    await disasters.declare('地震', '震度6弱', OFFICER, practice=False)
    with pytest.raises(DisasterRefused, match='declared'):
        await disasters.declare('大雨', '特別警報', OFFICER, practice=False)


async def test_nothing_of_the_list_is_readable_on_the_disk(box: Box) -> None:
    await declared(box)
    people = await opened(box)
    await box.shelters.vulnerable.call(people['髙田 一'].id, CallResult.NOT_REACHED, '呼び出しのみ', OFFICER)
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        dump = '\n'.join(database.iterdump())
    for word in ('花子', '髙田', '泉野町', '人工呼吸器', '加賀', '呼び出しのみ'):
        assert word not in dump


async def test_the_same_list_again_adds_nobody(box: Box) -> None:
    await imported(box)
    assert await imported(box) == ImportCounts(added=0, changed=3, refused=0)


async def test_a_drill_opens_the_list_of_the_drill_only(box: Box) -> None:
    await imported(box)
    await box.shelters.disasters.declare('訓練', '防災の日', OFFICER, practice=True)
    assert await opened(box) == {}
    await imported(box, practice=True)
    assert len(await opened(box)) == 3


async def test_who_arrived_is_proposed_and_a_person_decides(box: Box) -> None:
    await declared(box)
    shelter = await opened_shelter(box)
    hanako = (await register(box, shelter, HANAKO)).evacuee
    found = (await opened(box))['金沢 花子']
    assert (found.standing, [one.evacuee for one in found.likely]) == (Standing.CANDIDATE, [hanako.id])

    await box.shelters.vulnerable.settle(found.id, hanako.id, OFFICER)
    assert (await opened(box))['金沢 花子'].standing is Standing.ARRIVED
    await box.shelters.vulnerable.settle(found.id, None, OFFICER)
    assert (await opened(box))['金沢 花子'].standing is Standing.CANDIDATE


async def test_a_protected_arrival_is_none_to_whoever_may_not_see_it(box: Box) -> None:
    await declared(box)
    before = await opened(box, see_protected=False)
    shelter = await opened_shelter(box)
    hanako = (await register(box, shelter, replace(HANAKO, protected=True))).evacuee
    assert await opened(box, see_protected=False) == before
    await box.shelters.vulnerable.settle(before['金沢 花子'].id, hanako.id, OFFICER)
    assert await opened(box, see_protected=False) == before
    assert (await opened(box))['金沢 花子'].standing is Standing.ARRIVED


async def test_the_last_call_counts_and_a_rescue_is_told_at_once(box: Box) -> None:
    await declared(box)
    vulnerable, rescues = box.shelters.vulnerable, list[UUID]()
    vulnerable.NEEDS_RESCUE.listen(rescues.append)
    person = (await opened(box))['髙田 一'].id
    for result in (CallResult.NOT_REACHED, CallResult.NEEDS_RESCUE):
        await vulnerable.call(person, result, '', OFFICER)
        assert (await opened(box))['髙田 一'].standing.value == result.value
    assert rescues == [person]
    assert await vulnerable.rescues() == 1
    assert next(iter(await opened(box))) == '髙田 一'

    await vulnerable.call(person, CallResult.SAFE, '', OFFICER)
    assert (await opened(box))['髙田 一'].standing is Standing.SAFE
    assert await vulnerable.rescues() == 0


async def test_nobody_is_called_who_is_not_on_the_list(box: Box) -> None:
    await declared(box)
    with pytest.raises(LookupError):
        await box.shelters.vulnerable.call(uuid4(), CallResult.SAFE, '', OFFICER)
