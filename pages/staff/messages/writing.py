"""`/staff/messages/preview` and `/send`: what will be sent to how many, and the press that sends it."""

import uuid
from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.policies import Audience as Readers
from app.access.policies import Policy, policies
from app.access.principals import Permission
from app.language import _
from app.messages.notice import Channel, Notice, NoticeRefused, Urgency, check_notice
from app.runtime import Condition
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from pages.guarded import drawn, guarded_post
from pages.staff.acting import actor_for
from pages.staff.addresses import MESSAGES
from pages.staff.messages.form import LARGEST_BODY, PREVIEW, draw_form, notice_of, posted_notice
from pages.staff.messages.parts import draw_facts, draw_texts
from pages.staff.messages.words import channel_words, refused_words
from pages.staff.navigation import staff_page

SEND = '/staff/messages/send'
EDIT = '/staff/messages/edit'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the targets of the forms."""
    settings = condition.settings.messages

    @guarded_post(PREVIEW, permission=Permission.SEND_MESSAGES)
    async def preview(request: Request) -> Response:
        fields = await posted_notice(request)
        notice = notice_of(fields, settings)
        try:
            check_notice(notice)
        except NoticeRefused as refused:
            problem = refused_words(refused)
            return drawn(request, lambda: _draw_again(condition, fields, problem), REFUSED_STATUS)
        counts = await condition.require_box().messages.count(notice.topic, notice.audience)
        return drawn(request, lambda: _draw_preview(fields, notice, counts))

    @guarded_post(EDIT, permission=Permission.SEND_MESSAGES)
    async def edit(request: Request) -> Response:
        fields = await posted_notice(request)
        return drawn(request, lambda: _draw_again(condition, fields))

    @guarded_post(SEND, permission=Permission.SEND_MESSAGES)
    async def send(request: Request) -> Response:
        box, fields = condition.require_box(), await posted_notice(request)
        actor = actor_for(box, Permission.SEND_MESSAGES)
        try:
            posted = await box.messages.post(notice_of(fields, settings), actor)
        except NoticeRefused as refused:
            problem = refused_words(refused)
            return drawn(request, lambda: _draw_again(condition, fields, problem), REFUSED_STATUS)
        return RedirectResponse(f'{MESSAGES}/sent/{posted.message}?done=posted', status_code=303)

    for path in (PREVIEW, EDIT, SEND):
        policies.add(
            Policy(
                path=path,
                audience=Readers.STAFF,
                permission=Permission.SEND_MESSAGES,
                largest_body=LARGEST_BODY,
            )
        )


def _draw_again(condition: Condition, fields: Mapping[str, str], problem: str = '') -> None:
    with staff_page(_('お知らせ'), MESSAGES):
        draw_form(condition.settings.messages, fields, problem)


def _draw_preview(fields: Mapping[str, str], notice: Notice, counts: Mapping[Channel, int]) -> None:
    with staff_page(_('お知らせを確かめる'), MESSAGES):
        if notice.practice:
            message_box(MessageKind.NOTE, _('訓練です'), _('送りません。宛先の数と一覧だけを確かめられます。'))
        if notice.urgency is Urgency.URGENT:
            message_box(MessageKind.WARNING, _('緊急です'), _('夜間もすぐに送ります。'))
        draw_facts(
            {
                _('種類'): _(notice.topic),
                _('地区'): '、'.join(sorted(notice.audience.areas)) or _('すべて'),
                _('配慮が必要な人'): '、'.join(sorted(notice.audience.needs)) or _('限りません'),
                _('宛先の数'): _total_words(counts),
            }
        )
        draw_texts(notice.texts)
        hidden = {**fields, 'attempt': str(uuid.uuid4())}
        button = _('訓練として記録する') if notice.practice else _('送る')
        with plain_form(SEND, button, hidden=hidden, with_files=True):
            pass
        with element('form', 'plain-form', method='post', action=EDIT, enctype='multipart/form-data'):
            for name, value in fields.items():
                element('input', '', type='hidden', name=name, value=value)
            text('button', _('書き直す'), 'press press-quiet', type='submit')


def _total_words(counts: Mapping[Channel, int]) -> str:
    each = '、'.join(f'{channel_words(channel)} {counts.get(channel, 0):,}' for channel in Channel)
    return _('{total}人({each})').format(total=f'{sum(counts.values()):,}', each=each)
