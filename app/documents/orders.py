"""What the box asks a child to make; `work` is what runs there."""

import pickle
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from app.documents.csv_writer import Encoding, csv_bytes
from app.documents.labels import Label, LabelPaper, labels_pdf
from app.documents.pdf_writer import pdf_bytes
from app.documents.refusals import write_refusal
from app.documents.sheet import Sheet, SheetError
from app.documents.steps_sheet import StepsSheet, steps_pdf
from app.documents.xlsx_writer import xlsx_bytes
from app.language import current_language, use_language

MADE = b'm'
REFUSED = b'r'
REST_SECONDS = 0.002


@dataclass(frozen=True, slots=True)
class PdfOrder:
    """Sheets on paper."""

    sheets: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class XlsxOrder:
    """Sheets in one workbook."""

    sheets: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class CsvOrder:
    """One sheet as a file for other programs."""

    sheet: bytes
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class LabelOrder:
    """Labels on their paper."""

    paper: LabelPaper
    labels: tuple[Label, ...]
    used: int


@dataclass(frozen=True, slots=True)
class StepsOrder:
    """Pages of steps, each with a code."""

    sheets: tuple[StepsSheet, ...]


class Form(StrEnum):
    """What a recipe is made into."""

    PDF = 'pdf'
    XLSX = 'xlsx'


@dataclass(frozen=True, slots=True)
class RecipeOrder:
    """Sheets that the child itself makes: a function of a module, and what it takes."""

    form: Form
    recipe: Callable[[Any], Iterable[Sheet]]
    facts: object


Order = PdfOrder | XlsxOrder | CsvOrder | LabelOrder | StepsOrder | RecipeOrder


def pack_sheets(sheets: Iterable[Sheet]) -> tuple[bytes, ...]:
    """Sheets with their rows read, each packed alone with a rest after it, so that no tap waits. For a thread."""
    return tuple(map(_packed, sheets))


def pack_order(order: Order, language: str | None = None) -> bytes:
    """An order with the language of who gave it. Only the box packs, only its child unpacks."""
    return pickle.dumps((language or current_language(), order))


def _packed(sheet: Sheet) -> bytes:
    packed = pickle.dumps(replace(sheet, rows=tuple(sheet.rows)))
    time.sleep(REST_SECONDS)
    return packed


def work(question: bytes) -> bytes:
    """Make what was ordered: `m` and the file, or `r` and the refusal."""
    language, order = pickle.loads(question)  # noqa: S301 packed by the box that started this child
    use_language(language)
    try:
        return MADE + _make(order)
    except SheetError as error:
        return REFUSED + write_refusal(error)


def _make(order: Order) -> bytes:
    match order:
        case PdfOrder(sheets):
            return pdf_bytes(_unpack(sheets))
        case XlsxOrder(sheets):
            return xlsx_bytes(_unpack(sheets))
        case CsvOrder(sheet, encoding):
            return csv_bytes(next(iter(_unpack((sheet,)))), encoding)
        case LabelOrder(paper, labels, used):
            return labels_pdf(paper, labels, used)
        case StepsOrder(pages):
            return steps_pdf(pages)
        case RecipeOrder(Form.XLSX, recipe, facts):
            return xlsx_bytes(recipe(facts))
        case RecipeOrder(_, recipe, facts):
            return pdf_bytes(recipe(facts))


def _unpack(sheets: tuple[bytes, ...]) -> Iterable[Sheet]:
    for sheet in sheets:
        yield pickle.loads(sheet)  # noqa: S301 as above
