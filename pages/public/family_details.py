"""What a family may add to one person and to all of them, while it waits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.language import _
from app.messages.languages import Language
from app.shelters.details import Consent, PersonDetails, SharedDetails
from app.shelters.family_values import Family
from app.shelters.values import Need, Place, Urgency
from components.plain_fields import choice, hidden, line, lines, radios, tick, ticks
from components.plain_html import Html, tag
from pages.public.frame import LANGUAGE_FIELD
from pages.public.resident_words import consent_words, need_words, place_words, urgency_words

Posted = Mapping[str, Sequence[str]]
PERSON_TEXTS = (
    'relation', 'nationality', 'injury', 'condition', 'care_level', 'diet', 'skills', 'identifying', 'remarks',
)  # fmt: skip


def person_form(action: str, language: Language, person: PersonDetails) -> Html:
    """Needs, allergies, medicine and the three consents of one person."""
    return tag(
        'form',
        hidden(LANGUAGE_FIELD, language.value),
        ticks('urgency', _('すぐに手当てがいること'), urgency_words(), person.urgencies),
        ticks('need', _('助けがいること'), need_words(), person.needs),
        line('allergies', _('食べられないもの(アレルギー)'), '、'.join(person.allergies), hint=_('例: 卵、そば')),
        line('medicine', _('飲んでいる薬'), person.medicine),
        line('devices', _('使っている機械'), person.devices),
        _more_of_person(person),
        *consent_fields(person.consent),
        tag('button', _('保存する'), type='submit'),
        method='post',
        action=action,
    )


def person_with(person: PersonDetails, posted: Posted) -> PersonDetails:
    """The person with what was posted."""
    texts: dict[str, Any] = {name: _one(posted, name) for name in PERSON_TEXTS}
    allergies = [part.strip() for part in _one(posted, 'allergies').replace(',', '、').split('、')]
    return replace(
        person,
        urgencies=frozenset(Urgency(each) for each in posted.get('urgency', ()) if each in set(Urgency)),
        needs=frozenset(Need(each) for each in posted.get('need', ()) if each in set(Need)),
        allergies=tuple(sorted(filter(None, allergies))),
        medicine=_one(posted, 'medicine'),
        devices=_one(posted, 'devices'),
        **texts,
        language=_language_of(posted) or person.language,
        consent=consent_of(posted),
    )


def consent_fields(consent: Consent) -> list[Html]:
    """Three questions; not to answer is an answer."""
    options = {'yes': _('はい'), 'no': _('いいえ'), '': _('まだ決めない')}
    chosen = {True: 'yes', False: 'no', None: ''}
    return [radios(name, words, options, chosen[getattr(consent, name)]) for name, words in consent_words().items()]


def consent_of(posted: Posted) -> Consent:
    """The answers to the three questions."""
    answers = {'yes': True, 'no': False}
    return Consent(
        relatives=answers.get(_one(posted, 'relatives')),
        acquaintances=answers.get(_one(posted, 'acquaintances')),
        public=answers.get(_one(posted, 'public')),
    )


def household_form(action: str, language: Language, family: Family) -> Html:
    """Address, where they stay, car, pets, and whether anybody may know."""
    speaker = family.members[0]
    return tag(
        'form',
        hidden(LANGUAGE_FIELD, language.value),
        line('postal_code', _('郵便番号'), family.shared.postal_code, kind='tel', most=10),
        line('address', _('住所'), family.shared.address, most=200),
        line('neighbourhood', _('町会'), speaker.neighbourhood),
        line('phone', _('電話番号'), family.shared.phone, kind='tel', most=40),
        line('contact', _('連絡したい人(名前と電話番号)'), speaker.contact),
        radios('place', _('どこで過ごしますか'), place_words(), family.place),
        tick('visitor', _('旅行や仕事で来ていて、この市に住んでいません'), is_chosen=family.visitor),
        line('onward', _('次に行くところ(旅行や仕事で来ている人)'), speaker.onward),
        line('home_damage', _('家のこわれたところ'), speaker.home_damage),
        line('car', _('車(色とナンバー)'), speaker.car),
        line('pets', _('ペット(種類と数)'), speaker.pets),
        lines('remarks', _('受付に伝えたいこと'), family.shared.remarks),
        tick('hidden', _('ここにいることを、だれにも知らせないでほしい'), is_chosen=speaker.protected),
        tag('button', _('保存する'), type='submit'),
        method='post',
        action=action,
    )


def family_with(family: Family, posted: Posted) -> Family:
    """The family with what was posted; to be hidden goes for all of them."""
    place, is_hidden = _one(posted, 'place'), _one(posted, 'hidden') == '1'
    shared = SharedDetails(
        postal_code=_one(posted, 'postal_code', 10),
        address=_one(posted, 'address', 200),
        phone=_one(posted, 'phone', 40),
        damage=_one(posted, 'home_damage'),
        remarks=_one(posted, 'remarks', 300),
    )
    of_all: dict[str, Any] = {
        name: _one(posted, name) for name in ('neighbourhood', 'contact', 'home_damage', 'onward')
    }
    of_all |= {'postal_code': shared.postal_code, 'address': shared.address}
    first, *others = (replace(each, protected=is_hidden, **of_all) for each in family.members)
    speaker = replace(first, car=_one(posted, 'car'), pets=_one(posted, 'pets'), phone=shared.phone)
    return replace(
        family,
        members=(speaker, *others),
        shared=shared,
        place=Place(place) if place in set(Place) else family.place,
        visitor=_one(posted, 'visitor') == '1',
    )


def _more_of_person(person: PersonDetails) -> Html:
    languages = {each.value: each.own_name for each in Language}
    return tag(
        'details',
        tag('summary', _('もっとくわしく')),
        line('relation', _('1人目に書いた人との関係'), person.relation, hint=_('例: 妻、子、母')),
        choice('spoken', _('話すことば'), languages, person.language),
        line('nationality', _('国籍'), person.nationality),
        line('injury', _('けがや病気'), person.injury),
        line('condition', _('いまの体の調子'), person.condition),
        line('care_level', _('介護の区分'), person.care_level, hint=_('例: 要介護2')),
        line('diet', _('食事で気をつけること'), person.diet),
        line('skills', _('手伝えること、資格'), person.skills),
        line('identifying', _('そのほか本人だと分かること'), person.identifying),
        lines('remarks', _('そのほか'), person.remarks),
    )


def _language_of(posted: Posted) -> str:
    chosen = _one(posted, 'spoken')
    return chosen if chosen in {each.value for each in Language} else ''


def _one(posted: Posted, name: str, most: int = 100) -> str:
    return next(iter(posted.get(name, ())), '').strip()[:most]
