"""`/staff/headquarters`: all shelters on a map and in a table, with the time that each figure is of."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from app.access.principals import Permission
from app.language import _
from app.runtime import Condition
from app.shelters.headquarters.board import Board, Line, Order
from app.shelters.headquarters.words import concern_words
from app.shelters.vulnerable.disasters import DisasterInfo
from components.elements import box as element
from components.elements import fixed, text
from components.large_table import large_table
from components.map_svg import Mark, map_svg
from components.plain_forms import plain_form, selection, tick
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, address, offset_of, pager
from components.theme import asset_url
from components.times import day_and_time
from pages.guarded import guarded_page
from pages.staff.addresses import HEADQUARTERS, SHELTERS
from pages.staff.navigation import staff_page
from pages.staff.shelters.disaster_note import draw_disaster
from pages.staff.shelters.handouts_frame import DOUBLES
from pages.staff.shelters.headquarters_files import FILES
from pages.staff.shelters.headquarters_handing import HANDING_OVER
from pages.staff.shelters.headquarters_ledger import LEDGER
from pages.staff.shelters.headquarters_sums import draw_boxes, draw_sums
from pages.staff.shelters.headquarters_words import (
    box_name,
    filter_words,
    order_words,
    people_lines,
    request_lines,
    room_lines,
    shape_of,
    shape_words,
    time_lines,
)
from pages.staff.shelters.words import state_words

MAP_SIDE = 480
LOOK_AGAIN_SECONDS = 60
Asked = Mapping[str, str]


def register(condition: Condition) -> None:
    """Open the page."""

    @guarded_page(HEADQUARTERS, permission=Permission.COMMAND_SHELTERS)
    async def headquarters(
        state: str = '', district: str = '', order: str = '', practice: str = '', live: str = '', page: int = 1
    ) -> None:
        asked = {
            'state': state if state in filter_words() else '',
            'district': district[:100],
            'order': order if order in set(Order) else str(Order.ATTENTION),
            'practice': '1' if practice else '',
            'live': '1' if live else '',
        }
        box = condition.require_box()
        board = await box.shelters.headquarters.board(practice=bool(practice))
        disaster = await box.shelters.disasters.current()
        drills = 0 if practice else await box.shelters.headquarters.drills()
        _draw(board, asked, offset_of(page), disaster, drills=drills)
        if live:
            ui.timer(LOOK_AGAIN_SECONDS, ui.navigate.reload, once=True)


def _draw(board: Board, asked: Asked, offset: int, disaster: DisasterInfo | None, *, drills: int) -> None:
    ui.add_head_html(f'<link rel="stylesheet" href="{asset_url("headquarters.css")}">')
    lines = board.chosen(state=asked['state'], district=asked['district'], order=Order(asked['order']))
    with staff_page(_('災害対策本部'), HEADQUARTERS):
        draw_disaster(disaster)
        _draw_head(board, asked, drills)
        with element('div', 'board-top'):
            with element('section', 'section', aria_label=_('全体')):
                text('h2', _('全体'), 'section-title')
                draw_sums(board.sums)
                draw_boxes(board)
            _draw_map(board, lines)
        _draw_filter(board, asked)
        _draw_table(board, lines, asked, offset)


def _draw_head(board: Board, asked: Asked, drills: int) -> None:
    with element('div', 'shelter-head'):
        text('p', _('{at}現在').format(at=day_and_time(board.now)), 'section-title')
        if asked['practice']:
            text('p', _('訓練'), 'practice-mark')
    with element('div', 'buttons'):
        for words, path in (
            (_('引き継ぎの用紙'), address(HANDING_OVER, _kept(asked, 'practice'))),
            (_('ほかのシステムへ渡すファイル'), FILES),
            (_('被災者台帳'), LEDGER),
            (_('二重の受取り'), DOUBLES),
        ):
            text('a', words, 'press press-quiet', href=path)
    if drills:
        words = _('訓練中の避難所が{count}か所あります。訓練の数字は、ここには入っていません。').format(count=drills)
        with element('div', 'buttons'):
            text('span', words, 'quiet')
            text('a', _('訓練の数字を見る'), '', href=f'{HEADQUARTERS}?practice=1')
    if asked['practice']:
        text('a', _('本番の数字を見る'), '', href=HEADQUARTERS)


def _draw_filter(board: Board, asked: Asked) -> None:
    with plain_form(HEADQUARTERS, _('表示する'), method='get', classes='filter', hidden=_kept(asked, 'practice')):
        selection('state', _('状態'), filter_words(), asked['state'])
        if board.districts:
            names = {'': _('すべて'), **{name: name for name in board.districts}}
            selection('district', _('校下'), names, asked['district'])
        selection('order', _('並べ方'), order_words(), asked['order'])
        tick('live', _('60秒ごとに新しくする'), bool(asked['live']))


def _draw_map(board: Board, lines: Sequence[Line]) -> None:
    with element('section', 'section', aria_label=_('地図')):
        text('h2', _('地図'), 'section-title')
        marks = [mark for number, line in enumerate(lines, 1) if (mark := _mark(board, line, number))]
        if not marks:
            text('p', _('緯度と経度の分かる避難所がありません。'), 'quiet')
            return
        shapes = list(shape_words())
        marks.sort(key=lambda mark: shapes.index(mark.shape))
        title = _('避難所の地図。同じ内容が下の表にあります。')
        fixed('figure', map_svg(marks, title=title, north=_('北'), side=MAP_SIDE), 'board-map', tabindex='0')
        with element('ul', 'board-legend'):
            for shape, words in shape_words().items():
                with element('li', ''):
                    fixed(
                        'span', f'<svg width="24" height="24" viewBox="-12 -12 24 24" aria-hidden="true">{shape}</svg>'
                    )
                    text('span', words)


def _mark(board: Board, line: Line, number: int) -> Mark | None:
    figures, entry = line.figures, line.figures.shelter.entry
    if entry.latitude is None or entry.longitude is None:
        return None
    shape, is_open = shape_of(figures, board), figures.is_open or figures.calls > 0
    return Mark(number, entry.name, entry.latitude, entry.longitude, shape, labelled=is_open)


def _draw_table(board: Board, lines: Sequence[Line], asked: Asked, offset: int) -> None:
    with element('section', 'section board-table', aria_label=_('避難所ごと')):
        text('h2', _('避難所ごと'), 'section-title')
        headings = ('№', _('避難所'), _('状態'), _('避難者'), _('収容'), _('要対応'), _('時点と報告'))
        shown = list(enumerate(lines, 1))[offset : offset + ROWS_PER_PAGE]
        empty = (_('当てはまる避難所はありません'), _('条件を減らすか、避難所の一覧を取り込んでください。'))
        large_table(headings, [_row(board, line, number) for number, line in shown], empty=empty)
        pager(HEADQUARTERS, asked, offset, len(lines))


def _row(board: Board, line: Line, number: int) -> list[Cell]:
    figures = line.figures
    return [
        str(number),
        _name(line),
        Lines((state_words()[figures.shelter.state],)),
        Lines(people_lines(figures), whole=True),
        Lines(room_lines(figures), whole=True),
        Lines((*concern_words(figures, board.now), *request_lines(figures))),
        Lines(time_lines(figures, board.now), whole=True),
    ]


def _name(line: Line) -> Cell:
    entry, below = line.figures.shelter.entry, (line.figures.shelter.entry.district, box_name(line))
    if line.box.is_own:
        return Link(entry.name, f'{SHELTERS}/{line.figures.shelter.id}', below)
    return Lines((entry.name, *below))


def _kept(asked: Asked, *names: str) -> dict[str, str]:
    return {name: asked[name] for name in names if asked[name]}
