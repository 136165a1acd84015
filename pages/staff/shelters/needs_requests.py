"""Requests that a shortage drafts, and what was asked for already."""

from collections.abc import Sequence

from app.journal.line import Actor
from app.language import _
from app.runtime import Box
from app.shelters.handouts.request_values import RequestEntry
from app.shelters.needs.standards import Standard
from app.shelters.needs.strip import Wanted
from app.shelters.needs.words import standard_unit, wanted_word
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text


async def is_asked_for(box: Box, shelter: ShelterInfo) -> frozenset[str]:
    """What is still to come, in its words."""
    found = await box.shelters.handouts.requests.open(shelter.id, practice=shelter.practice)
    return frozenset(one.entry.what for one in found)


async def ask_for(box: Box, shelter: ShelterInfo, wanted: Sequence[Wanted], actor: Actor) -> None:
    """Draft a request for each that was not asked for yet; the officer sends it from the page of requests."""
    asked = await is_asked_for(box, shelter)
    for one in wanted:
        if wanted_word(one.standard) not in asked:
            await box.shelters.handouts.requests.draft(_entry(shelter, one), actor)


def draw_drafts(shelter: ShelterInfo, wanted: Sequence[Wanted], asked: frozenset[str]) -> None:
    """What is certainly short, each with one press."""
    if not wanted:
        return
    with element('section', 'section', aria_label=_('要請の下書き')):
        text('h2', _('要請の下書き'), 'section-title')
        with element('ul', 'needs-drafts'):
            for one in wanted:
                _draw_one(shelter, one, is_asked=wanted_word(one.standard) in asked)


def _draw_one(shelter: ShelterInfo, wanted: Wanted, *, is_asked: bool) -> None:
    with element('li', 'needs-draft'):
        text('span', f'{wanted_word(wanted.standard)} {wanted.quantity:,}{standard_unit(wanted.standard)}')
        if is_asked:
            text('span', _('要請を作成済み'), 'state', data_state='ready')
            return
        with element('form', '', method='post', action=f'/staff/shelters/{shelter.id}/needs/request'):
            element('input', '', type='hidden', name='standard', value=wanted.standard.value)
            text('button', _('要請を作る'), 'press press-quiet press-small', type='submit')


def _entry(shelter: ShelterInfo, wanted: Wanted) -> RequestEntry:
    remarks = _('基準に足りない数から作成') if wanted.standard is not Standard.MEALS else _('今夜の食数から作成')
    return RequestEntry(
        shelter=shelter.id,
        what=wanted_word(wanted.standard),
        quantity=wanted.quantity,
        unit=standard_unit(wanted.standard),
        remarks=remarks,
        practice=shelter.practice,
    )
