"""`/staff/shelters/handouts/items`: what is handed out or paid, and the rules of each."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from app.shelters.handouts.usual_items import begin_list
from app.shelters.handouts.values import ItemEntry, ItemInfo, ItemKind, ItemRefused, ItemRules, Share
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import plain_form
from components.plain_table import Cell, Lines, Link, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.kiosk.shelter_words import class_words
from pages.staff.cars.values import WrongValue
from pages.staff.forms import posted
from pages.staff.shelters.handouts_frame import ITEMS, REFUSED_STATUS, handouts_page
from pages.staff.shelters.handouts_item_form import draw_item_fields, item_problem, posted_item
from pages.staff.shelters.handouts_words import entitled_words, kind_words, proxy_words

NEW, USUAL = f'{ITEMS}/new', f'{ITEMS}/usual'
ONE, RETIRE = f'{ITEMS}/{{item}}', f'{ITEMS}/{{item}}/retire'


def register(condition: Condition) -> None:
    """Open the list, the form of one item, and what they post to."""

    @guarded_page(ITEMS, permission=Permission.RUN_SHELTER)
    async def listing() -> None:
        _draw_list(await condition.require_box().shelters.handouts.items.all())

    @guarded_page(NEW, permission=Permission.RUN_SHELTER)
    async def new() -> None:
        _draw_form(uuid4(), ItemEntry(name=''), await condition.require_box().shelters.handouts.items.all())

    @guarded_post(USUAL, permission=Permission.RUN_SHELTER)
    async def usual() -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        await begin_list(condition.require_box().shelters.handouts.items, actor)
        return RedirectResponse(ITEMS, status_code=303)

    @guarded_page(ONE, permission=Permission.RUN_SHELTER)
    async def one(item: UUID) -> None:
        items = condition.require_box().shelters.handouts.items
        found = await items.get(item)
        _draw_form(item, found.entry if found else None, await items.all())

    @guarded_post(ONE, permission=Permission.RUN_SHELTER)
    async def save(request: Request, item: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        items, form = condition.require_box().shelters.handouts.items, await posted(request)
        others = await items.all()
        try:
            await items.save(item, posted_item(form, others), actor)
        except (ItemRefused, WrongValue) as refused:
            found, problem = await items.get(item), item_problem(refused)
            entry = found.entry if found else ItemEntry(name=form.get('name', ''))
            return drawn(request, lambda: _draw_form(item, entry, others, problem), REFUSED_STATUS)
        return RedirectResponse(ITEMS, status_code=303)

    @guarded_post(RETIRE, permission=Permission.RUN_SHELTER)
    async def retire(item: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        await condition.require_box().shelters.handouts.items.retire(item, actor)
        return RedirectResponse(ITEMS, status_code=303)


def rule_lines(entry: ItemEntry, names: Mapping[UUID, str]) -> tuple[str, ...]:
    """The rules of an item in words, a line for each."""
    rules = entry.rules
    each = _('世帯') if rules.share is Share.HOUSEHOLD else _('1人')
    lines = [_('人数分') if rules.by_size else '']
    if entry.amount is not None:
        lines.append(_('{each}に {amount}円').format(each=each, amount=f'{entry.amount:,}'))
    if rules.interval is not None:
        minutes = int(rules.interval.total_seconds() // 60)
        hours = f'{minutes / 60:g}'
        lines.append(_('{each}につき、前に渡してから{hours}時間おく').format(each=each, hours=hours))
    if rules.per_day is not None:
        lines.append(_('{each}につき、1日{times}回まで').format(each=each, times=rules.per_day))
    if rules.in_all is not None:
        lines.append(_('{each}につき、全部で{times}回まで').format(each=each, times=rules.in_all))
    if rules.only_for:
        words = class_words()
        lines.append(_('対象: {classes}').format(classes='、'.join(words[one] for one in sorted(rules.only_for))))
    if rules.excludes:
        others = '、'.join(sorted(names[one] for one in rules.excludes if one in names))
        lines.append(_('{others}とはどちらか一方').format(others=others) if others else '')
    return tuple(line for line in (*lines, *_of_people(rules)) if line)


def _of_people(rules: ItemRules) -> tuple[str, ...]:
    if rules.kind is ItemKind.BENEFIT:
        return ()
    meal = ''
    if rules.kind is ItemKind.MEAL:
        contained = '、'.join(sorted(rules.allergens or ()))
        known = _('アレルゲン: {contained}').format(contained=contained) if contained else _('アレルゲンなし')
        meal = _('アレルゲン: 未入力') if rules.allergens is None else known
    return meal, entitled_words()[rules.entitled], _('受け取り: {who}').format(who=proxy_words()[rules.proxies])


def _draw_list(items: Sequence[ItemInfo]) -> None:
    names = {item.id: item.entry.name for item in items}
    with handouts_page(_('品目ときまり'), ITEMS):
        text('p', _('すべての避難所で使う一覧です。変えると、次に渡すときからそのきまりになります。'), 'quiet')
        with element('div', 'buttons'):
            text('a', _('品目を追加する'), 'press press-main', href=NEW)
        if not items:
            empty_state(_('まだ何も登録されていません'), _('よく配る物ではじめるか、1つずつ追加します。'))
            with plain_form(USUAL, _('食事・飲料水・毛布などではじめる')):
                pass
            return
        rows: list[list[Cell]] = [
            [
                kind_words()[item.entry.rules.kind],
                Link(item.entry.name, f'{ITEMS}/{item.id}'),
                Lines(rule_lines(item.entry, names), whole=True),
                '' if item.entry.warn_below is None else f'{item.entry.warn_below:,}{item.entry.unit}',
            ]
            for item in items
        ]
        plain_table((_('種類'), _('名前'), _('きまり'), _('要請を作る在庫')), rows, empty=('', ''))


def _draw_form(item: UUID, entry: ItemEntry | None, items: Sequence[ItemInfo], problem: str = '') -> None:
    is_new = all(one.id != item for one in items)
    with handouts_page(_('品目を追加する') if is_new else _('品目ときまり'), ITEMS):
        if entry is None:
            empty_state(_('この品目はありません'), _('一覧から選んでください。'))
            return
        if problem:
            message_box(MessageKind.FAILURE, _('保存していません。'), problem)
        with plain_form(f'{ITEMS}/{item}', _('保存する')):
            draw_item_fields(entry, [one for one in items if one.id != item])
        if not is_new:
            with element('section', 'section', aria_label=_('終わりにする')):
                text('p', _('渡した記録と在庫の記録は残ります。'), 'quiet')
                with plain_form(f'{ITEMS}/{item}/retire', _('この品目を使わないようにする'), careful=True):
                    pass
        text('a', _('一覧へ戻る'), '', href=ITEMS)
