"""`/staff/headquarters/handing-over`: the paper for the staff of the next day, and since when it tells of changes."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from fastapi import Request, Response

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.headquarters.paper import Handing, handing_sheets
from app.shelters.headquarters.snapshot import Snapshot
from components.elements import box as element
from components.elements import text
from components.plain_forms import plain_form, selection, tick
from components.plain_table import plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import HEADQUARTERS, SHELTER_HELPERS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.handouts_words import request_words
from pages.staff.shelters.people_words import urgency_words

HANDING_OVER = '/staff/headquarters/handing-over'
PRINT = '/staff/headquarters/handing-over/print'
BUSY_STATUS = 503


def register(condition: Condition) -> None:
    """Open the page and the paper."""

    @guarded_page(HANDING_OVER, permission=Permission.COMMAND_SHELTERS)
    async def handing_over(practice: str = '') -> None:
        handings = condition.require_box().shelters.handings_over
        _draw(await handings.last(practice=bool(practice)), practice=bool(practice))

    @guarded_post(PRINT, permission=Permission.COMMAND_SHELTERS)
    async def paper(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        box, form = condition.require_box(), await posted(request)
        try:
            return await _printed(box, form, actor)
        except ChildError:
            practice = form.get('practice') == '1'
            last = await box.shelters.handings_over.last(practice=practice)
            problem = _('いまは作れません。少し待ってからもう一度試してください。')
            return drawn(request, lambda: _draw(last, practice=practice, problem=problem), BUSY_STATUS)


async def _printed(box: Box, form: Mapping[str, str], actor: Actor) -> Response:
    practice = form.get('practice') == '1'
    last = await box.shelters.handings_over.last(practice=practice)
    chosen = next((one for one in last if str(one.id) == form.get('since')), None)
    shelters = box.shelters
    board = await shelters.headquarters.board(practice=practice)
    handing = Handing(
        board=board,
        before=chosen or next(iter(last), None),
        requests=await shelters.handouts.requests.open(None, practice=practice),
        calls=[call for call in await shelters.reception.calls.open_everywhere() if call.help.practice is practice],
        practice=practice,
        source=box.settings.name,
        urgencies=urgency_words(),
        request_states=request_words(),
    )
    content = await box.documents.render_pdf(handing_sheets(handing))
    await shelters.handings_over.hand_over(board, actor, practice=practice)
    name = quote(f'{_("本部の引き継ぎ")}_{board.now:%Y%m%d_%H%M}.pdf')
    disposition = f'inline; filename="handing-over.pdf"; filename*=UTF-8\'\'{name}'
    headers = {'Content-Disposition': disposition, 'Cache-Control': 'no-store'}
    return Response(content, media_type='application/pdf', headers=headers)


def _draw(last: Sequence[Snapshot], *, practice: bool, problem: str = '') -> None:
    with staff_page(_('本部の引き継ぎ'), HEADQUARTERS):
        text('a', _('災害対策本部へ戻る'), '', href=HEADQUARTERS)
        if practice:
            text('p', _('訓練'), 'practice-mark')
        text('p', _('開いている避難所、数字、終わっていない要請と応援、前回から変わったことを1つのPDFにします。'))
        text('a', _('避難所ごとの引き継ぎはこちらです。'), '', href=SHELTER_HELPERS)
        with element('section', 'section', aria_label=_('引き継ぎの用紙を作る')):
            text('h2', _('引き継ぎの用紙を作る'), 'section-title')
            with plain_form(PRINT, _('PDFを作る'), error=problem):
                if last:
                    since = {str(one.id): day_and_time(one.at) for one in last}
                    selection('since', _('どの引き継ぎと比べるか'), since)
                tick('practice', _('訓練の引き継ぎ'), practice)
        with element('section', 'section', aria_label=_('これまでの引き継ぎ')):
            text('h2', _('これまでの引き継ぎ'), 'section-title')
            headings = (_('時刻'), _('開いている避難所'), _('避難者'))
            empty = (_('まだ引き継ぎがありません'), _('PDFを作ると、その時点の数字が次の比較のもとになります。'))
            plain_table(headings, [_row(one) for one in last], empty=empty)


def _row(one: Snapshot) -> list[str]:
    return [
        day_and_time(one.at),
        _('{count}か所').format(count=f'{one.open:,}'),
        _('{count}人').format(count=f'{one.people:,}'),
    ]
