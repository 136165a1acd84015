"""Files for other systems, as their templates want them."""

import csv
import io
import json
import os
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import TOKYO
from app.runtime import Box
from app.shelters.exchange_files.fields import FIELDS
from app.shelters.exchange_files.reading import read_template
from app.shelters.exchange_files.rendering import render
from app.shelters.exchange_files.service import FIGURES_EXPORTED, ExchangeFiles
from app.shelters.exchange_files.template import Form, Letters, LineEnd, Rows, Template, TemplateColumn, TemplateError
from app.shelters.headquarters.board import Board, board_of
from app.shelters.headquarters.figures import BoxFigures, ShelterFigures
from app.shelters.needs.standards import Standard
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.values import ShelterState
from tests.support.shelter import OFFICER, opened_shelter

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TOKYO)
NAMED = (TemplateColumn(name='避難所名', field='name'), TemplateColumn(name='避難者数', field='people'))


def board(*shelters: ShelterFigures) -> Board:
    return board_of([BoxFigures(box=UUID(int=1), name='本部', as_of=NOW, shelters=shelters)], NOW)


def shelter(name: str, state: ShelterState = ShelterState.OPENED, people: int | None = 12) -> ShelterFigures:
    entry = ShelterEntry(code=name, name=name, kana=name, latitude=36.5, capacity=100)
    info = ShelterInfo(id=uuid4(), entry=entry, state=state, state_since=NOW, practice=False, here=False)
    short = (Standard.BEDS, Standard.MEALS)
    return ShelterFigures(shelter=info, people=people, households=5, short=short, as_of=NOW)


def template(*columns: TemplateColumn, form: Form = Form.CSV, letters: Letters = Letters.UTF8) -> Template:
    return Template(
        name='t', title='t', target='t', form=form, letters=letters, line_end=LineEnd.LF, rows=Rows.OPEN,
        columns=columns or NAMED,
    )  # fmt: skip


def test_letters_and_line_ends_are_those_of_the_template() -> None:
    assert render(template(), board(shelter('泉小'))) == '避難所名,避難者数\n泉小,12\n'.encode()
    windows = replace(template(letters=Letters.CP932), line_end=LineEnd.CRLF)
    assert render(windows, board(shelter('泉小〜'))) == '避難所名,避難者数\r\n泉小～,12\r\n'.encode('cp932')
    assert render(template(letters=Letters.UTF8_BOM), board()).startswith(b'\xef\xbb\xbf')
    assert render(replace(template(), headings=False), board(shelter('泉小'))) == '泉小,12\n'.encode()


def test_what_is_not_known_is_empty_or_as_the_template_says_and_never_0() -> None:
    told = template(NAMED[1], TemplateColumn(name='b', field='people', empty='未確認'))
    assert render(told, board(shelter('泉小', people=None))).decode().splitlines()[1] == ',未確認'


def test_households_are_not_known_while_people_are_only_counted() -> None:
    told = template(TemplateColumn(name='a', field='households', empty='未確認'))
    counted, registered = replace(shelter('泉小'), counted=12, registered=3), replace(shelter('緑小'), registered=12)
    assert render(told, board(counted, registered)).decode().splitlines() == ['a', '未確認', '5']


def test_times_numbers_and_words_are_written_as_the_target_wants_them() -> None:
    told = template(
        TemplateColumn(name='a', field='as_of', format='%Y/%m/%d %H:%M'),
        TemplateColumn(name='b', field='as_of'),
        TemplateColumn(name='c', field='latitude', format='0.000'),
        TemplateColumn(name='d', field='state', words={'opened': '1'}),
        TemplateColumn(name='e', field='short', words={'beds': 'ベッド', 'meals': '食事'}),
        TemplateColumn(name='f', value='17201'),
    )
    row = render(told, board(shelter('泉小'))).decode().splitlines()[1]
    assert row == '2026/11/23 08:00,2026-11-23T08:00:00+09:00,36.500,1,ベッド、食事,17201'


def test_rows_are_of_open_shelters_of_those_that_were_open_or_of_all() -> None:
    states = [shelter(str(state), state) for state in ShelterState]
    counts = [len(render(replace(template(), rows=rows), board(*states)).splitlines()) - 1 for rows in Rows]
    assert counts == [3, 4, 5]


def test_a_formula_in_a_name_is_text_in_a_spreadsheet() -> None:
    assert '\'=HYPERLINK("x")' in next(csv.reader(io.StringIO(_line('=HYPERLINK("x")'))))


def test_words_of_the_template_stand_as_they_are() -> None:
    told = template(TemplateColumn(name='a', field='phone', empty='-'), TemplateColumn(name='b', value='+81'))
    assert render(told, board(shelter('泉小'))).decode().splitlines()[1] == '-,+81'


def _line(name: str) -> str:
    return render(template(), board(shelter(name))).decode().split('\n', 1)[1]


def test_letters_that_shift_jis_lacks_are_named_and_nothing_is_replaced() -> None:
    with pytest.raises(TemplateError, match='𠮷'):
        render(template(letters=Letters.CP932), board(shelter('𠮷野小')))


@pytest.mark.parametrize('letters', Letters)
def test_xml_declares_its_letters_and_names_what_people_typed_as_text(letters: Letters) -> None:
    told = render(template(form=Form.XML, letters=letters), board(shelter('<泉>&小]]>')))
    declared = told.decode('cp932' if letters is Letters.CP932 else 'utf-8-sig')
    assert declared.startswith('<?xml version="1.0" encoding=')
    root = ElementTree.fromstring(declared.split('?>', 1)[1])  # noqa: S314 - our own file
    assert [(leaf.tag, leaf.text) for leaf in root[0]] == [('避難所名', '<泉>&小]]>'), ('避難者数', '12')]


