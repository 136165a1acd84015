"""When a disaster is over: two people decide, the file is kept, and afterwards nobody can be found in any byte."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from app.commands.backup import make_backup
from app.journal.checking import check_journal
from app.journal.history import History, HistoryFilter
from app.journal.line import Act, Actor
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.ending.proof import prove
from app.shelters.ending.service import Endings, Export
from app.shelters.ending.values import ERASED, EndingInfo, EndingRefused, Part, Problem, Scope, State
from app.shelters.evacuees import Registration
from app.shelters.models import Evacuee, EvacueeToken, Stay
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import PersonClass
from app.storage.age import decrypt_bytes
from app.storage.backup import prepare_workplace
from app.storage.transaction import transaction
from app.storage.vault import RecordClass
from tests.app.shelters.ending.disaster import (
    CHIEF,
    SECOND,
    SECRETS,
    Over,
    end,
    evacuation,
    family_enters,
    new_recipient,
    traces_of,
)
from tests.support.box import hire
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

REASON = '災害対応を終えた'


@pytest.fixture
def endings(box: Box, tmp_path: Path) -> Endings:
    return Endings(box.vault, box.journal, box.reading, (new_recipient(tmp_path),))


async def exported(endings: Endings, scope: Scope = Scope()) -> tuple[EndingInfo, Export]:  # noqa: B008 - a value
    proposed = await endings.propose(scope, REASON, CHIEF)
    return proposed, await endings.export(proposed.id, '金沢市', CHIEF)


def letters_of(export: Export) -> str:
    return export.name.split('-')[2].split('.')[0]


async def finished(box: Box, endings: Endings, scope: Scope = Scope()) -> EndingInfo:  # noqa: B008 - a value
    proposed, export = await exported(endings, scope)
    await endings.approve(proposed.id, letters_of(export), SECOND)
    await box.shelters.anonymiser.carry_out()
    found = await endings.get(proposed.id)
    assert found is not None
    return found


async def test_afterwards_no_name_address_phone_or_card_is_in_any_file_and_nothing_of_it_opens(
    box: Box, endings: Endings
) -> None:
    over = await evacuation(box)
    await family_enters(box)
    await end(box, over)
    info = await finished(box, endings)

    workplace = prepare_workplace(box.directory)
    assert make_backup(box, workplace).verdict.intact
    assert traces_of(box.directory) == []
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(), 0, 500)
    told = ''.join(str((line.payload, [part.fields for part in line.opened])) for line in lines)
    assert [secret for secret in SECRETS if secret in told] == []
    assert not [
        line for line in lines for part in line.opened if part.record_class is RecordClass.SHELTER and part.fields
    ]
    proof = await box.reading.read(lambda rows: prove(rows, box.vault, info))
    assert proof.findings == []
    assert (proof.keys, proof.sealed_parts) == (9, 12)
    assert (await check_journal(box.directory.database, box.directory.checkpoints, box.vault)).intact


async def test_numbers_and_counts_stay(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    await end(box, over)
    info = await finished(box, endings)
    person = await box.shelters.evacuees.get(over.hanako)
    assert person is not None
    assert (person.details, person.person_class) == (PersonDetails(), PersonClass.WOMAN)
    assert await Stay.filter(shelter=over.shelter.id).count() == 2
    assert info.certificate is not None
    assert info.certificate['counts'] == {
        'people': 2, 'households': 1, 'dwellings': 1, 'inquiries': 1, 'helpers': 1, 'notes': 1, 'searches': 1,
    }  # fmt: skip
    assert (info.certificate['tokens'], info.certificate['export_sha256']) == (2, info.export_sha256)
    assert await EvacueeToken.all().count() == 0


async def test_the_city_keeps_who_was_where_and_in_which_dwelling_but_nothing_of_their_health(
    box: Box, endings: Endings, tmp_path: Path
) -> None:
    await end(box, await evacuation(box))
    _proposed, export = await exported(endings)
    plain = decrypt_bytes(export.content, (tmp_path / 'headquarters.key').read_bytes())
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        people, stays = (archive.read(name).decode('utf-8-sig') for name in ('people.csv', 'stays.csv'))
    for words in ('金沢 花子', '1946-03-01', '広坂1丁目', '住家の番地 半壊'):
        assert words in people
    assert '泉小学校' in stays
    assert '妹の加賀 花枝' in stays
    assert '吸入器' not in people


async def test_one_person_alone_or_without_the_file_throws_nothing_away(box: Box, endings: Endings) -> None:
    await end(box, await evacuation(box))
    proposed, export = await exported(endings)
    for actor, letters, problem in (
        (CHIEF, letters_of(export), Problem.SAME_PERSON),
        (SECOND, '00000000', Problem.WRONG_FILE),
        (SECOND, '', Problem.WRONG_FILE),
    ):
        with pytest.raises(EndingRefused, match=problem):
            await endings.approve(proposed.id, letters, actor)
    await box.shelters.anonymiser.carry_out()
    assert await Evacuee.filter(details=b'').count() == 0


async def test_what_changed_after_the_export_is_exported_again_before_anybody_approves(
    box: Box, endings: Endings
) -> None:
    over = await evacuation(box)
    await end(box, over)
    proposed, export = await exported(endings)
    await box.shelters.evacuees.set_details(over.hanako, replace(HANAKO, phone='076-000-0000'), OFFICER)
    with pytest.raises(EndingRefused, match='changed'):
        await endings.approve(proposed.id, letters_of(export), SECOND)
    export = await endings.export(proposed.id, '金沢市', CHIEF)
    assert (await endings.approve(proposed.id, letters_of(export), SECOND)).state is State.APPROVED


async def test_nothing_begins_while_a_shelter_is_open_or_somebody_is_there(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    with pytest.raises(EndingRefused, match='still_open'):
        await endings.propose(Scope(), REASON, CHIEF)
    await end(box, over)
    with pytest.raises(EndingRefused, match='reason'):
        await endings.propose(Scope(), ' ', CHIEF)
    proposed = await endings.propose(Scope(), REASON, CHIEF)
    with pytest.raises(EndingRefused, match='already'):
        await endings.propose(Scope(shelter=over.shelter.id), REASON, CHIEF)
    await endings.withdraw(proposed.id, SECOND)
    assert await endings.all() == []


async def test_without_somebody_who_could_read_it_nothing_is_exported(box: Box, endings: Endings) -> None:
    await end(box, await evacuation(box))
    proposed = await endings.propose(Scope(), REASON, CHIEF)
    for recipients, problem in (((), Problem.NO_RECIPIENT), (('age1wrong',), Problem.BAD_RECIPIENT)):
        unreadable = Endings(box.vault, box.journal, box.reading, recipients)
        with pytest.raises(EndingRefused, match=problem):
            await unreadable.export(proposed.id, '金沢市', CHIEF)


async def test_one_shelter_ends_alone_and_who_was_at_another_one_too_stays_known(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    other = await opened_shelter(box, '緑小学校')
    await box.shelters.evacuees.register(
        Registration(arrival=Arrival(shelter=other.id), token=Token.printed('SECRET-TOKEN-77')), OFFICER
    )
    await end(box, over)
    info = await finished(box, endings, Scope(shelter=over.shelter.id))
    hanako, taro = await box.shelters.evacuees.get(over.hanako), await box.shelters.evacuees.get(over.taro)
    assert hanako is not None
    assert taro is not None
    assert (hanako.details.name, taro.details.name) == ('金沢 花子', '')
    assert info.certificate is not None
    assert info.certificate['elsewhere'] == 1
    assert 'households' not in dict(info.certificate['counts'])


async def test_a_person_on_hold_stays_readable_until_the_hold_ends(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    await end(box, over)
    await box.holds.hold([over.hanako], (over.hanako, RecordClass.SHELTER), '争いがある', CHIEF)
    await finished(box, endings)
    hanako = await box.shelters.evacuees.get(over.hanako)
    assert hanako is not None
    assert hanako.details.name == '金沢 花子'
    await box.holds.release([over.hanako], CHIEF)
    info = await finished(box, endings)
    assert info.certificate is not None
    assert dict(info.certificate['counts'])['people'] == 1
    assert traces_of(box.directory) == []


async def test_a_drill_is_thrown_away_at_once_and_touches_nobody_real(box: Box) -> None:
    real = await register(box, await opened_shelter(box, '緑小学校'))
    drill = await evacuation(box, practice=True)
    endings = box.shelters.endings
    with pytest.raises(EndingRefused, match='not_sure'):
        await endings.throw_away_drill(None, '訓練を終えた', CHIEF, is_sure=False)
    thrown = await endings.throw_away_drill(None, '訓練を終えた', CHIEF, is_sure=True)
    await box.shelters.anonymiser.carry_out()
    hanako, somebody = await box.shelters.evacuees.get(drill.hanako), await box.shelters.evacuees.get(real.evacuee.id)
    assert hanako is not None
    assert somebody is not None
    assert (hanako.details.name, somebody.details.name) == ('', '金沢 花子')
    assert await Stay.filter(practice=True).exclude(state='left').count() == 0
    assert await Stay.filter(practice=False).exclude(state='left').count() == 1
    info = await endings.get(thrown.id)
    assert info is not None
    assert info.state is State.FINISHED


async def test_a_power_cut_between_the_line_and_the_key_leaves_nothing_readable(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    await end(box, over)
    proposed, export = await exported(endings)
    await endings.approve(proposed.id, letters_of(export), SECOND)
    payload = {'record_class': 'shelter', 'records': str(Part.PEOPLE), 'count': 1}
    act = Act(kind=ERASED, actor=Actor.system(), subjects=(over.hanako,), payload=payload, batch=proposed.id)
    await transaction(lambda tx: box.journal.append(tx, act))

    await box.shelters.anonymiser.carry_out()

    info = await endings.get(proposed.id)
    assert info is not None
    assert (await box.reading.read(lambda rows: prove(rows, box.vault, info))).findings == []
    assert info.certificate is not None
    assert dict(info.certificate['counts'])['people'] == 2


async def test_the_proof_tells_of_a_key_that_came_back_and_of_a_changed_certificate(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    await end(box, over)
    info = await finished(box, endings)
    await box.vault.ensure([(over.hanako, RecordClass.SHELTER)])
    proof = await box.reading.read(lambda rows: prove(rows, box.vault, info))
    assert proof.findings == ['people keys 1']
    assert info.certificate is not None
    forged = replace(info, certificate={**info.certificate, 'held': 3})
    assert 'certificate' in (await box.reading.read(lambda rows: prove(rows, box.vault, forged))).findings


async def test_nobody_who_was_made_nameless_is_written_to_again(box: Box, endings: Endings) -> None:
    over = await evacuation(box)
    await end(box, over)
    await finished(box, endings)
    with pytest.raises(LookupError):
        await box.shelters.evacuees.set_details(over.hanako, HANAKO, OFFICER)
    nameless = await box.shelters.evacuees.get(over.hanako)
    assert nameless is not None
    assert await box.shelters.evacuees.by_number(nameless.number) is None


async def test_staff_and_their_records_are_not_touched(box: Box, endings: Endings) -> None:
    person = await hire(box)
    await end(box, await evacuation(box))
    await finished(box, endings)
    assert box.vault.has_key((person.id, RecordClass.STAFF))


async def test_a_shelter_that_opens_again_can_be_searched_and_its_old_lines_stay_closed(
    box: Box, endings: Endings
) -> None:
    over: Over = await evacuation(box)
    await end(box, over)
    info = await finished(box, endings)
    again = await evacuation(box, name='緑小学校')
    assert again.shelter.id != over.shelter.id
    await box.vault.ensure([(over.shelter.id, RecordClass.SHELTER)])
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(subject=over.shelter.id), 0, 100)
    assert [part.fields for line in lines for part in line.opened if part.fields] == []
    assert (await box.reading.read(lambda rows: prove(rows, box.vault, info))).findings == []
