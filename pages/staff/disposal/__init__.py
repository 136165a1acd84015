"""The disposal list."""

from app.runtime import Condition
from pages.staff.disposal import page


def register(condition: Condition) -> None:
    """Open its page."""
    page.register(condition)
