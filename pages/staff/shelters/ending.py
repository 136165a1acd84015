"""`/staff/shelters/ending`: when a disaster is over, what is kept is exported and people are made nameless."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.ending.certificate import key_text
from app.shelters.ending.paper import certificate_sheet
from app.shelters.ending.proof import Proof, prove
from app.shelters.ending.values import LONGEST_REASON, EndingInfo, EndingRefused, Found, Scope, State
from app.shelters.ending.words import problem_words
from app.shelters.numbers import read_number
from app.shelters.places import ShelterInfo
from app.storage.vault import RecordClass
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_ENDING
from pages.staff.cars.values import is_ticked
from pages.staff.forms import posted
from pages.staff.shelters.ending_view import Facts, draw, living_of
from pages.staff.shelters.people import is_uuid

PROPOSE, DRILL = f'{SHELTER_ENDING}/propose', f'{SHELTER_ENDING}/drill'
HOLD = f'{SHELTER_ENDING}/hold'
ONE = f'{SHELTER_ENDING}/{{ending}}'
REFUSED_STATUS, BUSY_STATUS = 422, 503
WHO = Permission.COMMAND_SHELTERS


@dataclass(frozen=True, slots=True)
class _Page:
    condition: Condition

    @property
    def box(self) -> Box:
        return self.condition.require_box()

    async def refused(self, request: Request, problem: str, status: int = REFUSED_STATUS) -> Response:
        facts = await facts_of(self.box)
        return drawn(request, lambda: draw(facts, problem=problem), status)


def register(condition: Condition) -> None:
    """Open the page and the targets of its forms."""
    page = _Page(condition)
    _register_holds_and_drills(page)
    policies.register(f'{ONE}/certificate', permission=WHO)

    @guarded_page(SHELTER_ENDING, permission=WHO)
    async def ending_page(done: str = '') -> None:
        draw(await facts_of(page.box), done=done)

    @guarded_post(PROPOSE, permission=WHO)
    async def propose(request: Request) -> Response:
        form = await posted(request)
        scope = Scope(shelter=is_uuid(form.get('shelter', '')))
        try:
            await page.box.shelters.endings.propose(scope, form.get('reason', ''), _actor())
        except EndingRefused as error:
            return await page.refused(request, problem_words(error))
        return _done('proposed')

    @guarded_post(f'{ONE}/export', permission=WHO)
    async def export(request: Request, ending: UUID) -> Response:
        try:
            made = await page.box.shelters.endings.export(ending, page.box.settings.name, _actor())
        except EndingRefused as error:
            return await page.refused(request, problem_words(error))
        disposition = f'attachment; filename="{made.name}"'
        headers = {'Content-Disposition': disposition, 'Cache-Control': 'no-store'}
        return Response(made.content, media_type='application/octet-stream', headers=headers)

    @guarded_post(f'{ONE}/approve', permission=WHO)
    async def approve(request: Request, ending: UUID) -> Response:
        box, form = page.box, await posted(request)
        try:
            await box.shelters.endings.approve(ending, form.get('letters', ''), _actor())
        except EndingRefused as error:
            return await page.refused(request, problem_words(error))
        box.upkeep.once('anonymising', box.shelters.anonymiser.carry_out)
        return _done('approved')

    @guarded_post(f'{ONE}/withdraw', permission=WHO)
    async def withdraw(request: Request, ending: UUID) -> Response:
        try:
            await page.box.shelters.endings.withdraw(ending, _actor())
        except EndingRefused as error:
            return await page.refused(request, problem_words(error))
        return _done('withdrawn')

    @guarded_post(f'{ONE}/prove', permission=WHO)
    async def prove_again(request: Request, ending: UUID) -> Response:
        box = page.box
        info = await box.shelters.endings.get(ending)
        if info is None or info.state is not State.FINISHED:
            return RedirectResponse(SHELTER_ENDING, status_code=303)
        found: Proof = await box.reading.read(lambda rows: prove(rows, box.vault, info))
        facts = await facts_of(box)
        return drawn(request, lambda: draw(facts, proof=found), 200)

    @app.get(f'{ONE}/certificate', include_in_schema=False)
    async def certificate(request: Request, ending: UUID) -> Response:
        box = page.box
        info = await box.shelters.endings.get(ending)
        if info is None or info.certificate is None:
            return RedirectResponse(SHELTER_ENDING, status_code=303)
        sheet = certificate_sheet(info, await _names(box, info), box.settings.name, key_text(box.vault.public_key))
        try:
            content = await box.documents.render_pdf([sheet])
        except ChildError:
            return await page.refused(request, _('いまは作れません。少し待ってください。'), BUSY_STATUS)
        name = quote(f'匿名化の証明_{info.finished_at:%Y%m%d}.pdf')
        disposition = f'inline; filename="certificate.pdf"; filename*=UTF-8\'\'{name}'
        return Response(content, media_type='application/pdf', headers={'Content-Disposition': disposition})


def _register_holds_and_drills(page: _Page) -> None:
    @guarded_post(DRILL, permission=WHO)
    async def drill(request: Request) -> Response:
        form, box = await posted(request), page.box
        shelter, is_sure = is_uuid(form.get('drill', '')), is_ticked(form, 'sure')
        try:
            await box.shelters.endings.throw_away_drill(shelter, form.get('why', ''), _actor(), is_sure=is_sure)
        except EndingRefused as error:
            return await page.refused(request, problem_words(error))
        box.upkeep.once('anonymising', box.shelters.anonymiser.carry_out)
        return _done('approved')

    @guarded_post(HOLD, permission=WHO)
    async def hold(request: Request) -> Response:
        form, box = await posted(request), page.box
        number, reason = read_number(form.get('number', '')), form.get('hold_reason', '').strip()[:LONGEST_REASON]
        person = await box.shelters.evacuees.by_number(number) if number else None
        if person is None or not box.vault.has_key((person.id, RecordClass.SHELTER)):
            return await page.refused(request, _('その番号の避難者はいません。'))
        if form.get('release'):
            await box.holds.release([person.id], _actor())
            return _done('released')
        if not reason:
            return await page.refused(request, _('保留にする理由を入れてください。'))
        await box.holds.hold([person.id], (person.id, RecordClass.SHELTER), reason, _actor())
        return _done('held')


async def facts_of(box: Box) -> Facts:
    """What the page shows."""
    infos, shelters = await box.shelters.endings.all(), await box.shelters.register.all()
    living = living_of(infos)
    names: dict[str, str] = {}
    for info in infos:
        names |= await _names(box, info)
    return Facts(
        infos=tuple(infos),
        found=await box.shelters.endings.look(living.scope if living else Scope()),
        drill=await _drill(box),
        closed=tuple(_closed(shelters)),
        practising=tuple(one for one in shelters if one.practice),
        names=names,
        can_export=bool(box.settings.shelters.recipients),
    )


async def _drill(box: Box) -> Found:
    return await box.shelters.endings.look(Scope(practice=True))


def _closed(shelters: list[ShelterInfo]) -> list[ShelterInfo]:
    return [one for one in shelters if str(one.state) == 'closed' and not one.practice]


async def _names(box: Box, info: EndingInfo) -> dict[str, str]:
    """Of the staff who decided; whoever is no member of staff is told by their id."""
    found: dict[str, str] = {}
    for actor in {info.proposed_by, info.approved_by} - {''}:
        staff = is_uuid(actor)
        person = await box.staff.get(staff) if staff else None
        found[actor] = person.name if person else actor
    return found


def _actor() -> Actor:
    return actor_of(require(current_principal(), WHO))


def _done(done: str) -> Response:
    return RedirectResponse(f'{SHELTER_ENDING}?done={done}', status_code=303)
