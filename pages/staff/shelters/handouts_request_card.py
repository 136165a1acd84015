"""One request: how far it has come, and what can be done next, by the shelter or by headquarters."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from nicegui.element import Element

from app.access.principals import Permission, current_principal, is_allowed
from app.language import _
from app.shelters.handouts.request_values import RECEIVABLE, RequestInfo, RequestState
from components.elements import box as element
from components.elements import text
from components.plain_table import Cell, plain_table
from components.times import day_and_time
from pages.staff.shelters.handouts_frame import REQUESTS
from pages.staff.shelters.handouts_words import request_words

WITHDRAWABLE = frozenset({RequestState.DRAFT, RequestState.SENT, RequestState.PARTLY})
"""The shelter itself takes back what headquarters has not approved, or the rest of what came in part."""


def draw_request(request: RequestInfo, shelter: str, asked: str) -> None:
    """One that is open."""
    entry = request.entry
    with element('section', 'desk-card request-card', aria_label=entry.what):
        text('h3', f'{entry.what} {entry.quantity:,}{entry.unit}', 'needs-name')
        text('p', request_words()[request.state], 'state', data_state=_tone(request.state))
        for line in _facts(request, shelter):
            text('p', line)
        with element('div', 'request-acts'):
            _draw_acts(request, asked)


def draw_closed(requests: Sequence[RequestInfo], names: Mapping[UUID, str]) -> None:
    """What is done with."""
    if not requests:
        return
    rows: list[list[Cell]] = [
        [
            day_and_time(one.changed_at),
            names.get(one.entry.shelter, ''),
            f'{one.entry.what} {one.entry.quantity:,}{one.entry.unit}',
            request_words()[one.state],
            f'{one.received:,}{one.entry.unit}',
        ]
        for one in requests
    ]
    with element('section', 'section', aria_label=_('終わった要請')):
        text('h2', _('終わった要請'), 'section-title')
        plain_table((_('日時'), _('避難所'), _('物'), _('状態'), _('届いた数')), rows, empty=('', ''))


def _facts(request: RequestInfo, shelter: str) -> list[str]:
    entry = request.entry
    lines = [shelter]
    if request.approved_quantity is not None and request.approved_quantity != entry.quantity:
        approved = _('本部が承認した数 {pieces}{unit}')
        lines.append(approved.format(pieces=f'{request.approved_quantity:,}', unit=entry.unit))
    if request.received:
        received = _('届いた {pieces}{unit}、残り {left}{unit}')
        left = f'{request.outstanding:,}'
        lines.append(received.format(pieces=f'{request.received:,}', left=left, unit=entry.unit))
    if entry.needed_by:
        lines.append(_('{at} までに').format(at=day_and_time(entry.needed_by)))
    if request.automatic:
        lines.append(_('在庫が減ったため、自動で下書きしました'))
    return [line for line in (*lines, entry.remarks) if line]


def _draw_acts(request: RequestInfo, asked: str) -> None:
    hidden, address = {'shelter': asked}, f'{REQUESTS}/{request.id}'
    if request.state is RequestState.DRAFT:
        _act(address, hidden | {'act': 'send'}, _('本部へ送る'))
    if is_allowed(current_principal(), Permission.COMMAND_SHELTERS):
        _draw_commands(request, hidden, f'{address}/command')
    if request.state in RECEIVABLE:
        with _form(address, hidden | {'act': 'receive'}):
            _number(request, 'pieces', _('届いた数'), max(1, request.outstanding))
            _date(request, 'expires_on', _('賞味・使用期限(あれば)'))
            text('button', _('届いた'), 'press press-quiet press-small', type='submit')
    if request.state in WITHDRAWABLE:
        _act(address, hidden | {'act': 'withdraw'}, _('取り下げる'), classes='press-careful')


def _draw_commands(request: RequestInfo, hidden: Mapping[str, str], address: str) -> None:
    if request.state is RequestState.SENT:
        with _form(address, {**hidden, 'act': 'approve'}):
            _number(request, 'quantity', _('承認する数'), request.entry.quantity)
            text('button', _('承認する'), 'press press-main press-small', type='submit')
    if request.state is RequestState.APPROVED:
        _act(address, {**hidden, 'act': 'dispatch'}, _('発送した'))
    if request.state in (RequestState.SENT, RequestState.APPROVED):
        with _form(address, {**hidden, 'act': 'decline'}):
            id_ = f'reason-{request.id}'
            text('label', _('見送る理由'), 'field-label', for_=id_)
            element('input', 'field-input', id=id_, name='reason', maxlength='300', autocomplete='off')
            text('button', _('見送る'), 'press press-careful press-small', type='submit')


def _act(address: str, hidden: Mapping[str, str], words: str, *, classes: str = 'press-main') -> None:
    with _form(address, hidden):
        text('button', words, f'press {classes} press-small', type='submit')


def _form(address: str, hidden: Mapping[str, str]) -> Element:
    form = element('form', 'request-act', method='post', action=address)
    with form:
        for name, value in hidden.items():
            element('input', '', type='hidden', name=name, value=value)
    return form


def _number(request: RequestInfo, name: str, label: str, value: int) -> None:
    id_ = f'{name}-{request.id}'
    text('label', label, 'field-label', for_=id_)
    element('input', 'field-input', id=id_, name=name, type='number', min='1', value=str(value), required='required')


def _date(request: RequestInfo, name: str, label: str) -> None:
    id_ = f'{name}-{request.id}'
    text('label', label, 'field-label', for_=id_)
    element('input', 'field-input', id=id_, name=name, type='date')


def _tone(state: RequestState) -> str:
    return 'missing' if state in (RequestState.DRAFT, RequestState.SENT) else 'ready'
