"""What one person costs the staff of a reception desk: presses, digits, and the seconds that they take.

The machine is measured; hands and heads are reckoned by the keystroke-level model of Card, Moran and Newell (1980).
"""

import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import uvloop

from app.shelters.desk import ShelterDesk
from app.shelters.desk_presses import Plain, ReadFace, Register, Show
from app.shelters.desk_screens import Step, Told
from app.shelters.values import PersonClass
from device_drivers.card_reader.simulation import SimulatedCardReader
from device_drivers.cards.text_application import FaceKeyKind
from pages.kiosk.shelter_digits import CENTURY
from tests.benchmarks.bars import Bar
from tests.support.box import felica, opened_box, until
from tests.support.reception import CODE_B, attempts, my_number_card, open_reception
from tests.support.shelter import opened_shelter

PRESS_SECONDS, DIGIT_SECONDS, THINKING_SECONDS = 1.2, 0.5, 1.35
"""To find and press a button; to type a digit that is read off a card; to make up one's mind, once for each person."""
TYPED_DIGITS = len(CODE_B) - len(CENTURY)
CARD_SECONDS = 0.6
"""A real card needs so long for its text application, which the simulated one does not."""
LIMITS = {
    'known card': (10.0, 4),
    'new transit card': (10.0, 4),
    'new My Number Card by the digits on its face': (10.0, 4),
    'household of four, the first by the digits on the face': (25.0, 16),
}


@dataclass(slots=True)
class Work:
    """What was done for somebody."""

    presses: int = 0
    digits: int = 0
    people: int = 1
    readings: int = 0
    machine_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """Staff seconds from the touch to the answer."""
        hands = self.presses * PRESS_SECONDS + self.digits * DIGIT_SECONDS + self.people * THINKING_SECONDS
        return hands + self.readings * CARD_SECONDS + self.machine_seconds


class Officer:
    """Somebody at a desk; everything that they do is counted."""

    def __init__(self, desk: ShelterDesk, reader: SimulatedCardReader) -> None:
        self.desk = desk
        self._reader = reader
        self.work = Work()

    async def lay(self, serial: str, is_there: Callable[[], bool], *, is_my_number: bool = False) -> None:
        """A card is put down by its holder; nobody presses anything."""
        self._reader.lift()
        self._reader.hold(my_number_card(serial) if is_my_number else felica(serial))
        await until(is_there)

    async def show(self, step: Step) -> None:
        """Ask for another screen."""
        await self._press(self.desk.press(Show(step)))

    async def plain(self, press: Plain) -> None:
        """A press that says all by itself."""
        await self._press(self.desk.press(press))

    async def register(self, person_class: PersonClass) -> None:
        """One of the classes."""
        await self._press(self.desk.press(Register(person_class, attempts())))

    async def type_code(self) -> None:
        """The digits on the face of the card; the last of them sends them."""
        self.work.digits += TYPED_DIGITS
        self.work.readings += 1
        await self.desk.press(ReadFace(FaceKeyKind.CODE_B, CODE_B))
        await until(lambda: self.desk.view.told is Told.REGISTERED)

    async def _press(self, press: Awaitable[None]) -> None:
        self.work.presses += 1
        await press


def measure() -> list[Bar]:
    """Four ways to come in; the next touch ends each of them."""
    with tempfile.TemporaryDirectory() as folder:
        works = uvloop.run(_all_ways(Path(folder) / 'box'))
    return [bar for name, work in works.items() for bar in _bars(name, work)]


async def _all_ways(folder: Path) -> dict[str, Work]:
    ways = (_known, _transit, _by_code, _household)
    async with opened_box(folder) as box:
        await opened_shelter(box)
        officer = Officer(*await open_reception(box))
        await _transit(officer)
        works = {}
        for name, way in zip(LIMITS, ways, strict=True):
            await officer.desk.press(Plain.FINISH)
            officer.work = Work()
            started = time.perf_counter()
            await way(officer)
            officer.work.machine_seconds = time.perf_counter() - started
            works[name] = officer.work
    return works


async def _known(officer: Officer) -> None:
    await officer.lay('0114A1B2C3D4E5F6', lambda: officer.desk.view.step is Step.PERSON)


async def _transit(officer: Officer) -> None:
    serial = '0114A1B2C3D4E5F6' if officer.desk.view.registered == 0 else '0114A1B2C3D4E5F7'
    await officer.lay(serial, lambda: officer.desk.view.step is Step.NEW)
    await officer.register(PersonClass.WOMAN)


async def _by_code(officer: Officer) -> None:
    await officer.lay('5F01', lambda: officer.desk.view.is_my_number, is_my_number=True)
    await officer.show(Step.CODE)
    await officer.type_code()


async def _household(officer: Officer) -> None:
    await officer.lay('5F02', lambda: officer.desk.view.is_my_number, is_my_number=True)
    await officer.show(Step.CODE)
    await officer.type_code()
    await officer.plain(Plain.NEXT_MEMBER)
    for person_class in (PersonClass.WOMAN, PersonClass.CHILD, PersonClass.INFANT):
        officer.work.people += 1
        await officer.register(person_class)


def _bars(name: str, work: Work) -> list[Bar]:
    seconds, presses = LIMITS[name]
    details = {**asdict(work), 'press': PRESS_SECONDS, 'digit': DIGIT_SECONDS, 'thinking': THINKING_SECONDS}
    return [
        Bar(name=f'{name}: staff seconds', measured=work.seconds, limit=seconds, unit='s', details=details),
        Bar(name=f'{name}: presses beside {work.digits} digits', measured=work.presses, limit=presses, unit='presses'),
    ]
