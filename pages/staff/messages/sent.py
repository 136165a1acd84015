"""`/staff/messages/sent/…`: one notice, and how far each delivery got."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission
from app.language import _
from app.messages.delivery_list import DeliveryInfo, SentNotice
from app.messages.outbox import DeliveryState
from app.runtime import Condition
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, offset_of, pager, plain_table
from components.times import day_and_time, hour_and_minute, narrow_day
from pages.guarded import guarded_page, guarded_post
from pages.staff.acting import actor_for
from pages.staff.addresses import MESSAGES
from pages.staff.messages.parts import draw_facts, draw_texts
from pages.staff.messages.words import channel_words, counts_words, reason_words, state_words
from pages.staff.navigation import staff_page

ONE = '/staff/messages/sent/{message}'
RETRY = '/staff/messages/sent/{message}/retry'
_RETRIED = (DeliveryState.FAILED, DeliveryState.GAVE_UP)


def register(condition: Condition) -> None:
    """Open the page of each notice."""

    @guarded_page(ONE, permission=Permission.SEND_MESSAGES)
    async def one(message: UUID, page: int = 1, done: str = '') -> Response | None:
        messages, offset = condition.require_box().messages, offset_of(page)
        notice = await messages.list.notice(message)
        if notice is None:
            return RedirectResponse(MESSAGES, status_code=303)
        _draw(notice, await messages.list.deliveries(message, offset, ROWS_PER_PAGE), offset, done)
        return None

    @guarded_post(RETRY, permission=Permission.SEND_MESSAGES)
    async def retry(message: UUID) -> Response:
        box = condition.require_box()
        await box.messages.retry(message, actor_for(box, Permission.SEND_MESSAGES))
        return RedirectResponse(f'{MESSAGES}/sent/{message}?done=retried', status_code=303)


def _draw(notice: SentNotice, deliveries: Sequence[DeliveryInfo], offset: int, done: str) -> None:
    address = f'{MESSAGES}/sent/{notice.id}'
    with staff_page(_('お知らせの送信状況'), MESSAGES):
        _draw_answer(notice, done)
        draw_facts(
            {
                _('日時'): day_and_time(notice.posted_at),
                _('種類'): _(notice.topic),
                _('宛先'): _('{count}人').format(count=f'{notice.receivers:,}'),
                _('状態'): counts_words(notice.counts) or _('宛先がありません'),
            }
        )
        draw_texts(notice.texts)
        if failed := sum(notice.counts.get(state, 0) for state in _RETRIED):
            again = _('届いていない{count}件をもう一度送る').format(count=f'{failed:,}')
            with plain_form(f'{address}/retry', again):
                pass
        with element('section', 'section', aria_label=_('宛先ごとの状態')):
            text('h2', _('宛先ごとの状態'), 'section-title')
            headings = (_('宛先'), _('方法'), _('言葉'), _('状態'), _('理由'), _('日時'))
            empty = (_('宛先がありません'), _('登録している人がいるか、地区や配慮の選び方を確かめてください。'))
            plain_table(headings, [_row(one) for one in deliveries], empty=empty)
            pager(address, {}, offset, notice.receivers)


def _draw_answer(notice: SentNotice, done: str) -> None:
    if notice.practice:
        message_box(MessageKind.NOTE, _('訓練です'), _('何も送っていません。'))
    elif done == 'posted':
        message_box(
            MessageKind.DONE, _('受け付けました'), _('順に送ります。このページを開き直すと、状態が新しくなります。')
        )
    elif done == 'retried':
        message_box(MessageKind.DONE, _('もう一度送ります'))


def _row(one: DeliveryInfo) -> list[Cell]:
    return [
        one.receiver or _('(消去済み)'),
        channel_words(one.channel),
        one.language.own_name,
        state_words(one.state),
        Lines((reason_words(one.reason) if one.reason else '', one.detail)),
        Lines((narrow_day(one.changed_at.date()), hour_and_minute(one.changed_at)), whole=True),
    ]
