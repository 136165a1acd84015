"""The views that the tests of the attendance page show."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from app.attendance.screens import Answered, DeskView, Direction, Question, Refused, Renewal, RenewalStep
from app.clock import TOKYO
from app.desks.refusals import Refusal

VIEW = TypeAdapter(DeskView)
IDLE = DeskView(desk_name='本庁舎1階 通用口', whom_to_call='総務課 内線2210')
MORNING = datetime(2026, 11, 24, 8, 27, 10, tzinfo=TOKYO)
LATER = datetime(2026, 11, 24, 8, 51, 10, tzinfo=TOKYO)
LONG_NAME = '寿限無' * 33 + '寿'


def answered(number: int = 1, surname: str = '山田', direction: Direction = Direction.IN, **more: Any) -> DeskView:
    """A tap that is on the disk."""
    answer = Answered(number=number, surname=surname, direction=direction, at=MORNING, **more)
    return replace(IDLE, screen=answer)


def question(number: int = 1) -> DeskView:
    """A departure 24 minutes after the arrival."""
    return replace(IDLE, screen=Question(number=number, surname='山田', tapped_at=LATER, in_at=MORNING))


def refused(reason: Refusal, number: int = 1) -> DeskView:
    """A card that could not be taken."""
    return replace(IDLE, screen=Refused(number=number, reason=reason))


def renewal(step: RenewalStep, number: int = 1, **more: Any) -> DeskView:
    """A renewed certificate at one step of its way."""
    return replace(IDLE, screen=Renewal(number=number, step=step, last_four='3F0A', **more))


EVERY_STATE = {
    'idle': IDLE,
    'idle_chosen': replace(IDLE, choice=Direction.OUT),
    'idle_all_chips': replace(IDLE, clock_doubtful=True, demo=True, practice=True),
    'idle_missed': replace(
        IDLE,
        missed=tuple(Answered(number=n, surname='山田', direction=Direction.IN, at=MORNING) for n in range(6)),
    ),
    'in': answered(),
    'out_with_notice': answered(direction=Direction.OUT, notice='電子証明書の有効期限は12月10日です'),
    'already': answered(already=True),
    'name_of_one_character': answered(surname='乙'),
    'name_of_a_hundred_characters': answered(surname=LONG_NAME),
    'question': question(),
    **{f'refused_{reason.value}': refused(reason) for reason in Refusal},
    **{f'renewal_{step.value}': renewal(step, surname='山田') for step in RenewalStep},
    'renewal_with_problem': renewal(RenewalStep.NUMBER, problem='その職員番号は見つかりません'),
    'reader_starting': replace(IDLE, reader='starting'),
    'reader_missing': replace(IDLE, reader='missing'),
    'reader_stuck': replace(IDLE, reader='stuck'),
    'reader_no_service': replace(IDLE, reader='no_service'),
    'reader_stopped': replace(IDLE, reader='stopped'),
    'storage_failed': replace(IDLE, storage_failed=True),
}
