"""A protected person is nowhere: every function that gives people out answers as if they were absent.

Whoever writes a function that gives people out adds it to `GIVERS`; the last test finds the ones that were forgotten.
"""

import ast
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

import app.shelters
from app import clock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.details import Consent
from app.shelters.handouts.values import ItemEntry, ItemRules
from app.shelters.handouts.wanted import Wanted
from app.shelters.inquiries.publication import Publication
from app.shelters.inquiries.service import Inquiries
from app.shelters.numbers import number_of
from app.shelters.people_list import PeopleFilter
from app.shelters.person_calls import CannotCall
from app.shelters.places import ShelterInfo
from app.shelters.roll_call_sheet import read_called, sheets
from app.shelters.search import Query, SearchReason
from app.shelters.tokens import Token
from app.shelters.vulnerable.list_reading import read_vulnerable_list
from tests.app.shelters.across.told import told_elsewhere
from tests.app.shelters.inquiries.scene import HANAKO, OTHERS, PROTECTED, QUESTION
from tests.app.shelters.vulnerable.scene import CSV
from tests.support.shelter import OFFICER, opened_shelter, register

Giver = Callable[[Box, ShelterInfo], Awaitable[object]]
PERSONAL = (
    'EvacueeInfo',
    'PersonDetails',
    'Match',
    'Pair',
    'PersonRow',
    'Called',
    'AreaSheet',
    'PublishedName',
    'VulnerableInfo',
    'InquiryInfo',
    'Candidate',
    'Known',
    'LedgerEntry',
    'LeftBehind',
    'DoubleAcross',
)


async def no_pause(_seconds: float) -> None:
    """Nobody measures the time here."""


async def found(box: Box, _shelter: ShelterInfo) -> object:
    return [await box.shelters.search.find(Query(typed=typed)) for typed in TYPED]


async def looked_up(box: Box, shelter: ShelterInfo) -> object:
    return [
        await box.shelters.search.look_up(Query(typed=typed), shelter.id, SearchReason.OTHER, OFFICER)
        for typed in TYPED
    ]


async def doubles(box: Box, _shelter: ShelterInfo) -> object:
    return await box.shelters.duplicates.candidates()


async def listed(box: Box, shelter: ShelterInfo) -> object:
    return await box.shelters.people.page(PeopleFilter(shelter=shelter.id, practice=False), 0, 50)


async def called(box: Box, shelter: ShelterInfo) -> object:
    people = await box.reading.read(
        lambda connection: read_called(
            connection, box.vault, UUID(int=0), shelter.id, False, shelter.state_since or NOW
        )
    )
    return [area.people for area in sheets([], people, {}, {}, sees_protected=False, no_area='')]


async def called_by_number(box: Box, shelter: ShelterInfo) -> object:
    """Of a number that was not given yet, and of that of a protected person: the same refusal."""
    known = (await box.shelters.evacuees.all())[0].number
    number = number_of(known.split('-')[0], len(PEOPLE) + 1)
    try:
        return (await box.shelters.person_calls.call(shelter.id, number, OFFICER)).number
    except CannotCall as refused:
        return str(refused)


async def asked(box: Box, _shelter: ShelterInfo) -> object:
    inquiries = Inquiries(box.vault, box.journal, box.reading, box.settings.shelters, pause=no_pause)
    clerk = Actor('clerk', Assurance.PASSWORD)
    return (await inquiries.ask(QUESTION, clerk, practice=False)).answer


async def published(box: Box, _shelter: ShelterInfo) -> object:
    return await Publication(box.vault, box.journal, box.reading).names(practice=False)


async def vulnerable(box: Box, _shelter: ShelterInfo) -> object:
    return await box.shelters.vulnerable.open(OFFICER, 'list', see_protected=False)


async def taken_out(box: Box, _shelter: ShelterInfo) -> object:
    return await box.shelters.ledger.take(OFFICER, '支援課', practice=False)


async def went_on(box: Box, _shelter: ShelterInfo) -> object:
    await all_go_on(box)
    return await box.shelters.across.elsewhere.left_behind()


async def received_twice(box: Box, _shelter: ShelterInfo) -> object:
    await all_go_on(box)
    return await box.shelters.across.doubles.since(NOW, practice=False)


async def all_go_on(box: Box) -> None:
    """Everybody has a wristband and a blanket; all are received, and given one more, at another box."""
    room, blanket = box.shelters, ItemEntry(name='毛布', rules=ItemRules(in_all=1))
    await room.across.keys.make_if_none()
    await room.handouts.items.save(UUID(int=1), blanket, OFFICER)
    key, here = await room.across.keys.current(), await room.register.here()
    assert key is not None
    assert here is not None
    for serial, person in enumerate(sorted(await room.evacuees.all(), key=lambda one: one.number)):
        token = Token.printed(f'BAND-{serial}')
        await room.evacuees.bind(person.id, token, OFFICER)
        await room.handouts.handouts.give(Wanted(item=UUID(int=1), shelter=here.id, evacuee=person.id), OFFICER)
        await told_elsewhere(key.id, key.index(token.text), serial, NOW + timedelta(days=1), ('毛布',))


