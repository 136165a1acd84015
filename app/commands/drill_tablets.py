"""The tablets of a drill: reception desks of the box with readers that take invented cards."""

from app.desks.register import Job
from app.runtime import Box
from app.shelters.desk import ShelterDesk
from app.shelters.drill.feeding import VOLUNTEER
from app.shelters.drill.tablet import Tablet
from device_drivers.card_reader.simulation import SimulatedCardReader


async def open_tablets(box: Box, count: int) -> list[Tablet]:
    """So many reception desks of the shelter in which the box stands; the same ones if they are there already."""
    there = {desk.name for desk in await box.desks.all()}
    names = [f'訓練の受付{number}' for number in range(1, count + 1)]
    for number, name in enumerate(names, 1):
        if name not in there:
            await box.desks.add(name, Job.SHELTER, f'sim:drill-{number}', VOLUNTEER)
    await box.engine.refresh()
    running = {each.desk.name: each for each in box.engine.running()}
    tablets = [_tablet(box, running[name]) for name in names]
    for tablet in tablets:
        await tablet.ready()
    return tablets


def _tablet(box: Box, controller: object) -> Tablet:
    if not isinstance(controller, ShelterDesk):
        raise TypeError('no reception desk')
    reader = box.readers.use(controller.desk.reader)
    if not isinstance(reader, SimulatedCardReader):
        raise TypeError('no simulated reader')
    return Tablet(controller, reader)
