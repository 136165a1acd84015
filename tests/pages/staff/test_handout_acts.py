"""Every line that handing out writes is told in the words of the office."""

import re
from pathlib import Path

from app.shelters.handouts import benefits, items, records, requests, stock
from pages.staff import journal_kinds, journal_words
from pages.staff.shelters import handouts_frame
from pages.staff.shelters.handout_acts import handout_fields, handout_kinds

ROOM = Path(benefits.__file__).parent
WRITTEN = {
    items.ITEM_SAVED, items.ITEM_RETIRED, records.HANDED_OUT, records.SURPLUS, records.TAKEN_BACK, stock.STOCK_MOVED,
    requests.REQUEST_DRAFTED, requests.REQUEST_CHANGED, benefits.APPLIED, benefits.DECIDED, benefits.EXPORTED,
    handouts_frame.PAPERS_MADE,
}  # fmt: skip


def test_every_kind_of_act_has_words() -> None:
    assert set(handout_kinds()) == WRITTEN
    assert set(journal_kinds.kinds()) > WRITTEN


def test_no_kind_that_the_room_names_is_forgotten() -> None:
    named = {
        kind for file in ROOM.glob('*.py') for kind in re.findall(r"'(shelters\.[a-z_]+)'", file.read_text('utf-8'))
    }
    assert named <= WRITTEN


def test_every_part_of_a_line_has_words() -> None:
    texts = ''.join(file.read_text('utf-8') for file in ROOM.glob('*.py'))
    parts = {
        name
        for block in re.findall(r'payload = \{(.*?)\}', texts, re.DOTALL)
        for name in re.findall(r"'(\w+)':", block)
    }
    assert parts
    assert {part for part in parts if journal_words.field_words(part) == part} == set()
    assert {name for name in handout_fields() if not handout_fields()[name]} == set()


def test_a_state_and_a_rule_are_shown_in_words() -> None:
    assert journal_words.value_words('state', 'on_the_way') == '発送済み'
    assert journal_words.value_words('share', 'household') == '世帯ごと'
    assert journal_words.value_words('kind', 'counted') == '棚卸し'
    assert journal_words.value_words('kind', 'in') == '出勤'
