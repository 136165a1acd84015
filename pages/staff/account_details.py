"""One account: its roles, its password, and whether it may be used."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui.element import Element

from app.access.account_list import AccountEntry, NoSuchAccount
from app.access.accounts import Accounts, LastAdministrator
from app.access.passwords import TooBusy
from app.access.principals import Permission, Role, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Condition
from components.elements import box, text
from components.messages import MessageKind, message_box
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.access_words import busy_words, role_word
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

LIST_PATH = '/staff/accounts'
PATH = '/staff/accounts/{account}'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page of each account."""

    @guarded_page(PATH, permission=Permission.MANAGE_ACCOUNTS)
    async def account_page(account: UUID) -> Response | None:
        try:
            entry = await condition.require_box().access.account_list.get(account)
        except NoSuchAccount:
            return RedirectResponse(LIST_PATH, status_code=303)
        _draw(entry)
        return None

    @guarded_post(PATH, permission=Permission.MANAGE_ACCOUNTS)
    async def change(request: Request, account: UUID) -> Response:
        return await _change(request, condition, account)


async def _change(request: Request, condition: Condition, account: UUID) -> Response:
    access, form = condition.require_box().access, await posted(request)
    actor = actor_of(require(current_principal(), Permission.MANAGE_ACCOUNTS))
    try:
        entry = await access.account_list.get(account)
        start_password = await _do(access.accounts, account, form.get('act', ''), form.get('role', ''), actor)
    except NoSuchAccount:
        return RedirectResponse(LIST_PATH, status_code=303)
    except (LastAdministrator, TooBusy) as error:
        words = busy_words() if isinstance(error, TooBusy) else _('管理者が一人もいなくなるため、変更できません。')
        return drawn(request, lambda: _draw(entry, words), REFUSED_STATUS)
    if start_password:
        return drawn(request, lambda: draw_start_password(entry, start_password))
    return RedirectResponse(f'{LIST_PATH}/{account}', status_code=303)


async def _do(accounts: Accounts, account: UUID, act: str, role: str, actor: Actor) -> str:
    match act:
        case 'grant' if role in set(Role):
            await accounts.grant(account, Role(role), actor)
        case 'withdraw' if role in set(Role):
            await accounts.withdraw(account, Role(role), actor)
        case 'disable':
            await accounts.disable(account, actor)
        case 'enable':
            await accounts.enable(account, actor)
        case 'sign_out':
            await accounts.sign_out_everywhere(account, actor)
        case 'reset':
            return await accounts.reset_password(account, actor)
    return ''


def draw_start_password(entry: AccountEntry, start_password: str) -> None:
    """Show a start password, this one time."""
    with staff_page(_('仮のパスワード'), LIST_PATH):
        whom = _('{name}さん(職員番号{number})').format(name=entry.name, number=entry.number)
        message_box(MessageKind.DONE, whom, _('最初のサインインで、本人が新しいパスワードに変えます。'))
        text('p', start_password, 'page-title', translate='no')
        text('p', _('この画面を閉じると二度と表示されません。本人に直接伝えてください。'))
        text('a', _('アカウントの一覧へ戻る'), '', href=LIST_PATH)


def state_word(entry: AccountEntry) -> str:
    """Whether the account can be used."""
    if entry.disabled:
        return _('停止中')
    return _('仮のパスワード') if entry.must_change_password else _('利用中')


def role_choice() -> Element:
    """A list to choose one role from."""
    with box('div', 'field') as field:
        text('label', _('役割'), 'field-label', for_='field-role')
        with box('select', 'field-input', id='field-role', name='role'):
            for role in Role:
                text('option', role_word(role), value=role.value)
    return field


def _draw(entry: AccountEntry, problem: str = '') -> None:
    with staff_page(entry.name or entry.number, LIST_PATH):
        if problem:
            message_box(MessageKind.FAILURE, problem)
        text('p', _('職員番号{number}、{state}').format(number=entry.number, state=state_word(entry)))
        with box('section', 'section'):
            text('h2', _('役割'), 'section-title')
            with box('div', 'buttons'):
                for role in Role:
                    _role_form(entry, role)
        with box('section', 'section'):
            text('h2', _('サインイン'), 'section-title')
            with box('div', 'buttons'):
                _act_form(entry, 'reset', _('仮のパスワードを出し直す'))
                _act_form(entry, 'sign_out', _('すべての端末でサインアウトさせる'))
                if entry.disabled:
                    _act_form(entry, 'enable', _('アカウントを再開する'))
                else:
                    _act_form(entry, 'disable', _('アカウントを停止する'), classes='press-careful')
        text('a', _('アカウントの一覧へ戻る'), '', href=LIST_PATH)


def _role_form(entry: AccountEntry, role: Role) -> None:
    act = 'withdraw' if role in entry.roles else 'grant'
    words = _('{role}の役割を外す') if role in entry.roles else _('{role}の役割を付ける')
    _act_form(entry, act, words.format(role=role_word(role)), role)


def _act_form(
    entry: AccountEntry, act: str, button: str, role: Role | None = None, *, classes: str = 'press-quiet'
) -> None:
    with box('form', '', method='post', action=f'{LIST_PATH}/{entry.id}'):
        for name, value in (('act', act), ('role', role.value if role else '')):
            box('input', '', type='hidden', name=name, value=value)
        text('button', button, f'press {classes}', type='submit')
