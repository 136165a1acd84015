"""The language in which a reception desk speaks: of one conversation, never of the box."""

from dataclasses import replace

from app.messages.languages import Language
from app.shelters.desk_flow import Flow

NOBODY_SECONDS = 60.0
"""How long a desk at which nobody does anything keeps a language that somebody chose."""


def spoken(flow: Flow, language: Language, now: float) -> Flow:
    """Whoever stands there chose their language; what is shown stands long enough to be read anew."""
    until = None if flow.until is None else max(flow.until, now + NOBODY_SECONDS)
    return replace(flow, language=language, until=until)


def continued(before: Flow, after: Flow, now: float) -> Flow:
    """The moment that follows: the next person begins in Japanese, and so does a desk that was left."""
    if after.language is Language.JAPANESE:
        return after
    if after.until is None:
        return replace(after, until=now + NOBODY_SECONDS)
    return replace(after, language=Language.JAPANESE) if _is_somebody_else(before, after) else after


def _is_somebody_else(before: Flow, after: Flow) -> bool:
    if before.person is None or after.family is not None:
        return False
    return after.person is None or after.person.evacuee != before.person.evacuee
