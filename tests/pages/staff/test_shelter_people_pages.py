"""The pages about people of a shelter with two thousand of them, as browsers without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import start_pages
from tests.pages.staff.cars_people import REFUSED, UUID_PATTERN, Person

OFFICER, HEADQUARTERS, CLERK = '1001', '1002', '1003'
LIST = '/staff/evacuees'


@pytest.fixture(scope='module')
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = Path(__file__).parent / 'evacuees_box.py'
    found, process = start_pages(script, tmp_path_factory.mktemp('evacuees'), ready='/sign-in')
    yield found
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='module')
def people(address: str) -> Iterator[dict[str, Person]]:
    signed_in = {number: Person(address, number) for number in (OFFICER, HEADQUARTERS, CLERK)}
    yield signed_in
    for person in signed_in.values():
        person.http.close()


@pytest.fixture
def officer(people: dict[str, Person]) -> Person:
    return people[OFFICER]


@pytest.fixture
def headquarters(people: dict[str, Person]) -> Person:
    return people[HEADQUARTERS]


def found(person: Person, typed: str) -> str:
    """The page that a search answers."""
    answer = person.send(f'{LIST}/search', typed=typed, reason='family_asked')
    assert answer.status_code == 200
    return answer.text


def first_in(page: str) -> str:
    """The page of the first person in a list."""
    link = re.search(f'{LIST}/{UUID_PATTERN}(?!/draft)', page)
    assert link is not None
    return link.group()


def ids_in(page: str) -> list[str]:
    """The people in a list, in its order."""
    return list(dict.fromkeys(re.findall(f'{LIST}/({UUID_PATTERN})(?!/draft)', page)))


def hidden_in(page: str, name: str) -> str:
    """The id that the first form with this hidden field posts."""
    field = re.search(f'"name":"{name}","\\^?value":"({UUID_PATTERN})"', page)
    assert field is not None
    return field.group(1)


def test_without_a_reason_nobody_is_looked_for(officer: Person) -> None:
    answer = officer.send(f'{LIST}/search', typed='中村')
    assert answer.status_code == REFUSED
    assert '探す理由を選んでください。' in answer.text
    assert '中村 葵' not in answer.text


@pytest.mark.parametrize('path', [LIST, f'{LIST}/duplicates', f'{LIST}/roll-call'])
def test_the_pages_open_to_those_who_run_a_shelter(people: dict[str, Person], path: str) -> None:
    for number in (OFFICER, HEADQUARTERS):
        assert people[number].http.get(path).status_code == 200
    assert people[CLERK].http.get(path).status_code == 403


def test_two_thousand_people_are_paged_and_protected_people_are_not_counted_for_an_officer(
    officer: Person, headquarters: Person
) -> None:
    assert '2,004件中 1–50' in officer.read(LIST)
    assert '2,005件中 1–50' in headquarters.read(LIST)
    assert '2,004件中 51–100' in officer.read(f'{LIST}?page=2')


def test_a_name_with_markup_and_a_hundred_letters_stays_text(officer: Person) -> None:
    page = officer.read(LIST)
    assert '<b>長谷川' not in page
    assert '長谷川' in page


def test_filters_narrow_the_list_and_nonsense_is_no_filter(officer: Person) -> None:
    assert '迷子 光' in officer.read(f'{LIST}?flag=unaccompanied')
    assert '1件中 1–1' in officer.read(f'{LIST}?flag=unaccompanied')
    assert '100件中' in officer.read(f'{LIST}?flag=needs')
    assert '2,004件中' in officer.read(f'{LIST}?flag=nonsense&area=x&state=y&place=z')
    assert '当てはまる人はいません' in officer.read(f'{LIST}?state=left&place=car')


def test_a_typo_finds_and_the_address_holds_no_name(officer: Person) -> None:
    page = found(officer, 'カナザワハナゴ')
    assert '金沢 花子' in page
    assert 'カナザワハナゴ' not in str(officer.http.get(LIST).url)


@pytest.mark.parametrize('typed', ['秘密', 'ヒミツ', 'ヒミツ マモル'])
def test_a_protected_person_is_the_same_as_absent_for_an_officer(
    officer: Person, headquarters: Person, typed: str
) -> None:
    hidden = found(officer, typed)
    assert '当てはまる人はいません' in hidden
    assert LIST + '/' not in ''.join(re.findall(f'{LIST}/{UUID_PATTERN}', hidden))
    known = first_in(found(headquarters, typed))
    assert headquarters.http.get(known).status_code == 200
    assert 'ヒミツ' not in headquarters.read(known)
    missing = f'{LIST}/00000000-0000-0000-0000-000000000001'
    answers = [officer.http.get(path) for path in (known, missing)]
    assert {(answer.status_code, answer.headers['location']) for answer in answers} == {(303, LIST)}


def test_what_is_changed_is_saved_and_what_was_before_is_shown(officer: Person) -> None:
    person = first_in(found(officer, '東出 桜'))
    form = {'name': '東出 桜子', 'kana': 'ヒガシデ サクラコ', 'birth_date': 'S21.3.1', 'sex': 'not_told'}
    answer = officer.send(f'{person}/edit', **form, need_care='1', consent_public='no', phone='076-1')
    assert answer.headers['location'] == f'{person}?done=saved'
    page = officer.read(person)
    assert '昭和21年' in page
    assert '氏名: 東出 桜 → 東出 桜子' in page
    assert '氏名などを公表してよい: いいえ' in page
    assert '回答しない' in page


def test_a_date_that_cannot_be_is_refused_with_what_was_typed(officer: Person) -> None:
    person = first_in(found(officer, '中村 葵'))
    answer = officer.send(f'{person}/edit', name='中村 あおい', birth_date='昭和21年13月1日')
    assert answer.status_code == REFUSED
    assert '中村 あおい' in answer.text
    assert '生年月日:' in answer.text


def test_who_is_from_another_municipality_is_corrected_on_their_page(officer: Person) -> None:
    person = first_in(found(officer, '北川 悠太'))
    shelter = hidden_in(officer.read(person), 'shelter')
    answer = officer.send(f'{person}/move', shelter=shelter, act='visitor', visitor='1')
    assert answer.headers['location'] == f'{person}?done=saved'
    assert '市外の方ではない' in officer.read(person)
    officer.send(f'{person}/move', shelter=shelter, act='visitor', visitor='')
    assert '市外の方ではないとした' in officer.read(person)


def test_who_goes_out_comes_back_moves_and_leaves_has_a_history_in_plain_words(officer: Person) -> None:
    person = first_in(found(officer, '北川 悠太'))
    shelter = hidden_in(officer.read(person), 'shelter')
    for act in (
        {'act': 'out'},
        {'act': 'back'},
        {'act': 'move', 'place': 'car'},
        {'act': 'leave', 'left_for': 'hospital', 'destination': '県立中央病院', 'needs_supplies': '1'},
    ):
        answer = officer.send(f'{person}/move', shelter=shelter, **act)
        assert answer.headers['location'] == f'{person}?done=moved'
    page = officer.read(person)
    for words in ('一時外出', '戻った', '場所を移動: 車の中', '入院された、県立中央病院、物資の支援が要る'):
        assert words in page
    again = officer.send(f'{person}/move', shelter=shelter, act='back')
    assert 'problem=not_here' in again.headers['location']


def test_a_child_alone_is_flagged_until_somebody_takes_over(officer: Person) -> None:
    child = first_in(officer.read(f'{LIST}?flag=unaccompanied'))
    leaving = {'act': 'leave', 'left_for': 'relatives', 'shelter': hidden_in(officer.read(child), 'shelter')}
    assert 'problem=child_alone' in officer.send(f'{child}/move', **leaving).headers['location']
    out = {'act': 'out', 'shelter': leaving['shelter'], 'by_whom': '迷子 ハナ'}
    assert 'problem=escort' in officer.send(f'{child}/move', **out).headers['location']
    assert 'done=moved' in officer.send(f'{child}/move', **out, relation='祖母').headers['location']
    assert '外出に付き添う方: 迷子 ハナ(祖母)' in officer.read(child)
    assert 'problem=by_whom' in officer.send(f'{child}/take-over', by_whom=' ').headers['location']
    assert 'done=taken' in officer.send(f'{child}/take-over', by_whom='祖母 迷子 ハナ').headers['location']
    assert '保護者などが引き受けた: 祖母 迷子 ハナ' in officer.read(child)
    assert '当てはまる人はいません' in officer.read(f'{LIST}?flag=unaccompanied')


def test_a_household_is_made_added_to_and_split(officer: Person) -> None:
    first, second = ids_in(found(officer, '泉 恵子'))[:2]
    way = officer.send('/staff/households', evacuee=first).headers['location']
    numbers = re.findall(r'[A-Z]{3}-\d{4}-\d', officer.read(f'{LIST}/{second}'))
    assert officer.send(f'{way}/change', act='add', number=numbers[0]).status_code == 303
    assert '世帯の人 2人' in officer.read(way)
    assert officer.send(f'{way}/change', act='add', number='XXX-0000-0').status_code == REFUSED
    assert officer.send(f'{way}/change', act='speaker', evacuee=second).status_code == 303
    assert officer.send(f'{way}/change', act='shared', address='金沢市泉1丁目', phone='076-1').status_code == 303
    assert officer.send(f'{way}/change', act='split').status_code == REFUSED
    assert officer.send(f'{way}/change', act='split', **{f'member_{first}': '1'}).status_code == 303
    assert '世帯の人 1人' in officer.read(way)


def test_a_duplicate_is_merged_by_a_person_and_taken_back(officer: Person) -> None:
    page = officer.read(f'{LIST}/duplicates')
    assert '氏名が同じ、生年月日が同じ' in page
    assert '確かめる記録は1組あります' in page
    assert officer.read(f'{LIST}/duplicates?page=9').count('氏名が同じ、生年月日が同じ') == 1
    kept, other = hidden_in(page, 'kept'), hidden_in(page, 'other')
    assert (
        'done=decided'
        in officer.send(f'{LIST}/duplicates/decide', kept=kept, other=other, same='1').headers['location']
    )
    assert officer.http.get(f'{LIST}/{other}').headers['location'] == f'{LIST}/{kept}'
    decided = officer.read(f'{LIST}/duplicates')
    decision = hidden_in(decided, 'decision')
    assert 'done=undone' in officer.send(f'{LIST}/duplicates/undo', decision=decision).headers['location']
    assert officer.http.get(f'{LIST}/{other}').status_code == 200
    assert 'problem=1' in officer.send(f'{LIST}/duplicates/undo', decision=decision).headers['location']


def test_a_shelter_where_nobody_came_says_so(officer: Person) -> None:
    option = re.search(f'人のいない避難所"[^}}]*"value":"({UUID_PATTERN})', officer.read(LIST))
    assert option is not None
    assert '受付で登録すると、ここに表示されます。' in officer.read(f'{LIST}?shelter={option.group(1)}')


@pytest.mark.parametrize('what', ['people', 'labels', 'forms', 'form_labels'])
def test_papers_are_made_and_written_down(officer: Person, what: str) -> None:
    answer = officer.send(f'{LIST}/print', what=what)
    assert answer.headers['content-type'] == 'application/pdf'
    assert answer.content.startswith(b'%PDF')


def test_lost_labels_are_printed_again_for_a_range_of_numbers(officer: Person) -> None:
    page = officer.read(LIST)
    for words in ('もう一度印刷する', 'プリンターが使えないとき'):
        assert words in page
    number = re.search(r'[A-Z]{3}-\d{4}-\d', page)
    assert number
    again = officer.send(f'{LIST}/print', what='labels_again', first=number[0], last=number[0])
    assert again.content.startswith(b'%PDF')
    wrong = officer.send(f'{LIST}/print', what='labels_again', first='41')
    assert (wrong.status_code, '番号を確かめてください' in wrong.text) == (REFUSED, True)
    assert officer.send(f'{LIST}/print', what='labels_again').status_code == REFUSED


def test_what_nobody_can_print_is_refused(officer: Person) -> None:
    assert officer.send(f'{LIST}/print', what='nonsense').status_code == REFUSED


def test_what_somebody_wrote_on_their_phone_becomes_part_of_their_record_with_one_press(officer: Person) -> None:
    listed = officer.read(LIST)
    link = re.search(f'{LIST}/({UUID_PATTERN})/draft', listed)
    assert link is not None
    page = officer.read(link.group())
    assert '降圧薬' in page
    answer = officer.send(link.group(), draft=hidden_in(page, 'draft'), who_0='')
    assert (answer.status_code, 'だれのことか、一人ずつ選んでください。' in answer.text) == (REFUSED, True)
    officer.send(link.group(), draft=hidden_in(page, 'draft'), who_0=link.group(1))

    person = officer.read(f'{LIST}/{link.group(1)}')
    assert '降圧薬' in person
    assert '書いた内容を見る' not in person
