"""The other subcommands: what they print, and what they say when something is wrong."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.exit_codes import FAILED, OK, USAGE
from app.commands.parser import build_parser
from app.language import use_language
from tests.app.commands.conftest import Give
from tests.app.documents.workbooks import as_workbook
from tests.support.box import hire, opened_box
from tests.support.process import PROJECT, write_staff_list

ROWS = (('1001', '金沢 太郎', 'カナザワ タロウ', '総務課'), ('1002', '白山 花子', 'ハクサン ハナコ', '税務課'))


async def test_a_staff_list_of_the_caller_is_taken_by_the_box(served, give: Give, tmp_path: Path, monkeypatch) -> None:
    write_staff_list(tmp_path / 'list.csv', *ROWS)
    monkeypatch.chdir(tmp_path)
    assert (await give('staff', 'import', 'list.csv')).out == '職員 2 人: 追加 2、変更 0、変更なし 0\n'
    assert (await give('staff', 'import', 'list.csv')).out == '職員 2 人: 追加 0、変更 0、変更なし 2\n'
    assert (await served.staff.find_by_number('1002')).name == '白山 花子'


async def test_a_staff_list_may_be_a_spreadsheet(served, give: Give, tmp_path: Path) -> None:
    (tmp_path / 'list.xlsx').write_bytes(as_workbook([('職員番号', '氏名', 'フリガナ', '所属'), *ROWS]))
    ended = await give('staff', 'import', str(tmp_path / 'list.xlsx'))
    assert ended.out == '職員 2 人: 追加 2、変更 0、変更なし 0\n'


async def test_each_mistake_in_a_staff_list_is_a_line_and_nothing_is_taken(served, give: Give, tmp_path: Path) -> None:
    write_staff_list(tmp_path / 'list.csv', ROWS[0], ('1003', '=1+1', 'ア', 'イ'), ('1001', '誰か', 'ア', 'イ'))
    ended = await give('staff', 'import', str(tmp_path / 'list.csv'))
    assert ended.code == FAILED
    assert len(ended.err.splitlines()) == 3
    assert await served.staff.find_by_number('1001') is None


async def test_a_file_that_is_not_there_is_named(served, give: Give) -> None:
    ended = await give('staff', 'import', 'no-such.csv')
    assert ended.code == FAILED
    assert 'no-such.csv' in ended.err


async def test_enrolling_prints_the_address_and_nothing_else(served, give: Give) -> None:
    await give('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'X')
    ended = await give('desk', 'enrol', '東玄関')
    address, code = ended.out.strip().rsplit('/', 1)
    assert ended.out.count('\n') == 1
    assert address == 'http://localhost:8080/enrol'
    assert len(code) == 8


async def test_an_unknown_desk_is_said_with_those_that_there_are(served, give: Give) -> None:
    await give('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'X')
    ended = await give('desk', 'enrol', '西')
    assert (ended.code, ended.out) == (FAILED, '')
    assert '東玄関' in ended.err


@pytest.mark.parametrize(
    'words', [('desk', 'add', '東玄関', '--job', 'attendance'), ('card', 'link', '--staff-number', '1001')]
)
async def test_a_simulated_reader_is_refused_outside_a_demonstration(
    tmp_path: Path, give: Give, words: tuple[str, ...]
) -> None:
    async with opened_box(tmp_path / 'box') as box:
        await hire(box)
    ended = await give(*words, '--reader', ' sim:東玄関')
    assert ended.code == FAILED
    assert 'デモンストレーションでだけ使えます' in ended.err
    async with opened_box(tmp_path / 'box') as box:
        assert await box.desks.all() == []


@pytest.mark.parametrize(
    ('name', 'reader', 'says'),
    [('東玄関', 'Y', '同じ名前'), ('西', 'pcsc:X', 'ほかのデスク'), (' ', 'Y', '空か'), ('西', 'pcsc:', 'pcsc:')],
)
async def test_a_desk_that_cannot_be_added_says_why(served, give: Give, name: str, reader: str, says: str) -> None:
    await give('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'X')
    ended = await give('desk', 'add', name, '--job', 'attendance', '--reader', reader)
    assert ended.code == FAILED
    assert says in ended.err


async def test_a_token_is_printed_alone_and_opens_the_interface(served, give: Give) -> None:
    ended = await give('token', 'create', '--name', '事務管理', '--scope', 'attendance:read')
    assert ended.out.count('\n') == 1
    assert served.access.api_tokens.find(ended.out.strip()) is not None


async def test_an_unknown_scope_is_said_with_those_that_there_are(served, give: Give) -> None:
    ended = await give('token', 'create', '--name', 'x', '--scope', 'everything')
    assert ended.code == FAILED
    assert 'attendance:read' in ended.err


async def test_an_intact_journal_ends_well_from_the_first_minute(served, give: Give) -> None:
    await hire(served)
    assert (await give('journal', 'verify')).code == OK


async def test_a_changed_line_is_named_with_kind_and_time(served, give: Give) -> None:
    import sqlite3

    await hire(served)
    with sqlite3.connect(served.directory.database) as outside:
        outside.execute('DROP TRIGGER journal_line_refuses_update')
        outside.execute("UPDATE journal_line SET actor = 'somebody' WHERE sequence = 2")
    ended = await give('journal', 'verify')
    assert ended.code == FAILED
    assert '2 行目(people.staff_added 20' in ended.out


async def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, give: Give) -> None:
    (tmp_path / 'box').mkdir()
    (tmp_path / 'box' / 'machibako.toml').write_text('[server]\nport = "many"\n')
    ended = await give('desk', 'list')
    assert (ended.code, len(ended.err.splitlines())) == (FAILED, 1)
    assert 'server.port' in ended.err


async def test_a_damaged_database_is_said_without_a_traceback(tmp_path: Path, give: Give) -> None:
    await give('desk', 'list')
    (tmp_path / 'box' / 'machibako.db').write_bytes(b'no database at all' * 500)
    ended = await give('desk', 'list')
    assert (ended.code, len(ended.err.splitlines())) == (FAILED, 1)
    assert '壊れている' in ended.err


@pytest.mark.parametrize(('locale', 'word'), [('ja_JP.UTF-8', '使い方'), ('C', 'usage'), ('en_US.UTF-8', 'usage')])
def test_help_speaks_the_language_of_the_environment(monkeypatch, locale: str, word: str) -> None:
    monkeypatch.setenv('LC_ALL', locale)
    assert build_parser().format_help().startswith(word)


def test_building_the_parser_leaves_the_language_of_the_box_alone(monkeypatch) -> None:
    from app.language import current_language

    monkeypatch.setenv('LC_ALL', 'C')
    use_language('ja')
    build_parser()
    assert current_language() == 'ja'


def test_a_wrong_argument_ends_with_the_usage(monkeypatch) -> None:
    monkeypatch.setattr('sys.stderr', io.StringIO())
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(['desk', 'add', 'x', '--job', 'cooking', '--reader', 'X'])
    assert ended.value.code == USAGE


@pytest.mark.parametrize('words', [['--data-dir', 'a', 'desk', 'list'], ['desk', 'list', '--data-dir', 'a']])
def test_the_data_directory_is_taken_before_and_after_the_subcommand(words: list[str]) -> None:
    assert build_parser().parse_args(words).data_dir == Path('a')


@pytest.mark.parametrize('words', [['--help'], ['desk', 'list']])
def test_the_command_loads_nothing_that_only_a_running_box_needs(words: list[str], tmp_path: Path) -> None:
    heavy = ('nicegui', 'pandas', 'cv2', 'plotly')
    script = (
        'import sys\nfrom app.commands.parser import run_command\n'
        'try:\n    run_command(sys.argv[1:])\nexcept SystemExit:\n    pass\n'
        f'print([name for name in {heavy} if name in sys.modules])'
    )
    arguments = [sys.executable, '-c', script, '--data-dir', str(tmp_path / 'box'), *words]
    ended = subprocess.run(arguments, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == '[]'


def test_speaking_to_a_running_box_loads_no_database_library() -> None:
    script = (
        "import sys, app.commands.client; print([name for name in ('tortoise', 'pydantic') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, '-c', script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ended.stdout == '[]\n'
