"""The list of what is handed out; one for all shelters."""

from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.handouts.models import HandoutItem
from app.shelters.handouts.values import ItemEntry, ItemInfo, ItemKind, ItemRefused, columns_of, item_info
from app.storage.transaction import Transaction, transaction

ITEM_SAVED = 'shelters.item_saved'
ITEM_RETIRED = 'shelters.item_retired'
LONGEST_NAME, LONGEST_CODE, LONGEST_UNIT, MOST = 100, 32, 20, 1_000_000


class ItemList:
    """Adds, changes, finds and retires items."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """An item was added, changed or retired."""

    async def all(self) -> list[ItemInfo]:
        """All items in use: meals first, then goods and benefits, each by name."""
        items = [item_info(row) for row in await HandoutItem.filter(retired_at=None).order_by('name')]
        return sorted(items, key=lambda each: list(ItemKind).index(each.entry.rules.kind))

    async def get(self, item: UUID) -> ItemInfo | None:
        """The item of this id, also one that is not in use any more."""
        row = await HandoutItem.get_or_none(id=item)
        return item_info(row) if row else None

    async def save(self, item: UUID, entry: ItemEntry, actor: Actor) -> ItemInfo:
        """Add an item, or change the one of this id; what was handed out before stays as it was.

        Raises:
            ItemRefused: names the field that cannot be.
            StorageError: nothing was saved.
        """
        _check(item, entry)

        async def work(tx: Transaction) -> ItemInfo:
            columns = columns_of(entry)
            await _refuse_taken_code(tx, item, columns['code'])
            changed = await HandoutItem.filter(id=item).using_db(tx.connection).update(**columns)
            if not changed:
                await HandoutItem.create(id=item, **columns, using_db=tx.connection)
            payload = {'item': str(item), 'added': not changed, **columns}
            await self._journal.append(tx, Act(kind=ITEM_SAVED, actor=actor, subjects=(item,), payload=payload))
            tx.after_commit(lambda: self.CHANGED.emit(item))
            return ItemInfo(item, entry)

        return await transaction(work)

    async def retire(self, item: UUID, actor: Actor) -> None:
        """Hand it out no more; a second time changes nothing."""

        async def work(tx: Transaction) -> None:
            rows = HandoutItem.filter(id=item, retired_at=None).using_db(tx.connection)
            if await rows.update(retired_at=clock.now()):
                await self._journal.append(tx, Act(kind=ITEM_RETIRED, actor=actor, subjects=(item,)))
                tx.after_commit(lambda: self.CHANGED.emit(item))

        await transaction(work)


async def _refuse_taken_code(tx: Transaction, item: UUID, code: str) -> None:
    same = HandoutItem.filter(code=code, retired_at=None).exclude(id=item).using_db(tx.connection)
    if code and await same.exists():
        raise ItemRefused('code_taken')


def _check(item: UUID, entry: ItemEntry) -> None:
    rules = entry.rules
    if not entry.name.strip() or len(entry.name) > LONGEST_NAME:
        raise ItemRefused('name')
    if len(entry.code.strip()) > LONGEST_CODE:
        raise ItemRefused('code')
    if len(entry.unit) > LONGEST_UNIT:
        raise ItemRefused('unit')
    if not 1 <= rules.portion <= MOST:
        raise ItemRefused('portion')
    numbers = {'per_day': rules.per_day, 'in_all': rules.in_all, 'amount': entry.amount}
    for name, number in numbers.items():
        if number is not None and not 1 <= number <= MOST * 100:
            raise ItemRefused(name)
    if rules.interval is not None and rules.interval.total_seconds() < 60:
        raise ItemRefused('interval')
    if entry.warn_below is not None and entry.warn_below < 0:
        raise ItemRefused('warn_below')
    if item in rules.excludes:
        raise ItemRefused('excludes')
    if (entry.amount is not None) != (rules.kind is ItemKind.BENEFIT):
        raise ItemRefused('amount')
