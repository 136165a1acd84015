"""What stands sealed in lines of the journal."""

from app.journal.history import History
from app.runtime import Box


async def texts_in(box: Box, kind: str) -> dict[str, str]:
    """All sealed fields of the last line of a kind that can be read."""
    line = await History(box.reading, box.vault).last(kind)
    assert line is not None
    texts: dict[str, str] = {}
    for part in line.opened:
        texts |= part.fields or {}
    return {name: text for name, text in texts.items() if name != 'number'}
