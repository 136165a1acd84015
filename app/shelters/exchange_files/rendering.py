"""A file as its template wants it; what people typed is data in all of them, never a formula and never markup."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from app.clock import TOKYO
from app.documents.cells import clean_text
from app.documents.csv_writer import TWINS, file_text
from app.language import _
from app.shelters.exchange_files.fields import FIELDS, Value
from app.shelters.exchange_files.template import Form, Letters, LineEnd, Rows, Template, TemplateColumn, TemplateError
from app.shelters.headquarters.board import Board, Line, Order
from app.shelters.values import ShelterState


class _Safe(str):
    """Words of the template and numbers, which nobody typed at a desk."""

    __slots__ = ()


ENDS = {LineEnd.CRLF: '\r\n', LineEnd.LF: '\n'}
XML_NAMES = {Letters.UTF8: 'UTF-8', Letters.UTF8_BOM: 'UTF-8', Letters.CP932: 'Shift_JIS'}


def render(template: Template, board: Board) -> bytes:
    """The whole file, shelters by name.

    Raises:
        TemplateError: letters that the encoding does not have.
    """
    lines = [line for line in board.chosen(order=Order.NAME) if _is_wanted(template.rows, line)]
    match template.form:
        case Form.CSV:
            text = _csv(template, lines, board)
        case Form.JSON:
            text = _json(template, lines, board)
        case Form.XML:
            text = _xml(template, lines, board)
    return _encoded(text, template.letters)


def _is_wanted(rows: Rows, line: Line) -> bool:
    match rows:
        case Rows.ALL:
            return True
        case Rows.OPEN:
            return line.figures.is_open
        case Rows.TOUCHED:
            return line.figures.shelter.state is not ShelterState.NOT_OPENED


def _csv(template: Template, lines: Iterable[Line], board: Board) -> str:
    written = io.StringIO(newline='')
    writer = csv.writer(written, lineterminator=ENDS[template.line_end])
    if template.headings:
        writer.writerow([clean_text(column.name) for column in template.columns])
    writer.writerows([_csv_text(_cell(column, line, board)) for column in template.columns] for line in lines)
    return written.getvalue()


def _csv_text(value: str | int | float) -> str:
    return clean_text(value) if isinstance(value, _Safe) else file_text(value)


def _json(template: Template, lines: Iterable[Line], board: Board) -> str:
    rows = [{column.name: _plain(_cell(column, line, board)) for column in template.columns} for line in lines]
    text = json.dumps({template.root: rows}, ensure_ascii=False, indent=1, allow_nan=False)
    return f'{text}\n'.replace('\n', ENDS[template.line_end])


def _xml(template: Template, lines: Iterable[Line], board: Board) -> str:
    parts = [f'<?xml version="1.0" encoding="{XML_NAMES[template.letters]}"?>', f'<{template.root}>']
    parts += [_element(template, line, board) for line in lines]
    parts += [f'</{template.root}>', '']
    return ENDS[template.line_end].join(parts)


def _element(template: Template, line: Line, board: Board) -> str:
    cells = ''.join(_leaf(column, _cell(column, line, board)) for column in template.columns)
    return f'<{template.row}>{cells}</{template.row}>'


def _leaf(column: TemplateColumn, value: str | int | float) -> str:
    text = clean_text(value) if isinstance(value, str) else file_text(value)
    return f'<{column.name}>{escape(text)}</{column.name}>'


def _plain(value: str | int | float) -> str | int | float:
    return clean_text(value) if isinstance(value, str) else value


def _cell(column: TemplateColumn, line: Line, board: Board) -> str | int | float:
    if not column.field:
        return _Safe(column.value)
    value: Value = FIELDS[column.field].find(line, board)
    if value is None:
        return _Safe(column.empty)
    if isinstance(value, datetime):
        local = value.astimezone(TOKYO)
        return _Safe(local.strftime(column.format) if column.format else local.isoformat(timespec='seconds'))
    if isinstance(value, int | float):
        return _Safe(f'{value:.{len(column.format.partition(".")[2])}f}') if column.format else value
    return _named(column, value)


def _named(column: TemplateColumn, value: str) -> str:
    if column.words is None:
        return value
    if column.field == 'short':
        return _Safe('、'.join(column.words.get(each, each) for each in value.split(' ')))
    return _Safe(column.words[value]) if value in column.words else value


def _encoded(text: str, letters: Letters) -> bytes:
    if letters is Letters.UTF8:
        return text.encode()
    if letters is Letters.UTF8_BOM:
        return text.encode('utf-8-sig')
    spelled = text.translate(TWINS)
    try:
        return spelled.encode('cp932')
    except UnicodeEncodeError:
        missing = ' '.join(_missing(spelled)[:10])
        words = _('Shift-JISにない文字があります: {letters}。UTF-8のテンプレートを使うか、名称を直してください。')
        raise TemplateError(words.format(letters=missing)) from None


def _missing(text: str) -> Sequence[str]:
    return [letter for letter in dict.fromkeys(text) if not letter.encode('cp932', 'ignore')]
