"""`/staff/shelters`: all shelters, searched and paged in the database."""

from collections.abc import Mapping
from typing import Any

from app.access.principals import Permission, current_principal, is_allowed
from app.language import _
from app.runtime import Condition
from app.shelters.shelter_search import ShelterFilter, ShelterRow
from app.shelters.values import ShelterKind, ShelterState
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from pages.guarded import guarded_page
from pages.staff.addresses import SHELTER_CODES, SHELTER_IMPORT, SHELTER_NEW, SHELTERS
from pages.staff.navigation import staff_page
from pages.staff.shelters.words import kind_words, people_words, state_words


def register(condition: Condition) -> None:
    """Open the list."""

    @guarded_page(SHELTERS, permission=Permission.RUN_SHELTER)
    async def shelters(words: str = '', state: str = '', kind: str = '', district: str = '', page: int = 1) -> None:
        search = condition.require_box().shelters.opening.search
        asked = {
            'words': words[:100],
            'state': state if state in set(ShelterState) else '',
            'kind': kind if kind in set(ShelterKind) else '',
            'district': district[:100],
        }
        offset = offset_of(page)
        found, total = await search.page(ShelterFilter(**asked), offset, ROWS_PER_PAGE)
        _draw(found, offset, total, asked, await search.districts())


def _draw(found: list[ShelterRow], offset: int, total: int, asked: Mapping[str, str], districts: list[str]) -> None:
    may_manage = is_allowed(current_principal(), Permission.MANAGE_SHELTERS)
    with staff_page(_('避難所'), SHELTERS):
        with element('div', 'buttons'):
            text('a', _('避難所を追加する'), 'press press-main', href=SHELTER_NEW)
            if may_manage:
                text('a', _('一覧(CSV・Excel)を取り込む'), 'press press-quiet', href=SHELTER_IMPORT)
                text('a', _('開設コードを作る'), 'press press-quiet', href=SHELTER_CODES)
        with plain_form(SHELTERS, _('探す'), method='get', classes='filter'):
            entry('words', _('名称・所在地・ID'), asked['words'], most=100)
            selection(
                'state',
                _('状態'),
                _or_all(state_words()),
                asked['state'],
            )
            selection(
                'kind',
                _('種類'),
                _or_all(kind_words()),
                asked['kind'],
            )
            if districts:
                names = {'': _('すべて'), **{name: name for name in districts}}
                selection('district', _('校下'), names, asked['district'])
        headings = (_('状態'), _('名称'), _('種類・校下'), _('収容人数'), _('所在地'))
        empty = (
            _('当てはまる避難所はありません'),
            _('「一覧(CSV・Excel)を取り込む」か「避難所を追加する」で登録します。'),
        )
        plain_table(headings, [_row(shelter) for shelter in found], empty=empty)
        pager(SHELTERS, asked, offset, total)


def _row(shelter: ShelterRow) -> list[Cell]:
    marks = [_('【訓練】') if shelter.practice else '', _('この箱がある避難所') if shelter.here else '']
    return [
        Lines((state_words()[shelter.state], *marks), whole=True),
        Link(shelter.name, f'{SHELTERS}/{shelter.id}'),
        Lines((kind_words()[shelter.kind], shelter.district)),
        Lines((people_words(shelter.capacity), _blocked(shelter.blocked_capacity)), whole=True),
        shelter.address,
    ]


def _blocked(people: int) -> str:
    return _('うち使えない {count}人').format(count=f'{people:,}') if people else ''


def _or_all(words: Mapping[Any, str]) -> dict[str, str]:
    return {'': _('すべて'), **{str(value): word for value, word in words.items()}}
