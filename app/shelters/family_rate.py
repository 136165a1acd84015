"""How many households may enter themselves on their phones: few while nobody comes, many while a shelter is open."""

from app import clock
from app.access.limits import TooSoon
from app.shelters.registry import ShelterRegister

SECONDS = 600.0
MOST_OF_A_CLIENT = 5
"""While no shelter of the box is open."""
MOST_WHILE_OPEN = 1000
"""Of all clients together: a queue behind one router has one address."""
MOST_OF_A_CLIENT_WHILE_OPEN = 500


class FamilyRate:
    """Counts the households of the last ten minutes, in memory."""

    def __init__(self, register: ShelterRegister) -> None:
        self._register = register
        self._clients: dict[str, list[float]] = {}

    async def admit(self, client: str) -> None:
        """Count one household.

        Raises:
            TooSoon: the client, or all clients together, had too many; it was not counted.
        """
        is_open = await self._register.any_receives()
        self._forget()
        if is_open:
            _check([at for times in self._clients.values() for at in times], MOST_WHILE_OPEN)
        own = self._clients.get(client, [])
        _check(own, MOST_OF_A_CLIENT_WHILE_OPEN if is_open else MOST_OF_A_CLIENT)
        self._clients[client] = [*own, clock.monotonic()]

    def _forget(self) -> None:
        begin = clock.monotonic() - SECONDS
        recent = {client: [at for at in times if at > begin] for client, times in self._clients.items()}
        self._clients = {client: times for client, times in recent.items() if times}


def _check(times: list[float], most: int) -> None:
    if len(times) >= most:
        raise TooSoon(SECONDS - (clock.monotonic() - sorted(times)[-most]))
