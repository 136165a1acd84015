"""The left side of the car desk: how to begin, or what is known so far."""

from html import escape

from app import clock
from app.language import _
from app.vehicles.screens import CarDeskView, Step
from components.clock import big_clock
from components.elements import box, set_attributes, set_text, symbol, text
from components.times import short_time
from pages.kiosk.car_parts import kilometres
from pages.kiosk.trouble_words import reader_words, whom_words

UNDECIDED = (Step.CAPACITY, Step.DIRECTION)


class CarSide:
    """Built once; a step changes its words only."""

    def __init__(self) -> None:
        with box('aside', 'car-side', tabindex='0'):
            big_clock()
            with box('div', 'car-prompt', role='status'):
                symbol('prompt')
                self._title = text('p', '', 'prompt-title')
                self._detail = text('p', '', 'prompt-detail')
            self._summary = box('dl', 'car-summary')
            with box('div', 'car-duty'):
                self._guard = text('p', '', 'duty-guard')
                self._reservations = text('p', '', 'duty-reservations')
                self._warnings = text('p', '', 'duty-warnings')

    def show(self, view: CarDeskView, *, recorded: str = '') -> None:
        """Draw what differs; `recorded` is said instead of the usual words below the prompt."""
        self._show_prompt(view, recorded)
        set_attributes(self._summary, innerHTML=_summary(view))
        on_duty = _('守衛 {guard}').format(guard=view.guard)
        set_text(self._guard, on_duty if view.guard else _('守衛の方は、先にカードをタッチしてください'))
        set_text(self._reservations, _age_of_reservations(view))
        set_text(self._warnings, '\n'.join(view.warnings))

    def _show_prompt(self, view: CarDeskView, recorded: str) -> None:
        if view.reader == 'ready':
            set_text(self._title, _('カードをタッチしてください'))
            set_text(self._detail, recorded or _('貸出も返却も、はじめはタッチです'))
            return
        words = reader_words(view.reader)
        parts = (words.detail, words.next_step, whom_words(view.whom_to_call) if words.call else '')
        set_text(self._title, words.title)
        set_text(self._detail, '\n'.join(part for part in parts if part))


def _age_of_reservations(view: CarDeskView) -> str:
    if view.reservations_as_of is None or not (view.is_stale or view.is_from_file):
        return ''
    told = _('予約は {time} 現在です。Garoonにつながっていません')
    if view.is_from_file:
        told = _('予約は {time} に取り込んだものです')
    return told.format(time=short_time(view.reservations_as_of, clock.today()))


def _summary(view: CarDeskView) -> str:
    if view.step in (Step.BOARD, Step.PROBLEM, Step.DONE):
        return ''
    return ''.join(f'<dt>{escape(word)}</dt><dd>{escape(value)}</dd>' for word, value in _facts(view) if value)


def _facts(view: CarDeskView) -> list[tuple[str, str]]:
    measured = (
        '' if view.breath is None else _('確認中') if view.is_positive else _('{value} mg/L').format(value=view.breath)
    )
    return [
        (_('手続き'), '' if view.step in UNDECIDED else _('返却') if view.is_return else _('貸出')),
        (_('運転する方'), view.driver),
        (_('車'), ' '.join(part for part in (view.plate, view.car_name) if part)),
        (_('返却予定'), short_time(view.due_at, clock.today()) if view.due_at and not view.is_return else ''),
        (_('行き先'), view.destination),
        (_('用件'), view.purpose),
        (_('アルコール'), measured),
        (_('確認者'), view.confirmer or view.guard if measured else ''),
        (_('メーター'), '' if view.odometer is None else kilometres(view.odometer)),
    ]
