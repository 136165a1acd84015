"""Counting: four large presses, each of which is one person, however fast they follow."""

import secrets

from nicegui.elements.mixins.text_element import TextElement

from app.language import _
from app.shelters.desk_presses import CountOne, TakeBack
from app.shelters.desk_screens import ShelterDeskView
from app.shelters.values import PersonClass
from components.elements import box, press, set_attributes, set_text, text
from pages.kiosk.shelter_parts import ShelterController, on_attempt
from pages.kiosk.shelter_words import class_words


class CountStep:
    """Built once; a press changes its numbers only, so that no press falls between two drawings."""

    def __init__(self, controller: ShelterController) -> None:
        self._controller = controller
        self._numbers: dict[PersonClass, TextElement] = {}
        with box('div', 'count-step'):
            with box('header', 'desk-head count-head'):
                text('h1', _('来た方を1人ずつ押してください'), 'count-title')
                text('p', _('カードやQRをお持ちの方は、いつでもタッチできます'), 'desk-detail')
            with box('div', 'count-presses', role='group', aria_label=_('区分')) as group:
                for person_class, word in class_words().items():
                    self._draw(person_class, word)
            on_attempt(group, set(self._numbers), self._count, guarded=False)
            with box('footer', 'desk-foot'):
                self._back = press(
                    _('最後の1人を取り消す'), self._take_back, classes='press-quiet', symbol_name='delete'
                )

    def show(self, view: ShelterDeskView) -> None:
        """Draw what differs."""
        for person_class, number in self._numbers.items():
            set_text(number, str(view.counted.get(person_class, 0)))
        last = class_words().get(view.last_count) if view.last_count else None
        set_text(self._back, _('最後の1人({kind})を取り消す').format(kind=last) if last else _('最後の1人を取り消す'))
        set_attributes(self._back, aria_disabled='false' if last else 'true')

    def _draw(self, person_class: PersonClass, word: str) -> None:
        with box('button', f'press count-press class-{person_class}', type='button', data_press=str(person_class)):
            text('span', word, 'count-word')
            self._numbers[person_class] = text('span', '0', 'count-number')

    async def _count(self, person_class: PersonClass, attempt: str) -> None:
        await self._controller.press(CountOne(person_class, attempt))

    async def _take_back(self) -> None:
        await self._controller.press(TakeBack(secrets.token_hex(8)))
