"""Which items of two boxes are the same."""

import pytest

from app.shelters.across.same_items import Named, SameItems


@pytest.mark.parametrize(
    ('one', 'other', 'is_same'),
    [
        (Named('毛布'), Named(' 毛布 '), True),
        (Named('毛布 (大)'), Named('毛布\u3000(大)'), True),
        (Named('ﾓｳﾌ'), Named('モウフ'), True),
        (Named('Tシャツ'), Named('tシャツ'), True),
        (Named('毛布'), Named('毛布(大)'), False),
        (Named('毛布', 'B-01'), Named('ブランケット', 'b-01'), True),
        (Named('毛布', 'B-01'), Named('毛布', 'B-02'), False),
        (Named('毛布', 'B-01'), Named('毛布'), True),
        (Named('毛布', 'B-01'), Named('ブランケット'), False),
    ],
)
def test_items_are_the_same_by_their_code_and_without_one_by_their_name(
    one: Named, other: Named, is_same: bool
) -> None:
    same = SameItems([one, other])
    assert (same.id_of(one) == same.id_of(other)) is is_same


def test_a_name_that_has_two_codes_leads_to_neither() -> None:
    first, second, nameless = Named('毛布', 'B-01'), Named('毛布', 'B-02'), Named('毛布')
    same = SameItems([first, second, nameless])
    assert len({same.id_of(each) for each in (first, second, nameless)}) == 3
