from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage.failures import DatabaseDamaged
from app.storage.vault import RecordClass, Vault

SUBJECT = UUID(int=7)


def open_vault(root: Path) -> Vault:
    return Vault(root / 'keys.db', root / 'box.key', root / 'erasures.jsonl')


@pytest.fixture
async def vault(tmp_path: Path) -> Vault:
    vault = open_vault(tmp_path)
    await vault.ensure([(SUBJECT, RecordClass.STAFF), (SUBJECT, RecordClass.ATTENDANCE)])
    return vault


async def test_what_is_sealed_opens_again_also_after_a_restart(vault: Vault, tmp_path: Path) -> None:
    sealed = vault.seal((SUBJECT, RecordClass.STAFF), 'staff.name.7', '髙田\u3000一')

    assert open_vault(tmp_path).open((SUBJECT, RecordClass.STAFF), 'staff.name.7', sealed) == '髙田\u3000一'


async def test_a_value_moved_to_another_place_does_not_open(vault: Vault) -> None:
    sealed = vault.seal((SUBJECT, RecordClass.STAFF), 'staff.name.7', '山田')

    with pytest.raises(DatabaseDamaged):
        vault.open((SUBJECT, RecordClass.STAFF), 'staff.kana.7', sealed)
    with pytest.raises(DatabaseDamaged):
        vault.open((SUBJECT, RecordClass.ATTENDANCE), 'staff.name.7', sealed)


async def test_erasing_one_record_class_leaves_the_other(vault: Vault, tmp_path: Path) -> None:
    name = vault.seal((SUBJECT, RecordClass.STAFF), 'a', '山田')
    punch = vault.seal((SUBJECT, RecordClass.ATTENDANCE), 'b', 'in')

    await vault.erase((SUBJECT, RecordClass.ATTENDANCE))

    for opened in (vault, open_vault(tmp_path)):
        assert opened.open((SUBJECT, RecordClass.ATTENDANCE), 'b', punch) is None
        assert opened.open((SUBJECT, RecordClass.STAFF), 'a', name) == '山田'


async def test_an_erasure_is_applied_again_to_a_key_store_that_was_put_back(vault: Vault, tmp_path: Path) -> None:
    copy = tmp_path / 'copy.db'
    vault.copy_store(copy)
    sealed = vault.seal((SUBJECT, RecordClass.STAFF), 'a', '山田')
    await vault.erase((SUBJECT, RecordClass.STAFF))
    for name in ('keys.db', 'keys.db-wal', 'keys.db-shm'):
        (tmp_path / name).unlink(missing_ok=True)
    copy.replace(tmp_path / 'keys.db')

    assert open_vault(tmp_path).open((SUBJECT, RecordClass.STAFF), 'a', sealed) is None


def test_no_key_lies_on_the_disk_unwrapped(vault: Vault, tmp_path: Path) -> None:
    stored = b''.join(file.read_bytes() for file in tmp_path.glob('keys.db*'))

    assert (tmp_path / 'box.key').read_bytes() not in stored
    assert (tmp_path / 'box.key').stat().st_mode & 0o077 == 0
    assert (tmp_path / 'keys.db').stat().st_mode & 0o077 == 0


async def test_a_key_store_of_another_box_is_refused(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / 'box.key').write_bytes(bytes(32))

    with pytest.raises(DatabaseDamaged):
        open_vault(tmp_path)


async def test_a_lost_box_key_is_never_replaced_by_a_new_one(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / 'box.key').unlink()

    with pytest.raises(DatabaseDamaged):
        open_vault(tmp_path)


@given(text=st.text(), other=st.text())
def test_an_index_finds_equal_texts_and_only_those(tmp_path_factory, text: str, other: str) -> None:
    vault = open_vault(tmp_path_factory.getbasetemp())

    assert (vault.index('card', text) == vault.index('card', other)) == (text == other)
    assert vault.index('card', text) != vault.index('name', text)


async def test_two_subjects_have_two_keys(vault: Vault) -> None:
    other = uuid4()
    await vault.ensure([(other, RecordClass.STAFF)])
    sealed = vault.seal((SUBJECT, RecordClass.STAFF), 'a', '山田')

    with pytest.raises(DatabaseDamaged):
        vault.open((other, RecordClass.STAFF), 'a', sealed)


async def test_a_key_made_after_an_erasure_outlives_the_restart(vault: Vault, tmp_path: Path) -> None:
    owner = (SUBJECT, RecordClass.ATTENDANCE)
    old = vault.seal(owner, 'a', 'in')
    await vault.erase(owner)
    await vault.ensure([owner])
    new = vault.seal(owner, 'b', 'out')

    opened = open_vault(tmp_path)

    assert opened.open(owner, 'b', new) == 'out'
    with pytest.raises(DatabaseDamaged):
        opened.open(owner, 'a', old)


async def test_an_erasure_of_an_earlier_version_still_counts(vault: Vault, tmp_path: Path) -> None:
    owner = (SUBJECT, RecordClass.STAFF)
    sealed = vault.seal(owner, 'a', '山田')
    (tmp_path / 'erasures.jsonl').write_text(f'{{"subject": "{SUBJECT}", "record_class": "staff"}}\n')

    assert open_vault(tmp_path).open(owner, 'a', sealed) is None
