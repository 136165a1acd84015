"""The box of `staff_box.py`, with 220 shelters of which 124 are open, and one more that another box told of."""

import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from app import clock
from app.access.principals import Role
from app.exchange.models import ExchangeLine, ExchangePeer
from app.runtime import Box
from app.shelters.calls import Help
from app.shelters.handouts.request_values import RequestEntry, RequestState
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.headquarters.sharing import FIGURES_TOLD
from app.shelters.headquarters.told import told_of
from app.shelters.models import HeadCount
from app.shelters.needs.facts import Fact, Found
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.values import PersonClass, ShelterState, Urgency
from app.storage.transaction import Transaction, transaction
from pages.staff import shelters
from tests.pages.staff import staff_box
from tests.support.shelter import OFFICER, register

HEADQUARTERS_NUMBER, OFFICER_NUMBER = '2001', '2002'
SHELTERS, OPEN = 220, 124
PEER = UUID(int=9)
FAR_SEQUENCE = 1_000_000
"""Presses without lines of the journal, after all that are there."""
LONG_NAME = '石川県立金沢泉丘高等学校第二体育館および附属武道場(旧校舎側臨時避難所)' * 3
_usual = staff_box._furnish


async def furnish(box: Box) -> None:
    """The usual people, one of headquarters, and the shelters of a city."""
    await _usual(box)
    accounts = box.access.accounts
    await accounts.create(HEADQUARTERS_NUMBER, {Role.HEADQUARTERS}, OFFICER, password=staff_box.PASSWORD)
    await accounts.create(OFFICER_NUMBER, {Role.SHELTER_OFFICER}, OFFICER, password=staff_box.PASSWORD)
    known = await box.shelters.register.add_all([_entry(number) for number in range(SHELTERS)], OFFICER)
    await transaction(lambda tx: _count(tx, known))
    await _matters(box, known)
    await transaction(lambda tx: _tell(tx, known[150]))


async def _matters(box: Box, known: list[ShelterInfo]) -> None:
    states = box.shelters.register
    for shelter in known[:OPEN]:
        await states.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    await states.set_state(known[1].id, ShelterState.OPENED_BY_RESIDENTS, OFFICER)
    await states.set_state(known[2].id, ShelterState.FULL, OFFICER)
    await states.set_state(known[130].id, ShelterState.CLOSED, OFFICER)
    await register(box, known[0])
    facts = {Fact.TOILETS_SHARED: Found(1), Fact.BEDS: Found(0), Fact.MEALS_TONIGHT: Found(100)}
    await box.shelters.needs.facts.enter(known[3].id, facts, OFFICER, practice=False)
    await box.shelters.reception.calls.call(Help(shelter=known[4].id, urgency=Urgency.OXYGEN), OFFICER)
    request = await box.shelters.handouts.requests.draft(
        RequestEntry(shelter=known[5].id, what='毛布', quantity=200, unit='枚'), OFFICER
    )
    await box.shelters.handouts.requests.change(request.id, RequestState.SENT, OFFICER)
    drill = await states.add(ShelterEntry(code='D', name='訓練用体育館'), OFFICER, practice=True)
    await states.set_state(drill.id, ShelterState.OPENED, OFFICER)


async def _tell(tx: Transaction, shelter: ShelterInfo) -> None:
    told_at = clock.now() - timedelta(minutes=25)
    there = replace(shelter, state=ShelterState.OPENED, state_since=told_at, here=True)
    figures = ShelterFigures(shelter=there, people=77, counted=77, as_of=told_at)
    line = {
        'box': str(PEER),
        'recorded_at': told_at.isoformat(),
        'payload': json.dumps({'shelters': [told_of(figures)]}),
    }
    await ExchangePeer.create(name='泉野小学校の箱', box=PEER, using_db=tx.connection)
    await ExchangeLine.create(
        box=str(PEER),
        epoch='e',
        sequence=1,
        kind=FIGURES_TOLD,
        hash='h',
        line=json.dumps(line),
        opened='[]',
        received_at=told_at,
        using_db=tx.connection,
    )


async def _count(tx: Transaction, known: list[ShelterInfo]) -> None:
    presses = (
        (number, shelter) for number, shelter in enumerate(known[: OPEN - 1]) for _person in range(10 + number % 70)
    )
    rows = [
        HeadCount(
            id=uuid4(),
            sequence=FAR_SEQUENCE + place,
            shelter=shelter.id,
            person_class=str(PersonClass.MAN),
            change=1,
            counted_at=clock.now(),
        )
        for place, (_number, shelter) in enumerate(presses, 1)
    ]
    await HeadCount.bulk_create(rows, using_db=tx.connection, batch_size=500)


def _entry(number: int) -> ShelterEntry:
    name = LONG_NAME if number == 3 else f'第{number + 1}避難所小学校'
    return ShelterEntry(
        code=f'E17201{number:05}111',
        name=name,
        kana=f'ダイ{number:03}',
        address=f'石川県金沢市広坂{number}丁目1番1号',
        district=('泉', '緑', '泉野', '長町')[number % 4],
        latitude=36.5 + (number * 37 % 100) / 900,
        longitude=136.58 + (number * 61 % 100) / 700,
        capacity=40 + number % 60,
        area_m2=400.0,
    )


if __name__ in {'__main__', '__mp_main__'}:
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
