"""Benefits that are paid: two people look, a second claim is seen, and practice is never paid."""

import sqlite3
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.handouts.benefit_values import (
    Application,
    BenefitInfo,
    BenefitProblem,
    BenefitRefused,
    BenefitState,
    Payee,
)
from app.shelters.handouts.values import ItemInfo, ItemKind, ItemRules, Share
from tests.app.shelters.handouts.handing_room import Handing, handing
from tests.support.shelter import OFFICER, opened_shelter

APPROVER = Actor('approver', Assurance.PASSWORD)
PAYEE = Payee(bank='北國銀行', branch='本店', account_kind='普通', number='0123456', holder='カナザワ ハナコ')
EVIDENCE = [uuid4()]
RULES = ItemRules(kind=ItemKind.BENEFIT, share=Share.HOUSEHOLD, in_all=1)


async def consolation(room: Handing) -> ItemInfo:
    return await room.item(RULES, '災害見舞金', amount=50_000)


async def applied(room: Handing, item: UUID, **more: Any) -> BenefitInfo:
    values = {'item': item, 'evacuee': room.hanako, 'shelter': room.shelter.id, 'payee': PAYEE, **more}
    return await room.box.shelters.handouts.benefits.apply(Application(**values), OFFICER)


async def test_a_second_person_approves_what_they_have_seen_and_it_is_handed_on_once(box: Box) -> None:
    room = await handing(box)
    benefits = box.shelters.handouts.benefits
    taken = await applied(room, (await consolation(room)).id)
    with pytest.raises(BenefitRefused, match='same_person'):
        await benefits.approve(taken.id, OFFICER, evidence=EVIDENCE)
    with pytest.raises(BenefitRefused, match='no_evidence'):
        await benefits.approve(taken.id, APPROVER, evidence=[])
    assert await benefits.hand_on(APPROVER) is None

    await benefits.approve(taken.id, APPROVER, evidence=EVIDENCE)
    batch = await benefits.hand_on(APPROVER)

    assert batch is not None
    (handed_on,) = await benefits.of_batch(batch)
    assert (handed_on.amount, handed_on.payee, handed_on.state) == (50_000, PAYEE, BenefitState.EXPORTED)
    assert await benefits.hand_on(APPROVER) is None


async def test_a_second_claim_of_the_household_is_taken_and_seen_and_approved_with_a_reason_only(box: Box) -> None:
    room = await handing(box)
    taro, other = await room.person('太郎'), await opened_shelter(box, '緑小学校')
    await box.shelters.households.create([room.hanako, taro], OFFICER)
    item, benefits = await consolation(room), box.shelters.handouts.benefits
    first = await applied(room, item.id)
    second = await applied(room, item.id, evacuee=taro, shelter=other.id)
    assert [each.id for each in await benefits.others(second.id)] == [first.id]

    with pytest.raises(BenefitRefused, match='second_claim'):
        await benefits.approve(second.id, APPROVER, evidence=EVIDENCE)
    decided = await benefits.approve(second.id, APPROVER, evidence=EVIDENCE, reason='別の住家')
    assert decided.state is BenefitState.APPROVED


async def test_declining_says_why_and_ends_it(box: Box) -> None:
    room = await handing(box)
    benefits = box.shelters.handouts.benefits
    taken = await applied(room, (await consolation(room)).id)
    with pytest.raises(BenefitRefused, match='no_reason'):
        await benefits.decline(taken.id, APPROVER, ' ')
    await benefits.decline(taken.id, APPROVER, '対象外の住家')
    with pytest.raises(BenefitRefused, match='state'):
        await benefits.approve(taken.id, APPROVER, evidence=EVIDENCE)


async def test_practice_is_never_paid(box: Box) -> None:
    room = await handing(box)
    benefits = box.shelters.handouts.benefits
    taken = await applied(room, (await consolation(room)).id, practice=True)
    await benefits.approve(taken.id, APPROVER, evidence=EVIDENCE)
    assert await benefits.hand_on(APPROVER) is None


async def test_an_account_is_not_readable_on_the_disk(box: Box) -> None:
    room = await handing(box)
    await applied(room, (await consolation(room)).id)
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        dump = '\n'.join(database.iterdump())
    for word in ('0123456', '北國'):
        assert word not in dump


@pytest.mark.parametrize(
    'payee', [Payee(bank='北國銀行'), Payee(bank='銀行', branch='本店', number='12345678', holder='ハナコ')]
)
async def test_an_account_that_no_bank_can_pay_to_is_refused(box: Box, payee: Payee) -> None:
    room = await handing(box)
    with pytest.raises(BenefitRefused) as refused:
        await applied(room, (await consolation(room)).id, payee=payee)
    assert refused.value.problem is BenefitProblem.ACCOUNT


async def test_a_meal_cannot_be_applied_for(box: Box) -> None:
    room = await handing(box)
    with pytest.raises(BenefitRefused, match='no_benefit'):
        await applied(room, room.supper.id)
