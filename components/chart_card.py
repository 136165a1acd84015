"""A chart with what it says in one sentence, and the same numbers as a table."""

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from app.language import _
from components.elements import box, text
from components.plain_table import plain_table
from components.theme import asset_url

Figure = dict[str, Any]
"""`data`, `layout` and `config` of plotly.js; texts in it never come from people, because it reads some as markup."""

INK, QUIET, LINE = '#1a1a1a', '#4d4d4d', '#d8d8da'
FIRST, SECOND = '#0017c1', '#c74700'
SCALE = ((0.0, '#ffffff'), (1.0, '#7fa8f5'))
"""From nothing to much; ink stands out on all of it."""
FONT = "'BIZ UDPGothic', 'Noto Sans CJK JP', sans-serif"


def chart_card(
    title: str, figure: Figure, summary: str, headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """The chart is one picture with its summary for who does not see it; the table opens below it."""
    ui.add_head_html(f'<link rel="stylesheet" href="{asset_url("charts.css")}">')
    with box('figure', 'chart-card'):
        text('figcaption', title, 'small-title')
        text('p', summary, 'chart-summary')
        with box('div', 'chart', role='img', aria_label=f'{title}: {summary}'):
            ui.plotly(figure)
        with box('details', 'chart-table'):
            text('summary', _('表で見る'))
            plain_table(headings, rows, empty=(_('まだ数字がありません'), ''))


def styled(data: list[Figure], *, across: Figure, up: Figure, height: int = 380) -> Figure:
    """A figure in the look of the house; `across` and `up` say what the axes are beyond that."""
    axis = {'gridcolor': LINE, 'linecolor': QUIET, 'zeroline': False, 'automargin': True, 'fixedrange': True}
    layout = {
        'font': {'family': FONT, 'size': 16, 'color': INK},
        'paper_bgcolor': 'rgba(0,0,0,0)',
        'plot_bgcolor': 'rgba(0,0,0,0)',
        'height': height,
        'margin': {'l': 48, 'r': 16, 't': 16, 'b': 48},
        'legend': {'orientation': 'h', 'y': 1.12, 'x': 0},
        'hoverlabel': {'font': {'family': FONT, 'size': 16}},
        'xaxis': axis | across,
        'yaxis': axis | up,
    }
    return {'data': data, 'layout': layout, 'config': {'displayModeBar': False, 'responsive': True}}
