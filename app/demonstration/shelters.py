"""Shelters of the demonstration city: a few real ones, as the national list says them (free use with credit)."""

from app.journal.line import Actor
from app.runtime import Box
from app.shelters.list_import import CREDITS
from app.shelters.list_table import Layout
from app.shelters.places import ShelterEntry
from app.shelters.values import ShelterKind

CREDIT = CREDITS[Layout.DESIGNATED]
SHELTERS = (
    ('E1720100005111', '緑小学校', '石川県金沢市みどり1-166', 36.570128, 136.590705, ShelterKind.DESIGNATED),
    ('E1720100007111', '緑中学校', '石川県金沢市みどり2-3', 36.570517, 136.584446, ShelterKind.DESIGNATED),
    ('E1720100583111', '新竪町公民館', '石川県金沢市鱗町62', 36.555893, 136.6569, ShelterKind.DESIGNATED),
    ('E1720100059121', '鶴寿園', '石川県金沢市額谷町ヌ1', 36.509812, 136.629495, ShelterKind.WELFARE),
)


async def furnish_shelters(box: Box) -> None:
    """Add them; the box stands in the first. What the list does not say is not known."""
    actor = Actor.system()
    added = await box.shelters.register.add_all([_entry(*each) for each in SHELTERS], actor)
    await box.shelters.opening.facilities.stand_in(added[0].id, actor)


def _entry(code: str, name: str, address: str, latitude: float, longitude: float, kind: ShelterKind) -> ShelterEntry:
    return ShelterEntry(
        code=code, name=name, kind=kind, address=address, latitude=latitude, longitude=longitude, source=CREDIT
    )
