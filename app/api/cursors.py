"""Reading lists that grow, from wherever a reader stopped."""

from app.api.errors import ApiError
from app.journal.epochs import Cursor, restored_at
from app.journal.journal import BoxIdentity

RESTORED = (
    'The box was restored: what you read after resume_after is not in its history any more. '
    'Drop the items that came after that cursor, and go on reading from it.'
)


async def sequence_after(after: str, identity: BoxIdentity) -> int:
    """The journal sequence after which a reader wants to go on; 0 for the beginning.

    Raises:
        ApiError: 400 for what is no cursor; 409 for one of another epoch, with the cursor from which to resume.
    """
    try:
        cursor = Cursor.decode(after)
    except ValueError:
        raise ApiError(400, 'invalid_cursor', 'after: this is no cursor of this box') from None
    if cursor is None:
        return 0
    if cursor.epoch != identity.epoch:
        resume = Cursor(identity.epoch, await restored_at(cursor, identity))
        raise ApiError(409, 'other_epoch', RESTORED, resume_after=resume.encode())
    return cursor.sequence
