"""`/staff/shelters/helpers`: tasks, who takes them, and notes to the staff of the next day."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.needs.handing_over import Note
from app.shelters.needs.helpers import HelpRefused, TaskEntry, TaskInfo
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import entry, many_lines, plain_form
from components.times import day_and_time, hour_and_minute
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_HELPERS
from pages.staff.cars.values import WrongValue, number_of, time_of
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters

ACT = '/staff/shelters/{shelter}/helpers'
REFUSED_STATUS = 422
Act = Callable[[Box, ShelterInfo, Mapping[str, str], Actor], Awaitable[object]]


def register(condition: Condition) -> None:
    """Open the page, and what is written on it."""

    @guarded_page(SHELTER_HELPERS, permission=Permission.RUN_SHELTER)
    async def helpers(shelter: str = '') -> None:
        box = condition.require_box()
        chosen, others = await chosen_shelter(box, shelter), await open_shelters(box)
        tasks, notes = await _read(box, chosen)
        _draw(chosen, others, tasks, notes)

    @guarded_post(ACT, permission=Permission.RUN_SHELTER)
    async def act(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        chosen, wanted = await box.shelters.register.get(shelter), ACTS.get(form.get('act', ''))
        if chosen is None or wanted is None:
            return RedirectResponse(SHELTER_HELPERS, status_code=303)
        try:
            await wanted(box, chosen, form, actor)
        except (HelpRefused, WrongValue, ValueError) as refused:
            others, (tasks, notes) = await open_shelters(box), await _read(box, chosen)
            problem = _problem(refused)
            return drawn(request, lambda: _draw(chosen, others, tasks, notes, problem), REFUSED_STATUS)
        return RedirectResponse(f'{SHELTER_HELPERS}?shelter={shelter}', status_code=303)


async def _read(box: Box, shelter: ShelterInfo | None) -> tuple[Sequence[TaskInfo], Sequence[Note]]:
    if shelter is None:
        return (), ()
    needs, practice = box.shelters.needs, shelter.practice
    return await needs.helpers.tasks(shelter.id, practice=practice), await needs.notes.last(
        shelter.id, practice=practice
    )


async def _add(box: Box, shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    starts, ends = time_of(form.get('starts_at', ''), _('始まり')), time_of(form.get('ends_at', ''), _('終わり'))
    if starts is None or ends is None:
        raise HelpRefused('ends_at')
    helpers = number_of(form.get('helpers', ''), _('必要な人数')) or 0
    title, practice = form.get('title', ''), shelter.practice
    task = TaskEntry(
        shelter=shelter.id, title=title, helpers=helpers, starts_at=starts, ends_at=ends, practice=practice
    )
    await box.shelters.needs.helpers.add_task(task, actor)


async def _take(box: Box, _shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.needs.helpers.take(UUID(form.get('id', '')), form.get('name', ''), actor)


async def _end(box: Box, _shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.needs.helpers.end_task(UUID(form.get('id', '')), actor)


async def _give_back(box: Box, _shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.needs.helpers.give_back(UUID(form.get('id', '')), actor)


async def _write(box: Box, shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.needs.notes.write(shelter.id, form.get('note', ''), actor, practice=shelter.practice)


async def _take_in(box: Box, _shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.needs.notes.read(UUID(form.get('id', '')), actor)


ACTS: Mapping[str, Act] = {
    'add': _add,
    'take': _take,
    'end': _end,
    'give_back': _give_back,
    'note': _write,
    'read': _take_in,
}


def _problem(refused: Exception) -> str:
    if isinstance(refused, WrongValue):
        return str(refused)
    return {
        'title': _('仕事の名前を100文字までで入れてください。'),
        'helpers': _('必要な人数: 1から500までの数を入れてください。'),
        'ends_at': _('始まりと終わりを選んでください。終わりは始まりより後です。'),
        'name': _('名前を100文字までで入れてください。'),
        'note': _('引き継ぎを1000文字までで書いてください。'),
    }.get(str(refused), _('ほかの人が先に変えています。ページを開き直してください。'))


def _draw(
    shelter: ShelterInfo | None,
    others: list[ShelterInfo],
    tasks: Sequence[TaskInfo],
    notes: Sequence[Note],
    problem: str = '',
) -> None:
    with staff_page(_('仕事の分担と引き継ぎ'), SHELTER_HELPERS):
        draw_choice(SHELTER_HELPERS, shelter, others)
        if shelter is None:
            return
        if problem:
            text('p', problem, 'form-error', role='alert')
        action = f'/staff/shelters/{shelter.id}/helpers'
        _draw_notes(action, notes)
        _draw_tasks(action, tasks)


def _draw_notes(action: str, notes: Sequence[Note]) -> None:
    with element('section', 'section', aria_label=_('引き継ぎ')):
        text('h2', _('引き継ぎ'), 'section-title')
        for note in notes:
            with element('section', 'desk-card'):
                text('p', note.words, 'message-body')
                text('p', day_and_time(note.written_at), 'quiet')
                if note.read_at is None:
                    _draw_press(action, 'read', note.id, _('読んだ'))
                else:
                    read = _('{at} に読みました').format(at=day_and_time(note.read_at))
                    text('p', read, 'state', data_state='ready')
        with plain_form(action, _('引き継ぎを残す'), hidden={'act': 'note'}):
            many_lines('note', _('次の当番へ'), required=True, most=1000)


def _draw_tasks(action: str, tasks: Sequence[TaskInfo]) -> None:
    with element('section', 'section', aria_label=_('仕事の分担')):
        text('h2', _('仕事の分担'), 'section-title')
        if not tasks:
            empty_state(_('仕事がまだありません'), _('下で追加してください。'))
        for task in tasks:
            _draw_task(action, task)
        with plain_form(action, _('仕事を追加する'), hidden={'act': 'add'}):
            entry('title', _('仕事'), required=True, most=100)
            entry('helpers', _('必要な人数'), '1', kind='number', required=True, most=4)
            entry('starts_at', _('始まり'), kind='datetime-local', required=True)
            entry('ends_at', _('終わり'), kind='datetime-local', required=True)


def _draw_task(action: str, task: TaskInfo) -> None:
    with element('section', 'desk-card', aria_label=task.entry.title):
        text('h3', task.entry.title, 'needs-name')
        text('p', f'{day_and_time(task.entry.starts_at)}–{hour_and_minute(task.entry.ends_at)}')
        for helper in task.helpers:
            with element('div', 'needs-draft'):
                text('span', helper.name)
                _draw_press(action, 'give_back', helper.id, _('外す'))
        if task.lacking:
            text('p', _('あと{count}人').format(count=task.lacking), 'state', data_state='missing')
        with plain_form(action, _('引き受ける人を入れる'), hidden={'act': 'take', 'id': str(task.id)}):
            _draw_name(task)
        _draw_press(action, 'end', task.id, _('終わった'))


def _draw_name(task: TaskInfo) -> None:
    label = _('引き受ける人')
    text('label', label, 'field-label', for_=f'name-{task.id}')
    element('input', 'field-input', id=f'name-{task.id}', name='name', maxlength='100', autocomplete='off')


def _draw_press(action: str, act: str, subject: UUID, words: str) -> None:
    with element('form', '', method='post', action=action):
        element('input', '', type='hidden', name='act', value=act)
        element('input', '', type='hidden', name='id', value=str(subject))
        text('button', words, 'press press-quiet press-small', type='submit')
