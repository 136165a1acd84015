"""How a shelter stands, and what staff can make of it: open, full, adopted, closed."""

from app.access.principals import Permission, current_principal, is_allowed
from app.language import _
from app.shelters.closing import STAFF_STATES, StillThere
from app.shelters.places import ShelterInfo
from app.shelters.values import ShelterState, StayState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form
from components.plain_table import plain_table
from components.times import day_and_time
from pages.staff.addresses import SHELTERS
from pages.staff.shelters.shelter_facts import Facts
from pages.staff.shelters.words import state_words


def draw_state(facts: Facts) -> None:
    """The state, and the presses that change it."""
    shelter = facts.shelter
    with element('section', 'section panel', aria_label=_('状態')):
        text('h2', state_words()[shelter.state], 'section-title')
        if shelter.state_since:
            text('p', _('{since} から').format(since=day_and_time(shelter.state_since)), 'quiet')
        if shelter.state is ShelterState.OPENED_BY_RESIDENTS:
            text('p', _('住民が開設しました。引き継ぐと、住民の画面は終わり、市の避難所になります。'))
            with plain_form(f'{SHELTERS}/{shelter.id}/adopt', _('引き継ぐ')):
                pass
        if facts.to_be_sealed:
            words = _('新しい開設コードを封筒に入れ、鍵の箱に戻してください。')
            message_box(MessageKind.WARNING, words, _('戻したら、下のボタンを押してください。'))
            with plain_form(f'{SHELTERS}/{shelter.id}/sealed', _('鍵の箱に入れた')):
                pass
        for state in STAFF_STATES[shelter.state]:
            if state is ShelterState.CLOSED:
                _draw_closing(facts)
            else:
                _draw_state_form(shelter, state)


def _draw_state_form(shelter: ShelterInfo, state: ShelterState) -> None:
    label = _('満員にする') if state is ShelterState.FULL else _('開設する')
    if shelter.state is ShelterState.FULL:
        label = _('満員をやめ、受け入れる')
    with plain_form(f'{SHELTERS}/{shelter.id}/state', label, hidden={'state': str(state)}, classes=''):
        if state is ShelterState.FULL:
            entry('reason', _('理由'), most=200)


def _draw_closing(facts: Facts) -> None:
    if not is_allowed(current_principal(), Permission.MANAGE_SHELTERS):
        return
    shelter = facts.shelter
    text('h3', _('閉鎖'), 'section-title')
    if facts.people:
        words = _('まだ {count}人が登録されています。閉鎖できません。').format(count=f'{facts.people:,}')
        message_box(MessageKind.WARNING, words, _('受付で、一人ずつ「退所」か「移動」にしてください。'))
        rows = [[one.number, one.area, _place_words(one)] for one in facts.there]
        plain_table((_('番号'), _('区画'), _('いまの状態')), rows, empty=('', ''))
        return
    with plain_form(f'{SHELTERS}/{shelter.id}/close', _('閉鎖する'), careful=True, classes=''):
        entry('reason', _('理由'), most=200)
    text('p', _('開設コードも使えなくなります。'), 'quiet')


def _place_words(one: StillThere) -> str:
    return _('外出中') if one.state is StayState.AWAY else _('滞在中')
