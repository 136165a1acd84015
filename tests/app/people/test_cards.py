import sqlite3
from contextlib import closing

import pytest

from app.journal.line import Actor
from app.people.cards import EndReason, LinkProblem, LinkRefused
from app.runtime import Box
from device_drivers.cards.credential import CardKind, Credential
from tests.support.box import felica, hire

MY_NUMBER = Credential(CardKind.MY_NUMBER, 'cd' * 32, '2B8F10C4')


async def test_several_cards_point_to_one_person(box: Box) -> None:
    person = await hire(box)
    await box.cards.link(person.id, felica('0114000000000001').credential, Actor.system(), proven=False)
    await box.cards.link(person.id, felica('0114000000000002').credential, Actor.system(), proven=False)

    assert {link.last_four for link in await box.cards.of(person.id)} == {'0001', '0002'}


async def test_a_my_number_card_is_linked_only_after_it_proved_itself(box: Box) -> None:
    person = await hire(box)

    with pytest.raises(LinkRefused) as caught:
        await box.cards.link(person.id, MY_NUMBER, Actor.system(), proven=False)
    assert caught.value.problem is LinkProblem.PROOF_REQUIRED

    link = await box.cards.link(person.id, MY_NUMBER, Actor.system(), proven=True)
    assert link.proven


async def test_a_card_points_to_one_person_only(box: Box) -> None:
    first, second = await hire(box), await hire(box, '1002', '佐藤')
    card = felica().credential
    await box.cards.link(first.id, card, Actor.system(), proven=False)

    for person, problem in ((second, LinkProblem.TAKEN), (first, LinkProblem.ALREADY_LINKED)):
        with pytest.raises(LinkRefused) as caught:
            await box.cards.link(person.id, card, Actor.system(), proven=False)
        assert caught.value.problem is problem


async def test_a_card_that_was_given_back_can_point_to_somebody_else(box: Box) -> None:
    first, second = await hire(box), await hire(box, '1002', '佐藤')
    card = felica().credential
    link = await box.cards.link(first.id, card, Actor.system(), proven=False)
    await box.cards.end(link.id, EndReason.RETURNED, Actor.system())
    await box.cards.link(second.id, card, Actor.system(), proven=False)

    found = await box.cards.find(card)

    assert found is not None
    assert found.subject == second.id
    (ended,) = await box.cards.of(first.id)
    assert ended.end_reason is EndReason.RETURNED


async def test_a_serial_of_another_issuer_is_another_card(box: Box) -> None:
    person = await hire(box)
    await box.cards.link(person.id, MY_NUMBER, Actor.system(), proven=True)

    assert await box.cards.find(Credential(CardKind.MY_NUMBER, 'ef' * 32, MY_NUMBER.identifier)) is None


async def test_neither_identifier_nor_name_lies_in_the_database(box: Box) -> None:
    person = await hire(box)
    await box.cards.link(person.id, MY_NUMBER, Actor.system(), proven=True)

    with closing(sqlite3.connect(box.directory.database)) as connection:
        dump = '\n'.join(connection.iterdump())

    assert MY_NUMBER.identifier not in dump
    for text in ('山田', 'ヤマダ'):
        assert text not in dump
        assert text.encode().hex() not in dump.lower()
