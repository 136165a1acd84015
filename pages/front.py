"""The first page: a tablet goes to its desk, staff to their home, everybody else to the sign-in."""

from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import Audience, Policy, policies
from app.access.principals import DeskPrincipal, Permission, StaffPrincipal, current_principal, is_allowed
from app.attention import Attention, Concern, ConcernKind
from app.journal.history import History
from app.language import _
from app.runtime import Box, Condition
from app.shelters.child_matters import child_matters
from app.shelters.full_matters import full_matters
from app.shelters.handouts.matters import handout_matters
from app.shelters.matters import (
    ShelterMatter,
    elsewhere_matters,
    ending_matters,
    safety_matters,
    shelter_matters,
)
from app.vehicles.alcohol_book import AlcoholBook
from app.vehicles.matter_values import Matter
from app.vehicles.matters import CarMatters
from components.elements import box as element
from components.elements import symbol, text
from pages.guarded import guarded_page
from pages.staff.addresses import HOME
from pages.staff.cars.record_checks import record_checks
from pages.staff.concern_words import ConcernWords, Told, concern_words
from pages.staff.navigation import places_of, staff_page
from pages.staff.place import PlaceGroup

LONGEST_WAIT_SECONDS = 30.0


def register(condition: Condition) -> None:
    """Open `/` and `/staff`."""
    policies.add(Policy(path='/', audience=Audience.PUBLIC, also_tablets=True))

    @app.get('/', include_in_schema=False)
    def front() -> RedirectResponse:
        return RedirectResponse(_where_to(), status_code=303)

    @guarded_page(HOME, staff=True, response_timeout=LONGEST_WAIT_SECONDS)
    async def home() -> None:
        box = condition.require_box()
        concerns: list[Told] = [
            *await safety_matters(box.shelters.inquiries, box.shelters.vulnerable),
            *await child_matters(box.shelters.search, box.shelters.register),
            *await full_matters(box.shelters.needs.presence, box.shelters.register),
            *await shelter_matters(box.shelters.register, box.shelters.opening.adoptions),
            *await elsewhere_matters(box.shelters.across.elsewhere),
            *await ending_matters(box.shelters.endings),
            *await handout_matters(box.shelters.handouts, box.shelters.register),
            *await attention_of(box).concerns(),
        ]
        found = [one for one in concerns if _is_told(one)]
        with staff_page(_('ホーム'), HOME):
            _draw_concerns(found)
            for group in places_of(current_principal()):
                _draw_places(group)


def attention_of(box: Box) -> Attention:
    """What looks through this box for what needs a person."""
    return Attention(
        settings=box.settings,
        desks=box.desks,
        engine=box.engine,
        readers=box.readers,
        devices=box.devices,
        trust=box.trust,
        history=History(box.reading, box.vault),
        disposals=box.disposals,
        vehicles=box.vehicles,
        exchange=box.exchange,
        reports=box.shelters.reports,
        cars=CarMatters(box.reading, AlcoholBook(box.reading, box.vault), record_checks(box)),
    )


def _is_told(concern: Told) -> bool:
    if isinstance(concern, Concern) and concern.kind is ConcernKind.DISPOSAL:
        return is_allowed(current_principal(), Permission.APPROVE_DISPOSAL)
    return not isinstance(concern, Matter | ShelterMatter) or is_allowed(current_principal(), concern.permission)


def _where_to() -> str:
    match current_principal():
        case DeskPrincipal():
            return '/kiosk'
        case StaffPrincipal():
            return HOME
        case _:
            return '/sign-in'


def _draw_concerns(found: list[Told]) -> None:
    with element('section', 'section', aria_label=_('要対応')):
        if not found:
            with element('div', 'all-well', role='status'):
                symbol('check')
                text('p', _('対応が必要なことはありません'), 'all-well-text')
            return
        text('h2', _('要対応 {count}件').format(count=len(found)), 'section-title')
        with element('ul', 'concerns'):
            for concern in found:
                _draw_concern(concern_words(concern))


def _draw_concern(words: ConcernWords) -> None:
    with element('li', 'concern'):
        symbol('question')
        with element('div', 'concern-words'):
            text('p', words.title, 'concern-title')
            if words.when:
                text('p', words.when, 'concern-when')
            text('p', words.next_step)
        if words.address:
            text('a', _('開く'), 'press press-quiet', href=words.address)


def _draw_places(group: PlaceGroup) -> None:
    with element('section', 'section', aria_label=group.label):
        text('h2', group.label, 'section-title')
        with element('div', 'places'):
            for place in group.places:
                with element('a', 'place', href=place.address):
                    symbol(place.symbol)
                    text('span', place.label, 'place-label')
                    text('span', place.purpose, 'place-purpose')
