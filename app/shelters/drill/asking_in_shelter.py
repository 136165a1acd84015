"""Looking for protected people in what a shelter itself shows, searches and prints."""

import asyncio
from collections.abc import Iterator
from datetime import date

from app.journal.line import Actor, Assurance
from app.shelters.details import PersonDetails
from app.shelters.drill.held import wristband
from app.shelters.drill.invented import Way
from app.shelters.drill.scene import ALL, CLERK, Scene
from app.shelters.inquiries.values import Answer, Identity, Question, Relation, Sought
from app.shelters.own_pages import NotOpened
from app.shelters.people_list import Flag, PeopleFilter, PersonRow
from app.shelters.person_calls import CannotCall
from app.shelters.printed_people import labels, people_sheet, roll_call_sheets
from app.shelters.search import Query, SearchReason
from app.shelters.values import Place, StayState

ABSENT = PersonDetails(name='不在 太一', kana='フザイ タイチ', birth_date=date(1950, 1, 1))


async def inquired(scene: Scene) -> object:
    """The names of those who are answered otherwise than somebody absent."""
    nobody, *answers = await asyncio.gather(
        *(_answer(scene, number, each) for number, each in enumerate((ABSENT, *scene.hidden)))
    )
    return [each.name for each, answer in zip(scene.hidden, answers, strict=True) if answer != nobody]


async def _answer(scene: Scene, number: int, person: PersonDetails) -> Answer:
    question = Question(
        inquirer_name='訓練 照会',
        inquirer_address='石川県金沢市広坂1丁目1番1号',
        identity=Identity.LICENCE,
        relation=Relation.HOUSEHOLD,
        reason='訓練',
        sought=Sought(name=person.name, kana=person.kana, birth_date=person.birth_date),
    )
    clerk = Actor(f'drill-clerk-{number}', Assurance.PASSWORD)
    return (await scene.room.inquiries.ask(question, clerk, practice=True)).answer


async def searched(scene: Scene) -> object:
    """By name, reading, address and birth date."""
    return [await scene.room.search.find(Query(typed=typed, practice=True)) for typed in _typed(scene)]


async def looked_up(scene: Scene) -> object:
    """By name, with a reason."""
    return [
        await scene.room.search.look_up(
            Query(typed=each.name, practice=True), scene.shelter.id, SearchReason.OTHER, CLERK
        )
        for each in scene.hidden
    ]


def _typed(scene: Scene) -> Iterator[str]:
    for each in scene.hidden:
        yield from (each.name, each.kana, each.address or each.name, f'{each.birth_date}')


async def listed(scene: Scene) -> object:
    """Every row of the list, by each flag and each state."""
    return [row for flag in (None, *Flag) for row in await _rows(scene, flag=flag)] + [
        row for state in StayState for row in await _rows(scene, state=state)
    ]


async def _rows(scene: Scene, flag: Flag | None = None, state: StayState | None = None) -> list[PersonRow]:
    wanted = PeopleFilter(shelter=scene.shelter.id, practice=True, flag=flag, state=state)
    rows, _total = await scene.room.people.page(wanted, 0, ALL)
    return rows


async def printed(scene: Scene) -> object:
    """The list on paper, and labels for wristbands."""
    rows = await _rows(scene)
    codes = scene.room.tokens.codes
    band = labels(rows, [codes.new_code() for _row in rows])
    return [people_sheet(scene.shelter, rows, dict.fromkeys(Place, '')), band]


async def called_by_area(scene: Scene) -> object:
    """The sheets of a roll call, on the screen and on paper."""
    roll_call = await scene.room.roll_calls.begin(scene.shelter, CLERK)
    sheets = await scene.room.roll_calls.sheets(roll_call, sees_protected=False)
    return [[sheet.people for sheet in sheets], roll_call_sheets(scene.shelter, sheets)]


async def doubles(scene: Scene) -> object:
    """Pairs that are proposed to be one person."""
    return await scene.room.duplicates.candidates(practice=True)


async def hinted_at(scene: Scene) -> object:
    """Numbers of whom a desk hints at when somebody else is named."""
    known = await scene.room.search.people()
    return [await scene.room.alike.to(each.evacuee) for each in known if not each.details.protected]


async def called_out(scene: Scene) -> object:
    """Numbers that the signage would show: a protected person's is refused as one that nobody has."""
    return [
        answer for each in await scene.room.protection.numbers(practice=True) if (answer := await _call(scene, each))
    ]


async def _call(scene: Scene, number: str) -> str:
    try:
        return (await scene.room.person_calls.call(scene.shelter.id, number, CLERK)).number
    except CannotCall:
        return ''


async def on_phones_of_others(scene: Scene) -> object:
    """What those who are not protected see of their household with their wristband."""
    pages = []
    for person in scene.people:
        if person.way is Way.WRISTBAND and not person.details.protected:
            try:
                page = await scene.room.own_pages.open(
                    wristband(person), f'{person.details.birth_date}', f'phone {person.index}'
                )
            except NotOpened:
                continue
            pages.append(page)
    return pages
