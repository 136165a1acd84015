"""One A4 page for one hand and a torch: a few numbered steps, a code to type in large letters, a QR code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.documents.cells import clean_text
from app.documents.codes import Correction, code_svg
from app.documents.sheet import SheetError, TooLong
from app.documents.typesetting import typeset

MOST_PAGES = 600


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, in a large box of its own."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsSheet:
    """A page. Everything on it is text, never markup."""

    title: str
    place: str
    """For which building, in large letters."""
    brief: str
    steps: tuple[Step, ...]
    code_label: str
    code: str = field(repr=False)
    """In large letters; grouped as it shall be read."""
    address: str
    """Which the QR code leads to, also printed."""
    notes: tuple[str, ...] = ()


def steps_pdf(sheets: Sequence[StepsSheet]) -> bytes:
    """One page for each sheet. Only called in a child.

    Raises:
        SheetError: there is none.
        TooLong: more than `MOST_PAGES`.
    """
    if not sheets:
        raise SheetError('no sheet')
    if len(sheets) > MOST_PAGES:
        raise TooLong(f'more than {MOST_PAGES} pages')
    return typeset('steps.typ', {'sheets': json.dumps([_for_template(sheet) for sheet in sheets], ensure_ascii=False)})


def _for_template(sheet: StepsSheet) -> dict[str, object]:
    return {
        'title': clean_text(sheet.title),
        'place': clean_text(sheet.place),
        'brief': clean_text(sheet.brief),
        'steps': [{'title': clean_text(step.title), 'words': clean_text(step.words)} for step in sheet.steps],
        'code_label': clean_text(sheet.code_label),
        'code': clean_text(sheet.code),
        'address': clean_text(sheet.address),
        'qr': code_svg(sheet.address, Correction.HIGH),
        'notes': [clean_text(note) for note in sheet.notes],
    }
