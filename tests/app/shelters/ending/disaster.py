"""A disaster that is over, with something in every room that tells who somebody was."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pyrage

from app import clock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.departures import Going
from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.evacuees import Registration
from app.shelters.family_values import Family
from app.shelters.inquiries.values import Identity, Question, Relation, Sought
from app.shelters.needs.health import CaseEntry, Symptom
from app.shelters.needs.helpers import TaskEntry
from app.shelters.places import ShelterInfo
from app.shelters.search import Query, SearchReason
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import LeftFor, ShelterState
from app.storage.layout import DataDirectory
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

CHIEF, SECOND = Actor('chief', Assurance.PASSWORD), Actor('second', Assurance.PASSWORD)
SECRETS = (
    '金沢 花子', 'カナザワ ハナコ', '広坂1丁目', '花子の夫', '手伝 次郎', '照会 三郎', '尋ねる町', '引き継ぎの名前',
    '090-1234-5678', 'SECRET-TOKEN-77', '家族 四郎', '吸入器', '住家の番地', '妹の加賀',
)  # fmt: skip
"""What must be nowhere when all is over."""


@dataclass(frozen=True, slots=True)
class Over:
    """A shelter, and who was there."""

    shelter: ShelterInfo
    hanako: UUID
    taro: UUID


async def evacuation(box: Box, *, name: str = '泉小学校', practice: bool = False) -> Over:
    """People come, are helped, asked for, and searched."""
    room, shelter = box.shelters, await opened_shelter(box, name)
    if practice:
        await room.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
        await room.opening.facilities.set_practice(shelter.id, True, OFFICER)
        await room.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    arrival = Arrival(shelter=shelter.id, practice=practice)
    token = Token.printed('SECRET-TOKEN-77' if not practice else 'PRACTICE-TOKEN')
    hanako = await room.evacuees.register(Registration(arrival=arrival, details=HANAKO, token=token), OFFICER)
    taro = await room.evacuees.register(
        Registration(arrival=arrival, details=PersonDetails(name='花子の夫', phone='090-1234-5678')), OFFICER
    )
    ids = (hanako.evacuee.id, taro.evacuee.id)
    household = await room.households.create(ids, OFFICER, shared=SharedDetails(address='広坂1丁目'))
    await room.dwellings.create(household.id, SharedDetails(address='住家の番地', damage='半壊'), OFFICER)
    await room.evacuees.bind(ids[1], Token.printed(f'{name}-SECOND'), OFFICER)
    entry = CaseEntry(
        shelter=shelter.id, symptoms=frozenset({Symptom.FEVER}), evacuee=ids[1], remarks='吸入器', practice=practice
    )
    await room.needs.health.note(entry, OFFICER)
    await room.needs.notes.write(shelter.id, '引き継ぎの名前は金沢 花子', OFFICER, practice=practice)
    now = clock.now()
    task = await room.needs.helpers.add_task(
        TaskEntry(
            shelter=shelter.id, title='配食', helpers=2, practice=practice,
            starts_at=now, ends_at=now + timedelta(hours=1),
        ),
        OFFICER,
    )  # fmt: skip
    await room.needs.helpers.take(task, '手伝 次郎', OFFICER)
    await room.search.look_up(Query(typed='金沢 花子', practice=practice), shelter.id, SearchReason.LIST_CHECK, OFFICER)
    await room.inquiries.ask(_question(), OFFICER, practice=practice)
    return Over(shelter, *ids)


async def end(box: Box, over: Over) -> None:
    """Everybody leaves, and the shelter closes."""
    going = Going(destination='妹の加賀 花枝')
    for evacuee in (over.hanako, over.taro):
        await box.shelters.stays.leave(evacuee, over.shelter.id, LeftFor.HOME, OFFICER, going=going)
    await box.shelters.opening.states.set(over.shelter.id, ShelterState.CLOSED, OFFICER)


async def family_enters(box: Box) -> None:
    """A family enters itself on its own phone, and does not come."""
    await box.shelters.families.put(Family(members=(PersonDetails(name='家族 四郎'),)), '10.0.0.7')


def new_recipient(folder: Path) -> str:
    """A public key of headquarters, whose secret one lies in the folder as `headquarters.key`."""
    identity = pyrage.x25519.Identity.generate()
    (folder / 'headquarters.key').write_text(str(identity))
    return str(identity.to_public())


def traces_of(directory: DataDirectory, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    """Which secrets stand in which file, in the letters of the database or escaped as in JSON."""
    found = []
    for file in sorted(path for path in directory.root.rglob('*') if path.is_file()):
        content = file.read_bytes()
        for secret in secrets:
            spellings = {secret.encode(), secret.encode('utf-16-le'), secret.encode('unicode_escape')}
            found += [f'{file.name}: {secret}' for spelling in spellings if spelling in content]
    return found


def _question() -> Question:
    return Question(
        inquirer_name='照会 三郎',
        inquirer_address='尋ねる町1番地',
        identity=Identity.LICENCE,
        relation=Relation.HOUSEHOLD,
        reason='家族',
        sought=Sought(name='金沢 花子', kana='カナザワ ハナコ', birth_date=date(1946, 3, 1)),
    )
