"""`/staff/messages/subscribers`: who gets messages, and LINE friends taken over by their user ids."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission
from app.language import _
from app.messages.delivery_list import SubscriberInfo
from app.messages.languages import Language, asked_language
from app.messages.subscriber_records import EndedBy, Wishes
from app.runtime import Condition
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import many_lines, plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from components.times import narrow_day
from pages.guarded import guarded_page, guarded_post
from pages.staff.acting import actor_for
from pages.staff.addresses import MESSAGES_SUBSCRIBERS
from pages.staff.messages.form import posted_notice
from pages.staff.messages.words import channel_words, subscriber_words
from pages.staff.navigation import staff_page

IMPORT = '/staff/messages/subscribers/import'
ONE = '/staff/messages/subscribers/{subscriber}'
END = '/staff/messages/subscribers/{subscriber}/end'
LONGEST_LIST = 4000
"""Letters of a list of user ids, about a hundred."""


def register(condition: Condition) -> None:
    """Open the list."""

    @guarded_page(MESSAGES_SUBSCRIBERS, permission=Permission.SEND_MESSAGES)
    async def subscribers(page: int = 1, added: int = -1, known: int = 0, wrong: int = 0, ended: int = 0) -> None:
        offset = offset_of(page)
        found, total = await condition.require_box().messages.list.subscribers(offset, ROWS_PER_PAGE)
        with staff_page(_('お知らせの登録者'), MESSAGES_SUBSCRIBERS):
            if added >= 0:
                words = _('{added}人を追加しました(登録済み{known}人、読めない行{wrong})').format(
                    added=added, known=known, wrong=wrong
                )
                message_box(MessageKind.WARNING if wrong else MessageKind.DONE, words)
            if ended:
                message_box(MessageKind.DONE, _('登録を終え、アドレスを消去しました。'))
            text('p', _('住民は {address} で登録できます。').format(address=_public_address(condition)))
            headings = (_('登録日'), _('方法'), _('宛先'), _('言葉'), _('知りたいこと・地区・配慮'), _('状態'))
            empty = (
                _('登録している人はまだいません'),
                _('上のアドレスを知らせるか、下でLINEの友だちを追加してください。'),
            )
            plain_table(headings, [_row(one) for one in found], empty=empty)
            pager(MESSAGES_SUBSCRIBERS, {}, offset, total)
            _draw_import()

    @guarded_post(IMPORT, permission=Permission.SEND_MESSAGES)
    async def take_over(request: Request) -> Response:
        box, fields = condition.require_box(), await posted_notice(request)
        actor = actor_for(box, Permission.SEND_MESSAGES)
        users = [line.strip() for line in fields.get('users', '').splitlines() if line.strip()]
        wishes = Wishes(language=asked_language(fields.get('language', ''), ''))
        taken = await box.messages.subscribers.import_line_users(users, wishes, actor)
        address = f'{MESSAGES_SUBSCRIBERS}?added={taken.added}&known={taken.known}&wrong={len(taken.wrong)}'
        return RedirectResponse(address, status_code=303)

    @guarded_page(ONE, permission=Permission.SEND_MESSAGES)
    async def one(subscriber: UUID) -> None:
        with staff_page(_('登録を終える'), MESSAGES_SUBSCRIBERS):
            text('p', _('この人にお知らせを送らなくなり、アドレスは消去されます。元に戻せません。'))
            action = f'{MESSAGES_SUBSCRIBERS}/{subscriber}/end'
            with plain_form(action, _('登録を終える'), careful=True):
                pass

    @guarded_post(END, permission=Permission.SEND_MESSAGES)
    async def end(subscriber: UUID) -> Response:
        box = condition.require_box()
        await box.messages.subscribers.end([subscriber], EndedBy.STAFF, actor_for(box, Permission.SEND_MESSAGES))
        return RedirectResponse(f'{MESSAGES_SUBSCRIBERS}?ended=1', status_code=303)


def _row(one: SubscriberInfo) -> list[Cell]:
    return [
        narrow_day(one.created_at.date()),
        channel_words(one.channel),
        Link(one.address or _('(まだありません)'), f'{MESSAGES_SUBSCRIBERS}/{one.id}'),
        one.language.own_name,
        Lines(tuple(_(tag) for tag in one.tags) or (_('すべて'),)),
        subscriber_words(one.state),
    ]


def _draw_import() -> None:
    with element('section', 'section', aria_label=_('LINEの友だちを追加する')):
        text('h2', _('LINEの友だちを追加する'), 'section-title')
        with plain_form(IMPORT, _('追加する'), with_files=True):
            hint = _('1行に1つ、Uで始まる33文字。一度に100人まで。')
            many_lines('users', _('ユーザーID'), hint=hint, required=True, most=LONGEST_LIST)
            selection('language', _('お知らせの言葉'), {one.value: one.own_name for one in Language})


def _public_address(condition: Condition) -> str:
    return f'{condition.settings.server.address}/subscribe'
