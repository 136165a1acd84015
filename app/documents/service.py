"""The one way to make files to print and to hand on: in a child, so that no tap waits and the box stays up."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from app.children.supervisor import Children, Limits
from app.documents.csv_writer import Encoding
from app.documents.labels import Label, LabelPaper
from app.documents.orders import (
    MADE,
    CsvOrder,
    Form,
    LabelOrder,
    Order,
    PdfOrder,
    RecipeOrder,
    StepsOrder,
    XlsxOrder,
    pack_order,
    pack_sheets,
)
from app.documents.refusals import read_refusal
from app.documents.sheet import Sheet
from app.documents.steps_sheet import StepsSheet

T = TypeVar('T')
LIMITS = Limits(wall_seconds=900, cpu_seconds=300, memory_bytes=4 * 1024**3, works=30)
"""300 sheets of 30 rows take about 12 seconds of one core."""


class Documents:
    """Makes PDF, XLSX, CSV and labels. All methods raise, besides what they name:

    SheetError: the sheet itself is wrong.
    ChildFailed, ChildTimedOut, ChildrenBusy: it could not be made now (`app/children/`).
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._children = Children('app.documents.orders:work', size=1, waiting=20, limits=limits)

    async def render_pdf(self, sheets: Iterable[Sheet]) -> bytes:
        """One file with all sheets; rows are read in another thread."""
        return await self._make(PdfOrder(await asyncio.to_thread(pack_sheets, sheets)))

    async def render_xlsx(self, sheets: Iterable[Sheet]) -> bytes:
        """One workbook with a worksheet for each sheet; rows are read in another thread."""
        return await self._make(XlsxOrder(await asyncio.to_thread(pack_sheets, sheets)))

    async def render_recipe(self, form: Form, recipe: Callable[[T], Iterable[Sheet]], facts: T) -> bytes:
        """One file with all sheets that the recipe, a function of a module, makes of the facts: in the child, as well.

        Raises:
            Outdated: the facts have changed meanwhile, as the recipe found.
        """
        return await self._make(RecipeOrder(form, recipe, facts))

    async def render_csv(self, sheet: Sheet, encoding: Encoding = Encoding.UTF8) -> bytes:
        """One table for other programs; rows are read in another thread.

        Raises:
            NotInCp932: names the letters that Shift-JIS does not have.
        """
        (packed,) = await asyncio.to_thread(pack_sheets, (sheet,))
        return await self._make(CsvOrder(packed, encoding))

    async def render_labels(self, paper: LabelPaper, labels: Sequence[Label], used: int = 0) -> bytes:
        """Labels as PDF, leaving out the places that were used before."""
        return await self._make(LabelOrder(paper, tuple(labels), used))

    async def render_steps(self, sheets: Sequence[StepsSheet]) -> bytes:
        """Pages of numbered steps with a code in large letters, as PDF."""
        return await self._make(StepsOrder(tuple(sheets)))

    async def close(self) -> None:
        """Stop making."""
        await self._children.close()

    async def _make(self, order: Order) -> bytes:
        answer = await self._children.run(pack_order(order))
        kind, made = answer[:1], answer[1:]
        if kind == MADE:
            return made
        raise read_refusal(made)
