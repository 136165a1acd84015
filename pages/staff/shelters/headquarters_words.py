"""What the pages of headquarters say."""

from datetime import datetime

from app.language import _
from app.shelters.headquarters.attention import Concern, concerns_of
from app.shelters.headquarters.board import OPEN, Board, Line, Order
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.headquarters.words import age_words
from components.map_svg import CIRCLE, DIAMOND, DOT, RING, SQUARE, TRIANGLE
from components.times import short_time
from pages.staff.shelters.words import state_words

NOW_NEEDED = (Concern.BY_RESIDENTS, Concern.OVERCROWDED, Concern.SHORT, Concern.REPORT_LATE, Concern.REQUEST)


def shape_of(figures: ShelterFigures, board: Board) -> str:
    """The mark of a shelter on the map."""
    concerns = concerns_of(figures, board.now)
    if Concern.HELP in concerns:
        return DIAMOND
    if not figures.is_open:
        return DOT
    if any(concern in concerns for concern in NOW_NEEDED):
        return TRIANGLE
    if Concern.FULL in concerns:
        return SQUARE
    return RING if figures.people is None else CIRCLE


def shape_words() -> dict[str, str]:
    """What the marks mean, in the order of the legend."""
    return {
        DIAMOND: _('緊急の応援'),
        TRIANGLE: _('要対応'),
        SQUARE: _('満員'),
        CIRCLE: _('開設中'),
        RING: _('開設中(人数が未確認)'),
        DOT: _('未開設・閉鎖'),
    }


def order_words() -> dict[str, str]:
    """By what the table can be sorted."""
    return {
        str(order): words
        for order, words in {
            Order.ATTENTION: _('要対応の順'),
            Order.PEOPLE: _('避難者の多い順'),
            Order.FULLNESS: _('混んでいる順'),
            Order.OLDEST: _('時点の古い順'),
            Order.NAME: _('名称の順'),
        }.items()
    }


def filter_words() -> dict[str, str]:
    """Which states can be looked at."""
    states = {str(state): words for state, words in state_words().items()}
    return {'': _('すべて'), OPEN: _('開いている避難所'), **states}


def people_lines(figures: ShelterFigures) -> tuple[str, ...]:
    """People inside, how that number came about, and who is looked after outside."""
    if figures.people is None:
        return (_('未確認') if figures.is_open else '',)
    known = _('数えた {counted} / 登録 {registered}')
    known = known.format(counted=f'{figures.counted:,}', registered=f'{figures.registered:,}')
    outside = figures.in_cars + figures.at_home + figures.elsewhere
    around = _('外 {count}').format(count=f'{outside:,}') if outside else ''
    return _('{count}人').format(count=f'{figures.people:,}'), known, around


def room_lines(figures: ShelterFigures) -> tuple[str, ...]:
    """How full it is."""
    if figures.places is None:
        return (_('未入力'),)
    places = _('{count}人').format(count=f'{figures.places:,}')
    return (f'{figures.percent}%' if figures.percent is not None else '', _('定員 {places}').format(places=places))


def request_lines(figures: ShelterFigures) -> tuple[str, ...]:
    """Requests that have not arrived, beyond those that wait for headquarters."""
    others = figures.requests - figures.requests_to_decide
    return (_('届いていない要請 {count}件').format(count=others),) if others else ()


def time_lines(figures: ShelterFigures, now: datetime) -> tuple[str, ...]:
    """How old the figures are, and the last report that somebody signed."""
    age = age_words(figures.as_of, now) if figures.as_of or figures.is_open else ''
    if figures.reported_at is None:
        return age, _('報告 なし') if figures.is_open else ''
    return age, _('報告 {at}').format(at=short_time(figures.reported_at, now.date()))


def box_name(line: Line) -> str:
    """Whose figures these are; those of this box need no name."""
    return '' if line.box.is_own else line.box.name
