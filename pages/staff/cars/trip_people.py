"""Who went along on a trip: passengers and second drivers (交代運転者), and the breath tests of the latter."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.people.names import Named
from app.runtime import Box, Condition
from app.vehicles.alcohol_values import CheckRefused, Method, Phase
from app.vehicles.correctable import Value
from app.vehicles.corrections import LONGEST_REASON, CorrectionRefused, Corrections
from app.vehicles.record_words import method_word, phase_word
from app.vehicles.run_record import RunRecord, TripEntry
from app.vehicles.second_checks import SecondCheck, SecondCheckProblem, SecondCheckRefused, record_second_check
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, many_lines, plain_form, selection
from pages.guarded import drawn, guarded_post
from pages.staff.addresses import TRIPS
from pages.staff.cars.paper import confirmers, paper_problem_words, posted_breath, posted_confirmer
from pages.staff.cars.people import person_name, staff_with
from pages.staff.cars.values import WrongValue, local_value, number_of, time_of
from pages.staff.cars.words import correction_problem_words, field_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

PEOPLE = '/staff/trips/{trip}/people'
SECOND_CHECK = '/staff/trips/{trip}/second-check'
BETWEEN_NUMBERS = re.compile(r'[\s,、]+')
BETWEEN_NAMES = re.compile(r'[\n,、,]+')
MOST_LETTERS = 200
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the targets of both forms."""

    @guarded_post(PEOPLE, permission=Permission.MANAGE_CARS)
    async def people(request: Request, trip: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        found = await RunRecord(box.reading, box.vault).get(trip)
        if found is None:
            return RedirectResponse(TRIPS, status_code=303)
        if problem := await _changed(box, found, form):
            return drawn(request, lambda: _draw_people_page(found, form, problem), REFUSED_STATUS)
        return RedirectResponse(f'{TRIPS}/{trip}?done=corrected', status_code=303)

    @guarded_post(SECOND_CHECK, permission=Permission.MANAGE_CARS)
    async def second_check(request: Request, trip: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        found, known = await RunRecord(box.reading, box.vault).get(trip), await confirmers(box)
        if found is None:
            return RedirectResponse(TRIPS, status_code=303)
        if problem := await _checked(box, found, form):
            return drawn(request, lambda: _draw_check_page(found, form, known, problem), REFUSED_STATUS)
        return RedirectResponse(f'{TRIPS}/{trip}?done=entered', status_code=303)


def draw_people(found: TripEntry, form: Mapping[str, str], problem: str = '') -> None:
    """The form that says who went along."""
    words, trip = field_words(), found.trip
    numbers, passengers = map(_numbers_of, (found.second_drivers, found.passenger_staff))
    with element('section', 'section panel', aria_label=_('同乗者と交代運転者')):
        text('h2', _('同乗者と交代運転者'), 'section-title')
        text('p', _('途中で運転を代わる人には、その人の酒気帯び確認も要ります。元の値は記録簿に残ります。'), 'quiet')
        with plain_form(f'{TRIPS}/{trip.id}/people', _('記入する'), error=problem):
            told = _('次の2つに書いた人のほうが多いときは、その人数になります。')
            count = form.get('passengers', str(trip.passengers))
            entry('passengers', words['passengers'], count, kind='number', hint=told)
            hint = _('複数のときは空白で区切ります。いないときは空のままにします。')
            label, shown = _('同乗した職員の職員番号'), form.get('passenger_staff', passengers)
            entry('passenger_staff', label, shown, most=MOST_LETTERS, hint=hint)
            told = _('複数のときは「、」で区切ります。氏名を残さないときは空のままにします。')
            label, shown = _('職員でない同乗者の氏名'), form.get('passenger_names', trip.passenger_names)
            entry('passenger_names', label, shown, most=MOST_LETTERS, hint=told)
            label, shown = _('交代運転者の職員番号'), form.get('second_drivers', numbers)
            entry('second_drivers', label, shown, most=MOST_LETTERS, hint=hint)
            reason = form.get('reason', _('同乗者・交代運転者の記入'))
            many_lines('reason', _('記入の理由'), reason, required=True, most=LONGEST_REASON)


def draw_second_check(found: TripEntry, form: Mapping[str, str], known: Mapping[str, str], problem: str = '') -> None:
    """The form for a breath test of a second driver; nothing where there is none."""
    trip = found.trip
    if not trip.second_drivers:
        return
    drivers = dict(zip(map(str, trip.second_drivers), map(person_name, found.second_drivers), strict=True))
    phases = {str(phase): phase_word(phase) for phase in Phase}
    methods = {str(method): method_word(method) for method in Method}
    with element('section', 'section panel', aria_label=_('交代運転者の酒気帯び確認を入力')):
        text('h2', _('交代運転者の酒気帯び確認を入力'), 'section-title')
        text('p', _('確認した日時と測定値を、書き留めたとおりに入力します。'), 'quiet')
        with plain_form(f'{TRIPS}/{trip.id}/second-check', _('酒気帯び確認を入力する'), error=problem):
            selection('driver', field_words()['second_drivers'], drivers, form.get('driver', ''))
            selection('phase', _('区分'), phases, form.get('phase', ''))
            at = form.get('checked_at', local_value(trip.out_at))
            entry('checked_at', _('確認の日時'), at, kind='datetime-local', required=True)
            selection('confirmer', _('酒気帯びを確認した人'), known, form.get('confirmer', ''))
            selection('method', _('確認の方法'), methods, form.get('method', str(Method.FACE_TO_FACE)))
            value = form.get('breath', '')
            entry('breath', _('測定値(mg/L)'), value, kind='number', step='0.01', required=True)
            entry('checker', _('検知器の製造番号'), form.get('checker', ''), most=64)


async def _changed(box: Box, found: TripEntry, form: Mapping[str, str]) -> str:
    actor, words = actor_of(require(current_principal(), Permission.MANAGE_CARS)), field_words()
    try:
        drivers, staff = [await _posted_staff(box, form, name) for name in ('second_drivers', 'passenger_staff')]
        names = [name.strip() for name in BETWEEN_NAMES.split(form.get('passenger_names', '')) if name.strip()]
        passengers = number_of(form.get('passengers', ''), words['passengers']) or 0
        changes: dict[str, Value] = {
            'second_drivers': drivers,
            'passenger_staff': staff,
            'passenger_names': '、'.join(names),
            'passengers': max(passengers, len(staff) + len(names)),
        }
        corrections = Corrections(box.vault, box.journal, box.vehicles.trips)
        await corrections.correct(found.trip.id, changes, form.get('reason', ''), actor)
    except WrongValue as wrong:
        return str(wrong)
    except CorrectionRefused as refused:
        return correction_problem_words(refused.problem, refused.field)
    return ''


async def _posted_staff(box: Box, form: Mapping[str, str], name: str) -> tuple[UUID, ...]:
    numbers = filter(None, BETWEEN_NUMBERS.split(unicodedata.normalize('NFKC', form.get(name, ''))))
    return tuple([(await staff_with(box, one, field_words()[name])).id for one in numbers])


def _numbers_of(people: Iterable[Named]) -> str:
    return ' '.join(person.number for person in people)


async def _checked(box: Box, found: TripEntry, form: Mapping[str, str]) -> str:
    try:
        check = await _posted_check(box, found, form)
        await record_second_check(box.vehicles.alcohol, found.trip, check)
    except SecondCheckRefused as refused:
        return _problem_words(refused.problem)
    except (WrongValue, CheckRefused) as error:
        return paper_problem_words(error)
    return ''


async def _posted_check(box: Box, found: TripEntry, form: Mapping[str, str]) -> SecondCheck:
    label = _('確認の日時')
    breath, checked_at = await posted_breath(box, form), time_of(form.get('checked_at', ''), label)
    if breath is None or checked_at is None:
        raise WrongValue(_('確認の日時と測定値を入れてください。'))
    driver = next((each for each in found.trip.second_drivers if str(each) == form.get('driver', '')), None)
    if driver is None or form.get('phase', '') not in list(Phase):
        raise WrongValue(_('交代運転者と区分を選び直してください。'))
    return SecondCheck(
        driver=driver,
        phase=Phase(form['phase']),
        checked_at=checked_at,
        confirmer=await posted_confirmer(box, form),
        breath=breath,
    )


def _problem_words(problem: SecondCheckProblem) -> str:
    return {
        SecondCheckProblem.NOT_SECOND_DRIVER: _('交代運転者と区分を選び直してください。'),
        SecondCheckProblem.TIME_AHEAD: _('これから先の日時は入力できません。'),
        SecondCheckProblem.NOT_OF_THIS_TRIP: _(
            '運転前の確認は帰着より前、運転後の確認は出発より後の日時にしてください。'
        ),
    }[problem]


def _draw_people_page(found: TripEntry, form: Mapping[str, str], problem: str) -> None:
    with staff_page(found.plate, TRIPS):
        draw_people(found, form, problem)
        text('a', _('この運行記録へ戻る'), '', href=f'{TRIPS}/{found.trip.id}')


def _draw_check_page(found: TripEntry, form: Mapping[str, str], known: Mapping[str, str], problem: str) -> None:
    with staff_page(found.plate, TRIPS):
        draw_second_check(found, form, known, problem)
        text('a', _('この運行記録へ戻る'), '', href=f'{TRIPS}/{found.trip.id}')
