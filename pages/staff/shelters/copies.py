"""`/staff/shelters/copies`: a copy for headquarters on a stick, and those of other boxes there."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.copies.values import MOST_BYTES, SUFFIX, CopyInfo, CopyRefused
from app.shelters.copies.words import problem_words
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import file_entry, plain_form
from components.plain_table import plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_COPIES
from pages.staff.navigation import staff_page
from pages.staff.shelters.copy_people import draw_copy

MAKE, STICK, READ = f'{SHELTER_COPIES}/make', f'{SHELTER_COPIES}/stick', f'{SHELTER_COPIES}/read'
ONE = f'{SHELTER_COPIES}/{{copy}}'
REFUSED_STATUS = 422


@dataclass(frozen=True, slots=True)
class _Facts:
    copies: list[CopyInfo]
    has_stick: bool
    can_read: bool


def register(condition: Condition) -> None:
    """Open the pages and the targets of the forms."""

    @guarded_page(SHELTER_COPIES, permission=Permission.RUN_SHELTER)
    async def copies(done: str = '') -> None:
        _draw(await _facts(condition.require_box()), done=done)

    @guarded_post(MAKE, permission=Permission.RUN_SHELTER)
    async def make(request: Request) -> Response:
        box, actor = condition.require_box(), actor_of(require(current_principal(), Permission.RUN_SHELTER))
        try:
            made = await box.copies.make(actor, practice=await _is_practice(box))
        except CopyRefused as error:
            return await _refused(request, box, error)
        headers = {'Content-Disposition': f'attachment; filename="{made.name}"', 'Cache-Control': 'no-store'}
        return Response(made.content, media_type='application/octet-stream', headers=headers)

    @guarded_post(STICK, permission=Permission.RUN_SHELTER)
    async def stick(request: Request) -> Response:
        box, actor = condition.require_box(), actor_of(require(current_principal(), Permission.RUN_SHELTER))
        folder = box.settings.shelters.stick
        if folder is None:
            return RedirectResponse(SHELTER_COPIES, status_code=303)
        try:
            await box.copies.put_on_stick(actor, folder, practice=await _is_practice(box))
        except CopyRefused as error:
            return await _refused(request, box, error)
        return RedirectResponse(f'{SHELTER_COPIES}?done=stick', status_code=303)

    @guarded_post(READ, permission=Permission.COMMAND_SHELTERS)
    async def read(request: Request) -> Response:
        box, actor = condition.require_box(), actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        async with request.form(max_files=1, max_fields=2) as form:
            file = form.get('copy')
            content = await file.read() if isinstance(file, UploadFile) else b''
        try:
            await box.copies.read_file(content, actor)
        except CopyRefused as error:
            return await _refused(request, box, error)
        return RedirectResponse(f'{SHELTER_COPIES}?done=read', status_code=303)

    @guarded_page(ONE, permission=Permission.COMMAND_SHELTERS)
    async def one(copy: UUID, page: int = 1) -> Response | None:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        found = await condition.require_box().copies.open(copy, actor)
        if found is None:
            return RedirectResponse(SHELTER_COPIES, status_code=303)
        draw_copy(found, page)
        return None

    policies.add(
        Policy(path=READ, audience=Audience.STAFF, permission=Permission.COMMAND_SHELTERS, largest_body=MOST_BYTES)
    )


async def _facts(box: Box) -> _Facts:
    may_read = is_allowed(current_principal(), Permission.COMMAND_SHELTERS)
    settings = box.settings.shelters
    found = await box.copies.newest() if may_read else []
    return _Facts(found, settings.stick is not None, settings.identity_file is not None)


async def _is_practice(box: Box) -> bool:
    here = await box.shelters.register.here()
    return bool(here and here.practice)


async def _refused(request: Request, box: Box, error: CopyRefused) -> Response:
    facts = await _facts(box)
    return drawn(request, lambda: _draw(facts, problem=problem_words(error)), REFUSED_STATUS)


def _draw(facts: _Facts, *, problem: tuple[str, str] | None = None, done: str = '') -> None:
    with staff_page(_('本部への写し'), SHELTER_COPIES):
        if problem:
            message_box(MessageKind.FAILURE, *problem)
        if words := {'stick': _('USBメモリーに書きました。'), 'read': _('写しを読み込みました。')}.get(done):
            message_box(MessageKind.DONE, words)
        _draw_making(facts)
        if is_allowed(current_principal(), Permission.COMMAND_SHELTERS):
            _draw_reading(facts)


def _draw_making(facts: _Facts) -> None:
    with element('section', 'section', aria_label=_('写しを作る')):
        text('h2', _('写しを作る'), 'section-title')
        text('p', _('回線が切れているとき、USBメモリーで本部へ届けます。本部の鍵がなければ、だれにも読めません。'))
        if facts.has_stick:
            with plain_form(STICK, _('箱のUSBメモリーに書く'), classes=''):
                pass
        with plain_form(MAKE, _('このパソコンにダウンロードする'), classes=''):
            pass


def _draw_reading(facts: _Facts) -> None:
    with element('section', 'section', aria_label=_('ほかの箱の写しを読み込む')):
        text('h2', _('ほかの箱の写しを読み込む'), 'section-title')
        if facts.can_read:
            with plain_form(READ, _('確かめて読み込む'), with_files=True):
                hint = _('{suffix} のファイル、{most} MB まで').format(suffix=SUFFIX, most=MOST_BYTES // 1_000_000)
                file_entry('copy', _('写し'), hint=hint, accept=SUFFIX)
        else:
            text('p', _('この箱には本部の鍵がありません(設定 shelters.identity_file)。'), 'quiet')
        rows = [[one.box_name, day_and_time(one.made_at), _told(one)] for one in facts.copies]
        plain_table((_('箱'), _('いつの写しか'), _('避難所')), rows, empty=(_('まだ読み込んだ写しはありません'), ''))
        for one in facts.copies:
            label = _('{box} の避難者を見る').format(box=one.box_name)
            with element('div', 'buttons'):
                text('a', label, 'press press-quiet', href=f'{SHELTER_COPIES}/{one.id}')


def _told(one: CopyInfo) -> str:
    mark = _('【訓練】') if one.practice else ''
    registered = sum(int(each['registered']) for each in one.figures)
    words = _('{count}か所、登録 {registered}人')
    return mark + words.format(count=f'{len(one.figures):,}', registered=f'{registered:,}')
