"""Lists that offices keep: CSV in UTF-8 or CP932, or a spreadsheet, as numbered rows."""

import csv
import io
from collections.abc import Iterator

from app.documents.spreadsheet_reading import SpreadsheetUnread, spreadsheet_text
from app.language import _

SPREADSHEET_STARTS = (b'PK\x03\x04', b'\xd0\xcf\x11\xe0')
PDF_START = b'%PDF'
MARKUP_STARTS = (b'<html', b'<!doctype', b'<?xml', b'<table', b'<meta')
UTF_16_STARTS = (b'\xff\xfe', b'\xfe\xff')
ENCODINGS = ('utf-8-sig', 'cp932')
NumberedRow = tuple[int, list[str]]


class NotAList(Exception):
    """The file is no such list; the message says to a person what to do."""


def list_rows(content: bytes, most_bytes: int) -> Iterator[NumberedRow]:
    """All rows, blank ones too, numbered as a spreadsheet numbers them.

    Of a spreadsheet it is the first sheet that is shown and has cells. Reading one takes the better part of a second in
    a child process: never in the event loop.

    Raises:
        NotAList: it is empty, larger than `most_bytes`, in no encoding that is known, or neither CSV nor spreadsheet.
    """
    reader = csv.reader(io.StringIO(list_text(content, most_bytes), newline=''), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise NotAList(_('{line} 行目: CSV として読み取れません').format(line=number + 1)) from None


def heading_of(rows: Iterator[NumberedRow]) -> list[str]:
    """The first row that is not blank; empty where there is none."""
    return next((cells for _number, cells in rows if not is_blank(cells)), [])


def is_blank(cells: list[str]) -> bool:
    """Whether nothing stands in a row."""
    return not any(cell.strip() for cell in cells)


def list_text(content: bytes, most_bytes: int) -> str:
    """The list as CSV, whatever file it is.

    Raises:
        NotAList: as in `list_rows`.
    """
    if not content:
        raise NotAList(_('ファイルが選ばれていないか、空です'))
    if len(content) > most_bytes:
        raise NotAList(_('ファイルが大きすぎます'))
    if content.startswith(SPREADSHEET_STARTS):
        return _text_of_spreadsheet(content, most_bytes)
    if content.startswith(PDF_START):
        raise NotAList(_('PDF のファイルです。CSV または Excel のファイルを選んでください'))
    if content[:64].lstrip(b'\xef\xbb\xbf \t\r\n').lower().startswith(MARKUP_STARTS):
        raise NotAList(_('Web ページの形のファイルです。Excel で開き、Excel ブック(.xlsx)で保存し直してください'))
    text = None if content.startswith(UTF_16_STARTS) else _in_a_known_encoding(content)
    if text is None or '\0' in text:
        raise NotAList(_('文字コードが読み取れません。Excel ブック(.xlsx)か、CSV UTF-8 で保存し直してください'))
    return text


def _text_of_spreadsheet(content: bytes, most_bytes: int) -> str:
    try:
        return spreadsheet_text(content, most_bytes)
    except SpreadsheetUnread as error:
        raise NotAList(error.told()) from error


def _in_a_known_encoding(content: bytes) -> str | None:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
