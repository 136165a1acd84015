"""Lists that somebody has looked at and may take over: in memory, for the session that sent them."""

from collections import OrderedDict
from typing import Generic, TypeVar
from uuid import UUID

MOST_LISTS = 4
List = TypeVar('List')


class LookedAt(Generic[List]):
    """The last few lists; they are never written to the disk."""

    def __init__(self) -> None:
        self._by_session: OrderedDict[UUID, List] = OrderedDict()

    def put(self, session: UUID, one: List) -> None:
        """Keep it in place of an earlier one; the oldest of all gives way."""
        self._by_session.pop(session, None)
        self._by_session[session] = one
        while len(self._by_session) > MOST_LISTS:
            self._by_session.popitem(last=False)

    def take(self, session: UUID) -> List | None:
        """The list that this session looked at, once; None: it looked at none, or others came since."""
        return self._by_session.pop(session, None)
