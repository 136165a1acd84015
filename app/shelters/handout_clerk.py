"""What a touch or a press leads to at a desk that hands out: records it, and answers with the next moment."""

from dataclasses import replace
from uuid import UUID

from app import clock
from app.shelters.desk_flow import Flow
from app.shelters.desk_handing import (
    choosing,
    chosen,
    handed,
    is_same_touch,
    item_gone,
    nobody_known,
    refused,
    taken_back,
    without_name,
)
from app.shelters.desk_handing_values import HandedNow
from app.shelters.desk_presses import ChooseItem, GiveAllTheSame, GiveHousehold, GiveWithoutName, Plain, Press
from app.shelters.desk_screens import Mode, PersonShown, Problem, Step
from app.shelters.handouts.handing import Handouts
from app.shelters.handouts.items import ItemList
from app.shelters.handouts.records import HandoutInfo
from app.shelters.handouts.usual_items import begin_list
from app.shelters.handouts.values import Share
from app.shelters.handouts.wanted import UnknownItem, Wanted
from app.shelters.printed_codes import CodeOrigin
from app.shelters.reception import At, Reception
from app.shelters.tokens import Token
from app.shelters.values import StayState
from device_drivers.cards.credential import Credential


class HandoutClerk:
    """Hands out at a desk of a shelter. Every method answers with the flow to go on with."""

    def __init__(self, reception: Reception, handouts: Handouts, items: ItemList) -> None:
        self._reception = reception
        self._handouts = handouts
        self._items = items

    async def touched(self, at: At, flow: Flow, credential: Credential) -> Flow:
        """A card: whose it is, is given what is handed out."""
        return await self._tokened(at, flow, Token.of_card(credential))

    async def scanned(self, at: At, flow: Flow, text: str) -> Flow:
        """A code that was bound to somebody, or a number that was typed."""
        code = self._reception.read_code(text)
        if code.origin is CodeOrigin.NONE:
            return nobody_known(flow, Problem.UNKNOWN_CODE, clock.monotonic())
        token = Token.printed(code.text)
        numbered = await self._reception.numbered(at, code.text)
        if numbered is None or isinstance(await self._reception.holder(at, token), UUID):
            return await self._tokened(at, flow, token)
        if isinstance(numbered, Problem):
            return nobody_known(flow, numbered, clock.monotonic())
        return await self._give(at, flow, await self._reception.show(at, numbered))

    def cannot_be_identified(self, flow: Flow) -> Flow:
        """A My Number Card whose certificate is of no use leads to nobody."""
        return nobody_known(flow, Problem.NOT_REGISTERED, clock.monotonic())

    async def pressed(self, at: At, flow: Flow, press: Press) -> Flow | None:
        """What a press at a desk that hands out leads to; None: it is the same as at every other desk."""
        match press:
            case Plain.CANCEL | Plain.FINISH:
                return flow.ended()
            case Plain.ANOTHER_ITEM:
                return choosing(flow)
            case Plain.USUAL_ITEMS:
                await begin_list(self._items, at.actor)
                return choosing(flow)
            case ChooseItem(item):
                return chosen(flow, item)
            case Plain.TAKE_BACK_HANDOUT:
                return await self._take_back(at, flow)
            case Plain.RECEIVE_AND_GIVE:
                return await self._receive_and_give(at, flow)
            case GiveHousehold(attempt):
                return await self._give_household(at, flow, attempt)
            case GiveAllTheSame(attempt):
                return await self._give_all_the_same(at, flow, attempt)
            case GiveWithoutName(attempt):
                return await self._give_without_name(at, flow, attempt)
        return None

    async def _tokened(self, at: At, flow: Flow, token: Token) -> Flow:
        holder = await self._reception.holder(at, token)
        if not isinstance(holder, UUID):
            problem = holder if isinstance(holder, Problem) else Problem.NOT_REGISTERED
            return nobody_known(flow, problem, clock.monotonic())
        person = await self._reception.show(at, holder)
        if person.state is StayState.PRESENT and not is_same_touch(flow, person.evacuee):
            person = (await self._reception.receive(at, holder)).person
        return await self._give(at, flow, person)

    async def _give_all_the_same(self, at: At, flow: Flow, attempt: str) -> Flow:
        refusal = flow.handing.refusal
        if flow.step is not Step.REFUSED or flow.person is None or refusal is None or not refusal.elsewhere:
            return flow
        return await self._give(at, flow, flow.person, f'{at.desk}:{attempt}')

    async def _give(self, at: At, flow: Flow, person: PersonShown, despite_others: str = '') -> Flow:
        item = flow.handing.item
        if item is None:
            return choosing(flow)
        if is_same_touch(flow, person.evacuee):
            return flow
        wanted = Wanted(
            item=item, shelter=at.shelter.id, evacuee=person.evacuee, practice=at.shelter.practice,
            knowing_others=bool(despite_others), attempt=despite_others,
        )  # fmt: skip
        try:
            outcome = await self._handouts.give(wanted, at.actor, at.desk)
            waiting = len(await self._others(at, flow, person))
        except UnknownItem:
            return item_gone(flow, clock.monotonic())
        now = clock.monotonic()
        if outcome.objection is not None:
            return refused(flow, person, outcome.objection, waiting, now)
        return handed(flow, person, _last([outcome.handout]), waiting, now) if outcome.handout else flow

    async def _others(self, at: At, flow: Flow, person: PersonShown) -> list[UUID]:
        item = await self._items.get(flow.handing.item) if flow.handing.item else None
        if item is None or item.entry.rules.by_size or item.entry.rules.share is Share.HOUSEHOLD:
            return []
        wanted = Wanted(item=item.id, shelter=at.shelter.id, evacuee=person.evacuee, practice=at.shelter.practice)
        return await self._handouts.waiting_members(wanted)

    async def _receive_and_give(self, at: At, flow: Flow) -> Flow:
        if flow.step is not Step.REFUSED or flow.person is None:
            return flow
        return await self._give(at, flow, (await self._reception.receive(at, flow.person.evacuee)).person)

    async def _give_household(self, at: At, flow: Flow, attempt: str) -> Flow:
        item, person = flow.handing.item, flow.person
        if flow.step not in (Step.GIVEN, Step.REFUSED) or item is None or person is None or not flow.handing.waiting:
            return flow
        given = []
        for member in await self._others(at, flow, person):
            wanted = Wanted(
                item=item, shelter=at.shelter.id, evacuee=member, collected_by=person.evacuee,
                attempt=f'{at.desk}:{attempt}:{member}', practice=at.shelter.practice,
            )  # fmt: skip
            outcome = await self._handouts.give(wanted, at.actor, at.desk)
            given += [outcome.handout] if outcome.handout else []
        if not given:
            return flow
        before = flow.handing.last if flow.step is Step.GIVEN else None
        return handed(flow, person, _last(given, before), 0, clock.monotonic())

    async def _give_without_name(self, at: At, flow: Flow, attempt: str) -> Flow:
        item = await self._items.get(flow.handing.item) if flow.handing.item else None
        if item is None or flow.mode is not Mode.HANDOUT:
            return flow
        try:
            given = await self._handouts.give_surplus(
                item.id, at.shelter.id, at.actor, quantity=item.entry.rules.portion,
                attempt=f'{at.desk}:{attempt}', practice=at.shelter.practice, desk=at.desk,
            )  # fmt: skip
        except UnknownItem:
            return item_gone(flow, clock.monotonic())
        return without_name(flow, replace(_last([given]), people=0), clock.monotonic())

    async def _take_back(self, at: At, flow: Flow) -> Flow:
        last = flow.handing.last
        if last is None:
            return flow
        for handout in last.handouts:
            await self._handouts.take_back(handout, at.actor, desk=at.desk)
        return taken_back(flow, clock.monotonic())


def _last(given: list[HandoutInfo], before: HandedNow | None = None) -> HandedNow:
    return HandedNow(
        handouts=(*(before.handouts if before else ()), *(one.id for one in given)),
        item=given[0].item,
        pieces=(before.pieces if before else 0) + sum(one.quantity for one in given),
        people=(before.people if before else 0) + len(given),
        at=given[-1].given_at,
    )
