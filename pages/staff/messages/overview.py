"""`/staff/messages`: write a notice, and see what was sent."""

from app.access.principals import Permission
from app.language import _
from app.messages.delivery_list import SentNotice
from app.messages.lane import LaneState
from app.messages.languages import Language
from app.runtime import Condition
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from components.times import hour_and_minute, narrow_day
from pages.guarded import guarded_page
from pages.staff.addresses import MESSAGES, MESSAGES_SUBSCRIBERS
from pages.staff.messages.form import draw_form
from pages.staff.messages.words import channel_words, counts_words, lane_words
from pages.staff.navigation import staff_page


def register(condition: Condition) -> None:
    """Open the page."""

    @guarded_page(MESSAGES, permission=Permission.SEND_MESSAGES)
    async def messages(page: int = 1) -> None:
        box, offset = condition.require_box(), offset_of(page)
        found, total = await box.messages.list.notices(offset, ROWS_PER_PAGE)
        with staff_page(_('お知らせ'), MESSAGES):
            for health in box.messages.health():
                words, next_step = lane_words(health)
                kind = MessageKind.DONE if health.state is LaneState.READY else MessageKind.WARNING
                message_box(kind, f'{channel_words(health.channel)}: {words}', next_step)
            text('a', _('登録している人'), 'press press-quiet', href=MESSAGES_SUBSCRIBERS)
            with element('section', 'section', aria_label=_('お知らせを書く')):
                text('h2', _('お知らせを書く'), 'section-title')
                draw_form(box.messages.settings, {})
            with element('section', 'section', aria_label=_('これまでのお知らせ')):
                text('h2', _('これまでのお知らせ'), 'section-title')
                headings = (_('日時'), _('件名'), _('種類'), _('宛先'), _('状態'))
                empty = (_('お知らせはまだありません'), _('上の欄に書いて送ると、ここに並びます。'))
                plain_table(headings, [_row(notice) for notice in found], empty=empty)
                pager(MESSAGES, {}, offset, total)


def _row(notice: SentNotice) -> list[Cell]:
    marks = (_('訓練') if notice.practice else '', _('緊急') if notice.urgent else '')
    return [
        Lines((narrow_day(notice.posted_at.date()), hour_and_minute(notice.posted_at)), whole=True),
        Link(notice.texts[Language.JAPANESE].subject, f'{MESSAGES}/sent/{notice.id}'),
        Lines((_(notice.topic), *marks)),
        _('{count}人').format(count=f'{notice.receivers:,}'),
        counts_words(notice.counts) or _('宛先がありません'),
    ]
