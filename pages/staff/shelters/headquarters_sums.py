"""The sums over all shelters, and how old the figures of each box are."""

from app.language import _
from app.shelters.headquarters.board import Board, Sums
from app.shelters.headquarters.words import age_words
from components.elements import box as element
from components.elements import text
from components.plain_table import Cell, Lines, plain_table
from components.times import short_time
from pages.staff.addresses import SHELTER_RECEPTION
from pages.staff.shelters.handouts_frame import REQUESTS

LIVE_WITHIN_MINUTES = 15
"""Figures of another box that are older are marked."""


def draw_sums(sums: Sums) -> None:
    """One card for each."""
    with element('dl', 'board-sums'):
        for label, value, below, is_matter in _cards(sums):
            with element('div', 'board-sum', **({'data_state': 'missing'} if is_matter else {})):
                text('dt', label)
                text('dd', value, 'board-value')
                for line in below:
                    if line:
                        text('dd', line)
    with element('div', 'buttons'):
        text('a', _('物資の要請を判断する'), 'press press-quiet press-small', href=REQUESTS)
        text('a', _('緊急の応援を見る'), 'press press-quiet press-small', href=SHELTER_RECEPTION)


def draw_boxes(board: Board) -> None:
    """Whose figures these are; a single box needs no table."""
    others = [box for box in board.boxes if not box.is_own]
    if not others:
        return
    text('h3', _('ほかの箱の数字'), 'small-title')
    rows: list[list[Cell]] = []
    for box in others:
        minutes = (board.now - box.as_of).total_seconds() / 60
        is_old = _('古い数字です。回線を確かめてください。') if minutes > LIVE_WITHIN_MINUTES else ''
        age = _('{age}の数字').format(age=age_words(box.as_of, board.now))
        told = _('{at} 受け取り').format(at=short_time(box.as_of, board.now.date()))
        rows.append([box.name, Lines((age, told, is_old)), str(len(box.shelters))])
    plain_table((_('箱'), _('時点'), _('避難所')), rows, empty=('', ''))


def _cards(sums: Sums) -> tuple[tuple[str, str, tuple[str, ...], bool], ...]:
    return (
        (
            _('開いている避難所'),
            _('{count}か所').format(count=f'{sums.open:,}'),
            (
                _('全 {count}か所').format(count=f'{sums.shelters:,}'),
                _('うち住民による開設 {count}').format(count=sums.by_residents) if sums.by_residents else '',
            ),
            bool(sums.by_residents),
        ),
        (
            _('避難者'),
            _('{count}人').format(count=f'{sums.people:,}'),
            (
                _('数えた {count}').format(count=f'{sums.counted:,}'),
                _('登録 {count}').format(count=f'{sums.registered:,}'),
                _('人数が未確認 {count}か所').format(count=sums.unknown) if sums.unknown else '',
            ),
            bool(sums.unknown),
        ),
        (
            _('避難所の外の人'),
            _('{count}人').format(count=f'{sums.outside:,}'),
            (
                _('車、自宅、そのほか'),
                _('市外からの来訪者 {count}人').format(count=f'{sums.visitors:,}') if sums.visitors else '',
            ),
            False,
        ),
        (
            _('満員・収容超え'),
            _('{count}か所').format(count=f'{sums.full:,}'),
            (_('収容人数を超えている {count}か所').format(count=sums.overcrowded) if sums.overcrowded else '',),
            bool(sums.full or sums.overcrowded),
        ),
        (_('足りないものがある'), _('{count}か所').format(count=f'{sums.short:,}'), (), bool(sums.short)),
        (_('届いていない要請'), _('{count}件').format(count=f'{sums.requests:,}'), (), bool(sums.requests)),
        (_('緊急の応援'), _('{count}件').format(count=f'{sums.calls:,}'), (), bool(sums.calls)),
    )
