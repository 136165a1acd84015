"""Two boxes of one city, opened by turns in this process, and their lines carried by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from app.exchange.message import Batch, SentLine
from app.exchange.outbox import Outbox, Position
from app.runtime import Box
from tests.support.box import opened_box


def outbox_of(box: Box) -> Outbox:
    """What the sender of this box reads from."""
    return Outbox(box.vault, box.journal.identity, box.reading, box.exchange.kinds)


async def lines_of(box: Box) -> tuple[SentLine, ...]:
    """All lines that this box would send."""
    outbox, lines, position = outbox_of(box), list[SentLine](), Position(0)
    while (batch := await outbox.batch(position)).lines:
        lines += batch.lines
        position = Position(int(str(batch.lines[-1].line['sequence'])))
    return tuple(lines)


class TwoBoxes:
    """Boxes by name, of which one is open at a time; `bring` carries everything from one to another."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @asynccontextmanager
    async def at(self, name: str) -> AsyncIterator[Box]:
        """The open box."""
        async with opened_box(self._root / name) as box:
            yield box

    async def bring(self, source: str, target: str) -> None:
        """Carry all lines of one box to another."""
        async with self.at(source) as box:
            batch = Batch(box=box.journal.identity.box, epoch=box.journal.identity.epoch, lines=await lines_of(box))
        async with self.at(target) as box:
            await box.exchange.receiver.receive(source, batch)
