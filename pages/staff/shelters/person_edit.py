"""`/staff/evacuees/{evacuee}/edit`: all that 避難所利用者登録票 and the 安否情報 form ask; what was before is kept."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo
from app.shelters.values import Assured
from app.storage.vault import RecordClass
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, many_lines, plain_form, selection, tick
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import EVACUEES
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.people_words import (
    assured_words,
    by_value,
    consent_words,
    field_words,
    need_words,
    sex_words,
    urgency_words,
)
from pages.staff.shelters.person_values import CONSENT, MOST, USUAL_MOST, WrongField, changed_details, language_words

EDIT = '/staff/evacuees/{evacuee}/edit'
WHO = ('name', 'kana', 'birth_date', 'sex', 'relation', 'nationality', 'language')
WHERE = ('postal_code', 'address', 'neighbourhood', 'phone', 'contact', 'home_damage', 'onward')
CARE = ('injury', 'condition', 'devices', 'medicine', 'allergies', 'care_level', 'diet')
MORE = ('identifying', 'pets', 'car', 'skills', 'remarks')
LONG = ('condition', 'remarks', 'medicine')
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the form."""

    @guarded_page(EDIT, permission=Permission.RUN_SHELTER)
    async def edit(evacuee: UUID) -> Response | None:
        found = await _editable(condition.require_box(), evacuee)
        if found is None:
            return RedirectResponse(EVACUEES, status_code=303)
        _draw(found, form_of(found))
        return None

    @guarded_post(EDIT, permission=Permission.RUN_SHELTER)
    async def save(request: Request, evacuee: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        found = await _editable(box, evacuee)
        if found is None:
            return RedirectResponse(EVACUEES, status_code=303)
        try:
            details = changed_details(form, found.details)
        except WrongField as wrong:
            problem = str(wrong)
            return drawn(request, lambda: _draw(found, form, problem), REFUSED_STATUS)
        assured = Assured(form['assured']) if form.get('assured') in set(Assured) else found.assured
        if (details, assured) != (found.details, found.assured):
            await box.shelters.evacuees.set_details(evacuee, details, actor, assured=assured)
        return RedirectResponse(f'{EVACUEES}/{evacuee}?done=saved', status_code=303)


def form_of(person: EvacueeInfo) -> dict[str, str]:
    """The fields as a form posts them."""
    details = person.details
    texts = {name: str(getattr(details, name) or '') for name in (*WHO, *WHERE, *CARE, *MORE)}
    return {
        **texts,
        'allergies': '、'.join(details.allergies),
        'birth_date': details.birth_date.isoformat() if details.birth_date else '',
        'unaccompanied': '1' if details.unaccompanied else '',
        'assured': str(person.assured),
        **{f'need_{need}': '1' for need in details.needs},
        **{f'urgency_{one}': '1' for one in details.urgencies},
        **{f'consent_{name}': _answer(details, name) for name in consent_words()},
    }


async def _editable(box: Box, evacuee: UUID) -> EvacueeInfo | None:
    found = await box.shelters.evacuees.get(evacuee)
    is_nameless = not box.vault.has_key((evacuee, RecordClass.SHELTER))
    return None if found is None or is_nameless or found.merged_into or found.details.protected else found


def _answer(details: PersonDetails, name: str) -> str:
    answer = getattr(details.consent, name)
    return next(word for word, value in CONSENT.items() if value is answer)


def _draw(person: EvacueeInfo, form: Mapping[str, str], problem: str = '') -> None:
    with staff_page(_('登録内容を変える'), EVACUEES):
        if person.practice:
            text('p', _('訓練'), 'practice-mark')
        text('p', _('番号 {number}。変える前の内容も記録に残ります。').format(number=person.number))
        with plain_form(f'{EVACUEES}/{person.id}/edit', _('保存する'), error=problem, classes=''):
            draw_fields(form)
            selection('assured', _('確かさ'), by_value(assured_words()), form.get('assured', ''))
        text('a', _('変えずに戻る'), '', href=f'{EVACUEES}/{person.id}')


def draw_fields(form: Mapping[str, str]) -> None:
    """Every field of 避難所利用者登録票."""
    _draw_part(_('本人'), WHO, form)
    _draw_part(_('住所と連絡先'), WHERE, form)
    _draw_part(_('体のことと食事'), CARE, form)
    _draw_ticks(_('急ぎの手当て'), {f'urgency_{one}': words for one, words in urgency_words().items()}, form)
    _draw_ticks(_('配慮が必要なこと'), {f'need_{need}': words for need, words in need_words().items()}, form)
    _draw_ticks(_('子ども'), {'unaccompanied': _('保護者がいない')}, form)
    _draw_part(_('そのほか'), MORE, form)
    _draw_consent(form)


def _draw_part(title: str, names: tuple[str, ...], form: Mapping[str, str]) -> None:
    with element('section', 'section', aria_label=title):
        text('h2', title, 'section-title')
        with element('div', 'form-grid'):
            for name in names:
                _draw_field(name, form.get(name, ''))


def _draw_field(name: str, value: str) -> None:
    words = field_words()
    most = MOST.get(name, USUAL_MOST)
    if name == 'sex':
        selection('sex', words['sex'], {'': _('(未入力)'), **by_value(sex_words())}, value)
    elif name == 'language':
        selection('language', words['language'], language_words(), value)
    elif name == 'birth_date':
        entry('birth_date', words['birth_date'], value, hint=_('例: S21.3.1、昭和21年3月1日、1946/3/1'))
    elif name in LONG:
        many_lines(name, words[name], value, most=most)
    elif name == 'allergies':
        entry('allergies', words['allergies'], value, hint=_('「、」で区切ります。例: 卵、そば'))
    else:
        entry(name, words[name], value, most=most)


def _draw_ticks(title: str, names: Mapping[str, str], form: Mapping[str, str]) -> None:
    with element('section', 'section', aria_label=title):
        text('h2', title, 'section-title')
        with element('div', 'form-grid'):
            for name, words in names.items():
                tick(name, words, form.get(name) == '1')


def _draw_consent(form: Mapping[str, str]) -> None:
    with element('section', 'section', aria_label=_('安否の照会への同意')):
        text('h2', _('安否の照会への同意'), 'section-title')
        answers = {'': _('まだ聞いていない'), 'yes': _('はい'), 'no': _('いいえ')}
        with element('div', 'form-grid'):
            for name, words in consent_words().items():
                selection(f'consent_{name}', words, answers, form.get(f'consent_{name}', ''))
