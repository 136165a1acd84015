"""`machibako shelter import`: what it prints, and what it leaves alone."""

from pathlib import Path

from app.commands.exit_codes import FAILED, OK
from tests.app.commands.conftest import Give

LISTS = Path(__file__).parent.parent.parent / 'data' / 'shelters'


async def test_a_list_of_one_city_is_taken_and_every_line_that_was_not_is_told(served, give: Give) -> None:
    ended = await give('shelter', 'import', str(LISTS / 'ishikawa.csv'), '--municipality', '金沢市')
    assert ended.code == OK
    assert ended.out.startswith('追加 5、変更 0')
    assert 'ほかの市町村の行 10 件' in ended.out
    assert '連絡先の列' in ended.out
    assert 'CC BY 4.0' in ended.out
    assert ended.err == '18 行目 : IDも名称もない行です\n'
    assert len(await served.shelters.register.all()) == 5


async def test_another_file_is_refused_and_nothing_is_taken(served, give: Give, tmp_path: Path) -> None:
    (tmp_path / 'staff.csv').write_text('職員番号,氏名\n1,山田\n')
    ended = await give('shelter', 'import', str(tmp_path / 'staff.csv'))
    assert ended.code == FAILED
    assert '避難所の一覧ではありません' in ended.err
    assert await served.shelters.register.all() == []
