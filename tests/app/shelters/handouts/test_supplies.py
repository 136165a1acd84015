"""Stock that never stops a handout, and requests until they have arrived."""

from datetime import date

import pytest

from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.handouts.request_values import Delivery, RequestEntry, RequestRefused, RequestState
from app.shelters.handouts.stock_values import Lot, StockRefused, lots_left
from app.shelters.handouts.values import ItemRules
from tests.app.shelters.handouts.handing_room import handing
from tests.support.shelter import OFFICER

HEADQUARTERS = Actor('headquarters', Assurance.CARD)


async def test_handing_out_lowers_the_stock_and_taking_back_raises_it(box: Box) -> None:
    room = await handing(box)
    stock = box.shelters.handouts.stock
    await stock.receive(room.shelter.id, room.supper.id, 10, OFFICER, practice=False)
    given = (await room.give()).handout
    assert given is not None
    assert (await stock.at(room.shelter.id, practice=False))[room.supper.id].pieces == 9
    await box.shelters.handouts.handouts.take_back(given.id, OFFICER)
    assert (await stock.at(room.shelter.id, practice=False))[room.supper.id].pieces == 10
    assert await stock.at(room.shelter.id, practice=True) == {}


async def test_people_are_fed_when_the_figure_says_none_and_the_difference_shows(box: Box) -> None:
    room = await handing(box)
    stock = box.shelters.handouts.stock
    assert (await room.give()).handout is not None
    assert (await stock.at(room.shelter.id, practice=False))[room.supper.id].pieces == -1

    difference = await stock.take(room.shelter.id, room.supper.id, 30, OFFICER, practice=False)

    assert difference == 31
    assert (await stock.at(room.shelter.id, practice=False))[room.supper.id].pieces == 30
    (move,), total = await stock.moves(room.shelter.id, practice=False)
    assert (move.counted, move.moved_by, total) == (30, OFFICER.id, 1)


async def test_what_is_taken_out_says_why(box: Box) -> None:
    room = await handing(box)
    stock = box.shelters.handouts.stock
    with pytest.raises(StockRefused, match='note'):
        await stock.remove(room.shelter.id, room.supper.id, 1, OFFICER, note=' ', practice=False)
    with pytest.raises(StockRefused, match='pieces'):
        await stock.receive(room.shelter.id, room.supper.id, 0, OFFICER, practice=False)


def test_what_expires_first_is_gone_first() -> None:
    soon, late = date(2026, 2, 1), date(2026, 5, 1)
    came = [Lot(None, 5), Lot(late, 10), Lot(soon, 10)]
    assert lots_left(came, 18) == (Lot(soon, 3), Lot(late, 10), Lot(None, 5))
    assert lots_left(came, 4) == (Lot(None, 4),)
    assert lots_left(came, -2) == ()


async def test_pieces_that_expire_are_counted_by_day(box: Box) -> None:
    room = await handing(box)
    stock = box.shelters.handouts.stock
    await stock.receive(room.shelter.id, room.supper.id, 3, OFFICER, expires_on=date(2026, 2, 1), practice=False)
    line = (await stock.at(room.shelter.id, practice=False))[room.supper.id]
    assert (line.expiring(date(2026, 1, 31)), line.expiring(date(2026, 2, 1))) == (0, 3)


async def test_a_shortage_drafts_one_request(box: Box) -> None:
    room = await handing(box)
    water = await room.item(ItemRules(), warn_below=10)
    await box.shelters.handouts.stock.receive(room.shelter.id, water.id, 11, OFFICER, practice=False)
    requests = box.shelters.handouts.requests
    await room.give(item=water.id)
    assert await requests.open(room.shelter.id, practice=False) == []

    for _each in range(2):
        await room.give(item=water.id)

    (request,) = await requests.open(room.shelter.id, practice=False)
    assert (request.state, request.automatic, request.entry.quantity) == (RequestState.DRAFT, True, 11)


async def test_a_request_goes_from_draft_to_received_in_parts(box: Box) -> None:
    room = await handing(box)
    requests, stock = box.shelters.handouts.requests, box.shelters.handouts.stock
    entry = RequestEntry(shelter=room.shelter.id, item=room.supper.id, what='夕食', unit='食', quantity=100)
    request = (await requests.draft(entry, OFFICER)).id
    with pytest.raises(RequestRefused, match='state'):
        await requests.receive(request, Delivery(pieces=1), OFFICER)
    with pytest.raises(RequestRefused, match='state'):
        await requests.change(request, RequestState.APPROVED, HEADQUARTERS)

    await requests.change(request, RequestState.SENT, OFFICER)
    approved = await requests.change(request, RequestState.APPROVED, HEADQUARTERS, quantity=80)
    await requests.change(request, RequestState.ON_THE_WAY, HEADQUARTERS)
    partly = await requests.receive(request, Delivery(pieces=50, expires_on=date(2026, 2, 1)), OFFICER)
    received = await requests.receive(request, Delivery(pieces=30), OFFICER)

    assert (approved.outstanding, approved.decided_by) == (80, HEADQUARTERS.id)
    assert (partly.state, partly.outstanding) == (RequestState.PARTLY, 30)
    assert received.state is RequestState.RECEIVED
    assert (await stock.at(room.shelter.id, practice=False))[room.supper.id].pieces == 80
    assert await requests.open(None, practice=False) == []
    closed, total = await requests.closed(None, practice=False)
    assert (closed, total) == ([received], 1)


@pytest.mark.parametrize(
    ('what', 'quantity', 'field'), [(' ', 1, 'what'), ('水', 0, 'quantity'), ('水' * 101, 1, 'what')]
)
async def test_what_cannot_be_asked_for_is_named(box: Box, what: str, quantity: int, field: str) -> None:
    room = await handing(box)
    entry = RequestEntry(shelter=room.shelter.id, what=what, quantity=quantity)
    with pytest.raises(RequestRefused, match=field):
        await box.shelters.handouts.requests.draft(entry, OFFICER)


async def test_what_only_went_out_is_not_counted_as_missing(box: Box) -> None:
    room = await handing(box)
    await room.give()
    stock = box.shelters.handouts.stock
    line = (await stock.at(room.shelter.id, practice=False))[room.supper.id]
    assert (line.pieces, line.is_entered) == (-1, False)
    await stock.receive(room.shelter.id, room.supper.id, 5, OFFICER, practice=False)
    line = (await stock.at(room.shelter.id, practice=False))[room.supper.id]
    assert (line.pieces, line.is_entered) == (4, True)


async def test_what_was_counted_below_the_mark_drafts_a_request_once(box: Box) -> None:
    room = await handing(box)
    water = await room.item(ItemRules(), warn_below=100)
    handouts = box.shelters.handouts
    await handouts.stock.take(room.shelter.id, water.id, 24, OFFICER, practice=False)
    drafted = await handouts.requests.draft_if_short(room.shelter.id, water, practice=False)
    assert drafted is not None
    assert (drafted.entry.quantity, drafted.automatic) == (176, True)
    assert await handouts.requests.draft_if_short(room.shelter.id, water, practice=False) is None
