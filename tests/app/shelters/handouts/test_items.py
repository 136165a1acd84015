"""The list of items."""

from uuid import UUID

import pytest

from app.runtime import Box
from app.shelters.handouts.values import ItemEntry, ItemRefused
from tests.support.shelter import OFFICER

ONE, OTHER = UUID(int=1), UUID(int=2)


async def test_two_items_in_use_never_have_the_same_code(box: Box) -> None:
    items = box.shelters.handouts.items
    await items.save(ONE, ItemEntry(name='毛布', code='B-01'), OFFICER)
    with pytest.raises(ItemRefused, match='code_taken'):
        await items.save(OTHER, ItemEntry(name='ブランケット', code=' B-01 '), OFFICER)
    await items.save(ONE, ItemEntry(name='毛布(大)', code='B-01'), OFFICER)
    await items.retire(ONE, OFFICER)
    await items.save(OTHER, ItemEntry(name='ブランケット', code='B-01'), OFFICER)
    (left,) = await items.all()
    assert (left.id, left.entry.code) == (OTHER, 'B-01')


@pytest.mark.parametrize(('name', 'code', 'field'), [('毛布', 'x' * 33, 'code'), ('', '', 'name')])
async def test_an_item_that_cannot_be_names_its_field(box: Box, name: str, code: str, field: str) -> None:
    with pytest.raises(ItemRefused, match=f'^{field}$'):
        await box.shelters.handouts.items.save(ONE, ItemEntry(name=name, code=code), OFFICER)