@given(name=st.text(max_size=40), form=st.sampled_from([Form.XML, Form.JSON]))
def test_a_file_can_be_read_whatever_a_shelter_is_called(name: str, form: Form) -> None:
    told = render(template(form=form), board(shelter('a' + name.encode('utf-8', 'ignore').decode()))).decode()
    if form is Form.JSON:
        assert len(json.loads(told)['shelters']) == 1
    else:
        assert len(ElementTree.fromstring(told.split('?>', 1)[1])) == 1  # noqa: S314 - our own file


@pytest.mark.parametrize('field', sorted(FIELDS))
def test_every_field_can_be_written_of_a_shelter_of_which_nothing_is_known(field: str) -> None:
    entry = ShelterEntry(code='x', name='x')
    info = ShelterInfo(
        id=uuid4(), entry=entry, state=ShelterState.NOT_OPENED, state_since=None, practice=False, here=False
    )
    told = replace(template(TemplateColumn(name='a', field=field, empty='-')), rows=Rows.ALL)
    (value,) = render(told, board(ShelterFigures(shelter=info))).decode().splitlines()[1:]
    assert (
        value in {'-', 'x', 'designated', 'not_opened', 'no', '0', '本部', '172014', '金沢市', '石川県'}
        or value[:4] == '2026'
    )
    found = FIELDS[field].find(board(ShelterFigures(shelter=info)).lines[0], board())
    assert not FIELDS[field].values or found is None or found in FIELDS[field].values


async def test_each_template_that_ships_makes_a_file_and_the_journal_says_so(box: Box) -> None:
    await opened_shelter(box)
    files = box.shelters.exchange_files
    for each in await files.templates():
        made = await files.export(each.name, OFFICER, practice=False)
        assert '泉小学校' in made.content.decode('cp932' if each.name == 'b_plo' else 'utf-8-sig')
        assert made.file_name.startswith(f'{each.name}_')
    assert len(await exports(box)) == 4


async def test_a_template_of_the_city_stands_in_the_place_of_one_that_ships(box: Box) -> None:
    await opened_shelter(box)
    own = box.directory.exchange_templates
    own.mkdir()
    (own / 'x_zero.toml').write_text('confirmed = "2026-12-01"\n[[columns]]\nname = "名"\nfield = "name"\n')
    (own / 'broken.toml').write_text('[[columns]]\nname = "氏名"\nfield = "person"\n')
    files = box.shelters.exchange_files
    found = {each.name: each for each in await files.templates()}
    assert (found['x_zero'].own, found['eei'].own, found['broken'].template) == (True, False, None)
    assert '「person」という項目はありません' in found['broken'].problems[0]
    made = await files.export('x_zero', OFFICER, practice=False)
    assert made.content.decode('utf-8-sig') == '名\r\n泉小学校\r\n'
    with pytest.raises(TemplateError, match='person'):
        await files.export('broken', OFFICER, practice=False)


async def test_what_does_not_exist_makes_no_file_and_no_line(box: Box) -> None:
    with pytest.raises(TemplateError, match='ありません'):
        await box.shelters.exchange_files.export('../../etc/passwd', OFFICER, practice=False)
    assert await exports(box) == []


async def test_a_drill_is_only_exported_where_the_file_says_that_it_is_one(box: Box) -> None:
    entry = ShelterEntry(code='D', name='訓練体育館')
    drill = await box.shelters.register.add(entry, OFFICER, practice=True)
    await box.shelters.register.set_state(drill.id, ShelterState.OPENED, OFFICER)
    own = box.directory.exchange_templates
    own.mkdir()
    (own / 'plain.toml').write_text('[[columns]]\nname = "名"\nfield = "name"\n')
    with pytest.raises(TemplateError, match='practice'):
        await box.shelters.exchange_files.export('plain', OFFICER, practice=True)
    made = await box.shelters.exchange_files.export('l_alert', OFFICER, practice=True)
    assert made.file_name.startswith('訓練_')
    assert '<訓練>訓練</訓練>' in made.content.decode()
    assert (
        '訓練体育館' not in (await box.shelters.exchange_files.export('eei', OFFICER, practice=False)).content.decode()
    )


async def test_what_is_no_file_or_has_no_readable_name_is_passed_over(box: Box) -> None:
    own = box.directory.exchange_templates
    (own / 'folder.toml').mkdir(parents=True)
    (own / os.fsdecode(b'\xff.toml')).write_text('[[columns]]')
    assert {each.name for each in await box.shelters.exchange_files.templates()} == {
        'x_zero',
        'eei',
        'b_plo',
        'l_alert',
    }


async def test_a_directory_that_is_not_there_is_no_matter(box: Box, tmp_path: Path) -> None:
    files = ExchangeFiles(
        journal=box.journal, headquarters=box.shelters.headquarters, own_directory=tmp_path / 'none',
        shipped_directory=tmp_path / 'none',
    )  # fmt: skip
    assert await files.templates() == []


def test_the_words_of_the_templates_that_ship_name_every_shortage() -> None:
    shipped = Path(__file__).parents[4] / 'data' / 'exchange_templates' / 'x_zero.toml'
    words = next(each.words for each in read_template(shipped.read_bytes(), 'x').columns if each.field == 'short')
    assert set(words or ()) == {str(standard) for standard in Standard}


async def exports(box: Box) -> list[str]:
    def query(connection: sqlite3.Connection) -> list[str]:
        rows = connection.execute('SELECT payload FROM journal_line WHERE kind = ?', (FIGURES_EXPORTED,))
        return [row['payload'] for row in rows]

    return await box.reading.read(query)
