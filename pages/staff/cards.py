"""`/staff/cards`: members of staff and the cards that point to them."""

from nicegui import ui

from app.access.principals import Permission
from app.language import _
from app.people.search import MOST_SHOWN, Found, StaffSearch
from app.people.staff import StaffMember
from app.runtime import Box, Condition
from app.settings import CardSettings
from components.elements import box as element
from components.elements import press, text
from components.inputs import text_input
from components.messages import empty_state
from components.notice import Notice
from pages.guarded import guarded_page
from pages.staff.acting import actor_for, telling
from pages.staff.addresses import CARDS
from pages.staff.card_words import policies
from pages.staff.navigation import staff_page
from pages.staff.person_cards import PersonCards


def register(condition: Condition) -> None:
    """Open `/staff/cards`."""

    @guarded_page(CARDS, permission=Permission.LINK_CARDS)
    def cards() -> None:
        box = condition.require_box()
        with staff_page(_('カード'), CARDS):
            CardsPage(box)
            _draw_policies(box.settings.cards)


class CardsPage:
    """The search, its hits, and the person who was chosen."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._search = StaffSearch(box.reading, box.vault)
        self._open: PersonCards | None = None
        with element('section', 'section', aria_label=_('職員を探す')):
            with element('div', 'search'):
                self._typed = text_input(
                    _('職員番号、氏名またはフリガナ'),
                    hint=_('一部だけでも探せます。全角・半角、ひらがな・カタカナの違いは気にしなくてかまいません。'),
                    on_enter=self._find_safely,
                )
                press(_('探す'), self._find_safely, classes='press-main')
            self._notice = Notice()
            self._hits = element('div', 'hits')
        self._person = element('div', 'person-place')
        ui.context.client.on_delete(self._close)

    async def _find_safely(self) -> None:
        await telling(self._notice, self._find)()

    async def _find(self) -> None:
        actor_for(self._box, Permission.LINK_CARDS)
        self._notice.clear()
        found = await self._search.find(self._typed.value or '')
        self._close()
        self._person.clear()
        self._show(found)
        if found.total == 1:
            await self._choose(found.members[0])

    def _show(self, found: Found) -> None:
        self._hits.clear()
        with self._hits:
            if not (self._typed.value or '').strip():
                empty_state(_('探す言葉を入力してください'), _('職員番号、氏名、フリガナのどれかで探せます。'))
            elif not found.members:
                empty_state(_('見つかりませんでした'), _('番号や読みを短くして試すか、職員名簿を取り込んでください。'))
            for member in found.members:
                self._draw_hit(member)
            if found.total > MOST_SHOWN:
                rest = found.total - MOST_SHOWN
                text('p', _('ほかに {count} 人います。言葉を足してください。').format(count=rest), 'quiet')

    def _draw_hit(self, member: StaffMember) -> None:
        async def choose() -> None:
            await self._choose(member)

        with element('button', 'hit', type='button') as button:
            text('span', member.number, 'hit-number')
            text('span', member.name or _('(消去済み)'), 'hit-name')
            text('span', member.kana, 'quiet')
            text('span', member.department, 'hit-department')
            if not member.active:
                text('span', _('退職など'), 'chip')
        button.on('click', telling(self._notice, choose), args=[])

    async def _choose(self, member: StaffMember) -> None:
        actor_for(self._box, Permission.LINK_CARDS)
        self._close()
        self._hits.clear()
        self._person.clear()
        with self._person:
            self._open = PersonCards(self._box, member)
        await self._open.draw()

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _draw_policies(settings: CardSettings) -> None:
    with element('section', 'section', aria_label=_('カードのきまり')):
        text('h2', _('カードのきまり'), 'section-title')
        text('p', _('本体の設定ファイル machibako.toml で決めます。変えたら本体を再起動してください。'), 'quiet')
        with element('dl', 'policies'):
            for title, law, name, is_on in policies(settings):
                with element('div', 'policy'):
                    text('dt', title, 'policy-title')
                    with element('dd', 'policy-state'):
                        text(
                            'span', _('有効') if is_on else _('無効'), 'state', data_state='ready' if is_on else 'away'
                        )
                        text('code', name, 'setting-name')
                    text('dd', law, 'quiet')
