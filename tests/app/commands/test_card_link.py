"""`machibako card link`: what a clerk sees, whatever card is put on."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.commands import exit_codes
from app.commands.card_words import PIN_PROBLEMS
from app.commands.cards import card_link
from app.people.cards import CardRegister
from app.runtime import Box
from device_drivers.card_reader.interface import ReaderState
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, CardProblem, Credential
from tests.app.commands.conftest import Clerk, Give
from tests.support.box import felica, hire, hire_with_card, opened_box, until

READER = 'sim:窓口'
LINK = ('card', 'link', '--staff-number', '1001', '--reader', READER, '--timeout', '20')


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    """A demonstration, which alone has simulated readers."""
    async with opened_box(tmp_path / 'box', demo=True) as opened:
        yield opened


def my_number(**changes) -> SimulatedCard:
    credential = Credential(CardKind.MY_NUMBER, 'ab' * 32, '00C0FFEE12345678')
    return SimulatedCard(credential=credential, certificate=b'certificate', **changes)


async def link(box, clerk: Clerk, card: SimulatedCard, **arguments) -> int:
    reader = box.readers.use(READER)
    linking = asyncio.create_task(
        card_link(box, {'staff_number': '1001', 'reader': READER, 'timeout': 10, 'pin': None, **arguments}, clerk)
    )
    await until(lambda: reader._pending is not None)
    reader.hold(card)
    return await linking


async def test_a_staff_card_is_linked_by_a_tap(served, give: Give) -> None:
    person = await hire(served)
    reader = served.readers.use(READER)
    given = asyncio.create_task(give(*LINK))
    await until(lambda: reader._pending is not None)
    reader.tap(felica())
    ended = await given
    assert ended.code == exit_codes.OK
    assert 'E5F6' in ended.out
    assert '山田' in ended.err
    assert (await served.cards.find(felica().credential)).subject == person.id


async def test_a_my_number_card_proves_itself_with_the_pin_that_the_clerk_is_asked_for(box) -> None:
    await hire(box)
    clerk = Clerk('1234')
    assert await link(box, clerk, my_number()) == exit_codes.OK
    assert len(clerk.asked) == 1
    assert (await box.cards.find(my_number().credential)).proven


async def test_a_staff_card_never_makes_the_clerk_type_a_pin(box) -> None:
    await hire(box)
    clerk = Clerk('1234')
    assert await link(box, clerk, felica()) == exit_codes.OK
    assert clerk.asked == []


async def test_a_pin_given_beforehand_is_not_asked_for_again(box) -> None:
    await hire(box)
    clerk = Clerk()
    assert await link(box, clerk, my_number(), pin='1234') == exit_codes.OK
    assert clerk.asked == []


async def test_where_the_policy_asks_for_no_proof_a_bare_tap_links(box) -> None:
    await hire(box)
    lenient = box.settings.cards.model_copy(update={'require_proof_to_link': False})
    box.settings = box.settings.model_copy(update={'cards': lenient})
    box.cards = CardRegister(box.vault, box.journal, lenient)
    clerk = Clerk()
    assert await link(box, clerk, my_number()) == exit_codes.OK
    assert clerk.asked == []


async def test_without_a_terminal_the_clerk_is_told_how_to_pass_the_pin(box) -> None:
    await hire(box)
    clerk = Clerk(None)
    assert await link(box, clerk, my_number()) == exit_codes.PIN_PROBLEM
    assert '--pin-from-stdin' in clerk.shown[-1]


@pytest.mark.parametrize(
    ('card', 'pin', 'says'),
    [
        (my_number(), '9999', 'あと 2 回'),
        (my_number(), '12', '送っていません'),
        (my_number(tries_left=1), '1234', 'あと1回'),
        (my_number(tries_left=0), '1234', '窓口'),
    ],
)
async def test_a_pin_problem_says_how_many_tries_are_left_and_who_resets_it(box, card, pin, says) -> None:
    await hire(box)
    clerk = Clerk(pin)
    assert await link(box, clerk, card) == exit_codes.PIN_PROBLEM
    assert says in clerk.shown[-1]
    assert await box.cards.find(card.credential) is None
    assert pin not in ''.join(clerk.shown)


@pytest.mark.parametrize('problem', sorted(set(CardProblem) - PIN_PROBLEMS))
async def test_every_card_that_cannot_be_used_gets_a_sentence(box, problem: CardProblem) -> None:
    await hire(box)
    clerk = Clerk()
    assert await link(box, clerk, my_number(problem=problem)) == exit_codes.CARD_UNUSABLE
    assert clerk.shown[-1]


async def test_a_card_of_somebody_else_is_refused(box) -> None:
    await hire(box)
    _other, card = await hire_with_card(box, '2002', '佐藤\u3000花子')
    assert await link(box, Clerk(), card) == exit_codes.CARD_TAKEN


async def test_a_card_that_the_person_has_already_is_as_wished(box) -> None:
    _person, card = await hire_with_card(box)
    assert await link(box, Clerk(), card) == exit_codes.OK


async def test_nobody_with_this_number_is_said_before_anybody_taps(served, give: Give) -> None:
    ended = await give(*LINK)
    assert ended.code == exit_codes.UNKNOWN_STAFF
    assert '1001' in ended.err


async def test_no_card_in_time_is_an_end_of_its_own(served, give: Give) -> None:
    await hire(served)
    ended = await give(*LINK[:-1], '0.1')
    assert ended.code == exit_codes.NO_CARD


async def test_a_reader_that_is_not_there_is_said_at_once(served, give: Give, monkeypatch) -> None:
    monkeypatch.setattr('app.commands.cards.READER_GRACE_SECONDS', 0.1)
    await hire(served)
    served.readers.use(READER).unplug()
    ended = await give(*LINK)
    assert ended.code == exit_codes.NO_READER
    assert '見つかりません' in ended.err


async def test_a_reader_that_comes_up_while_the_command_starts_is_waited_for(box) -> None:
    await hire(box)
    reader = box.readers.use(READER)
    reader.show_state(ReaderState.STARTING)
    clerk = Clerk()
    arguments = {'staff_number': '1001', 'reader': READER, 'timeout': 10}
    linking = asyncio.create_task(card_link(box, arguments, clerk))
    await asyncio.sleep(0)
    reader.show_state(ReaderState.READY)
    await until(lambda: reader._pending is not None)
    reader.tap(felica())
    assert await linking == exit_codes.OK


async def test_a_pin_from_standard_input_is_in_no_database_and_no_line(
    served, give: Give, monkeypatch, tmp_path
) -> None:
    import io

    await hire(served)
    monkeypatch.setattr('sys.stdin', io.StringIO('8341\n'))
    reader = served.readers.use(READER)
    given = asyncio.create_task(give(*LINK, '--pin-from-stdin'))
    await until(lambda: reader._pending is not None)
    reader.tap(my_number(pin='8341'))
    ended = await given
    assert ended.code == exit_codes.OK
    rows = await served.reading.read(lambda c: [tuple(row) for row in c.execute('SELECT payload FROM journal_line')])
    assert '8341' not in f'{ended.out}{ended.err}{rows}'
