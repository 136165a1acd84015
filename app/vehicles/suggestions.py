"""Where this person usually drives, so that nobody types it again."""

from collections import Counter
from uuid import UUID

from app.storage.rows import Row, rows

LOOKED_AT = 50
MOST = 6
LAST_TRIPS = """
    SELECT * FROM (SELECT destination, purpose, 1 AS own FROM trip WHERE driver = ? ORDER BY out_at DESC LIMIT ?)
    UNION ALL
    SELECT * FROM (SELECT destination, purpose, 0 FROM trip ORDER BY out_at DESC LIMIT ?)
"""


async def usual_destinations(driver: UUID) -> list[tuple[str, str]]:
    """Destination and purpose of past trips: the person's own most frequent ones, then everybody's."""
    trips = await rows(LAST_TRIPS, [str(driver), LOOKED_AT, LOOKED_AT])
    own, everybody = ([trip for trip in trips if trip['own'] == wanted] for wanted in (1, 0))
    return list(dict.fromkeys([*_ranked(own), *_ranked(everybody)]))[:MOST]


def _ranked(trips: list[Row]) -> list[tuple[str, str]]:
    counted = Counter((trip['destination'], trip['purpose']) for trip in trips if trip['destination'])
    return [pair for pair, _count in counted.most_common(MOST)]
