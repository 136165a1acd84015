"""What a list of shelters adds and changes, and what a second one does."""

from dataclasses import replace

from app.journal.history import History, HistoryFilter
from app.journal.line import Actor
from app.runtime import Box
from app.shelters.list_import import read_shelter_list
from app.shelters.list_saving import ListComparison, compare_list, save_list
from app.shelters.list_words import change_words, ranges, refusals, repairs
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.registry import SHELTER_ADDED
from tests.app.shelters.test_list_import import EMERGENCY, PREFECTURE, STATE, changed

ACTOR = Actor.command_line()


async def take(box: Box, content: bytes, municipality: str = '') -> ListComparison:
    """Read a list and take it over."""
    register = box.shelters.register
    found = compare_list(read_shelter_list(content, municipality), await register.all())
    await save_list(register, found, ACTOR)
    return found


async def named(box: Box, name: str) -> ShelterInfo:
    """The shelter of this name."""
    return next(shelter for shelter in await box.shelters.register.all() if shelter.entry.name == name)


async def test_a_list_adds_its_shelters_in_one_batch_of_journal_lines(box: Box) -> None:
    found = await take(box, STATE)
    lines, total = await History(box.reading, box.vault).page(HistoryFilter(kind=SHELTER_ADDED), 0, 50)
    assert total == len(found.added) == len(await box.shelters.register.all())
    assert len({line.batch for line in lines}) == 1


async def test_the_same_list_again_changes_nothing(box: Box) -> None:
    for content in (STATE, PREFECTURE, EMERGENCY):
        await take(box, content)
    for content in (STATE, PREFECTURE, EMERGENCY):
        again = await take(box, content)
        assert (again.added, again.changed) == ((), ())


async def test_a_second_list_fills_what_the_first_did_not_say_and_keeps_both_credits(box: Box) -> None:
    await take(box, STATE)
    await take(box, PREFECTURE, '金沢市')
    school = (await named(box, '金沢中央高校')).entry
    assert school.code.startswith('E17201')
    assert school.kana.startswith('イシカワケンリツ')
    assert '洪水' in school.hazards
    assert '国土地理院' in school.source
    assert '石川県' in school.source


async def test_another_name_on_the_same_spot_is_the_same_shelter(box: Box) -> None:
    await take(box, STATE)
    found = await take(box, PREFECTURE, '金沢市')
    assert '旧金沢市立野町小学校' not in {listed.entry.name for listed in found.added}


async def test_a_likely_double_waits_for_a_person(box: Box) -> None:
    await take(box, STATE)
    found = await take(box, PREFECTURE, '金沢市')
    (doubt,) = found.doubtful
    assert doubt.known == ('犀桜小学校',)
    assert any('犀桜小学校' in reason for _line, _name, reason in refusals(found))


async def test_a_list_that_changed_changes_its_shelter_and_says_how(box: Box) -> None:
    await take(box, STATE)
    found = await take(box, changed(STATE, 'みどり1-166', 'みどり1-1'))
    assert change_words(found.changed[0]) == '所在地: 石川県金沢市みどり1-166 → 石川県金沢市みどり1-1'
    assert (await named(box, '緑小学校')).entry.address.endswith('みどり1-1')


async def test_a_blank_in_a_list_does_not_take_away_what_staff_entered(box: Box) -> None:
    await take(box, PREFECTURE)
    known = await named(box, '旧鹿波小学校')
    filled = replace(known.entry, capacity=80, blocked_capacity=10, district='鹿波')
    await box.shelters.register.change(known.id, filled, ACTOR)
    await take(box, changed(PREFECTURE, ',100,', ',,'))
    assert (await named(box, '旧鹿波小学校')).entry == filled


async def test_a_shelter_that_is_not_in_the_list_stays(box: Box) -> None:
    await box.shelters.register.add(ShelterEntry(code='here-1', name='町会の集会所'), ACTOR)
    found = await take(box, STATE)
    assert found.missing == 1
    assert (await named(box, '町会の集会所')).entry.code == 'here-1'


async def test_two_schools_of_one_name_in_two_towns_are_two_shelters(box: Box) -> None:
    far = ShelterEntry(code='E-far', name='緑小学校', latitude=37.4, longitude=137.2)
    await box.shelters.register.add(far, ACTOR)
    await take(box, STATE)
    assert [each.entry.name for each in await box.shelters.register.all()].count('緑小学校') == 2


async def test_the_report_names_each_kind_of_repair_with_its_lines(box: Box) -> None:
    found = await take(box, PREFECTURE)
    words, count, lines = repairs(found)[0]
    assert '連絡先の列' in words
    assert lines == f'2–{count + 1}'


def test_line_numbers_are_told_in_ranges() -> None:
    assert ranges([9, 2, 3, 4, 7]) == '2–4、7、9'
    assert ranges(range(0, 200, 2)).endswith('ほか')
