"""Runs an attendance desk: takes taps and presses, asks the registers, and moves the flow."""

import asyncio
import logging
import uuid
from collections.abc import Callable
from dataclasses import replace

from app import clock
from app.attendance.flow import Flow, RenewedCard
from app.attendance.missed import MissedAnswers
from app.attendance.practice import PracticeAttendance
from app.attendance.punching import Attendance, Doubtful, Outcome, Recorded, Tap
from app.attendance.renewal import Renewals, expiry_notice
from app.attendance.screens import Answered, DeskView, Direction, Question, RenewalStep
from app.clock import Moment
from app.desks.practice import Practices, PracticeWatch
from app.desks.refusals import Refusal, refusal_for, refusal_of_link
from app.desks.register import DeskInfo
from app.desks.taps import moment_of_tap
from app.desks.turns import Turns
from app.events import Event
from app.language import _
from app.people.cards import CardLink
from app.people.staff import StaffMember
from app.people.taps import whose_card
from app.settings import Settings
from app.storage.transaction import STORAGE_FAILED
from device_drivers.card_reader.interface import CardPresented, CardReader, CardRefused, ReaderChanged, ReaderEvent
from device_drivers.cards.credential import CardKind, Credential

log = logging.getLogger(__name__)


class AttendanceDesk:
    """The controller of one attendance desk. Everything that happens at it is taken in turn."""

    def __init__(
        self,
        desk: DeskInfo,
        reader: CardReader,
        *,
        attendance: Attendance,
        renewals: Renewals,
        settings: Settings,
        practices: Practices,
        demo: bool = False,
    ) -> None:
        self.desk = desk
        self._reader = reader
        self._real = attendance
        self._renewals = renewals
        self._settings = settings
        self._demo = demo
        self._flow = Flow(rules=settings.attendance)
        self._missed = MissedAnswers()
        self._storage_failed = False
        self._changed: Event[None] = Event()
        self._timer: asyncio.TimerHandle | None = None
        self._turns = Turns(f'desk {desk.name}', self._failed)
        self._practice = PracticeWatch(
            practices, desk.id, desk.practice_until, lambda: self._turns.take(self._turn_practice)
        )
        self._set_up()
        self._endings = [reader.listen(self._heard), STORAGE_FAILED.listen(lambda _fault: self._disk_failed())]

    @property
    def view(self) -> DeskView:
        """What the tablet shows now."""
        return DeskView(
            desk_name=self.desk.name,
            screen=self._flow.screen,
            choice=self._flow.choice,
            reader=str(self._reader.state),
            clock_doubtful=clock.moment().quality.doubtful,
            storage_failed=self._storage_failed,
            whom_to_call=self._settings.contact.text,
            missed=self._missed.shown,
            demo=self._demo,
            large=self._settings.attendance.large_display,
            practice=self._is_practice,
        )

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Be told whenever the view changed; the answer ends it."""
        return self._changed.listen(listener)

    async def choose(self, direction: Direction | None) -> None:
        """出勤 or 退勤 was pressed before the tap."""
        self._move(self._flow.choose(direction, clock.monotonic()))

    async def answer(self, direction: Direction) -> None:
        """The question on the screen was answered."""
        await self._turns.run(lambda: self._answered(direction))

    async def cancel(self) -> None:
        """The person gave up."""
        self._move(self._flow.without_choice().cleared())

    async def renew_start(self) -> None:
        """The holder of an unknown card wants it linked anew."""
        self._move(self._flow.renewal_step(RenewalStep.NUMBER, clock.monotonic()))

    async def renew_number(self, number: str) -> None:
        """The holder of a renewed card typed their staff number."""
        await self._turns.run(lambda: self._number_typed(number))

    async def acknowledge(self, number: int) -> None:
        """The tablet has shown this result."""
        self._missed.acknowledged(number)

    async def tablet_is_back(self) -> None:
        """A tablet (re)connected: show it what was recorded meanwhile."""
        self._missed.tablet_is_back(clock.monotonic())
        self._move(self._flow)

    def redraw(self) -> None:
        """Something outside the desk changed what it shows."""
        self._changed.emit(None)

    async def close(self) -> None:
        """Finish the taps that were taken and stop."""
        for end in self._endings:
            end()
        self._practice.close()
        await self._turns.close()
        if self._timer is not None:
            self._timer.cancel()

    def _heard(self, event: ReaderEvent) -> None:
        match event:
            case CardPresented():
                tap = moment_of_tap(event)
                self._turns.take(lambda: self._tapped(event.credential, tap))
            case CardRefused(problem=problem):
                self._turns.take(lambda: self._card_refused(refusal_for(problem)))
            case ReaderChanged():
                self._changed.emit(None)

    def _set_up(self) -> None:
        self._is_practice = self._practice.is_on
        self._attendance: Attendance | PracticeAttendance = (
            PracticeAttendance(self._settings.attendance) if self._is_practice else self._real
        )
        self._renewals = replace(self._renewals, practice=self._is_practice)
        self._missed = MissedAnswers()

    async def _turn_practice(self) -> None:
        self._set_up()
        self._move(self._flow.without_choice().cleared())

    async def _failed(self, error: Exception) -> None:
        # Telling a person to wait for others, where the disk is at fault, would cost them their punch.
        log.error('Desk %s could not record', self.desk.name, exc_info=error)
        await self._refuse(Refusal.NOT_RECORDED)

    async def _tapped(self, credential: Credential, at: Moment) -> None:
        if self._is_practice and not self._practice.is_on:
            await self._turn_practice()
        if self._flow.awaits_supervisor:
            await self._supervisor_tapped(credential)
            return
        link, person = await whose_card(self._renewals.cards, self._renewals.staff, credential)
        if link is None or person is None:
            await self._unknown(credential, self._tap(uuid.UUID(int=0), at))
        elif reason := refusal_of_link(link, tap_without_pin=self._settings.cards.tap_without_pin):
            await self._refuse(reason)
        elif not person.active:
            await self._refuse(Refusal.RETIRED)
        else:
            await self._punch(self._tap(person.id, at), person, link)

    async def _punch(self, tap: Tap, person: StaffMember, link: CardLink) -> None:
        choice = self._flow.choice
        outcome = await self._attendance.tap(tap, choice)
        notice = expiry_notice(link, self._settings.cards.expiry_notice_days)
        self._show(self._flow.without_choice(), tap, person, outcome, notice)

    def _show(self, flow: Flow, tap: Tap, person: StaffMember, outcome: Outcome, notice: str) -> None:
        now = clock.monotonic()
        match outcome:
            case Recorded():
                self._move(flow.answered(outcome, person.surname, notice, now))
            case Doubtful():
                self._move(flow.asks(tap, outcome, person.surname, now))
        if isinstance(self._flow.screen, Answered):
            self._missed.answered(self._flow.screen, now)

    async def _answered(self, direction: Direction) -> None:
        screen, tap = self._flow.screen, self._flow.asked
        if not isinstance(screen, Question) or tap is None:
            return
        recorded = await self._attendance.answer(tap, direction)
        now = clock.monotonic()
        self._move(self._flow.answered(recorded, screen.surname, '', now))

    async def _unknown(self, credential: Credential, tap: Tap) -> None:
        if credential.kind is CardKind.MY_NUMBER:
            card = RenewedCard(credential=credential, tap=tap)
            self._move(self._flow.offers_renewal(card, clock.monotonic()))
        else:
            await self._refuse(Refusal.UNKNOWN_CARD)

    async def _number_typed(self, number: str) -> None:
        self._move(await self._renewals.number_typed(self._flow, number))

    async def _supervisor_tapped(self, credential: Credential) -> None:
        result = await self._renewals.supervisor_tapped(self._flow, credential)
        if isinstance(result, Flow):
            self._move(result)
            return
        tap = replace(result.tap, staff=result.person.id)
        outcome = await self._attendance.tap(tap, self._flow.choice)
        self._show(self._flow.without_choice(), tap, result.person, outcome, _('新しいカードを登録しました'))

    async def _card_refused(self, reason: Refusal) -> None:
        if self._flow.awaits_supervisor:
            self._move(self._renewals.not_confirmed(self._flow))
        else:
            await self._refuse(reason)

    async def _refuse(self, reason: Refusal) -> None:
        self._move(self._flow.refused(reason, clock.monotonic()))

    def _tap(self, staff: uuid.UUID, at: Moment) -> Tap:
        return Tap(staff=staff, desk=self.desk.id, attempt=str(uuid.uuid4()), at=at)

    def _disk_failed(self) -> None:
        self._storage_failed = True
        self._changed.emit(None)

    def _move(self, flow: Flow) -> None:
        self._flow = flow
        self._wake_at_deadline()
        self._changed.emit(None)

    def _wake_at_deadline(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        deadlines = [time for time in (self._flow.deadline, self._missed.until) if time is not None]
        if deadlines:
            delay = max(0.0, min(deadlines) - clock.monotonic())
            self._timer = asyncio.get_running_loop().call_later(delay, self._time_passed)

    def _time_passed(self) -> None:
        now = clock.monotonic()
        self._missed.time_passed(now)
        self._move(self._flow.time_passed(now))
