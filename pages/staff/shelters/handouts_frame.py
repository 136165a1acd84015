"""What the pages of handing out and benefits share: the ways between them, the shelter, and numbers for people."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from app.access.principals import Permission, current_principal, is_allowed
from app.journal.line import Act, Actor
from app.language import _
from app.people.names import names_of
from app.runtime import Box
from app.shelters.evacuees import EvacueeInfo
from app.shelters.handouts.benefit_values import BenefitInfo
from app.shelters.numbers import read_number
from app.shelters.places import ShelterInfo
from app.storage.transaction import transaction
from components.elements import box as element
from components.elements import text
from components.plain_table import address
from pages.staff.addresses import HANDOUTS
from pages.staff.cars.people import person_name
from pages.staff.navigation import staff_page

ITEMS = f'{HANDOUTS}/items'
STOCK = f'{HANDOUTS}/stock'
REQUESTS = f'{HANDOUTS}/requests'
BENEFITS = f'{HANDOUTS}/benefits'
DOUBLES = f'{HANDOUTS}/doubles'
REFUSED_STATUS, BUSY_STATUS = 422, 503
NOBODY = UUID(int=0)
PAPERS_MADE = 'shelters.benefit_papers_made'


@contextmanager
def handouts_page(title: str, current: str, asked: str = '') -> Iterator[None]:
    """One of the pages, with the ways to the others; `asked` is the shelter that they are about."""
    with staff_page(title, HANDOUTS):
        with element('nav', 'sub-places', aria_label=_('配布と給付')):
            for path, label in _parts().items():
                here = {'aria_current': 'page'} if path == current else {}
                text('a', label, 'press press-quiet press-small', href=address(path, {'shelter': asked}), **here)
        yield


async def seen_people(box: Box, evacuees: Iterable[UUID]) -> dict[UUID, EvacueeInfo]:
    """The people of these ids whom the reader may know of; lists leave the others out, as if they were absent."""
    sees_all = is_allowed(current_principal(), Permission.SEE_PROTECTED)
    found = {id_: await box.shelters.evacuees.get(id_) for id_ in set(evacuees)}
    return {id_: info for id_, info in found.items() if info and (sees_all or not info.details.protected)}


async def person_of(box: Box, typed: str, shelter: ShelterInfo) -> EvacueeInfo | None:
    """Whose number was typed; nobody, where the reader may not know of them or a drill is mixed up with the real."""
    number = read_number(typed)
    info = await box.shelters.evacuees.by_number(number) if number else None
    if info is None or info.practice is not shelter.practice or not await seen_people(box, [info.id]):
        return None
    return info


async def actor_names(box: Box, actors: Iterable[str]) -> dict[str, str]:
    """Names of staff by the ids that records have; desks and the box itself have others."""
    ids = {actor: id_of(actor) for actor in set(actors)}
    desks = {str(desk.id): desk.name for desk in await box.desks.all()}
    found = await box.reading.read(lambda connection: names_of(connection, box.vault, list(ids.values())))
    return {actor: person_name(found[id_]) for actor, id_ in ids.items() if id_ in found} | desks


async def note_papers(box: Box, actor: Actor, what: str, benefits: Sequence[BenefitInfo]) -> None:
    """Journal that papers about these applications left the box."""
    subjects = tuple({one.evacuee for one in benefits})
    act = Act(kind=PAPERS_MADE, actor=actor, subjects=subjects, payload={'what': what, 'count': len(benefits)})
    await transaction(lambda tx: box.journal.append(tx, act))


def id_of(posted: str) -> UUID:
    """An id of a form; nonsense is one that nothing has."""
    try:
        return UUID(posted)
    except ValueError:
        return NOBODY


def _parts() -> dict[str, str]:
    parts = {
        HANDOUTS: _('配布'),
        STOCK: _('在庫'),
        REQUESTS: _('要請'),
        ITEMS: _('品目ときまり'),
        DOUBLES: _('重複の疑い'),
    }
    may_apply = is_allowed(current_principal(), Permission.READ_EVACUEES)
    return parts | ({BENEFITS: _('給付')} if may_apply else {})
