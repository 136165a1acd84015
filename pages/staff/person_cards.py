"""The cards of one person, ended ones too, and the linking of a new one."""

from nicegui import ui

from app.access.principals import Permission
from app.language import _
from app.people.cards import CardLink, EndReason
from app.people.staff import StaffMember
from app.runtime import Box
from components.elements import box as element
from components.elements import press, text
from components.inputs import choice
from components.messages import empty_state
from components.notice import Notice
from components.times import day_with_weekday
from pages.staff.acting import actor_for, telling
from pages.staff.card_linking import CardLinking
from pages.staff.card_words import kind_words, reason_words


class PersonCards:
    """Name, cards and linking of the chosen person."""

    def __init__(self, box: Box, person: StaffMember) -> None:
        self._box = box
        self._person = person
        with element('section', 'section panel', aria_label=person.name) as self._place:
            with element('div', 'person-head'):
                text('h2', person.name or _('(消去済み)'), 'person-name')
                text('p', f'{person.number}\u3000{person.kana}\u3000{person.department}', 'quiet')
            self._notice = Notice()
            self._list = element('ul', 'cards')
            self._linking = CardLinking(box, person, self.redraw)

    async def draw(self) -> None:
        """Everything, once."""
        await self.redraw()
        await self._linking.draw()

    async def redraw(self) -> None:
        """The cards as they are now."""
        cards = await self._box.cards.of(self._person.id)
        self._list.clear()
        with self._list:
            if not cards:
                empty_state(_('登録されたカードはありません'), _('下でカードを登録してください。'))
            for card in cards:
                self._draw_card(card)

    def close(self) -> None:
        """Stop waiting for a card."""
        self._linking.close()

    def _draw_card(self, card: CardLink) -> None:
        async def end() -> None:
            await self._end(card)

        ended = 'ended' if card.ended_at else 'living'
        with element('li', 'card', data_state=ended):
            with element('div', 'card-words'):
                text('p', kind_words()[card.kind.value], 'card-kind')
                text('p', _('末尾 {digits}').format(digits=card.last_four), 'card-digits')
                for line in _lines(card):
                    text('p', line, 'quiet')
            if card.ended_at is None:
                press(_('登録を終える'), telling(self._notice, end), classes='press-quiet press-small')

    async def _end(self, card: CardLink) -> None:
        with self._place:
            reason = await _ask_reason(card)
        if reason is not None:
            await self._box.cards.end(card.id, reason, actor_for(self._box, Permission.LINK_CARDS))
            await self.redraw()
            self._notice.done(_('カードの登録を終えました'), _('これまでの記録は残ります。'))


async def _ask_reason(card: CardLink) -> EndReason | None:
    with ui.dialog() as dialog, element('div', 'confirm', role='dialog', aria_label=_('カードの登録を終える')):
        text('h2', _('カードの登録を終えますか'), 'confirm-title')
        text('p', _('末尾 {digits} のカードは、もう使えなくなります。').format(digits=card.last_four))
        reason = choice(_('理由'), reason_words(), value=EndReason.RETURNED.value)
        with element('div', 'confirm-buttons'):
            press(_('やめる'), lambda: dialog.submit(None), classes='press-quiet')
            press(_('登録を終える'), lambda: dialog.submit(reason.value), classes='press-careful')
    answer = await dialog
    dialog.delete()
    return EndReason(answer) if answer else None


def _lines(card: CardLink) -> list[str]:
    lines = [_('{day} に登録').format(day=day_with_weekday(card.linked_at.date()))]
    if card.proven:
        lines.append(_('暗証番号で本人のカードと確かめました'))
    if card.not_after is not None:
        lines.append(_('電子証明書は {day} まで').format(day=day_with_weekday(card.not_after.date())))
    if card.ended_at is not None and card.end_reason is not None:
        day = day_with_weekday(card.ended_at.date())
        lines.append(_('{day} に終了({reason})').format(day=day, reason=reason_words()[card.end_reason.value]))
    return lines
