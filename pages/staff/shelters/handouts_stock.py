"""`/staff/shelters/handouts/stock`: what a shelter has, what came, went and was counted, and what expires first."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.handouts.matters import EXPIRY_NOTICE
from app.shelters.handouts.stock_values import MoveInfo, MoveKind, StockLine, StockRefused
from app.shelters.handouts.values import ItemInfo, ItemKind
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import entry, plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, offset_of, pager, plain_table
from components.times import day_with_weekday, short_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.cars.values import WrongValue, day_of, number_of
from pages.staff.forms import posted
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.handouts_frame import ITEMS, REFUSED_STATUS, STOCK, actor_names, handouts_page, id_of
from pages.staff.shelters.handouts_words import move_words

ACT = '/staff/shelters/{shelter}/stock'
Move = Callable[[Box, ShelterInfo, ItemInfo, Mapping[str, str], Actor], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the page shows."""

    shelter: ShelterInfo | None
    others: list[ShelterInfo]
    items: Sequence[ItemInfo] = ()
    lines: Mapping[UUID, StockLine]
    moves: Sequence[MoveInfo] = ()
    total: int = 0
    offset: int = 0
    actors: Mapping[str, str]


def register(condition: Condition) -> None:
    """Open the page, and what is entered on it."""

    @guarded_page(STOCK, permission=Permission.RUN_SHELTER)
    async def stock(shelter: str = '', page: int = 1, done: str = '') -> None:
        box = condition.require_box()
        _draw(await _scene(box, await chosen_shelter(box, shelter), page), is_done=bool(done))

    @guarded_post(ACT, permission=Permission.RUN_SHELTER)
    async def act(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        chosen, move = await box.shelters.register.get(shelter), MOVES.get(form.get('act', ''))
        item = await box.shelters.handouts.items.get(id_of(form.get('item', '')))
        if chosen is None or move is None or item is None:
            return RedirectResponse(STOCK, status_code=303)
        try:
            await move(box, chosen, item, form, actor)
            await box.shelters.handouts.requests.draft_if_short(chosen.id, item, practice=chosen.practice)
        except (StockRefused, WrongValue) as refused:
            scene, problem = await _scene(box, chosen), _problem(refused)
            return drawn(request, lambda: _draw(scene, problem), REFUSED_STATUS)
        return RedirectResponse(f'{STOCK}?shelter={shelter}&done=1', status_code=303)


async def _receive(box: Box, shelter: ShelterInfo, item: ItemInfo, form: Mapping[str, str], actor: Actor) -> None:
    expires_on = day_of(form.get('expires_on', ''), _('賞味・使用期限'))
    await box.shelters.handouts.stock.receive(
        shelter.id, item.id, _pieces(form), actor,
        expires_on=expires_on, note=form.get('note', ''), practice=shelter.practice,
    )  # fmt: skip


async def _remove(box: Box, shelter: ShelterInfo, item: ItemInfo, form: Mapping[str, str], actor: Actor) -> None:
    note, practice = form.get('note', ''), shelter.practice
    await box.shelters.handouts.stock.remove(shelter.id, item.id, _pieces(form), actor, note=note, practice=practice)


async def _count(box: Box, shelter: ShelterInfo, item: ItemInfo, form: Mapping[str, str], actor: Actor) -> None:
    found = number_of(form.get('pieces', ''), _('数'))
    if found is None:
        raise StockRefused('found')
    note, practice = form.get('note', ''), shelter.practice
    await box.shelters.handouts.stock.take(shelter.id, item.id, found, actor, note=note, practice=practice)


MOVES: Mapping[str, Move] = {'received': _receive, 'removed': _remove, 'counted': _count}


def _pieces(form: Mapping[str, str]) -> int:
    return number_of(form.get('pieces', ''), _('数')) or 0


def _problem(refused: StockRefused | WrongValue) -> str:
    if isinstance(refused, WrongValue):
        return str(refused)
    return {
        'pieces': _('数: 1以上の数を入れてください。'),
        'found': _('数えた数: 0以上の数を入れてください。'),
        'note': _('廃棄・転出には、理由を200文字までで書いてください。'),
    }.get(str(refused), _('入力を確かめてください。'))


async def _scene(box: Box, shelter: ShelterInfo | None, page: int = 1) -> Scene:
    others = await open_shelters(box)
    if shelter is None:
        return Scene(shelter=None, others=others, lines={}, actors={})
    room, offset = box.shelters.handouts, offset_of(page)
    moves, total = await room.stock.moves(shelter.id, practice=shelter.practice, offset=offset, limit=ROWS_PER_PAGE)
    return Scene(
        shelter=shelter,
        others=others,
        items=[item for item in await room.items.all() if item.entry.rules.kind is not ItemKind.BENEFIT],
        lines=await room.stock.at(shelter.id, practice=shelter.practice),
        moves=moves,
        total=total,
        offset=offset,
        actors=await actor_names(box, [move.moved_by for move in moves]),
    )


def _draw(scene: Scene, problem: str = '', *, is_done: bool = False) -> None:
    shelter = scene.shelter
    with handouts_page(_('在庫'), STOCK, str(shelter.id) if shelter else ''):
        draw_choice(STOCK, shelter, scene.others)
        if shelter is None:
            return
        if problem:
            message_box(MessageKind.FAILURE, _('記録していません。'), problem)
        if is_done:
            message_box(MessageKind.DONE, _('在庫を記録しました。'))
        if not scene.items:
            empty_state(_('配る物がまだ登録されていません'), _('「品目ときまり」で登録します。'))
            text('a', _('品目ときまり'), 'press press-main', href=ITEMS)
            return
        _draw_stock(scene)
        _draw_entry(shelter, scene.items)
        _draw_moves(shelter, scene)


def _draw_stock(scene: Scene) -> None:
    today = clock.today()
    rows: list[list[Cell]] = []
    for item in scene.items:
        found = scene.lines.get(item.id)
        line = found if found and found.is_entered else None
        left = _('未入力') if line is None else f'{_signed(line.pieces)}{item.entry.unit}'
        rows.append(
            [left, Lines((item.entry.name,)), Lines(_expiries(line, today)), Lines(_warnings(item, line, today))]
        )
    with element('section', 'section', aria_label=_('いまの在庫')):
        text('h2', _('いまの在庫'), 'section-title')
        plain_table((_('残り'), _('物'), _('賞味・使用期限'), _('注意')), rows, empty=('', ''))


def _expiries(line: StockLine | None, today: date) -> tuple[str, ...]:
    if line is None:
        return ()
    dated = [lot for lot in line.lots if lot.expires_on is not None]
    return tuple(f'{day_with_weekday(lot.expires_on or today)} {lot.pieces:,}' for lot in dated[:3])


def _warnings(item: ItemInfo, line: StockLine | None, today: date) -> tuple[str, ...]:
    if line is None:
        return ()
    expired, soon = line.expiring(today - timedelta(days=1)), line.expiring(today + EXPIRY_NOTICE)
    mark = item.entry.warn_below
    return tuple(
        words
        for words, holds in (
            (_('記録より多く渡しています。数え直してください'), line.pieces < 0),
            (_('在庫がありません'), line.pieces == 0),
            (_('要請を作る数より少ない'), mark is not None and 0 < line.pieces < mark),
            (_('期限切れ {pieces}').format(pieces=f'{expired:,}'), expired > 0),
            (_('まもなく期限 {pieces}').format(pieces=f'{soon - expired:,}'), soon > expired),
        )
        if holds
    )


def _draw_entry(shelter: ShelterInfo, items: Sequence[ItemInfo]) -> None:
    acts = {MoveKind.RECEIVED: _('届いた(入庫)'), MoveKind.COUNTED: _('数えた(棚卸し)')}
    acts[MoveKind.REMOVED] = _('廃棄した・ほかへ移した')
    with element('section', 'section', aria_label=_('在庫を記録する')):
        text('h2', _('在庫を記録する'), 'section-title')
        text('p', _('渡した数は自動で引かれます。ここでは、届いた数、数えた数、捨てた数を入れます。'), 'quiet')
        with plain_form(f'/staff/shelters/{shelter.id}/stock', _('記録する')):
            selection('act', _('内容'), {str(kind): words for kind, words in acts.items()})
            selection('item', _('物'), {str(item.id): item.entry.name for item in items})
            entry('pieces', _('数'), kind='number', required=True, hint=_('棚卸しでは、実際にあった数'))
            entry('expires_on', _('賞味・使用期限'), kind='date', hint=_('入庫のとき。なければ空'))
            entry('note', _('備考'), hint=_('廃棄・転出では理由'), most=200)


def _draw_moves(shelter: ShelterInfo, scene: Scene) -> None:
    names = {item.id: item.entry.name for item in scene.items}
    rows: list[list[Cell]] = [
        [
            short_time(move.moved_at, clock.today()),
            move_words()[move.kind],
            Lines((names.get(move.item, _('(使わなくなった品目)')),)),
            _signed(move.change)
            if move.counted is None
            else _('{found}(差 {change})').format(found=f'{move.counted:,}', change=_signed(move.change)),
            Lines((move.note,)),
            scene.actors.get(move.moved_by, ''),
        ]
        for move in scene.moves
    ]
    with element('section', 'section', aria_label=_('在庫の記録')):
        text('h2', _('在庫の記録'), 'section-title')
        headings = (_('日時'), _('内容'), _('物'), _('数'), _('備考'), _('記録した人'))
        plain_table(headings, rows, empty=(_('まだ記録はありません'), _('届いた数か、数えた数を記録します。')))
        pager(STOCK, {'shelter': str(shelter.id)}, scene.offset, scene.total)


def _signed(number: int) -> str:
    return f'△{-number:,}' if number < 0 else f'{number:,}'
