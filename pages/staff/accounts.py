"""Who may sign in: the list of accounts, a new one, and what an administrator may change."""

from collections.abc import Mapping

from fastapi import Request, Response

from app.access.account_list import AccountEntry
from app.access.accounts import AccountExists, NoSuchStaff
from app.access.passwords import TooBusy
from app.access.principals import Permission, Role, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from components.elements import box, text
from components.forms import Field, html_form
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff import account_details
from pages.staff.access_words import busy_words, role_word
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

PATH = '/staff/accounts'
ROWS_PER_PAGE = 50
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open `/staff/accounts` and the page of each account."""
    account_details.register(condition)

    @guarded_page(PATH, permission=Permission.MANAGE_ACCOUNTS)
    async def accounts_page(page: int = 1) -> None:
        offset = (min(max(1, page), 10_000) - 1) * ROWS_PER_PAGE
        entries, total = await condition.require_box().access.account_list.page(offset, ROWS_PER_PAGE)
        _draw(entries, offset, total)

    @guarded_post(PATH, permission=Permission.MANAGE_ACCOUNTS)
    async def create(request: Request) -> Response:
        return await _create(request, condition, await posted(request))


async def _create(request: Request, condition: Condition, form: Mapping[str, str]) -> Response:
    access = condition.require_box().access
    actor = actor_of(require(current_principal(), Permission.MANAGE_ACCOUNTS))
    number, role = form.get('number', '').strip(), form.get('role', '')
    try:
        entry, start_password = await access.accounts.create(number, {Role(role)} if role else set(), actor)
    except (NoSuchStaff, ValueError):
        problem = _('この職員番号の職員はいません。番号を確かめるか、先に職員を取り込んでください。')
    except AccountExists:
        problem = _('この職員のアカウントは既にあります。')
    except TooBusy:
        problem = busy_words()
    else:
        return drawn(request, lambda: account_details.draw_start_password(entry, start_password))
    entries, total = await access.account_list.page(0, ROWS_PER_PAGE)
    return drawn(request, lambda: _draw(entries, 0, total, number=number, problem=problem), REFUSED_STATUS)


def _draw(entries: list[AccountEntry], offset: int, total: int, *, number: str = '', problem: str = '') -> None:
    with staff_page(_('アカウント'), PATH):
        _table(entries)
        _pager(offset, total)
        with box('section', 'section panel', aria_label=_('アカウントを作る')):
            text('h2', _('アカウントを作る'), 'small-title')
            fields = (Field(name='number', label=_('職員番号'), value=number),)
            with html_form(PATH, fields, _('仮のパスワードを出す'), error=problem) as form:
                account_details.role_choice().move(form, target_index=len(form.default_slot.children) - 2)


def _table(entries: list[AccountEntry]) -> None:
    with box('div', 'data-table table-scroll', tabindex='0'), box('table', 'q-table'):
        with box('thead'), box('tr'):
            for label in (_('職員番号'), _('氏名'), _('役割'), _('状態'), ''):
                text('th', label, scope='col')
        with box('tbody'):
            for entry in entries:
                _row(entry)


def _row(entry: AccountEntry) -> None:
    with box('tr'):
        text('td', entry.number)
        text('td', entry.name)
        text('td', '、'.join(role_word(role) for role in sorted(entry.roles)) or _('なし'))
        text('td', account_details.state_word(entry))
        with box('td'):
            text(
                'a',
                _('変更'),
                'cell-link',
                href=f'{PATH}/{entry.id}',
                aria_label=_('{name}を変更').format(name=entry.name),
            )


def _pager(offset: int, total: int) -> None:
    page = offset // ROWS_PER_PAGE + 1
    with box('nav', 'table-pager', aria_label=_('表のページ')):
        text('span', _('全{total}件').format(total=total), 'table-range')
        if offset > 0:
            text('a', _('前へ'), '', href=f'{PATH}?page={page - 1}')
        if offset + ROWS_PER_PAGE < total:
            text('a', _('次へ'), '', href=f'{PATH}?page={page + 1}')
