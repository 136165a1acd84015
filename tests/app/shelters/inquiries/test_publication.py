"""Names for publication: those who said yes, with town and age, and nobody who is protected."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.shelters.details import Consent, PersonDetails
from app.shelters.inquiries.matching import Candidate
from app.shelters.inquiries.publication import PUBLISHED, Publication, PublishedName, published, town_of
from tests.app.shelters.inquiries.scene import HANAKO, OTHERS, PROTECTED
from tests.support.shelter import OFFICER, opened_shelter, register

DAY = date(2026, 11, 23)


def candidate(details: PersonDetails, *, hidden: bool = False) -> Candidate:
    return Candidate(uuid4(), details, hidden)


def test_name_town_and_age_are_published_and_nothing_else() -> None:
    assert published([candidate(HANAKO)], DAY) == [
        PublishedName('金沢 花子', 'カナザワ ハナコ', '石川県金沢市広坂', 80)
    ]


@pytest.mark.parametrize('public', [None, False])
def test_who_was_not_asked_or_said_no_is_not_published(public: bool | None) -> None:
    consent = Consent(relatives=True, acquaintances=True, public=public)
    assert published([candidate(replace(HANAKO, consent=consent))], DAY) == []


@given(
    st.lists(st.sampled_from([HANAKO, *OTHERS]), max_size=5), st.lists(st.sampled_from([HANAKO, *OTHERS]), max_size=3)
)
def test_the_list_is_the_same_with_and_without_hidden_people(
    people: list[PersonDetails], hidden: list[PersonDetails]
) -> None:
    crowd = [candidate(one) for one in people]
    assert published([*crowd, *(candidate(one, hidden=True) for one in hidden)], DAY) == published(crowd, DAY)


@pytest.mark.parametrize(
    ('address', 'town'),
    [
        ('石川県金沢市広坂1丁目1番1号', '石川県金沢市広坂'),
        ('金沢市泉野町三丁目5', '金沢市泉野町'),
        ('金沢市十一屋町3-2', '金沢市十一屋町'),
        ('金沢市泉３－１', '金沢市泉'),
        ('', ''),
    ],
)
def test_an_address_is_cut_below_the_town(address: str, town: str) -> None:
    assert town_of(address) == town


async def test_the_list_of_a_box_leaves_out_protected_people_and_who_took_it_is_in_the_journal(box: Box) -> None:
    shelter = await opened_shelter(box)
    publication = Publication(box.vault, box.journal, box.reading)
    for person in (HANAKO, replace(PROTECTED, name='能登 春香', kana='ノト ハルカ')):
        await register(box, shelter, person)
    names = await publication.names(practice=False)
    assert [one.name for one in names] == ['金沢 花子']
    assert await publication.names(practice=True) == []

    await publication.note(OFFICER, 'csv', len(names), practice=False)
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=PUBLISHED), 0, 9)
    assert [line.payload['count'] for line in lines] == [1]
