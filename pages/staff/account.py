"""One's own password."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.accounts import WrongPassword
from app.access.cookies import Cookies
from app.access.limits import TooSoon
from app.access.passwords import PasswordRefused, TooBusy
from app.access.principals import StaffPrincipal, current_principal
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from components.forms import Field, html_form
from components.messages import MessageKind, message_box
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.access_words import busy_words, password_hint, password_problem_words, wait_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

PATH = '/staff/account'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open `/staff/account`."""
    cookies = Cookies(condition.settings.server.is_encrypted)

    @guarded_page(PATH, staff=True, with_start_password=True)
    def account_page() -> None:
        _draw({})

    @guarded_post(PATH, staff=True, with_start_password=True)
    async def change(request: Request) -> Response:
        principal, form = current_principal(), await posted(request)
        if not isinstance(principal, StaffPrincipal):
            return RedirectResponse('/sign-in', status_code=303)
        errors = await _change(condition, principal, form)
        if errors:
            return drawn(request, lambda: _draw(errors), REFUSED_STATUS)
        response = RedirectResponse('/sign-in?next=/staff', status_code=303)
        cookies.drop_session(response)
        return response


async def _change(condition: Condition, principal: StaffPrincipal, form: Mapping[str, str]) -> dict[str, str]:
    chosen = form.get('chosen', '')
    if chosen != form.get('again'):
        return {'again': _('2回のパスワードが違います。')}
    accounts = condition.require_box().access.accounts
    try:
        await accounts.change_password(principal, form.get('present', ''), chosen, actor_of(principal))
    except WrongPassword:
        return {'present': _('今のパスワードが違います。')}
    except PasswordRefused as refused:
        return {'chosen': password_problem_words(refused.problem)}
    except TooSoon as too_soon:
        return {'': wait_words(too_soon)}
    except TooBusy:
        return {'': busy_words()}
    return {}


def _draw(errors: Mapping[str, str]) -> None:
    principal = current_principal()
    fields = tuple(
        Field(name=name, label=label, hint=hint, kind='password', autocomplete=autocomplete, error=errors.get(name, ''))
        for name, label, hint, autocomplete in (
            ('present', _('今のパスワード'), '', 'current-password'),
            ('chosen', _('新しいパスワード'), password_hint(), 'new-password'),
            ('again', _('新しいパスワード(もう一度)'), '', 'new-password'),
        )
    )
    with staff_page(_('自分のパスワード'), PATH):
        if isinstance(principal, StaffPrincipal) and principal.must_change_password:
            message_box(
                MessageKind.WARNING, _('仮のパスワードです。'), _('続けるには、新しいパスワードに変えてください。')
            )
        html_form(PATH, fields, _('変更してサインインし直す'), error=errors.get('', ''))
