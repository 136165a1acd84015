"""A household enters itself on its phone; a desk takes it once; nobody else can read it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.access.limits import TooSoon
from app.runtime import Box
from app.shelters.details import Consent, PersonDetails, SharedDetails
from app.shelters.family_codes import DraftProblem, DraftRefused, FamilyCodes
from app.shelters.family_models import FamilyDraft
from app.shelters.family_rate import MOST_OF_A_CLIENT, MOST_OF_A_CLIENT_WHILE_OPEN, MOST_WHILE_OPEN, SECONDS, FamilyRate
from app.shelters.family_values import MOST_MEMBERS, Family, FamilyFull
from app.shelters.values import Need, Place, ShelterState
from app.storage.vault import Vault
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

FAMILY = Family(
    members=(
        HANAKO,
        PersonDetails(
            name='金沢 一',
            kana='カナザワ ハジメ',
            birth_date=date(2020, 5, 5),
            relation='孫',
            needs=frozenset({Need.INFANT}),
            allergies=('卵',),
            consent=Consent(relatives=True, public=False),
        ),
    ),
    shared=SharedDetails(address='石川県金沢市広坂1丁目1番1号', phone='090-1234-5678'),
    place=Place.CAR,
)


async def test_a_family_is_taken_at_the_desk_as_it_was_entered(box: Box) -> None:
    ticket = await box.shelters.families.put(FAMILY, '10.0.0.5')

    taken = await box.shelters.families.take(ticket.code, OFFICER)

    assert taken.family == FAMILY
    assert not taken.was_taken_before


@pytest.mark.parametrize('spelling', ['{0}', ' {0} ', '{1}-{2}', '{1} {2}'])
async def test_the_short_number_is_as_good_as_the_code_at_the_desk(box: Box, spelling: str) -> None:
    number = (await box.shelters.families.put(FAMILY, '10.0.0.5')).number

    taken = await box.shelters.families.take(spelling.format(number, number[:3], number[3:]), OFFICER)

    assert taken.family == FAMILY


async def test_full_width_digits_of_the_number_are_understood(box: Box) -> None:
    number = (await box.shelters.families.put(FAMILY, '10.0.0.5')).number
    wide = number.translate({ord('0') + digit: ord('\N{FULLWIDTH DIGIT ZERO}') + digit for digit in range(10)})

    assert (await box.shelters.families.take(wide, OFFICER)).family == FAMILY


async def test_a_number_does_not_open_the_page_of_a_family(box: Box) -> None:
    ticket = await box.shelters.families.put(FAMILY, '10.0.0.5')

    with pytest.raises(DraftRefused) as refused:
        await box.shelters.families.look(ticket.number)

    assert refused.value.problem is DraftProblem.NOT_A_CODE


async def test_a_family_adds_to_what_it_entered(box: Box) -> None:
    families = box.shelters.families
    ticket = await families.put(replace(FAMILY, members=FAMILY.members[:1]), '10.0.0.5')

    await families.change(ticket.code, FAMILY)

    seen, shown = await families.look(ticket.code)
    assert seen == FAMILY
    assert shown == ticket


async def test_a_second_desk_is_told_that_the_family_was_taken_before(box: Box) -> None:
    ticket = await box.shelters.families.put(FAMILY, '10.0.0.5')
    await box.shelters.families.take(ticket.code, OFFICER)

    assert (await box.shelters.families.take(ticket.number, OFFICER)).was_taken_before


async def test_a_used_draft_says_so_and_cannot_be_opened_with_any_key(box: Box) -> None:
    families = box.shelters.families
    ticket = await families.put(FAMILY, '10.0.0.5')
    taken = await families.take(ticket.code, OFFICER)

    await families.used(taken.draft, OFFICER)

    assert await problem_of(box, ticket.code) is DraftProblem.USED
    assert (await FamilyDraft.get(id=taken.draft)).details == b''
    with pytest.raises(DraftRefused):
        await families.look(ticket.code)


async def test_after_a_day_the_draft_has_expired_and_goes(box: Box) -> None:
    ticket = await box.shelters.families.put(FAMILY, '10.0.0.5')
    with clock.use(clock.SettableClock(clock.now() + timedelta(days=1, minutes=1))):
        assert await problem_of(box, ticket.code) is DraftProblem.EXPIRED
        await box.shelters.families.sweep()
        assert [row.details for row in await FamilyDraft.all()] == [b'']
        assert await problem_of(box, ticket.number) is DraftProblem.EXPIRED


async def test_a_changed_code_is_told_from_one_of_another_shelter_and_from_anything_else(box: Box) -> None:
    ticket = await box.shelters.families.put(FAMILY, '10.0.0.5')
    mark, here, secret, proof = ticket.code.split('.')
    forged = f'{mark}.{here}.{"A" * 24}.{proof}'
    foreign = f'{mark}.{"0" * 6 if here != "0" * 6 else "1" * 6}.{secret}.{proof}'

    assert await problem_of(box, forged) is DraftProblem.FORGED
    assert await problem_of(box, foreign) is DraftProblem.FOREIGN
    assert await problem_of(box, 'https://example.jp/') is DraftProblem.NOT_A_CODE
    assert await problem_of(box, ticket.number[:5] + str((int(ticket.number[5]) + 1) % 10)) is DraftProblem.NOT_A_CODE


async def test_a_well_formed_number_that_nobody_has_is_unknown(box: Box) -> None:
    assert await problem_of(box, FamilyCodes.new_number()) is DraftProblem.UNKNOWN


@pytest.mark.parametrize('members', [0, MOST_MEMBERS + 1])
async def test_nobody_and_too_many_are_refused(box: Box, members: int) -> None:
    with pytest.raises(FamilyFull):
        await box.shelters.families.put(Family(members=(HANAKO,) * members), '10.0.0.5')


async def test_a_household_of_forty_is_kept(box: Box) -> None:
    ticket = await box.shelters.families.put(Family(members=(HANAKO,) * MOST_MEMBERS), '10.0.0.5')

    assert len((await box.shelters.families.take(ticket.code, OFFICER)).family.members) == MOST_MEMBERS


async def test_while_nothing_is_open_one_phone_cannot_flood_the_box_and_others_are_not_hindered(box: Box) -> None:
    for _each in range(MOST_OF_A_CLIENT):
        await box.shelters.families.put(FAMILY, '10.0.0.5')

    with pytest.raises(TooSoon):
        await box.shelters.families.put(FAMILY, '10.0.0.5')
    assert await box.shelters.families.put(FAMILY, '10.0.0.6')


async def test_a_whole_queue_behind_one_router_enters_itself_while_a_shelter_is_open(box: Box) -> None:
    rate = FamilyRate(box.shelters.register)
    shelter = await opened_shelter(box)
    now = clock.SettableClock(clock.now())
    with clock.use(now):
        for _household in range(MOST_OF_A_CLIENT_WHILE_OPEN):
            await rate.admit('10.0.0.1')
        with pytest.raises(TooSoon):
            await rate.admit('10.0.0.1')
        for number in range(MOST_WHILE_OPEN - MOST_OF_A_CLIENT_WHILE_OPEN):
            await rate.admit(f'10.0.1.{number}')
        with pytest.raises(TooSoon):
            await rate.admit('10.0.2.1')

        now.forward(seconds=SECONDS)
        await rate.admit('10.0.0.1')

        await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
        for _household in range(MOST_OF_A_CLIENT - 1):
            await rate.admit('10.0.0.1')
        with pytest.raises(TooSoon):
            await rate.admit('10.0.0.1')


async def test_nothing_of_a_draft_stands_on_the_disk_in_clear(box: Box) -> None:
    ticket = await box.shelters.families.put(FAMILY, '10.0.0.5')

    stored = b''.join(file.read_bytes() for file in box.directory.root.rglob('*.db*') if file.is_file())
    for secret in (HANAKO.name, '090-1234-5678', ticket.code, ticket.number):
        assert secret.encode() not in stored


@given(st.text(max_size=80))
def test_whatever_is_scanned_is_read_or_refused(codes: FamilyCodes, text: str) -> None:
    try:
        read = codes.read(text)
    except DraftRefused as refused:
        assert refused.problem in (DraftProblem.NOT_A_CODE, DraftProblem.FORGED, DraftProblem.FOREIGN)
    else:
        assert read.is_number


async def problem_of(box: Box, text: str) -> DraftProblem:
    with pytest.raises(DraftRefused) as refused:
        await box.shelters.families.take(text, OFFICER)
    return refused.value.problem


@pytest.fixture(scope='module')
def codes(tmp_path_factory: pytest.TempPathFactory) -> FamilyCodes:
    folder: Path = tmp_path_factory.mktemp('vault')
    return FamilyCodes(Vault(folder / 'keys', folder / 'key', folder / 'erasures'), UUID(int=7))
