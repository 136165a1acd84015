"""The big answers of the car desk."""

from app import clock
from app.language import _
from app.vehicles.screens import CarDeskView
from components.elements import box, symbol, text
from components.times import short_time
from pages.kiosk.car_parts import CarController, kilometres
from pages.kiosk.cars_words import problem_words
from pages.kiosk.trouble_words import not_recording, whom_words


def draw_done(view: CarDeskView, controller: CarController) -> None:
    """The big answer; it goes by itself."""
    with box('div', 'step-answer'):
        symbol('in' if view.is_return else 'out')
        text('p', view.driver, 'answer-name')
        text('h1', _('返却しました') if view.is_return else _('貸出しました'), 'answer-title')
        if view.is_return and view.distance is not None:
            text('p', kilometres(view.distance), 'answer-number')
        if not view.is_return:
            text('p', _('鍵 {number}').format(number=view.key_number or '–'), 'answer-number')
        text('p', _done_detail(view), 'answer-detail')


def draw_problem(view: CarDeskView, controller: CarController) -> None:
    """Nobody is known at the desk: what is the matter, and what to do next."""
    if view.problem is None:
        return
    words = problem_words(view.problem)
    with box('div', 'step-answer'):
        symbol(words.symbol)
        text('h1', words.title, 'answer-title')
        text('p', words.next_step, 'answer-next')
        if words.call:
            text('p', whom_words(view.whom_to_call), 'answer-detail')


def draw_not_recording(view: CarDeskView) -> None:
    """The red screen."""
    with box('div', 'step-answer'):
        symbol('paper')
        text('h1', not_recording(), 'answer-title')
        text('p', whom_words(view.whom_to_call), 'answer-detail')


def _done_detail(view: CarDeskView) -> str:
    if view.is_return:
        return _('お疲れさまでした')
    due = _('返却予定 {time}').format(time=short_time(view.due_at, clock.today())) if view.due_at else ''
    return ' '.join(part for part in (view.plate, due) if part)
