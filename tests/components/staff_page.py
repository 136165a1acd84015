"""Pages made of the shared staff components, in a process of their own."""

import sys
from collections.abc import Sequence

from fastapi import Request
from fastapi.responses import JSONResponse
from nicegui import app, ui

from components.confirm import confirm
from components.data_table import Column, DataTable, Row
from components.elements import box, press, set_text, text
from components.forms import Field, html_form
from components.frames import NavigationEntry, NavigationGroup, plain_frame, staff_frame
from components.messages import MessageKind, empty_state, message_box
from components.theme import register_assets
from tests.support.served import serve_pages

TOTAL = 120
NAVIGATION = (
    NavigationGroup(entries=(NavigationEntry(label='出勤・退勤', address='/attendance', current=True),)),
    NavigationGroup(
        label='この箱',
        entries=(
            NavigationEntry(label='デスクとカード', address='/desks'),
            NavigationEntry(label='記録の台帳', address='/journal'),
        ),
    ),
)

ALL_ROOMS = (
    *NAVIGATION,
    NavigationGroup(
        label='公用車',
        entries=tuple(NavigationEntry(label=f'台帳{number}', address=f'/cars/{number}') for number in range(8)),
    ),
    NavigationGroup(label='避難所', entries=(NavigationEntry(label='点呼', address='/roll-call', current=True),)),
)


async def fetch(offset: int, limit: int) -> tuple[Sequence[Row], int]:
    """Invented punches; the name of the third is markup."""
    names = {3: '<b>山田</b>'}
    rows: list[Row] = [
        {'id': n, 'time': f'11月24日(火) 8:{n % 60:02}', 'name': names.get(n, f'職員 {n}'), 'kind': '出勤'}
        for n in range(offset + 1, min(offset + limit, TOTAL) + 1)
    ]
    return rows, TOTAL


async def fetch_nothing(_offset: int, _limit: int) -> tuple[Sequence[Row], int]:
    """A table without rows."""
    return [], 0


@ui.page('/attendance')
async def attendance() -> None:
    """A table, messages and a question."""
    columns = (
        Column(field='time', label='日時'),
        Column(field='name', label='氏名'),
        Column(field='kind', label='区分'),
        Column(field='id', label='番号', numeric=True),
    )
    with staff_frame('出勤・退勤', '山田 太郎', NAVIGATION):
        message_box(MessageKind.DONE, '職員1,204人を取り込みました', '次に、カードを登録してください')
        message_box(MessageKind.WARNING, '確認が必要な記録が3件あります', '下の表で確かめてください')
        table = DataTable(columns, fetch, empty=('まだ記録がありません', 'カードをタッチすると、ここに出ます'))
        await table.load()
        answer = text('p', '', 'answer', role='status')

        async def ask() -> None:
            kept = not await confirm('この端末の登録を取り消しますか', '端末はすぐに使えなくなります', '取り消す')
            set_text(answer, '残した' if kept else '取り消した')

        press('端末の登録を取り消す', ask, classes='press-quiet')


@ui.page('/desks')
async def desks() -> None:
    """Nothing yet."""
    with staff_frame('デスクとカード', '山田 太郎', NAVIGATION):
        message_box(MessageKind.FAILURE, '取り込めませんでした', '2行目の職員番号を直してください')
        message_box(MessageKind.NOTE, 'お知らせがあります')
        table = DataTable((Column(field='id', label='番号'),), fetch_nothing, empty=('デスクがありません', '追加'))
        await table.load()
        empty_state('デスクがまだありません', '「デスクを追加」を押してください')


@ui.page('/roll-call')
def roll_call() -> None:
    """A page among more than can be seen at once."""
    with staff_frame('点呼', '山田 太郎', ALL_ROOMS):
        empty_state('まだありません', '点呼を始めてください')


@ui.page('/typing')
def typing() -> None:
    """An entry, and a press that draws the page anew."""
    box('input', 'field-input', id='note', name='note', value='前に書いたこと')
    drawn = text('p', '', 'drawn', role='status')
    press('描き直す', lambda: set_text(drawn, '描き直した'))


@ui.page('/sign-in')
def sign_in(error: str = '') -> None:
    """The form of signing in."""
    with plain_frame('サインイン'):
        fields = (
            Field(name='staff_number', label='職員番号', autocomplete='username', input_mode='numeric'),
            Field(
                name='password', label='パスワード', kind='password', autocomplete='current-password', hint='12文字以上'
            ),
        )
        html_form('/sign-in', fields, 'サインイン', error=error, hidden={'csrf': 'abc'})


@app.post('/sign-in')
async def signed_in(request: Request) -> JSONResponse:
    """Answer with what was posted."""
    form = await request.form()
    return JSONResponse({name: str(value) for name, value in form.items()})


@app.get('/ready')
def ready() -> bool:
    """The server answers."""
    return True


if __name__ in {'__main__', '__mp_main__'}:
    register_assets()
    serve_pages(int(sys.argv[1]))
