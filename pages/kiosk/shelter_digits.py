"""Digits at a reception desk: a number of somebody, the code on a card's face, or a PIN that only its holder sees."""

from app.language import _
from app.shelters.desk_presses import Plain, ReadFace
from app.shelters.desk_screens import ShelterDeskView, Step
from components.elements import box, set_text, text
from components.number_pad import CANCEL, DELETE, ENTER, number_pad
from device_drivers.cards.text_application import LENGTHS, FaceKeyKind
from pages.kiosk.shelter_parts import ShelterController, step_head

NUMBER_DIGITS, FAMILY_DIGITS = 5, 6
GROUPS_OF_CODE = (2, 4, 6, 10, 14)
BEFORE_CENTURY, AFTER_CENTURY, CENTURY = 6, 8, '20'


class DigitsStep:
    """A pad of digits; what was typed is forgotten as soon as it was sent."""

    def __init__(self, view: ShelterDeskView, controller: ShelterController) -> None:
        self._controller = controller
        self._step = view.step
        self._prefix = view.prefix
        self._by_residents = view.by_residents
        self._typed = ''
        step_head(view, *_words(view), symbol_name='card' if view.step is not Step.NUMBER else 'question')
        with box('div', 'desk-body digits', data_of=view.step.value):
            with box('div', 'digits-read'):
                self._shown = text('p', '', 'typed-digits', aria_live='off' if view.step is Step.PIN else 'polite')
                for line in _help(view):
                    text('p', line, 'digits-help')
            number_pad(self._key)
        self._show()

    async def _key(self, key: str) -> None:
        if key == CANCEL:
            await self._controller.press(Plain.CANCEL)
            return
        if key == ENTER:
            await self._enter()
            return
        after = with_century if self._step is Step.CODE else _as_typed
        self._typed = after(self._typed, '' if key == DELETE else key)[: self._longest]
        self._show()
        if self._step is not Step.NUMBER and len(self._typed) == self._longest:
            await self._enter()

    async def _enter(self) -> None:
        typed, self._typed = self._typed, ''
        self._show()
        if not typed:
            return
        if self._step is Step.NUMBER:
            await self._controller.scan(typed if len(typed) == FAMILY_DIGITS else f'{self._prefix}{typed}')
        else:
            await self._controller.press(ReadFace(self._kind, typed))

    @property
    def _kind(self) -> FaceKeyKind:
        return FaceKeyKind.PIN if self._step is Step.PIN else FaceKeyKind.CODE_B

    @property
    def _longest(self) -> int:
        return FAMILY_DIGITS if self._step is Step.NUMBER else LENGTHS[self._kind]

    def _show(self) -> None:
        set_text(self._shown, self._as_shown())

    def _as_shown(self) -> str:
        if self._step is Step.PIN:
            return '●' * len(self._typed) + '○' * (self._longest - len(self._typed))
        if self._step is Step.NUMBER and self._by_residents:
            return f'{self._typed:_<{FAMILY_DIGITS}}'
        if self._step is Step.NUMBER:
            return f'{self._prefix}-{self._typed[:4]:_<4}-{self._typed[4:]:_<1}'
        return grouped(self._typed)


def with_century(typed: str, key: str) -> str:
    """The digits of a card's face after a key (empty: one is taken back); the century of its year is not typed.

    Whoever types it all the same is understood: no card of 2020 is good any more.
    """
    if not key:
        return typed[:5] if len(typed) == AFTER_CENTURY else typed[:-1]
    after = typed + key
    if len(after) == BEFORE_CENTURY:
        return f'{after}{CENTURY}'
    return after[:AFTER_CENTURY] if after[BEFORE_CENTURY:] == CENTURY * 2 else after


def _as_typed(typed: str, key: str) -> str:
    return typed + key if key else typed[:-1]


def grouped(typed: str) -> str:
    """The 14 digits as they stand on a card: year, month and day of birth, year of expiry, security code."""
    padded = f'{typed:_<{GROUPS_OF_CODE[-1]}}'
    starts = (0, *GROUPS_OF_CODE)
    year, month, day, expiry, code = (padded[a:b] for a, b in zip(starts, GROUPS_OF_CODE, strict=False))
    return f'{year}.{month}.{day}  {expiry}  {code}'


def _words(view: ShelterDeskView) -> tuple[str, str]:
    match view.step:
        case Step.PIN:
            return _('ご本人が暗証番号4桁を入力してください'), _('個人番号(マイナンバー)は読み取りません')
        case Step.CODE:
            return _('カードの面の数字14桁を入力してください'), _('個人番号(マイナンバー)は使いません')
    if view.by_residents:
        return _('事前入力の番号6桁を入力してください'), _('スマートフォンの画面にある番号です')
    return _('番号を入力してください'), _('リストバンドや控えの数字5桁、または事前入力の6桁')


def _help(view: ShelterDeskView) -> tuple[str, ...]:
    match view.step:
        case Step.PIN:
            return (_('4桁を入れると読み取ります。'), _('わからないときは「取消」を押し、券面の番号で読み取ります。'))
        case Step.CODE:
            used = (_('氏名・住所・生年月日・性別を受付に使います'),) if view.problem is None else ()
            return (
                _('1 生年月日(和暦の年・月・日)6桁'),
                _('2 カードの有効期限の年の下2桁(20は入っています)'),
                _('3 セキュリティコード 4桁'),
                *used,
            )
    return ()
