"""Whose breath it was: a reading counts for the driver at the step, and for nobody else."""

from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from app.vehicles.breath_claims import SETTLING_SECONDS, BreathClaims, Fate


def test_a_reading_taken_while_the_driver_stands_at_the_step_counts() -> None:
    assert BreathClaims().stands('a', 10.0).fate(14.0) is Fate.COUNTS


def test_a_reading_while_nobody_stands_at_the_step_is_nobodys() -> None:
    assert BreathClaims().fate(1.0) is Fate.NOBODY


def test_a_reading_from_before_the_driver_came_is_stale() -> None:
    assert BreathClaims().stands('a', 10.0).fate(9.9) is Fate.STALE


def test_what_comes_right_after_a_driver_who_left_without_a_reading_is_doubtful() -> None:
    claims = BreathClaims().stands('a', 0.0).stands('b', 10.0)
    assert claims.fate(10.0 + SETTLING_SECONDS / 2) is Fate.DOUBTFUL
    assert claims.fate(10.0 + SETTLING_SECONDS) is Fate.COUNTS


def test_after_a_reading_the_next_driver_need_not_wait() -> None:
    claims = BreathClaims().stands('a', 0.0).told().stands(None, 5.0).stands('b', 6.0)
    assert claims.fate(6.1) is Fate.COUNTS


@dataclass(frozen=True, slots=True)
class Blow:
    """A breath: who blew, and when the checker will tell it."""

    who: str
    told_at: float


class BlowersAndLeavers(RuleBasedStateMachine):
    """Drivers come, blow and leave in any order; the checker tells each breath once, up to its thinking time later."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 100.0
        self.claims = BreathClaims()
        self.key: str | None = None
        self.number = 0
        self.thinking: list[Blow] = []

    @rule(seconds=st.floats(0.1, 20))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        for blow in [each for each in self.thinking if each.told_at <= self.now]:
            self.thinking.remove(blow)
            if self.claims.fate(blow.told_at) is Fate.COUNTS:
                assert blow.who == self.key
                self.claims = self.claims.told()
                self.key = None

    @rule()
    def a_driver_comes(self) -> None:
        self.number += 1
        self.key = f'driver {self.number}'
        self.claims = self.claims.stands(self.key, self.now)

    @rule()
    def the_driver_leaves(self) -> None:
        self.key = None
        self.claims = self.claims.stands(None, self.now)

    @rule(thinks=st.floats(0.01, SETTLING_SECONDS * 0.99))
    def the_driver_blows(self, thinks: float) -> None:
        if self.key is not None and not self.thinking:
            self.thinking.append(Blow(self.key, self.now + thinks))


TestWhoseBreath = BlowersAndLeavers.TestCase
