"""The steps of a reception desk before somebody is known."""

from collections.abc import Awaitable, Callable

from app.language import _
from app.shelters.desk_presses import MarkVisitor, Plain, Register, Show
from app.shelters.desk_screens import ShelterDeskView, Step, Told
from app.shelters.sealed_sheet import OPEN_PATH
from app.shelters.values import PersonClass, ShelterState
from components.elements import box, press, set_attributes, symbol, text
from pages.kiosk.shelter_parts import ShelterController, class_presses, draw_name, pressing, step_foot, step_head
from pages.kiosk.shelter_words import closed_words, problem_words, told_words
from pages.kiosk.trouble_words import not_recording, reader_words, whom_words
from pages.public.frame import LANGUAGE_FIELD


def draw_closed(view: ShelterDeskView, _controller: ShelterController) -> None:
    """Nobody is received here now, and what to do."""
    title, next_step = closed_words(view.shelter_state)
    with box('div', 'desk-answer'):
        symbol('wait')
        text('h1', title, 'answer-title')
        text('p', next_step, 'answer-next')
        if view.shelter_state is ShelterState.NOT_OPENED:
            address = f'{OPEN_PATH}?{LANGUAGE_FIELD}={view.language}'
            text('a', _('住民による開設'), 'press press-main', href=address)
        if view.whom_to_call:
            text('p', whom_words(view.whom_to_call), 'answer-detail')


def draw_failure(view: ShelterDeskView, _controller: ShelterController) -> None:
    """The red screen."""
    with box('div', 'desk-answer'):
        symbol('paper')
        text('h1', not_recording(), 'answer-title')
        text('p', whom_words(view.whom_to_call), 'answer-detail')


def draw_waiting(view: ShelterDeskView, controller: ShelterController) -> None:
    """The field that always listens, and what to press for those who have nothing to touch."""
    with box('div', 'desk-prompt', role='status'):
        if view.reader == 'ready':
            symbol('tap')
            text('h1', _('カードかQRをタッチしてください'), 'prompt-title')
            text('p', _('マイナンバーカード、交通系ICカード、リストバンド、事前入力のQR'), 'prompt-detail')
        else:
            words = reader_words(view.reader)
            symbol('reader')
            text('h1', words.title, 'prompt-title')
            text('p', words.detail or words.next_step, 'prompt-detail')
    with box('div', 'desk-choices'):
        press(
            _('カードのない方を受け付ける'),
            pressing(controller, Plain.WITHOUT_CARD),
            classes='press-main desk-choice',
            symbol_name='person',
        )
        press(
            _('事前入力の番号を入れる') if view.by_residents else _('番号で確かめる'),
            pressing(controller, Show(Step.NUMBER)),
            classes='press-quiet desk-choice',
            symbol_name='question',
        )


def draw_new(view: ShelterDeskView, controller: ShelterController) -> None:
    """Somebody whom nobody knows yet: one press registers them."""
    has_card = view.has_token or view.is_my_number
    title = _('はじめての方です') if has_card else _('カードのない方')
    if view.told is Told.CALLED:
        title = _('応援を呼びました。続けて受け付けます')
    detail = _('区分を1つ押すと受付できます。氏名はあとで入力できます')
    step_head(view, title, detail, symbol_name='card' if has_card else 'person')
    with box('div', 'desk-body'):
        if view.is_my_number:
            draw_face_presses(controller)
        if view.has_token and view.last_number:
            press(
                _('さきほどの {number} の方のカードにする').format(number=view.last_number),
                pressing(controller, Plain.BIND),
                classes='press-main',
                symbol_name='link',
            )
        class_presses(_registering(controller))
    step_foot(controller, between=lambda: _draw_visitor(view, controller))


def draw_face_presses(controller: ShelterController) -> None:
    """How the card is opened: by what is printed on it first; the PIN is the holder's and never asked first."""
    with box('div', 'face-presses'):
        press(
            _('券面の番号で氏名を読む'),
            pressing(controller, Show(Step.CODE)),
            classes='press-main',
            symbol_name='card',
        )
        press(_('暗証番号で読む(ご本人が入力)'), pressing(controller, Show(Step.PIN)), classes='press-quiet')
        text('p', _('個人番号(マイナンバー)は読み取りません'), 'face-note')


def draw_reading(view: ShelterDeskView, controller: ShelterController) -> None:
    """The card has to lie there."""
    step_head(view, _('カードを置いたままお待ちください'), _('離していたら、もう一度置いてください'), symbol_name='tap')
    box('div', 'desk-body reading')
    step_foot(controller)


