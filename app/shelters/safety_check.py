"""The check of a building before anybody goes in (応急危険度 as a resident can judge it, domain/shelters.md 6)."""

from collections.abc import Mapping
from enum import StrEnum


class Question(StrEnum):
    """What is looked at, in this order: what endangers life first."""

    CRACKS = 'cracks'
    TILT = 'tilt'
    GAS = 'gas'
    WATER = 'water'
    TOILETS = 'toilets'


class Answer(StrEnum):
    """What a resident says."""

    YES = 'yes'
    NO = 'no'
    UNSURE = 'unsure'


Answers = Mapping[Question, Answer]
DANGERS = (Question.CRACKS, Question.TILT, Question.GAS)
"""A yes to one of these means: do not go in."""


def next_question(answers: Answers) -> Question | None:
    """What to ask now; None: nothing more, or somebody must not go in."""
    if is_dangerous(answers):
        return None
    return next((question for question in Question if question not in answers), None)


def is_dangerous(answers: Answers) -> bool:
    """Whether nobody may go in."""
    return any(answers.get(question) is Answer.YES for question in DANGERS)


def is_complete(answers: Answers) -> bool:
    """Whether all was asked and nothing forbids going in."""
    return not is_dangerous(answers) and all(question in answers for question in Question)


def uncertain(answers: Answers) -> list[Question]:
    """Dangers that nobody could judge: keep away from them until somebody can."""
    return [question for question in DANGERS if answers.get(question) is Answer.UNSURE]


def lacking(answers: Answers) -> list[Question]:
    """What does not work in the building."""
    return [question for question in (Question.WATER, Question.TOILETS) if answers.get(question) is Answer.NO]


def answers_of(stored: Mapping[str, str]) -> dict[Question, Answer]:
    """What a row says, in the order of asking; what an older or newer version wrote is left out."""
    known = {str(question) for question in Question}
    return {
        Question(name): Answer(stored[name]) for name in Question if name in known and stored.get(name) in set(Answer)
    }


def stored_answers(answers: Answers) -> dict[str, str]:
    """For a row or a line."""
    return {str(question): str(answer) for question, answer in answers.items()}
