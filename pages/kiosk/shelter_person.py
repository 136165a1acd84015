"""Somebody who is known at a reception desk, and what becomes of them."""

import secrets

from app import clock
from app.language import _
from app.shelters.desk_presses import CallHelp, GoOut, Leave, MoveTo, Plain, Press, Show
from app.shelters.desk_screens import PersonShown, ShelterDeskView, Step, Told
from app.shelters.desk_shown import AreaShown
from app.shelters.values import Place, StayState
from components.elements import box, press, symbol, text
from components.times import short_time
from pages.kiosk.shelter_parts import (
    ShelterController,
    choices,
    draw_name,
    pressing,
    problem_note,
    step_foot,
    step_head,
)
from pages.kiosk.shelter_steps import draw_face_presses
from pages.kiosk.shelter_words import left_for_words, told_words, until_words, urgency_words

GOOD = frozenset(
    {Told.REGISTERED, Told.ARRIVED, Told.BACK, Told.BOUND, Told.NAMED, Told.COMPLETED, Told.MOVED, Told.CALLED}
)


def draw_person(view: ShelterDeskView, controller: ShelterController) -> None:
    """Who it is, and what can be done; one press is done with them."""
    person = view.person
    if person is None:
        return
    with box('header', 'desk-head person-head', data_good=str(view.told in GOOD).lower()):
        if view.problem is not None:
            problem_note(view)
        elif view.told is not None:
            with box('div', 'desk-title'):
                symbol('check' if view.told in GOOD else 'note')
                text('h1', told_words(view.told))
        draw_who(person)
    with box('div', 'desk-body'):
        if person.elsewhere_name:
            _draw_elsewhere(person, controller)
        if person.came_from:
            with box('div', 'desk-elsewhere', role='status'):
                words = _('{shelter} にも登録があります。そちらの職員に自動で知らせます')
                text('p', words.format(shelter=person.came_from), 'elsewhere-words')
        if view.is_my_number:
            draw_face_presses(controller)
        choices(controller, _presses(view, person), label=_('この方について'), classes='person-presses')
    with box('footer', 'desk-foot'):
        if view.may_withdraw:
            press(_('この受付を取り消す'), pressing(controller, Plain.WITHDRAW), classes='press-quiet desk-cancel')
        press(_('完了'), pressing(controller, Plain.FINISH), classes='press-main desk-main')


def draw_who(person: PersonShown) -> None:
    """Surname, number, area and what must not be overlooked."""
    with box('div', 'person-who'):
        if person.surname:
            draw_name(person.surname)
        text('p', person.number, 'who-number')
        text('p', _where(person), 'who-detail')
        for urgency in person.urgencies:
            text('p', urgency_words()[urgency], 'flag flag-urgent')
        if person.unaccompanied:
            text('p', _('保護者のいない子ども'), 'flag flag-urgent')
        if person.visitor:
            text('p', _('市外の方'), 'flag')
        if person.alike:
            text('p', _('似た方がいます: {number}(あとで確かめます)').format(number=person.alike), 'flag')


def draw_out(view: ShelterDeskView, controller: ShelterController) -> None:
    """Until when."""
    step_head(view, _('いつごろ戻りますか'), _('一時外出'), symbol_name='out')
    presses: dict[Press, str] = {GoOut(until): word for until, word in until_words().items()}
    choices(controller, presses, label=_('戻る時刻'))
    step_foot(controller)


def draw_leave(view: ShelterDeskView, controller: ShelterController) -> None:
    """Where to."""
    step_head(view, _('どちらへ移りますか'), _('退所'), symbol_name='out')
    presses: dict[Press, str] = {Leave(left_for): word for left_for, word in left_for_words().items()}
    choices(controller, presses, label=_('行き先'), classes='many')
    step_foot(controller)


