"""`/subscribe` and `/unsubscribe/…`: messages by e-mail or LINE, for everybody, in eight languages."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request, Response
from nicegui import app

from app.access.limits import TooSoon
from app.language import _
from app.messages.addresses import WrongAddress
from app.messages.languages import Language, speaking
from app.messages.notice import Channel
from app.messages.sign_up import SignUp
from app.messages.subscriber_records import Wishes
from app.messages_settings import MessageSettings
from app.runtime import Box, Condition
from app.storage.failures import StorageError
from components.plain_html import Html, joined, tag
from pages.public.frame import (
    LANGUAGE_FIELD,
    REFUSED_STATUS,
    language_of,
    open_to_all,
    press_form,
    problem,
    public_page,
    told,
)
from pages.public.subscribe_form import channels_of, sign_up_form, wishes_of
from pages.staff.forms import address_of, posted

SUBSCRIBE = '/subscribe'
CONFIRM = '/subscribe/{token}'
UNSUBSCRIBE = '/unsubscribe/{token}'
TOO_SOON_STATUS, UNAVAILABLE_STATUS = 429, 503


def register(condition: Condition) -> None:
    """Open the pages."""
    open_to_all(SUBSCRIBE)
    open_to_all(CONFIRM)
    open_to_all(UNSUBSCRIBE, proves_itself=True)
    desks: dict[int, SignUp] = {}

    def sign_up_of(box: Box) -> SignUp:
        return desks.setdefault(id(box), SignUp(box.messages.subscribers))

    @app.get(SUBSCRIBE, include_in_schema=False)
    def form(request: Request) -> Response:
        page = _Page(condition, request, SUBSCRIBE)
        with speaking(page.language):
            return page.form({})

    @app.post(SUBSCRIBE, include_in_schema=False)
    async def sign_up(request: Request) -> Response:
        fields = await posted(request)
        page = _Page(condition, request, SUBSCRIBE, fields)
        with speaking(page.language):
            return await page.sign_up(sign_up_of(condition.require_box()), fields, address_of(request))

    @app.get(CONFIRM, include_in_schema=False)
    def confirm_page(request: Request, token: str) -> Response:
        page = _Page(condition, request, f'/subscribe/{quote(token)}')
        with speaking(page.language):
            words = tag('p', _('下のボタンを押すと、お知らせの登録が終わります。'))
            return page.shown(_('お知らせの登録'), words, press_form(page.path, _('登録する'), page.language))

    @app.post(CONFIRM, include_in_schema=False)
    async def confirm(request: Request, token: str) -> Response:
        page = _Page(condition, request, SUBSCRIBE, await posted(request))
        with speaking(page.language):
            return await page.confirm(token)

    @app.get(UNSUBSCRIBE, include_in_schema=False)
    def unsubscribe_page(request: Request, token: str) -> Response:
        page = _Page(condition, request, f'/unsubscribe/{quote(token)}')
        with speaking(page.language):
            words = tag('p', _('下のボタンを押すと、お知らせは届かなくなり、登録したアドレスは消去されます。'))
            return page.shown(_('お知らせをやめる'), words, press_form(page.path, _('やめる'), page.language))

    @app.post(UNSUBSCRIBE, include_in_schema=False)
    async def unsubscribe(request: Request, token: str) -> Response:
        page = _Page(condition, request, SUBSCRIBE, await posted(request))
        with speaking(page.language):
            return await page.unsubscribe(token)


class _Page:
    """One answer to one reader."""

    def __init__(
        self, condition: Condition, request: Request, path: str, fields: Mapping[str, str] | None = None
    ) -> None:
        self._condition = condition
        self._settings: MessageSettings = condition.settings.messages
        self.path = path
        self.language: Language = language_of(request, fields)

    def shown(self, title: str, *content: str, status: int = 200) -> Response:
        settings = self._condition.settings
        contact = settings.contact.text
        return public_page(
            title, self.language, *content, path=self.path, place=settings.name, contact=contact, status=status
        )

    def form(self, fields: Mapping[str, str], trouble: Html | None = None, status: int = 200) -> Response:
        channels = channels_of(self._settings)
        if not channels:
            words = problem(_('いまは登録を受け付けていません'), _('下の連絡先にお尋ねください。'))
            return self.shown(_('お知らせの登録'), words)
        intro = tag('p', _('避難所や給水などのお知らせを、メールかLINEで受け取れます。いつでもやめられます。'))
        drawn = sign_up_form(SUBSCRIBE, self._settings, channels, self.language, fields)
        return self.shown(_('お知らせの登録'), *([trouble] if trouble else []), intro, drawn, status=status)

    async def sign_up(self, sign_up: SignUp, fields: Mapping[str, str], source: str) -> Response:
        wishes, channel = wishes_of(self._settings, fields, self.language), fields.get('channel', '')
        try:
            if channel == Channel.LINE and self._settings.line.is_on:
                return self._line_code(await sign_up.by_line(wishes, source))
            if not self._settings.mail.is_on:
                return self.form(fields, status=REFUSED_STATUS)
            return await self._asked(sign_up, fields, wishes, source)
        except TooSoon:
            wait = problem(_('申し込みが続いています'), _('1分ほど待って、もう一度送ってください。'))
            return self.form(fields, wait, TOO_SOON_STATUS)
        except StorageError:
            return self.form(fields, _cannot_record(), UNAVAILABLE_STATUS)

    async def confirm(self, token: str) -> Response:
        try:
            is_good = await self._condition.require_box().messages.subscribers.confirm(token)
        except StorageError:
            return self.shown(_('お知らせの登録'), _cannot_record(), status=UNAVAILABLE_STATUS)
        if not is_good:
            words = problem(
                _('このリンクは使えません'), _('48時間を過ぎたか、もう使われています。もう一度登録してください。')
            )
            again = tag('p', tag('a', _('登録のページへ'), href=f'{SUBSCRIBE}?{LANGUAGE_FIELD}={self.language.value}'))
            return self.shown(_('お知らせの登録'), words, again, status=REFUSED_STATUS)
        done = told(_('登録が終わりました'), _('やめるときは、お知らせの下にあるリンクを開いてください。'))
        return self.shown(_('お知らせの登録'), done)

    async def unsubscribe(self, token: str) -> Response:
        try:
            is_ours = await self._condition.require_box().messages.subscribers.unsubscribe(token)
        except StorageError:
            return self.shown(_('お知らせをやめる'), _cannot_record(), status=UNAVAILABLE_STATUS)
        if not is_ours:
            words = problem(_('このリンクは使えません'), _('届いたお知らせのリンクを、もう一度開いてください。'))
            return self.shown(_('お知らせをやめる'), words, status=REFUSED_STATUS)
        done = told(_('お知らせをやめました'), _('登録していたアドレスは消去しました。'))
        return self.shown(_('お知らせをやめる'), done)

    async def _asked(self, sign_up: SignUp, fields: Mapping[str, str], wishes: Wishes, source: str) -> Response:
        try:
            await sign_up.by_mail(fields.get('address', ''), wishes, source)
        except WrongAddress:
            trouble = problem(_('メールアドレスを確かめてください'), _('例: namae@example.jp'))
            return self.form(fields, trouble, REFUSED_STATUS)
        words = told(
            _('確認のメールを送りました'),
            _(
                '48時間以内に、メールにあるリンクを開いて登録を終えてください。届かないときは、迷惑メールの中も見てください。'
            ),
        )
        return self.shown(_('お知らせの登録'), words)

    def _line_code(self, code: str) -> Response:
        account = self._settings.line.account_id
        link = (
            tag('a', account, href=f'https://line.me/R/ti/p/{quote(account)}')
            if account
            else joined(_('公式アカウント'))
        )
        steps = (
            tag('li', _('LINEで次のアカウントを友だちに追加してください:'), ' ', link),
            tag('li', _('トークで、次の8文字を送ってください(48時間以内)。')),
        )
        return self.shown(_('お知らせの登録'), tag('ol', *steps), tag('p', f'{code[:4]} {code[4:]}', class_='code'))


def _cannot_record() -> Html:
    return problem(_('いまは記録できません'), _('少し待って、もう一度試してください。'))
