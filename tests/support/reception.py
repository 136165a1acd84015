"""A shelter with reception desks, for tests."""

import itertools
from collections.abc import Callable
from datetime import date

from app.desks.register import Job
from app.journal.line import Actor
from app.runtime import Box
from app.shelters.desk import ShelterDesk
from app.shelters.desk_presses import Press, Register, Show
from app.shelters.desk_screens import Step
from app.shelters.values import PersonClass
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from device_drivers.cards.credential import CardKind, CardProblem, Credential
from device_drivers.cards.text_application import FaceAttributes, FaceKeyKind, FaceSex
from tests.support.box import reader_of, until

CODE_B = '55021720352285'
FACE = FaceAttributes('金沢\u3000花子', '石川県金沢市広坂1丁目1番1号', date(1980, 2, 17), FaceSex.FEMALE)
attempts: Callable[[], str] = map(str, itertools.count()).__next__


async def open_reception(box: Box, name: str = '受付1') -> tuple[ShelterDesk, SimulatedCardReader]:
    """A running reception desk with a simulated reader."""
    desk = await box.desks.add(name, Job.SHELTER, f'sim:{name}', Actor.system())
    await box.engine.refresh()
    controller = box.engine.controller(desk.id)
    assert isinstance(controller, ShelterDesk)
    await until(lambda: controller.view.step is not Step.CLOSED)
    return controller, reader_of(box, controller)


def my_number_card(
    serial: str = '5F01', *, face: FaceAttributes = FACE, problem: CardProblem | None = None
) -> SimulatedCard:
    """A My Number Card whose face can be read."""
    credential = Credential(CardKind.MY_NUMBER, 'A' * 64, serial)
    return SimulatedCard(credential=credential, problem=problem, face=face, code_b=CODE_B)


async def touched(desk: ShelterDesk, reader: SimulatedCardReader, card: SimulatedCard, step: Step) -> None:
    """Touch a card and wait until the desk shows this step for it."""
    before = (desk.view.number, desk.view.step, desk.view.has_token)
    reader.tap(card)
    await until(lambda: desk.view.step is step and (desk.view.number, desk.view.step, desk.view.has_token) != before)


async def registered(desk: ShelterDesk, person_class: PersonClass = PersonClass.WOMAN) -> None:
    """Register whoever stands at the desk."""
    await desk.press(Register(person_class, attempts()))


async def asked(desk: ShelterDesk, *presses: Press | Step) -> None:
    """Press one after the other; a step asks for its screen."""
    for press in presses:
        await desk.press(Show(press) if isinstance(press, Step) else press)


__all__ = [
    'CODE_B',
    'FACE',
    'FaceKeyKind',
    'asked',
    'attempts',
    'my_number_card',
    'open_reception',
    'registered',
    'touched',
]
