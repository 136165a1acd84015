"""The names of desks, of those taken out of use too."""

import re
from uuid import UUID

from app.desks.models import Desk

_MARK_OF_REMOVED = re.compile(r' \([0-9a-f-]{0,36}\)?$')


async def all_desk_names() -> dict[UUID, str]:
    """Name of every desk that ever was, those in use first."""
    rows = sorted(await Desk.all().order_by('name'), key=lambda row: row.removed_at is not None)
    return {row.id: _MARK_OF_REMOVED.sub('', row.name) if row.removed_at else row.name for row in rows}
