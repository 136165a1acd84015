"""What the imports of lists share: the form of a file, and the rows that are taken or refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile

from app.language import _
from app.vehicles.listed import MOST_BYTES, RefusedRow
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import LIST_FILES, file_entry, plain_form
from components.plain_table import Cell, plain_table
from pages.staff.navigation import staff_page

ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The page of one kind of list."""

    title: str
    path: str
    back: str
    columns: Sequence[str]
    required: Sequence[str]


async def uploaded_list(request: Request) -> bytes:
    """The file of the form; empty: none was chosen."""
    async with request.form(max_files=1, max_fields=4) as form:
        file = form.get('list')
        return await file.read() if isinstance(file, UploadFile) else b''


def draw_list_page(page: ListPage, problems: tuple[str, ...] = (), *, done: str = '') -> None:
    """The form of a file; `done` is how many rows were taken and refused, with a line between."""
    with staff_page(page.title, page.back):
        if done.replace('-', '').isdecimal() and done.count('-') == 1:
            taken, refused = done.split('-')
            words = _('取り込みました: {taken}件。取り込まなかった行: {refused}件')
            message_box(MessageKind.DONE, words.format(taken=taken, refused=refused))
        if problems:
            to_do = _('次のところを直して、もう一度選んでください。')
            message_box(MessageKind.FAILURE, _('取り込めません。何も変わっていません。'), to_do)
            with element('ul', 'problems'):
                for problem in problems:
                    text('li', problem)
        columns, required = '、'.join(page.columns), '、'.join(page.required)
        text('p', _('CSV または Excel のファイル。1行目に列名が必要です: {columns}').format(columns=columns))
        words = _('必ず要る列: {required}。台帳を書き出したファイルも、そのまま使えます。')
        text('p', words.format(required=required), 'quiet')
        with plain_form(f'{page.path}/upload', _('内容を確かめる'), with_files=True):
            hint = _('{most} MB まで。Excel は初めのシートを読みます').format(most=MOST_BYTES // 1_000_000)
            file_entry('list', _('ファイル'), hint=hint, accept=LIST_FILES)
        text('a', _('一覧へ戻る'), '', href=page.back)


def draw_plan(
    page: ListPage, taken: Sequence[tuple[str, str, str]], unchanged: int, refused: Sequence[RefusedRow]
) -> None:
    """What would be taken over (what is done, with whom or what, the values), and which lines would not and why."""
    with staff_page(page.title, page.back):
        text('h2', _('取り込む内容を確かめてください'), 'section-title')
        figures = [(_('取り込む'), len(taken)), (_('変わらない'), unchanged), (_('取り込めない'), len(refused))]
        with element('dl', 'figures'):
            for label, count in figures:
                with element('div', 'figure'):
                    text('dt', label)
                    text('dd', _('{count}件').format(count=f'{count:,}'), 'figure-number')
        rows: list[list[Cell]] = [list(row) for row in taken[:ROWS_SHOWN]]
        empty = (_('変わるところはありません'), _('取り込まなくてかまいません。'))
        plain_table((_('区分'), _('対象'), _('内容')), rows, empty=empty)
        _draw_refused(refused)
        with element('div', 'buttons'):
            if taken:
                with plain_form(f'{page.path}/apply', _('取り込む')):
                    pass
            text('a', _('やめる'), 'press press-quiet', href=page.path)


def _draw_refused(refused: Sequence[RefusedRow]) -> None:
    if not refused:
        return
    with element('section', 'section', aria_label=_('取り込めない行')):
        text('h2', _('取り込めない行'), 'section-title')
        text('p', _('直したファイルをもう一度選ぶと、残りだけが取り込まれます。'), 'quiet')
        rows: list[list[Cell]] = [[str(row.line), row.about, row.why] for row in refused[:ROWS_SHOWN]]
        plain_table((_('行'), _('対象'), _('理由')), rows, empty=('', ''))
        if len(refused) > ROWS_SHOWN:
            text('p', _('ほかに {count} 件あります').format(count=f'{len(refused) - ROWS_SHOWN:,}'), 'quiet')
