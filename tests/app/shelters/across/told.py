"""What the box of another shelter told of somebody who went on there and was given the same again."""

from datetime import datetime
from uuid import UUID

from app.shelters.across.book import put_fact
from app.shelters.across.facts import About, Fact, place
from app.storage.transaction import Transaction, transaction

OTHER_BOX, OTHER_SHELTER = UUID(int=9), '木曳野小学校'


async def told_elsewhere(key: UUID, index: str, serial: int, at: datetime, items: tuple[str, ...]) -> None:
    """The person of this index arrived there at this time, and received these items."""
    person = UUID(int=1000 + serial)
    where = {'box': OTHER_BOX, 'person': person, 'shelter': UUID(int=7), 'shelter_name': OTHER_SHELTER}
    limits: dict[str, object] = {
        'kind': 'goods', 'interval_minutes': None, 'per_day': None, 'in_all': 1, 'excludes': [],
    }  # fmt: skip
    claim = {**where, 'item_code': '', 'root': None, 'limits': limits, 'at': at, 'overridden': False, 'stands': True}
    about = {'box': OTHER_BOX, 'indexes': [index], 'withdrawn': False, 'since': place(1, 1), 'practice': False}
    told: list[tuple[About, UUID, dict[str, object]]] = [
        (About.PERSON, person, {**about, 'number': f'ZRT-{serial:04d}-1'}),
        (About.STAY, UUID(int=2000 + serial), {**where, 'state': 'present', 'arrived_at': at, 'seen_at': at}),
        *((About.CLAIM, UUID(int=(serial + 1) * 10_000 + n), {**claim, 'item': item}) for n, item in enumerate(items)),
    ]
    facts = [Fact(about=what, id=id_, key=key, told=place(1, 1), values=values) for what, id_, values in told]
    await transaction(lambda tx: _put_all(tx, facts))


async def _put_all(tx: Transaction, facts: list[Fact]) -> None:
    for fact in facts:
        await put_fact(tx, fact)
