"""A template: which columns a target wants, under which names, in which form; their layouts are not public."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.language import _


class Form(StrEnum):
    """What kind of file it is."""

    CSV = 'csv'
    JSON = 'json'
    XML = 'xml'


class Letters(StrEnum):
    """How letters become bytes."""

    UTF8 = 'utf-8'
    UTF8_BOM = 'utf-8-bom'
    CP932 = 'cp932'
    """Shift-JIS as Windows has it."""


class LineEnd(StrEnum):
    """How a line ends."""

    CRLF = 'crlf'
    LF = 'lf'


class Rows(StrEnum):
    """Of which shelters there is a row."""

    OPEN = 'open'
    TOUCHED = 'touched'
    """Open ones, and those that were open and are closed."""
    ALL = 'all'


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateColumn:
    """One column: a field of ours or the same words in each row."""

    name: str
    """As the target calls it."""
    field: str = ''
    value: str = ''
    """Where there is no field."""
    format: str = ''
    """Of a time, as `strftime` takes it (Asia/Tokyo); of a number, `0.0` for one decimal."""
    words: Mapping[str, str] | None = None
    """What the target calls each value of ours."""
    empty: str = ''
    """What stands where nothing is known, which is never 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One layout; nobody has confirmed it until the city has asked the vendor (`confirmed`)."""

    name: str
    """Of its file, without the ending."""
    title: str
    target: str
    form: Form
    letters: Letters
    line_end: LineEnd
    rows: Rows
    columns: tuple[TemplateColumn, ...]
    headings: bool = True
    """Whether a CSV begins with the names of the columns."""
    root: str = 'shelters'
    row: str = 'shelter'
    """Names of the elements of XML, and `root` of the list in JSON."""
    confirmed: str = ''
    """Who confirmed the columns with the vendor, and when; empty: nobody."""
    notes: str = ''

    @property
    def marks_drills(self) -> bool:
        """Whether a file of a drill could not be mistaken for the real thing."""
        return any(column.field == 'practice' for column in self.columns)


class TemplateError(Exception):
    """The template cannot be used; one sentence for each problem."""

    def __init__(self, *problems: str) -> None:
        super().__init__('\n'.join(problems))
        self.problems = problems


def form_words() -> dict[Form, str]:
    """What kind of file it is."""
    return {Form.CSV: 'CSV', Form.JSON: 'JSON', Form.XML: 'XML'}


def rows_words() -> dict[Rows, str]:
    """Of which shelters there is a row."""
    return {
        Rows.OPEN: _('開いている避難所'),
        Rows.TOUCHED: _('開いている避難所と閉鎖した避難所'),
        Rows.ALL: _('すべての避難所'),
    }
