"""Times as people read them."""

from datetime import datetime

from app.clock import TOKYO


def hour_and_minute(at: datetime) -> str:
    """Asia/Tokyo, without a leading zero: 8:27."""
    local = at.astimezone(TOKYO)
    return f'{local.hour}:{local.minute:02}'