def draw_confirm(view: ShelterDeskView, controller: ShelterController) -> None:
    """What the card told, before it is recorded."""
    face = view.face
    if face is None:
        return
    step_head(view, _('この方でよろしいですか'), _('氏名・住所・生年月日・性別を受付に使います'), symbol_name='person')
    with box('div', 'desk-body desk-who'):
        draw_name(face.surname)
        if face.age is not None:
            text('p', _('{age}歳').format(age=face.age), 'who-detail')
        if view.person is None:
            _draw_visitor(view, controller)
    step_foot(controller, leads_on=_('この方を受け付ける'), on_press=pressing(controller, Plain.CONFIRM))


def draw_draft(view: ShelterDeskView, controller: ShelterController) -> None:
    """What a household entered on its own phone."""
    if view.completes:
        _draw_completing(view, controller)
        return
    detail = _('受付が済んでいる方なら、カードかリストバンドをタッチしてください')
    step_head(view, _('事前に入力した世帯です'), detail, symbol_name='phone')
    _draw_draft_body(view)
    step_foot(
        controller,
        leads_on=_('{count}人全員を受け付ける').format(count=view.members),
        on_press=pressing(controller, Plain.REGISTER_FAMILY),
    )


def draw_household(view: ShelterDeskView, controller: ShelterController) -> None:
    """The next member: a touch, or one press."""
    title = _('同じ世帯の次の方(いま{count}人)').format(count=view.members)
    step_head(view, title, _('カードをタッチするか、区分を押してください。住所は引き継ぎます'), symbol_name='person')
    with box('div', 'desk-body'):
        if view.told is not None:
            _draw_told(view, controller)
        class_presses(_registering(controller))
    step_foot(controller, leads_on=_('世帯の受付を終わる'), on_press=pressing(controller, Plain.FINISH))


def draw_problem(view: ShelterDeskView, _controller: ShelterController) -> None:
    """Nobody is known at the desk: what is the matter, and what to do next."""
    if view.problem is None:
        return
    words = problem_words(view.problem)
    with box('div', 'desk-answer', role='alert'):
        symbol(words.symbol)
        text('h1', words.title, 'answer-title')
        text('p', words.next_step, 'answer-next')
        if words.call and view.whom_to_call:
            text('p', whom_words(view.whom_to_call), 'answer-detail')


def _draw_completing(view: ShelterDeskView, controller: ShelterController) -> None:
    numbers, new = '、'.join(view.completes), view.members - len(view.completes)
    if view.unclear:
        title = _('{number}人目に書いた方のカードかリストバンドをタッチしてください').format(number=view.unclear)
        step_head(view, title, numbers, symbol_name='tap')
    else:
        step_head(view, _('受付が済んでいる方が書いた内容です'), numbers, symbol_name='phone')
    _draw_draft_body(view)
    if view.unclear:
        step_foot(controller)
        return
    words = _('記録に加え、{count}人を新しく受け付ける').format(count=new) if new else _('記録に加える')
    step_foot(controller, leads_on=words, on_press=pressing(controller, Plain.REGISTER_FAMILY))


def _draw_draft_body(view: ShelterDeskView) -> None:
    with box('div', 'desk-body desk-who'):
        if view.surname:
            draw_name(view.surname)
        text('p', _('{count}人の世帯').format(count=view.members), 'who-detail')


def _draw_visitor(view: ShelterDeskView, controller: ShelterController) -> None:
    other = pressing(controller, MarkVisitor(not view.visitor))
    check = 'check' if view.visitor else ''
    toggle = press(_('市外の方'), other, classes='press-quiet desk-cancel', symbol_name=check)
    set_attributes(toggle, aria_pressed=str(view.visitor).lower())


def _draw_told(view: ShelterDeskView, controller: ShelterController) -> None:
    with box('div', 'desk-told', role='status'):
        symbol('check')
        words = told_words(view.told) if view.told else ''
        number = view.person.number if view.person else ''
        text('p', f'{words} {number}'.strip(), 'told-words')
        if view.may_withdraw:
            press(_('いまの受付を取り消す'), pressing(controller, Plain.WITHDRAW), classes='press-quiet')


def _registering(controller: ShelterController) -> Callable[[PersonClass, str], Awaitable[None]]:
    async def register(person_class: PersonClass, attempt: str) -> None:
        await controller.press(Register(person_class, attempt))

    return register
