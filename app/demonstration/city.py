"""A demonstration city: everything in it is invented, and the box says so on every screen."""

import asyncio
import random
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from app import clock
from app.access.principals import Role
from app.attendance.punching import Tap
from app.attendance.screens import Direction
from app.clock import TOKYO, ClockQuality, Moment
from app.demonstration.cards import card_of
from app.demonstration.cars import furnish_cars
from app.demonstration.people import FIRST_NUMBER, invented_staff
from app.demonstration.shelters import furnish_shelters
from app.desks.register import DeskInfo, Job
from app.journal.line import Act, Actor
from app.language import _
from app.people.staff import StaffMember
from app.runtime import Box
from app.storage.transaction import transaction

DEMONSTRATION_BEGUN = 'box.demonstration_begun'
DESKS = (('東玄関', 'sim:東玄関'), ('西玄関', 'sim:西玄関'), ('第二本庁舎', 'sim:第二本庁舎'))
DAYS_OF_HISTORY = 28
SUNDAY_OR_SATURDAY = (5, 6)


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to sign in to the demonstration."""

    number: str
    password: str
    role: Role

    def role_in_words(self) -> str:
        """The role as people call it."""
        return _('管理者') if self.role is Role.ADMINISTRATOR else _('勤怠担当')


SIGN_INS = (
    SignIn(str(FIRST_NUMBER), 'demo-kanri-hyakumangoku', Role.ADMINISTRATOR),
    SignIn(str(FIRST_NUMBER + 1), 'demo-kintai-hyakumangoku', Role.ATTENDANCE_CLERK),
)


async def furnish(box: Box) -> None:
    """Fill an empty box with the demonstration city; does nothing where it was done before."""
    if await box.desks.all():
        return
    actor = Actor.system()
    await transaction(lambda tx: box.journal.append(tx, Act(kind=DEMONSTRATION_BEGUN, actor=actor)))
    await box.staff.save(invented_staff(), actor)
    people = await box.staff.everyone()
    desks = [await box.desks.add(name, Job.ATTENDANCE, reader, actor) for name, reader in DESKS]
    await asyncio.gather(*(_link(box, person, actor) for person in people))
    for sign_in in SIGN_INS:
        await box.access.accounts.create(sign_in.number, [sign_in.role], actor, password=sign_in.password)
    await _write_history(box, people, desks)
    await furnish_cars(box, people)
    await furnish_shelters(box)


async def is_real(box: Box) -> bool:
    """Whether this box holds something that is not the demonstration city."""
    lines = await transaction(
        lambda tx: tx.connection.execute_query_dict(
            'SELECT count(*) AS total, sum(kind = ?) AS begun FROM journal_line WHERE sequence > 1',
            [DEMONSTRATION_BEGUN],
        )
    )
    return bool(lines[0]['total']) and not lines[0]['begun']


async def _link(box: Box, person: StaffMember, actor: Actor) -> None:
    await box.cards.link(person.id, card_of(person.number).credential, actor, proven=True)


async def _write_history(box: Box, people: list[StaffMember], desks: list[DeskInfo]) -> None:
    chance = random.Random(20261123)  # noqa: S311 - invented history, the same one at each start
    today = clock.today()
    for days_ago in range(DAYS_OF_HISTORY, 0, -1):
        day = today - timedelta(days=days_ago)
        if day.weekday() in SUNDAY_OR_SATURDAY:
            continue
        for direction, hour, minutes in ((Direction.IN, 8, (0, 29)), (Direction.OUT, 17, (15, 119))):
            present = [person for person in people if chance.random() < 0.93]
            taps = [
                _tap(person.id, chance.choice(desks).id, _at(day, hour, chance.randint(*minutes), chance))
                for person in present
            ]
            await asyncio.gather(*(box.attendance.tap(tap, direction) for tap in taps))


def _tap(staff: UUID, desk: UUID, at: datetime) -> Tap:
    moment = Moment(at, 0, 'demonstration', ClockQuality.SYNCHRONISED)
    return Tap(staff=staff, desk=desk, attempt=str(uuid.uuid4()), at=moment)


def _at(day: date, hour: int, minutes: int, chance: random.Random) -> datetime:
    return datetime.combine(day, time(hour), TOKYO) + timedelta(minutes=minutes, seconds=chance.randint(0, 59))
