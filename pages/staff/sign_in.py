"""Signing in and out, and the first administrator. Plain forms: they work before any socket is open."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.asked import is_local_path
from app.access.cookies import Cookies
from app.access.limits import TooSoon
from app.access.passwords import TooBusy
from app.access.principals import StaffPrincipal, current_principal
from app.access.sign_in import SignInRefused
from app.language import _
from app.runtime import Condition
from components.elements import text
from components.forms import Field, html_form
from components.frames import plain_frame
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff import setup
from pages.staff.access_words import busy_words, wait_words
from pages.staff.forms import address_of, posted

SIGN_IN_PATH = '/sign-in'
SIGN_OUT_PATH = '/sign-out'
HOME_PATH = '/staff'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open `/sign-in`, `/sign-out` and `/setup`."""
    cookies = Cookies(condition.settings.server.is_encrypted)
    setup.register(condition)

    @guarded_page(SIGN_IN_PATH, public=True)
    def sign_in_page(next: str = '') -> None:
        _draw(next, '', '', is_new_box=condition.require_box().access.setup.is_open)

    @guarded_post(SIGN_IN_PATH, public=True)
    async def sign_in(request: Request) -> Response:
        return await _sign_in(request, condition, cookies)

    @guarded_post(SIGN_OUT_PATH, staff=True, with_start_password=True)
    async def sign_out() -> Response:
        principal = current_principal()
        if isinstance(principal, StaffPrincipal):
            await condition.require_box().access.sign_in.sign_out(principal)
        response = RedirectResponse(SIGN_IN_PATH, status_code=303)
        cookies.drop_session(response)
        return response


async def _sign_in(request: Request, condition: Condition, cookies: Cookies) -> Response:
    access, form = condition.require_box().access, await posted(request)
    before = current_principal()
    try:
        signed_in = await access.sign_in.sign_in(form.get('number', ''), form.get('password', ''), address_of(request))
    except SignInRefused:
        problem = _('職員番号かパスワードが違います。確かめてもう一度入力するか、管理者に再発行を依頼してください。')
        return _again(request, form, problem)
    except TooSoon as too_soon:
        return _again(request, form, wait_words(too_soon))
    except TooBusy:
        return _again(request, form, busy_words())
    if isinstance(before, StaffPrincipal):
        await access.sign_in.sign_out(before)
    wanted = form.get('next', '')
    response = RedirectResponse(wanted if is_local_path(wanted) else HOME_PATH, status_code=303)
    cookies.keep_session(response, signed_in.token)
    return response


def _again(request: Request, form: Mapping[str, str], problem: str) -> Response:
    return drawn(request, lambda: _draw(form.get('next', ''), form.get('number', ''), problem), REFUSED_STATUS)


def _draw(next_path: str, number: str, problem: str, *, is_new_box: bool = False) -> None:
    fields = (
        Field(name='number', label=_('職員番号'), value=number[:32], autocomplete='username'),
        Field(name='password', label=_('パスワード'), kind='password', autocomplete='current-password'),
    )
    hidden = {'next': next_path} if is_local_path(next_path) else {}
    with plain_frame(_('サインイン')):
        html_form(SIGN_IN_PATH, fields, _('サインインする'), error=problem, hidden=hidden)
        if is_new_box:
            text('a', _('最初の管理者を登録する'), '', href=setup.PATH)
