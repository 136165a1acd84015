"""`machibako shelter import`: what it prints, and what it leaves alone."""

from pathlib import Path

from app.commands.exit_codes import FAILED, OK
from app.commands.local_socket import serve
from app.runtime import Box
from app.shelters.ending.models import Anonymisation
from tests.app.commands.conftest import Give
from tests.app.shelters.ending.disaster import CHIEF, evacuation, new_recipient
from tests.support.box import opened_box

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


async def test_the_proof_says_that_nothing_opens_and_that_the_journal_holds(served: Box, give: Give) -> None:
    ended = await give('shelter', 'prove-anonymised')
    assert (ended.code, ended.out.splitlines()[0]) == (OK, '匿名化した避難所はありません')

    await evacuation(served, practice=True)
    await served.shelters.endings.throw_away_drill(None, '訓練を終えた', CHIEF, is_sure=True)
    await served.shelters.anonymiser.carry_out()
    ended = await give('shelter', 'prove-anonymised')
    assert ended.code == OK
    assert 'どれも開きません' in ended.out
    assert '記録は正しくつながっています' in ended.out

    info = (await served.shelters.endings.all())[0]
    await Anonymisation.filter(id=info.id).update(reason='x', certificate={**(info.certificate or {}), 'held': 9})
    ended = await give('shelter', 'prove-anonymised')
    assert ended.code == FAILED
    assert 'certificate' in ended.out


async def test_a_copy_is_put_on_a_stick_and_read_at_headquarters(tmp_path: Path, give: Give) -> None:
    (tmp_path / 'usb').mkdir()
    recipient = new_recipient(tmp_path)
    async with opened_box(tmp_path / 'box', shelters={'recipients': [recipient]}) as box:
        await evacuation(box)
        server = await serve(box)
        refused = await give('shelter', 'copy', str(tmp_path / 'gone'))
        assert (refused.code, 'USBメモリーがないか、抜かれました' in refused.err) == (FAILED, True)
        ended = await give('shelter', 'copy', str(tmp_path / 'usb'))
        assert (ended.code, '写しを作りました' in ended.out) == (OK, True)
        (file,) = (tmp_path / 'usb').iterdir()
        assert [path.name for path in box.directory.backups.iterdir() if path.suffix == '.machibako'] == []

        ended = await give('shelter', 'read-copy', str(file))
        assert 'この箱には本部の鍵が決まっていません' in ended.err
        ended = await give('shelter', 'read-copy', str(file), '--identity', str(tmp_path / 'headquarters.key'))
        assert (ended.code, '泉小学校: 数えた人 0人、登録 2人' in ended.out) == (OK, True)
        ended = await give('shelter', 'read-copy', str(file), '--identity', str(tmp_path / 'headquarters.key'))
        assert (ended.code, '同じ写しを、もう読み込んでいます' in ended.err) == (FAILED, True)
        await server.close()
