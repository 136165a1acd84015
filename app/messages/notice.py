"""What a line of work hands over to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.messages.languages import Language

LONGEST_SUBJECT = 100
LONGEST_BODY = 2000
LONGEST_TAG = 60


class Channel(StrEnum):
    """How somebody is reached."""

    MAIL = 'mail'
    LINE = 'line'


class Urgency(StrEnum):
    """Whether a notice waits for the morning."""

    NORMAL = 'normal'
    URGENT = 'urgent'
    """It is sent in the quiet hours too: evacuation, water, a person is looked for."""


class NoticeProblem(StrEnum):
    """Why a notice is not taken."""

    NO_JAPANESE = 'no_japanese'
    EMPTY = 'empty'
    TOO_LONG = 'too_long'
    TAG_TOO_LONG = 'tag_too_long'


class NoticeRefused(Exception):
    """The notice cannot be sent as it is; nothing was recorded."""

    def __init__(self, problem: NoticeProblem, language: Language | None = None) -> None:
        super().__init__(f'{problem} {language or ""}'.strip())
        self.problem = problem
        self.language = language


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a notice, as plain text; a subject is one line."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Which subscribers are meant. What is left empty leaves nobody out."""

    areas: frozenset[str] = frozenset()
    """Subscribers of one of these areas (町会, 校下, shelter), and those who named none: they want to hear of all."""
    needs: frozenset[str] = frozenset()
    """Only subscribers who named one of these needs."""
    languages: frozenset[Language] = frozenset()
    """Only subscribers with one of these languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """An announcement, which every subscriber gets once, in the language that they understand best."""

    texts: Mapping[Language, Text]
    """Japanese must be there; for other languages as many as there are."""
    topic: str
    """Goes to subscribers of this topic, and to those who named none."""
    audience: Audience = field(default_factory=Audience)
    urgency: Urgency = Urgency.NORMAL
    practice: bool = False
    """訓練: the deliveries are shown and end as `practice`; nothing is sent."""
    attempt: str = ''
    """Names the attempt: a second post of the same one is answered with the first. Empty: it has no retry."""
    subjects: tuple[UUID, ...] = ()
    """What it is about, such as a shelter: the subjects of its journal line. Never a person's name in the texts."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice that was taken; it is sent in the background."""

    message: UUID
    receivers: int
    is_repeat: bool = False
    """The attempt was known; this is what the first one made."""


def check_notice(notice: Notice) -> None:
    """Look whether a notice can be sent.

    Raises:
        NoticeRefused: it says why, and for which language.
    """
    if Language.JAPANESE not in notice.texts:
        raise NoticeRefused(NoticeProblem.NO_JAPANESE)
    for language, text in notice.texts.items():
        if not text.subject.strip() or not text.body.strip():
            raise NoticeRefused(NoticeProblem.EMPTY, language)
        if len(text.subject) > LONGEST_SUBJECT or len(text.body) > LONGEST_BODY:
            raise NoticeRefused(NoticeProblem.TOO_LONG, language)
    if any(len(tag) > LONGEST_TAG for tag in (notice.topic, *notice.audience.areas, *notice.audience.needs)):
        raise NoticeRefused(NoticeProblem.TAG_TOO_LONG)