NOW = clock.now()
PEOPLE = (*OTHERS, replace(HANAKO, name='金沢 華子', kana='カナザワ ハナヨ', consent=Consent()))
TYPED = ('金沢', 'かなざわ はなこ', '1946-3-1', '広坂', '076-000-0000', '花子')
GIVERS: dict[str, Giver] = {
    'search.PeopleSearch.find': found,
    'search.PeopleSearch.look_up': looked_up,
    'duplicates.Duplicates.candidates': doubles,
    'people_list.PeopleList.page': listed,
    'roll_call.RollCalls.sheets': called,
    'person_calls.PersonCalls.call': called_by_number,
    'inquiries.service.Inquiries.ask': asked,
    'inquiries.publication.Publication.names': published,
    'vulnerable.register.VulnerableRegister.open': vulnerable,
    'ledger.service.Ledger.take': taken_out,
    'across.elsewhere.Elsewhere.left_behind': went_on,
    'across.doubles.DoublesAcross.since': received_twice,
}
INNER: dict[str, str] = {
    'evacuees.Evacuees.set_details': 'answers what was just entered, to the desk that entered it',
    'evacuees.Evacuees.set_details_in': 'answers what was just entered, to the desk that entered it',
    'evacuees.Evacuees.get': 'by an id that only the desk that looks after them has',
    'evacuees.Evacuees.by_number': 'by a number that the person shows',
    'evacuees.Evacuees.by_token': 'by a card that the person holds',
    'evacuees.Evacuees.all': 'feeds the index in memory, no page',
    'family_joining.FamilyJoining.household_of': 'those whose own code was shown at the desk',
    'guardians.Guardians.take_over': 'answers what was just entered, to the desk that entered it',
    'inquiries.service.Inquiries.close': 'an answer that was given before',
    'inquiries.service.Inquiries.get': 'an answer that was given before',
    'inquiries.service.Inquiries.past': 'answers that were given before',
    'label_prints.LabelPrints.unprinted': 'those of a list that was given to it',
    'likely_doubles.LikelyDoubles.all': 'feeds `Duplicates.candidates`, no page',
    'person_calls.PersonCalls.open': 'numbers that `call` took, without names',
    'protection.Protection.set': 'needs Permission.SEE_PROTECTED',
    'protection.Protection.lift': 'needs Permission.SEE_PROTECTED',
    'protection.Protection.read': 'needs Permission.SEE_PROTECTED and an opening with a reason',
    'protected_twins.ProtectedTwins.shared': 'answers what is about to be kept',
    'search.PeopleSearch.people': 'the index in memory, no page',
}
"""Functions that give nobody out to anybody who may not see them, and why."""


@pytest.mark.parametrize('name', GIVERS)
async def test_the_answer_with_a_protected_person_is_that_without_them(box: Box, name: str) -> None:
    shelter = await opened_shelter(box)
    for person in PEOPLE:
        await register(box, shelter, person)
    await box.shelters.vulnerable.take(read_vulnerable_list(CSV.encode()), OFFICER, practice=False)
    await box.shelters.disasters.declare('地震', '震度6弱', OFFICER, practice=False)

    without = await GIVERS[name](box, shelter)
    evacuee = (await register(box, shelter, PROTECTED)).evacuee.id
    assert await GIVERS[name](box, shelter) == without

    await box.shelters.evacuees.set_details(evacuee, HANAKO, OFFICER)
    assert await GIVERS[name](box, shelter) != without


def test_every_function_that_gives_people_out_is_known_here() -> None:
    root = Path(app.shelters.__path__[0])
    giving = {name for path in sorted(root.rglob('*.py')) for name in functions_that_give(path, root)}
    assert giving - set(GIVERS) - set(INNER) == set()


def functions_that_give(path: Path, root: Path) -> list[str]:
    """Public coroutines of public classes whose answer holds somebody's details."""
    module = '.'.join(path.relative_to(root).with_suffix('').parts)
    return [
        f'{module}.{class_.name}.{method.name}'
        for class_ in ast.parse(path.read_text(encoding='utf-8')).body
        if isinstance(class_, ast.ClassDef)
        for method in class_.body
        if isinstance(method, ast.AsyncFunctionDef) and not method.name.startswith('_')
        if method.returns
        and any(node.id in PERSONAL for node in ast.walk(method.returns) if isinstance(node, ast.Name))
    ]
