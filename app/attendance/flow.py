"""The attendance desk as a state machine: events in, the next state out; no database, no browser, no waiting."""

from dataclasses import dataclass, field, replace

from app.attendance.punching import Doubtful, Recorded, Tap
from app.attendance.screens import (
    Answered,
    Direction,
    Idle,
    Question,
    Refused,
    Renewal,
    RenewalStep,
    Screen,
)
from app.desks.refusals import Refusal
from app.people.staff import StaffMember
from app.settings import AttendanceSettings
from device_drivers.cards.credential import Credential

REFUSAL_SECONDS = 6.0
RENEWAL_SECONDS = 60.0
LARGE_DISPLAY_FACTOR = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewedCard:
    """A valid card that no link knows, with the tap it made."""

    credential: Credential
    tap: Tap
    staff: StaffMember | None = None
    """Who typed their number; a supervisor confirms it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One moment of an attendance desk. Times are monotonic seconds."""

    rules: AttendanceSettings
    screen: Screen = field(default_factory=Idle)
    number: int = 0
    """Number of the last result; each result has its own."""
    until: float | None = None
    """When the screen gives way to the idle one."""
    choice: Direction | None = None
    choice_until: float | None = None
    asked: Tap | None = None
    renewal: RenewedCard | None = None

    @property
    def deadline(self) -> float | None:
        """When `time_passed` has something to do."""
        times = [time for time in (self.until, self.choice_until) if time is not None]
        return min(times) if times else None

    @property
    def awaits_supervisor(self) -> bool:
        """Whether the next tap is a supervisor's confirmation."""
        return isinstance(self.screen, Renewal) and self.screen.step is RenewalStep.SUPERVISOR

    def choose(self, direction: Direction | None, now: float) -> 'Flow':
        """A direction was chosen on the screen (or unchosen) before the tap."""
        if not isinstance(self.screen, Idle | Answered | Refused):
            return self
        until = now + self.rules.choice_seconds if direction else None
        return replace(self.cleared(), choice=direction, choice_until=until)

    def without_choice(self) -> 'Flow':
        """The choice was used by a tap."""
        return replace(self, choice=None, choice_until=None)

    def answered(self, recorded: Recorded, surname: str, notice: str, now: float) -> 'Flow':
        """The tap is on the disk."""
        screen = Answered(
            number=self.number + 1,
            surname=surname,
            direction=recorded.direction,
            at=recorded.at,
            already=recorded.already,
            notice=notice,
        )
        return self._showing(screen, now + self.rules.answer_seconds * self._slowness)

    def asks(self, tap: Tap, doubtful: Doubtful, surname: str, now: float) -> 'Flow':
        """Only the person knows what the tap meant."""
        screen = Question(number=self.number + 1, surname=surname, tapped_at=tap.at.at, in_at=doubtful.arrival_at)
        return replace(self._showing(screen, now + self.rules.question_seconds * self._slowness), asked=tap)

    def refused(self, reason: Refusal, now: float) -> 'Flow':
        """Nothing was recorded."""
        return self._showing(Refused(number=self.number + 1, reason=reason), now + REFUSAL_SECONDS * self._slowness)

    def offers_renewal(self, card: RenewedCard, now: float) -> 'Flow':
        """The card is valid but unknown: probably renewed."""
        screen = Renewal(number=self.number + 1, step=RenewalStep.OFFER, last_four=card.credential.last_four)
        return replace(self._showing(screen, now + RENEWAL_SECONDS), renewal=card)

    def renewal_step(
        self, step: RenewalStep, now: float, *, staff: StaffMember | None = None, problem: str = ''
    ) -> 'Flow':
        """Linking the renewed card goes on."""
        if not isinstance(self.screen, Renewal) or self.renewal is None:
            return self
        card = replace(self.renewal, staff=staff or self.renewal.staff)
        surname = card.staff.surname if card.staff else ''
        screen = replace(self.screen, step=step, surname=surname, problem=problem)
        return replace(self, screen=screen, renewal=card, until=now + RENEWAL_SECONDS)

    def time_passed(self, now: float) -> 'Flow':
        """Forget what was shown long enough."""
        flow = self
        if flow.choice_until is not None and now >= flow.choice_until:
            flow = flow.without_choice()
        if flow.until is not None and now >= flow.until:
            flow = flow.cleared()
        return flow

    def cleared(self) -> 'Flow':
        """Nobody is at the desk: the person is forgotten."""
        return replace(self, screen=Idle(), until=None, asked=None, renewal=None)

    def _showing(self, screen: Answered | Question | Refused | Renewal, until: float) -> 'Flow':
        return replace(self.cleared(), screen=screen, number=screen.number, until=until)

    @property
    def _slowness(self) -> float:
        return LARGE_DISPLAY_FACTOR if self.rules.large_display else 1.0
