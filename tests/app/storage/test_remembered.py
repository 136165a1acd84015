import asyncio

from app.storage.remembered import Remembered, Worked


class Source:
    """A value that changes, and is slow to read."""

    def __init__(self) -> None:
        self.value = 1
        self.reads = 0
        self.may_answer = asyncio.Event()

    async def read(self) -> int:
        """The value as it was when the reading began."""
        self.reads += 1
        value = self.value
        await self.may_answer.wait()
        return value


async def test_what_did_not_change_is_read_once() -> None:
    source = Source()
    source.may_answer.set()
    remembered = Remembered(source.read)

    assert [await remembered.get(), await remembered.get()] == [1, 1]
    assert source.reads == 1


async def test_what_changed_while_it_was_read_is_read_again() -> None:
    source = Source()
    remembered = Remembered(source.read)
    asked = asyncio.create_task(remembered.get())
    await asyncio.sleep(0)
    source.value = 2
    remembered.forget()
    source.may_answer.set()

    assert await asked == 2
    assert source.reads == 2


async def test_a_known_change_needs_no_reading() -> None:
    source = Source()
    source.may_answer.set()
    remembered = Remembered(source.read)
    await remembered.get()
    remembered.amend(lambda value: value + 10)

    assert await remembered.get() == 11
    assert source.reads == 1


async def test_a_known_change_of_what_is_being_read_is_not_lost() -> None:
    source = Source()
    remembered = Remembered(source.read)
    asked = asyncio.create_task(remembered.get())
    await asyncio.sleep(0)
    source.value = 2
    remembered.amend(lambda value: value + 10)
    source.may_answer.set()

    assert await asked == 2


def test_what_is_worked_out_is_kept_as_long_as_its_facts() -> None:
    worked: Worked[list[int]] = Worked()
    first = worked.out('car', (1, 'free'), lambda: [1])

    assert worked.out('car', (1, 'free'), lambda: [2]) is first
    assert worked.out('car', (1, 'out'), lambda: [3]) == [3]
