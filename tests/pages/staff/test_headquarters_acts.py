"""What headquarters write down is named in the journal."""

from app.shelters.exchange_files.service import FIGURES_EXPORTED
from app.shelters.headquarters.sharing import FIGURES_TOLD
from app.shelters.headquarters.snapshot import HANDED_OVER
from app.shelters.ledger.service import LEDGER_EXPORTED, LEDGER_OPENED
from pages.staff.journal_kinds import kind_words
from pages.staff.journal_words import field_words
from pages.staff.shelters.headquarters_acts import headquarters_kinds

WRITTEN = {FIGURES_TOLD, FIGURES_EXPORTED, LEDGER_EXPORTED, LEDGER_OPENED, HANDED_OVER}
PARTS = {
    'template',
    'target',
    'format',
    'practice',
    'sha256',
    'people',
    'with_protected',
    'shelters',
    'purpose',
    'reason',
}


def test_every_act_has_its_words() -> None:
    assert set(headquarters_kinds()) == WRITTEN
    assert {kind for kind in WRITTEN if kind_words(kind) == kind} == set()


def test_every_part_of_such_a_line_has_its_words() -> None:
    assert {part for part in PARTS if field_words(part) == part} == set()
