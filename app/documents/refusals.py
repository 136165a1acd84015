"""How a child says that a document cannot be made, in a form that the box reads without trusting it."""

import json

from app.documents.csv_writer import NotInCp932
from app.documents.sheet import NoColumns, Outdated, SheetError, TooLong, TooWide, WrongCell
from app.documents.typesetting import TypesettingFailed
from app.documents.xlsx_writer import TooManyRows, TooManyWorksheets

_PLAIN: dict[str, type[SheetError]] = {
    kind.__name__: kind
    for kind in (SheetError, NoColumns, Outdated, TooLong, TooWide, TooManyRows, TooManyWorksheets, TypesettingFailed)
}


def write_refusal(error: SheetError) -> bytes:
    """The error as JSON."""
    told: dict[str, object] = {'kind': type(error).__name__, 'message': str(error)}
    if isinstance(error, NotInCp932):
        told['letters'] = error.letters
    if isinstance(error, WrongCell):
        told |= {'key': error.key, 'row': error.row, 'found': error.found}
    return json.dumps(told).encode()


def read_refusal(answer: bytes) -> SheetError:
    """The same error again; an unknown one becomes a plain `SheetError`."""
    told = json.loads(answer)
    if told['kind'] == NotInCp932.__name__:
        return NotInCp932({str(letter): int(row) for letter, row in told['letters'].items()})
    if told['kind'] == WrongCell.__name__:
        return WrongCell(str(told['key']), int(told['row']), str(told['found']))
    return _PLAIN.get(str(told['kind']), SheetError)(str(told['message']))