def draw_move(view: ShelterDeskView, controller: ShelterController) -> None:
    """Which part of the shelter, or the car."""
    step_head(view, _('どこへ移りますか'), symbol_name='in')
    presses: dict[Press, str] = {
        MoveTo(area.id, Place.CAR if area.is_cars else Place.SHELTER): _area_words(area) for area in view.areas
    }
    presses |= {
        MoveTo(None, Place.SHELTER): _('建物の中(場所は未定)'),
        MoveTo(None, Place.CAR): _('車の中'),
        MoveTo(None, Place.HOME): _('自宅(物資だけ受け取る)'),
    }
    choices(controller, presses, label=_('場所'), classes='many' if len(presses) > 6 else '')
    step_foot(controller)


def draw_urgent(view: ShelterDeskView, controller: ShelterController) -> None:
    """One press calls for help at every desk."""
    who = view.person.number if view.person else ''
    detail = _('押すと、この避難所のすべての受付と職員の画面に出ます')
    title = (
        _('{number} の方に必要な応援を押してください').format(number=who) if who else _('必要な応援を押してください')
    )
    step_head(view, title, detail, symbol_name='hand')
    attempt = secrets.token_hex(8)
    presses: dict[Press, str] = {CallHelp(urgency, attempt): word for urgency, word in urgency_words().items()}
    choices(controller, presses, label=_('緊急'), classes='urgent-presses')
    step_foot(controller)


def draw_done(view: ShelterDeskView, _controller: ShelterController) -> None:
    """The big answer; it goes by itself."""
    with box('div', 'desk-answer', role='status'):
        symbol('check')
        if view.person and view.person.surname:
            text('p', _('{name} 様').format(name=view.person.surname), 'answer-name')
        text('h1', told_words(view.told) if view.told else '', 'answer-title')
        if view.person:
            text('p', _done_detail(view.person, view.told), 'answer-detail')


def _presses(view: ShelterDeskView, person: PersonShown) -> dict[Press, str]:
    if person.state is None:
        return {Plain.ARRIVE: _('この避難所で受け付ける')}
    joining: dict[Press, str] = {Plain.JOIN: _('この世帯に加える')} if view.may_join else {}
    here: dict[Press, str] = {
        Show(Step.OUT): _('外出する'),
        Show(Step.LEAVE): _('退所する'),
        Show(Step.MOVE): _('場所を移る'),
        Plain.NEXT_MEMBER: _('同じ世帯の次の方'),
    }
    may_flag = view.told is Told.REGISTERED and person.may_be_alone
    alone: dict[Press, str] = {Plain.FLAG_ALONE: _('保護者がいない子ども')} if may_flag else {}
    back: dict[Press, str] = {Plain.ARRIVE: _('戻りました')} if person.state is StayState.AWAY else {}
    return back | joining | here | alone


def _draw_elsewhere(person: PersonShown, controller: ShelterController) -> None:
    with box('div', 'desk-elsewhere', role='status'):
        text('p', _('{shelter} にも滞在中のままです').format(shelter=person.elsewhere_name), 'elsewhere-words')
        press(
            _('そちらの滞在を終わりにする'),
            pressing(controller, Plain.END_ELSEWHERE),
            classes='press-main',
        )


def _area_words(area: AreaShown) -> str:
    if area.free is None:
        return area.name
    return _('{area}(空き{count}人)').format(area=area.name, count=max(0, area.free))


def _where(person: PersonShown) -> str:
    if person.state is None:
        return _('この避難所にはいません')
    if person.state is StayState.AWAY:
        return _('外出中 {until}').format(until=_until(person)).strip()
    places = {Place.CAR: _('車の中'), Place.HOME: _('自宅(在宅避難)'), Place.OTHER: _('そのほかの場所')}
    parts = (person.area_name, places.get(person.place, ''))
    return ' '.join(part for part in parts if part) or _('建物の中')


def _until(person: PersonShown) -> str:
    if person.expected_at is None:
        return ''
    return _('{time}ごろまで').format(time=short_time(person.expected_at, clock.today()))


def _done_detail(person: PersonShown, told: Told | None) -> str:
    until = _until(person) if told is Told.WENT_OUT else ''
    return ' '.join(part for part in (person.number, until) if part)
