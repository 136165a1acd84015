"""`/staff/headquarters/ledger`: the disaster victims' ledger (被災者台帳) as XLSX or CSV, with a purpose."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request, Response

from app import clock
from app.access.principals import Permission, StaffPrincipal, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.language import _
from app.runtime import Box, Condition
from app.shelters.ledger.service import LONGEST_PURPOSE, PurposeMissing
from app.shelters.ledger.sheet import LedgerWords, ledger_sheet
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import many_lines, plain_form, selection, tick
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import HEADQUARTERS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.people_words import (
    left_for_words,
    need_words,
    place_words,
    sex_words,
    stay_words,
    urgency_words,
)

LEDGER = '/staff/headquarters/ledger'
TAKE = '/staff/headquarters/ledger/take'
KINDS = {
    'xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'csv': 'text/csv; charset=utf-8',
}
REFUSED_STATUS, BUSY_STATUS = 422, 503


def register(condition: Condition) -> None:
    """Open the page and the file."""

    @guarded_page(LEDGER, permission=Permission.COMMAND_SHELTERS)
    def ledger() -> None:
        _draw({})

    @guarded_post(TAKE, permission=Permission.COMMAND_SHELTERS)
    async def take(request: Request) -> Response:
        principal = require(current_principal(), Permission.COMMAND_SHELTERS)
        box, form = condition.require_box(), await posted(request)
        try:
            return await _taken(box, form, principal)
        except PurposeMissing:
            problem = _('提供先と目的を300文字までで入れてください。')
            return drawn(request, lambda: _draw(form, problem), REFUSED_STATUS)
        except ChildError:
            problem = _('いまは作れません。少し待ってからもう一度試してください。')
            return drawn(request, lambda: _draw(form, problem), BUSY_STATUS)


def ledger_words() -> LedgerWords:
    """How the pages of people say it."""
    return LedgerWords(
        sexes=sex_words(),
        needs=need_words(),
        urgencies=urgency_words(),
        places=place_words(),
        states=stay_words(),
        left_for=left_for_words(),
    )


async def _taken(box: Box, form: Mapping[str, str], principal: StaffPrincipal) -> Response:
    practice, kind = form.get('practice') == '1', 'csv' if form.get('format') == 'csv' else 'xlsx'
    with_protected = form.get('protected') == '1' and is_allowed(principal, Permission.SEE_PROTECTED)
    entries = await box.shelters.ledger.take(
        actor_of(principal), form.get('purpose', ''), practice=practice, with_protected=with_protected
    )
    made_at = clock.now()
    source = box.settings.name
    sheet = ledger_sheet(entries, ledger_words(), made_at=made_at, source=source, practice=practice)
    content = await (box.documents.render_csv(sheet) if kind == 'csv' else box.documents.render_xlsx([sheet]))
    name = quote(f'{sheet.title}_{made_at:%Y%m%d_%H%M}.{kind}')
    disposition = f'attachment; filename="ledger.{kind}"; filename*=UTF-8\'\'{name}'
    headers = {'Content-Type': KINDS[kind], 'Content-Disposition': disposition, 'Cache-Control': 'no-store'}
    return Response(content, headers=headers)


def _draw(form: Mapping[str, str], problem: str = '') -> None:
    with staff_page(_('被災者台帳'), HEADQUARTERS):
        text('a', _('災害対策本部へ戻る'), '', href=HEADQUARTERS)
        text('p', _('避難所で聞き取った人を、災害対策基本法90条の3の項目で1つの表にします。'))
        words = _('氏名のない記録は入りません。住民基本台帳と罹災証明書の情報は、この箱にはありません。')
        message_box(MessageKind.WARNING, _('個人情報です。だれが、何のために出力したかを記録簿に残します。'), words)
        with element('section', 'section', aria_label=_('出力する')):
            text('h2', _('出力する'), 'section-title')
            with plain_form(TAKE, _('台帳を出力する'), error=problem):
                hint = _('災害対策基本法90条の4で提供できる相手と目的を書きます。')
                purpose = form.get('purpose', '')
                many_lines('purpose', _('提供先と目的'), purpose, hint=hint, required=True, most=LONGEST_PURPOSE)
                kinds = {'xlsx': _('Excel(XLSX)'), 'csv': 'CSV'}
                selection('format', _('形式'), kinds, form.get('format', 'xlsx'))
                tick('practice', _('訓練の記録を出力する'), form.get('practice') == '1')
                if is_allowed(current_principal(), Permission.SEE_PROTECTED):
                    tick('protected', _('保護が必要な方とその世帯も入れる'), form.get('protected') == '1')
                    text('p', _('保護が必要な方とその世帯の方は、1人ずつ、目的とともに記録簿に残ります。'), 'quiet')
