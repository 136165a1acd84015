"""`/staff/shelters/codes`: making sealed codes and printing them at once; nobody can read them again later."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.language import _
from app.runtime import Box, Condition
from app.shelters.places import ShelterInfo
from app.shelters.sealed_codes import MadeCode, shown_code
from app.shelters.sealed_sheet import sealed_sheet
from app.shelters.values import ShelterKind
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form, selection
from components.plain_table import plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_CODES, SHELTERS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.words import kind_words

PRINT = f'{SHELTER_CODES}/print'
MOST_SESSIONS = 8
CODES_SHOWN = 20
BUSY_STATUS = 503


@dataclass(slots=True)
class FreshCodes:
    """The codes that each session made last, in memory only, until they are printed by another or the box stops."""

    _by_session: OrderedDict[UUID, tuple[MadeCode, ...]] = field(default_factory=OrderedDict, repr=False)

    def put(self, session: UUID, made: Sequence[MadeCode]) -> None:
        """Keep them in place of earlier ones."""
        self._by_session.pop(session, None)
        self._by_session[session] = tuple(made)
        while len(self._by_session) > MOST_SESSIONS:
            self._by_session.popitem(last=False)

    def of(self, session: UUID) -> tuple[MadeCode, ...]:
        """What this session made last."""
        return self._by_session.get(session, ())


_fresh = FreshCodes()


def register(condition: Condition) -> None:
    """Open the page, the making and the printing."""
    policies.register(PRINT, permission=Permission.RUN_SHELTER)

    @guarded_page(SHELTER_CODES, permission=Permission.MANAGE_SHELTERS)
    async def codes_page() -> None:
        box = condition.require_box()
        _draw(await box.shelters.register.all(), await box.shelters.opening.codes.shelters_with_code())

    @guarded_post(SHELTER_CODES, permission=Permission.MANAGE_SHELTERS)
    async def make(request: Request) -> Response:
        return await _make(request, condition.require_box())

    @app.get(PRINT, include_in_schema=False)
    async def print_codes() -> Response:
        return await _print(condition.require_box())


async def show_codes(request: Request, box: Box, session: UUID, made: Sequence[MadeCode]) -> Response:
    """The new codes on the screen, with the way to the paper."""
    _fresh.put(session, made)
    names = {shelter.id: shelter.entry.name for shelter in await box.shelters.register.all()}
    return drawn(request, lambda: _draw_made(made, names))


async def _make(request: Request, box: Box) -> Response:
    principal = require(current_principal(), Permission.MANAGE_SHELTERS)
    form = await posted(request)
    chosen = await _chosen(box, form.get('shelter', ''), form.get('which', ''), form.get('kind', ''))
    if not chosen:
        return RedirectResponse(SHELTER_CODES, status_code=303)
    made = await box.shelters.opening.codes.make(chosen, actor_of(principal))
    return await show_codes(request, box, principal.session, made)


async def _chosen(box: Box, shelter: str, which: str, kind: str) -> list[UUID]:
    shelters = await box.shelters.register.all()
    if shelter:
        return [one.id for one in shelters if str(one.id) == shelter]
    having = await box.shelters.opening.codes.shelters_with_code() if which != 'all' else set()
    return [one.id for one in shelters if one.id not in having and kind in ('', one.entry.kind)]


async def _print(box: Box) -> Response:
    session = require(current_principal(), Permission.RUN_SHELTER).session
    names = {shelter.id: shelter.entry.name for shelter in await box.shelters.register.all()}
    address = box.settings.server.address
    sheets = [sealed_sheet(names.get(made.shelter, ''), made.code, address) for made in _fresh.of(session)]
    if not sheets:
        return RedirectResponse(SHELTERS, status_code=303)
    try:
        content = await box.documents.render_steps(sheets)
    except ChildError:
        words = _('いまは作れません。少し待ってからもう一度試してください。')
        return Response(words, BUSY_STATUS, media_type='text/plain; charset=utf-8')
    headers = {'Content-Disposition': 'inline; filename="opening-codes.pdf"', 'Cache-Control': 'no-store'}
    return Response(content, media_type='application/pdf', headers=headers)


def _draw(shelters: Sequence[ShelterInfo], having: set[UUID]) -> None:
    with staff_page(_('開設コード'), SHELTERS):
        text('p', _('住民が避難所を開けるためのコードです。紙に印刷し、封をして、鍵の箱に入れます。'))
        words = _('避難所 {total}か所のうち、使えるコードがあるのは {having}か所です。')
        text('p', words.format(total=f'{len(shelters):,}', having=f'{len(having):,}'))
        text('p', _('コードは作った直後にだけ印刷できます。箱はコードそのものを覚えていません。'), 'quiet')
        with plain_form(SHELTER_CODES, _('コードを作る')):
            which = {'missing': _('コードがない避難所だけ'), 'all': _('すべて作り直す(前の紙は使えなくなります)')}
            selection('which', _('どの避難所'), which, 'missing')
            kinds = {'': _('すべて'), **{str(kind): kind_words()[kind] for kind in ShelterKind}}
            selection('kind', _('種類'), kinds, str(ShelterKind.DESIGNATED))
        text('a', _('一覧へ戻る'), '', href=SHELTERS)


def _draw_made(made: Sequence[MadeCode], names: dict[UUID, str]) -> None:
    with staff_page(_('新しい開設コード'), SHELTERS):
        message_box(
            MessageKind.WARNING,
            _('{count}か所のコードを作りました。いま印刷してください。').format(count=f'{len(made):,}'),
            _('この画面を閉じると、二度と表示できません。封をして、鍵の箱に入れてください。'),
        )
        with element('div', 'buttons'):
            text('a', _('紙に印刷する(PDF)'), 'press press-main', href=PRINT, target='_blank')
            text('a', _('避難所の一覧へ'), 'press press-quiet', href=SHELTERS)
            if len(made) == 1:
                text('a', _('この避難所へ'), 'press press-quiet', href=f'{SHELTERS}/{made[0].shelter}')
        rows = [[names.get(one.shelter, ''), shown_code(one.code)] for one in made[:CODES_SHOWN]]
        plain_table((_('避難所'), _('開設コード')), rows, empty=('', ''))
        if len(made) > CODES_SHOWN:
            text('p', _('ほかに {count} 件あります').format(count=len(made) - CODES_SHOWN), 'quiet')
