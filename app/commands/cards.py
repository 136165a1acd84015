"""`machibako card link`: a card is tapped, proves itself if it must, and points to a person from then on."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.card_words import PIN_PROBLEMS, card_sentence, reader_sentence
from app.commands.exit_codes import CARD_TAKEN, CARD_UNUSABLE, NO_CARD, NO_READER, OK, PIN_PROBLEM, UNKNOWN_STAFF
from app.commands.terminal import Terminal
from app.desks.reader_addresses import reader_address
from app.journal.line import Actor
from app.language import _
from app.people.cards import LinkProblem, LinkRefused
from app.people.staff import StaffMember
from device_drivers.card_reader.interface import Captured, CardReader, ReaderChanged, ReaderEvent, ReaderState
from device_drivers.cards.credential import CardError, CardKind

if TYPE_CHECKING:
    from app.runtime import Box

READER_GRACE_SECONDS = 3


class PinMissing(Exception):
    """The card must prove itself, and nobody gave its PIN."""


async def card_link(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Wait for a card and link it to a member of staff.

    Raises:
        BadReaderAddress, SimulatedReader, PcscNotInstalled: there can be no such reader on this box.
    """
    member = await box.staff.find_by_number(arguments['staff_number'])
    if member is None or not member.active:
        say.note(_('職員番号 {number} の職員はいません').format(number=arguments['staff_number']))
        return UNKNOWN_STAFF
    async with box.readers.lent(reader_address(arguments['reader'], demo=box.demo)) as reader:
        return await _link_next(box, member, reader, arguments, say)


async def _link_next(
    box: 'Box', member: StaffMember, reader: CardReader, arguments: Mapping[str, Any], say: Terminal
) -> int:
    await _until_ready(reader)
    if reader.state is not ReaderState.READY:
        say.note(reader_sentence(reader.state, reader.address))
        return NO_READER
    say.note(_('{name} さんのカードを、読み取りが終わるまでリーダーに置いてください').format(name=member.name))
    try:
        captured = await _capture(box, reader, arguments, say)
    except TimeoutError:
        say.note(_('{seconds} 秒待ちましたが、カードが置かれませんでした').format(seconds=arguments['timeout']))
        return NO_CARD
    except CardError as error:
        say.note(card_sentence(error))
        return PIN_PROBLEM if error.problem in PIN_PROBLEMS else CARD_UNUSABLE
    except PinMissing:
        say.note(_('マイナンバーカードの登録には暗証番号が要ります。--pin-from-stdin を付けて渡してください'))
        return PIN_PROBLEM
    return await _link(box, member, captured, say)


async def _until_ready(reader: CardReader) -> None:
    """Give a reader that was just opened the time to find out how it is."""
    ready = asyncio.Event()

    def heard(event: ReaderEvent) -> None:
        if isinstance(event, ReaderChanged) and event.state is ReaderState.READY:
            ready.set()

    unsubscribe = reader.listen(heard)
    try:
        if reader.state is not ReaderState.READY:
            await asyncio.wait_for(ready.wait(), READER_GRACE_SECONDS)
    except TimeoutError:
        return
    finally:
        unsubscribe()


async def _capture(box: 'Box', reader: CardReader, arguments: Mapping[str, Any], say: Terminal) -> Captured:
    pin, timeout = arguments.get('pin'), float(arguments['timeout'])
    captured = await reader.capture(pin, timeout)
    if pin is not None or captured.proven or not _must_prove(box, captured):
        return captured
    pin = await say.ask_pin(_('利用者証明用の暗証番号(数字4桁):'))
    if pin is None:
        raise PinMissing
    return await reader.capture(pin, timeout)


def _must_prove(box: 'Box', captured: Captured) -> bool:
    return captured.credential.kind is CardKind.MY_NUMBER and box.settings.cards.require_proof_to_link


async def _link(box: 'Box', member: StaffMember, captured: Captured, say: Terminal) -> int:
    try:
        await box.cards.link(member.id, captured.credential, Actor.command_line(), proven=captured.proven)
    except LinkRefused as refused:
        return _refused(refused.problem, say)
    message = _('{name} さん({number})のカードを登録しました(下4桁 {last_four})')
    say.out(message.format(name=member.name, number=member.number, last_four=captured.credential.last_four))
    return OK


def _refused(problem: LinkProblem, say: Terminal) -> int:
    if problem is LinkProblem.ALREADY_LINKED:
        say.out(_('このカードは、もうこの人に登録されています'))
        return OK
    if problem is LinkProblem.TAKEN:
        say.note(_('このカードは、ほかの人に登録されています。先にその登録を終えてください'))
        return CARD_TAKEN
    say.note(_('マイナンバーカードの登録には暗証番号が要ります。--pin-from-stdin を付けて渡してください'))
    return PIN_PROBLEM
