"""Where this person usually drives, so that nobody types it again."""

from collections import Counter
from uuid import UUID

from app.vehicles.models import Trip

LOOKED_AT = 50
MOST = 6


async def usual_destinations(driver: UUID) -> list[tuple[str, str]]:
    """Destination and purpose of past trips: the person's own most frequent ones, then everybody's."""
    own = await Trip.filter(driver=driver).order_by('-out_at').limit(LOOKED_AT)
    everybody = await Trip.all().order_by('-out_at').limit(LOOKED_AT)
    ranked = [*_ranked(list(own)), *_ranked(list(everybody))]
    return list(dict.fromkeys(ranked))[:MOST]


def _ranked(trips: list[Trip]) -> list[tuple[str, str]]:
    counted = Counter((trip.destination, trip.purpose) for trip in trips if trip.destination)
    return [pair for pair, _count in counted.most_common(MOST)]
