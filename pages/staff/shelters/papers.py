"""`/staff/shelters/papers`: photographed forms that wait to be typed in."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.papers.service import NotWaiting, PaperInfo
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from components.plain_table import Cell, Link, plain_table
from components.times import day_and_time
from device_drivers.camera.picture_header import PictureError
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_PAPERS
from pages.staff.navigation import staff_page
from pages.staff.pictures import busy_words, picture_words, shown_picture
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.people import may_see_protected

UPLOAD = f'{SHELTER_PAPERS}/add'
ASIDE, PICTURE = f'{SHELTER_PAPERS}/{{photo}}/aside', f'{SHELTER_PAPERS}/{{photo}}/picture'
MOST_PHOTOS = 10
LARGEST_UPLOAD = 100 * 1024 * 1024
SHOWN = 50
SHOWN_FOR = '紙の登録票の入力'
REFUSED_STATUS = 422


@dataclass(frozen=True, slots=True)
class _Facts:
    shelter: ShelterInfo | None
    others: list[ShelterInfo]
    waiting: list[PaperInfo]
    count: int


def register(condition: Condition) -> None:
    """Open the list, the way for photos, and the photos."""
    policies.register(PICTURE, permission=Permission.RUN_SHELTER)

    @guarded_page(SHELTER_PAPERS, permission=Permission.RUN_SHELTER)
    async def papers(shelter: str = '', done: str = '') -> None:
        _draw(await _facts(condition.require_box(), shelter), done=done)

    @guarded_post(UPLOAD, permission=Permission.RUN_SHELTER)
    async def add(request: Request) -> Response:
        box, actor = condition.require_box(), _actor()
        async with request.form(max_files=MOST_PHOTOS, max_fields=4) as form:
            chosen = await chosen_shelter(box, str(form.get('shelter', '')))
            problems = []
            for file in form.getlist('photo'):
                if isinstance(file, UploadFile) and chosen is not None:
                    problem = await _added(box, chosen, file, actor)
                    problems += [(file.filename or '', problem)] if problem else []
        facts = await _facts(box, str(chosen.id) if chosen else '')
        if problems:
            return drawn(request, lambda: _draw(facts, problems=problems), REFUSED_STATUS)
        return RedirectResponse(f'{SHELTER_PAPERS}?shelter={chosen.id if chosen else ""}&done=added', status_code=303)

    @guarded_post(ASIDE, permission=Permission.RUN_SHELTER)
    async def aside(photo: UUID) -> Response:
        box = condition.require_box()
        info = await box.papers.get(photo)
        try:
            await box.papers.set_aside(photo, _actor())
        except NotWaiting:
            return RedirectResponse(f'{SHELTER_PAPERS}?done=other', status_code=303)
        return RedirectResponse(f'{SHELTER_PAPERS}?shelter={info.shelter if info else ""}&done=aside', status_code=303)

    @app.get(PICTURE, include_in_schema=False)
    async def picture(photo: UUID) -> Response:
        box, info = condition.require_box(), await condition.require_box().papers.get(photo)
        file = info.file if info is not None and await _may_see(box, info) else None
        return await shown_picture(box, file, SHOWN_FOR, Permission.RUN_SHELTER)

    policies.add(
        Policy(path=UPLOAD, audience=Audience.STAFF, permission=Permission.RUN_SHELTER, largest_body=LARGEST_UPLOAD)
    )


async def _facts(box: Box, asked: str) -> _Facts:
    shelter = await chosen_shelter(box, asked)
    waiting, count = await box.papers.waiting(shelter, SHOWN) if shelter else ([], 0)
    return _Facts(shelter, await open_shelters(box), waiting, count)


async def _added(box: Box, shelter: ShelterInfo, file: UploadFile, actor: Actor) -> str:
    """Why it was not taken; empty: it was."""
    try:
        await box.papers.add(shelter, await file.read(), actor)
    except PictureError as error:
        return picture_words(error.problem)
    except ChildError:
        return busy_words()
    return ''


async def _may_see(box: Box, info: PaperInfo) -> bool:
    person = await box.shelters.evacuees.get(info.evacuee) if info.evacuee else None
    return person is None or not person.details.protected or may_see_protected()


def _draw(facts: _Facts, *, problems: list[tuple[str, str]] | None = None, done: str = '') -> None:
    with staff_page(_('紙の登録票の入力'), SHELTER_PAPERS):
        for name, problem in problems or ():
            message_box(MessageKind.FAILURE, _('追加できない写真があります: {name}').format(name=name), problem)
        if words := _done_words().get(done):
            message_box(MessageKind.DONE, words)
        draw_choice(SHELTER_PAPERS, facts.shelter, facts.others)
        if facts.shelter is None:
            return
        _draw_waiting(facts)
        with element('section', 'section', aria_label=_('写真を追加する')):
            text('h2', _('写真を追加する'), 'section-title')
            text('p', _('1枚の紙を1枚の写真に、紙の全体とQRが入るように撮ります。暗号にして保存します。'), 'quiet')
            with plain_form(UPLOAD, _('追加する'), with_files=True, hidden={'shelter': str(facts.shelter.id)}):
                _draw_file_entry()


def _draw_file_entry() -> None:
    hint = _('JPEG か PNG、1枚 16 MB・2000万画素まで、一度に{most}枚まで').format(most=MOST_PHOTOS)
    with element('div', 'field'):
        text('label', _('写真'), 'field-label', for_='field-photo')
        text('p', hint, 'field-hint', id='field-photo-hint')
        field = element('input', 'field-input file-input', id='field-photo', name='photo', type='file')
        field.props['accept'] = 'image/jpeg,image/png'
        field.props['aria-describedby'] = 'field-photo-hint'
        field.props('multiple required')


def _draw_waiting(facts: _Facts) -> None:
    with element('section', 'section', aria_label=_('入力を待つ紙')):
        text('h2', _('入力を待つ紙 {count}枚').format(count=f'{facts.count:,}'), 'section-title')
        if facts.waiting:
            with element('div', 'buttons'):
                text('a', _('入力を始める'), 'press press-main', href=f'{SHELTER_PAPERS}/{facts.waiting[0].id}')
        rows: list[list[Cell]] = [
            [Link(day_and_time(one.added_at), f'{SHELTER_PAPERS}/{one.id}'), _('読めた') if one.code else _('なし')]
            for one in facts.waiting
        ]
        empty = (_('待っている紙はありません'), _('下で写真を追加します。'))
        plain_table((_('追加した日時'), _('QRの番号')), rows, empty=empty)


def _done_words() -> dict[str, str]:
    return {
        'added': _('写真を追加しました。'),
        'entered': _('入力しました。待っている紙はありません。'),
        'aside': _('写真を捨てました。'),
        'other': _('その紙は、ほかの人がもう入力したか、捨てています。'),
    }


def _actor() -> Actor:
    return actor_of(require(current_principal(), Permission.RUN_SHELTER))
