"""The page on which the first administrator of a new box registers."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.limits import TooSoon
from app.access.passwords import PasswordRefused, TooBusy
from app.access.setup import SetupRefused
from app.language import _
from app.people.staff import StaffEntry
from app.runtime import Condition
from components.elements import text
from components.forms import Field, html_form
from components.frames import plain_frame
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.access_words import busy_words, password_hint, password_problem_words, wait_words
from pages.staff.forms import address_of, posted

PATH = '/setup'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open `/setup`."""

    @guarded_page(PATH, public=True)
    def setup_page() -> None:
        _draw({}, is_open=condition.require_box().access.setup.is_open)

    @guarded_post(PATH, public=True)
    async def set_up(request: Request) -> Response:
        form = await posted(request)
        errors = _incomplete(form) or await _create(condition, form, address_of(request))
        if errors:
            return drawn(request, lambda: _draw(form, errors), REFUSED_STATUS)
        return RedirectResponse('/sign-in', status_code=303)


async def _create(condition: Condition, form: Mapping[str, str], address: str) -> dict[str, str]:
    entry = StaffEntry(
        number=form['number'].strip(),
        name=form['name'].strip(),
        kana=form.get('kana', '').strip(),
        department=form.get('department', '').strip(),
    )
    try:
        await condition.require_box().access.setup.create_administrator(form['code'], entry, form['password'], address)
    except SetupRefused:
        return {'code': _('登録コードが違うか、使用済みです。起動時に表示された最新のコードを入れてください。')}
    except PasswordRefused as refused:
        return {'password': password_problem_words(refused.problem)}
    except TooSoon as too_soon:
        return {'': wait_words(too_soon)}
    except TooBusy:
        return {'': busy_words()}
    return {}


def _incomplete(form: Mapping[str, str]) -> dict[str, str]:
    missing = {name: _('入力してください。') for name in ('code', 'number', 'name', 'password') if not form.get(name)}
    if len(form.get('number', '')) > 32:
        return {'number': _('32文字までにしてください。')}
    if not missing and form['password'] != form.get('again'):
        return {'again': _('2回のパスワードが違います。')}
    return missing


def _draw(form: Mapping[str, str], errors: Mapping[str, str] | None = None, *, is_open: bool = True) -> None:
    errors = errors or {}

    def field(name: str, label: str, *, hint: str = '', required: bool = True) -> Field:
        return Field(
            name=name, label=label, hint=hint, required=required, value=form.get(name, ''), error=errors.get(name, '')
        )

    def password(name: str, label: str, hint: str = '') -> Field:
        error = errors.get(name, '')
        return Field(name=name, label=label, hint=hint, kind='password', autocomplete='new-password', error=error)

    fields = (
        field('code', _('登録コード'), hint=_('まちばこを起動した画面に表示されています。')),
        field('number', _('職員番号')),
        field('name', _('氏名')),
        field('kana', _('フリガナ'), required=False),
        field('department', _('所属'), required=False),
        password('password', _('パスワード'), password_hint()),
        password('again', _('パスワード(もう一度)')),
    )
    with plain_frame(_('最初の管理者の登録')):
        if is_open:
            html_form(PATH, fields, _('登録する'), error=errors.get('', ''))
        else:
            text('p', _('管理者は登録済みです。'))
            text('a', _('サインインする'), '', href='/sign-in')
