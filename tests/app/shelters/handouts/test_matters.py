"""What the home page says about stock, requests and benefits: counts, no names."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from app import clock
from app.access.principals import Permission
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.handouts.benefit_values import Application
from app.shelters.handouts.matters import handout_matters
from app.shelters.handouts.request_values import RequestEntry, RequestState
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules
from app.shelters.matters import ShelterMatterKind
from app.shelters.values import ShelterState
from tests.app.shelters.handouts.handing_room import Handing, handing
from tests.support.shelter import OFFICER

SECOND = Actor('second', Assurance.PASSWORD)


async def kinds_of(box: Box) -> list[tuple[ShelterMatterKind, int]]:
    found = await handout_matters(box.shelters.handouts, box.shelters.register)
    return [(matter.kind, matter.count) for matter in found]


async def received(room: Handing, pieces: int, *, days: int | None, practice: bool = False) -> None:
    expires_on = None if days is None else clock.today() + timedelta(days=days)
    await room.box.shelters.handouts.stock.receive(
        room.shelter.id, room.supper.id, pieces, OFFICER, expires_on=expires_on, practice=practice
    )


async def test_nothing_is_said_where_nothing_was_ever_entered(box: Box) -> None:
    await handing(box)
    assert await kinds_of(box) == []


async def test_what_ran_out_is_said_until_something_comes(box: Box) -> None:
    room = await handing(box)
    await received(room, 1, days=None)
    assert await kinds_of(box) == []
    await room.give()
    assert await kinds_of(box) == [(ShelterMatterKind.STOCK_EMPTY, 1)]
    await received(room, 10, days=None)
    assert await kinds_of(box) == []


async def test_what_expires_within_a_week_or_has_expired_is_said(box: Box) -> None:
    room = await handing(box)
    await received(room, 5, days=8)
    assert await kinds_of(box) == []
    await received(room, 5, days=7)
    assert await kinds_of(box) == [(ShelterMatterKind.STOCK_EXPIRING, 1)]


async def test_an_item_that_is_used_no_more_and_a_shelter_that_is_closed_need_nobody(box: Box) -> None:
    room = await handing(box)
    await received(room, 5, days=1)
    await box.shelters.register.set_state(room.shelter.id, ShelterState.CLOSED, OFFICER)
    assert await kinds_of(box) == []
    await box.shelters.register.set_state(room.shelter.id, ShelterState.OPENED, OFFICER)
    await box.shelters.handouts.items.retire(room.supper.id, OFFICER)
    assert await kinds_of(box) == []


async def test_a_draft_waits_for_the_shelter_and_what_was_sent_for_headquarters(box: Box) -> None:
    room = await handing(box)
    requests = box.shelters.handouts.requests
    entry = RequestEntry(shelter=room.shelter.id, what='発電機', quantity=2)
    sent = await requests.draft(entry, OFFICER)
    await requests.draft(replace(entry, what='担架'), OFFICER)
    await requests.change(sent.id, RequestState.SENT, OFFICER)
    found = await handout_matters(box.shelters.handouts, box.shelters.register)
    assert [(matter.kind, matter.permission) for matter in found] == [
        (ShelterMatterKind.REQUEST_DRAFTS, Permission.RUN_SHELTER),
        (ShelterMatterKind.REQUESTS_SENT, Permission.COMMAND_SHELTERS),
    ]
    await requests.change(sent.id, RequestState.APPROVED, SECOND)
    assert await kinds_of(box) == [(ShelterMatterKind.REQUEST_DRAFTS, 1)]


async def test_a_benefit_waits_for_headquarters_until_it_is_decided_and_a_drill_comes_last(box: Box) -> None:
    room = await handing(box)
    rules = ItemRules(kind=ItemKind.BENEFIT)
    money = await box.shelters.handouts.items.save(
        uuid4(), ItemEntry(name='見舞金', rules=rules, amount=10_000), OFFICER
    )
    application = Application(item=money.id, evacuee=room.hanako, shelter=room.shelter.id)
    benefits = box.shelters.handouts.benefits
    await benefits.apply(replace(application, practice=True), OFFICER)
    applied = await benefits.apply(application, OFFICER)
    found = await handout_matters(box.shelters.handouts, box.shelters.register)
    assert [(matter.kind, matter.practice) for matter in found] == [
        (ShelterMatterKind.BENEFITS, False),
        (ShelterMatterKind.BENEFITS, True),
    ]
    await benefits.decline(applied.id, SECOND, '対象ではない')
    assert [matter.practice for matter in await handout_matters(box.shelters.handouts, box.shelters.register)] == [True]
