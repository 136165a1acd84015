"""Sheets of labels with text and QR codes, on the paper that offices buy."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.documents.cells import clean_text
from app.documents.codes import code_svg
from app.documents.sheet import SheetError
from app.documents.typesetting import typeset
from app.documents.widths import breakable

LONGEST_WORD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPaper:
    """A4 paper with labels; millimetres from the upper left corner of the paper."""

    name: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    """From the left edge of one label to that of the next."""
    pitch_y: float

    @property
    def per_page(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


def _even(name: str, columns: int, rows: int, width: float, height: float) -> LabelPaper:
    left, top = (210 - columns * width) / 2, (297 - rows * height) / 2
    return LabelPaper(
        name=name,
        columns=columns,
        rows=rows,
        width=width,
        height=height,
        left=left,
        top=top,
        pitch_x=width,
        pitch_y=height,
    )


PAPERS = {
    paper.name: paper
    for paper in (
        _even('10', 2, 5, 91.0, 55.0),
        _even('12', 2, 6, 86.4, 42.3),
        _even('21', 3, 7, 70.0, 42.3),
        _even('24', 3, 8, 66.0, 33.9),
        _even('44', 4, 11, 48.3, 25.4),
    )
}
"""The usual sizes of the trade by their number of labels (10 is the size of business cards); no gap between labels."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label; the first line is large."""

    lines: tuple[str, ...]
    code: str = ''
    """What the QR code says; none if empty."""


def labels_pdf(paper: LabelPaper, labels: Sequence[Label], used: int = 0) -> bytes:
    """Labels from left to right and down; text is made smaller until it fits. Only called in a child.

    Args:
        paper: one of `PAPERS`, or measures of the city's own.
        labels: at least one.
        used: places at the beginning of the first sheet that have no label any more.

    Raises:
        SheetError: no label, or more places used than the sheet has.
    """
    if not labels or not 0 <= used < paper.per_page:
        raise SheetError('no label, or no place for it')
    ready = [None] * used + [_for_template(label) for label in labels]
    return typeset('labels.typ', {'paper': json.dumps(asdict(paper)), 'labels': json.dumps(ready, ensure_ascii=False)})


def _for_template(label: Label) -> dict[str, object]:
    return {
        'lines': [breakable(clean_text(line), LONGEST_WORD) for line in label.lines],
        'code': code_svg(label.code) if label.code else '',
    }
