"""The staff pages of messages."""

from app.runtime import Condition
from pages.staff.messages import overview, sent, subscribers, writing


def register(condition: Condition) -> None:
    """Open all of them; literal addresses before those with a part that varies."""
    for part in (overview, writing, subscribers, sent):
        part.register(condition)
