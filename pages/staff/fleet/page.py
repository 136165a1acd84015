"""`/staff/fleet`: how many cars are right. The sentence first, everything behind it below."""

from collections.abc import Mapping
from dataclasses import replace

from fastapi import Request
from nicegui import ui

from app.access.principals import Permission
from app.children.supervisor import ChildError
from app.language import _
from app.runtime import Condition
from app.vehicles.fleet_sizing.sentence import honest_sentence
from app.vehicles.fleet_study import StillComputing, Study
from app.vehicles.fleet_what_if import Answer
from app.vehicles.ledger import VehicleInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_table import address
from components.theme import asset_url
from pages.guarded import guarded_page
from pages.staff.addresses import FLEET
from pages.staff.fleet import files
from pages.staff.fleet.asked import FleetQuery, read_query, usual_type
from pages.staff.fleet.forms import draw_period_form, draw_what_if_form
from pages.staff.fleet.tables import draw_answer, draw_report
from pages.staff.fleet.words import condition_words, named, type_words
from pages.staff.navigation import staff_page

LONGEST_WAIT_SECONDS = 30.0
PATIENCE_SECONDS = 3.0
ASK_AGAIN_SECONDS = 3


def register(condition: Condition) -> None:
    """Open `/staff/fleet` and its files."""

    @guarded_page(FLEET, permission=Permission.READ_TRIPS, response_timeout=LONGEST_WAIT_SECONDS)
    async def fleet(request: Request) -> None:
        box = condition.require_box()
        cars = await box.vehicles.ledger.all()
        query = read_query(request.query_params, usual_type(cars))
        study, problem = None, query.problem
        try:
            study = await box.fleet.study_within(query.asked, PATIENCE_SECONDS)
        except StillComputing:
            _draw_computing(query)
            return
        except ChildError:
            problem = _('いまは計算できません。少し待つか、期間を短くして、もう一度試してください。')
        with staff_page(_('適切な台数'), FLEET):
            ui.add_head_html(f'<link rel="stylesheet" href="{asset_url("charts.css")}">')
            if problem:
                message_box(MessageKind.WARNING, problem)
            _draw(query, study, cars, page_of(request.query_params))

    files.register(condition)


def _draw_computing(query: FleetQuery) -> None:
    with staff_page(_('適切な台数'), FLEET):
        ui.add_head_html(f'<meta http-equiv="refresh" content="{ASK_AGAIN_SECONDS}">')
        words = _('{first} から {last} までの記録を計算しています。').format(
            first=query.asked.first.isoformat(), last=query.asked.last.isoformat()
        )
        message_box(MessageKind.NOTE, words, _('このままお待ちください。終わると結果に変わります。'))


def page_of(parameters: Mapping[str, str]) -> int:
    """Which page of the refused trips; nonsense is the first."""
    given = parameters.get('page', '')
    return int(given) if given.isascii() and given.isdigit() and len(given) < 8 else 1


def _draw(query: FleetQuery, study: Study | None, cars: list[VehicleInfo], page: int) -> None:
    if study is None:
        empty_state(
            _('この期間の運行記録がありません'),
            _('貸出と返却が記録されると、ここで台数を検討できます。期間も確かめてください。'),
        )
        draw_period_form(query, sorted({car.entry.guard_room for car in cars}))
        return
    if study.answer:
        _draw_sentence(query, study.answer)
    draw_what_if_form(query)
    if study.answer:
        draw_answer(query, study.answer, page)
    with element('section', 'section', aria_label=_('実績')):
        text('h2', _('実績'), 'section-title')
        draw_period_form(query, study.report.sites)
        draw_report(query, study.report)


def _draw_sentence(query: FleetQuery, answer: Answer) -> None:
    with element('section', 'section panel', aria_label=_('結論')):
        text('p', honest_sentence(replace(answer.finding, car_type=named(answer.question))), 'fleet-sentence')
        text('p', _('条件: {words}').format(words=condition_words(answer)), 'quiet')
        if not answer.finding.trips:
            name = type_words()[answer.question.car_type]
            text('p', _('この期間に{type}の利用はありません。車種か期間を変えてください。').format(type=name))
        with element('div', 'buttons'):
            link = address(files.REPORT, query.given)
            text('a', _('報告書を作る(PDF)'), 'press press-main', href=link)
