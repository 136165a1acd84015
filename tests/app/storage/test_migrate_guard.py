"""A migration that loses something is refused, and the database is what it was before."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import app.storage
import app.storage.migrations as shipped
from app.storage.database import check_database
from app.storage.failures import DatabaseDamaged
from app.storage.migrate import MigrationLost
from tests.support.box import hire, opened_box

MIGRATION = """
from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [('machibako', {newest!r})]
    operations = [ops.RunSQL({statements!r})]
"""
Upgrade = Callable[..., None]


@pytest.fixture
def upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Upgrade]:
    """Ship one more migration that does this, in a copy of the package that Tortoise finds first."""
    folder = tmp_path / 'storage' / 'migrations'

    def ship(*statements: str) -> None:
        shutil.copytree(str(shipped.__file__).removesuffix('__init__.py'), folder)
        newest = max(file.stem for file in folder.glob('0*.py'))
        migration = MIGRATION.format(newest=newest, statements=list(statements))
        (folder / '9000_of_a_test.py').write_text(migration)
        monkeypatch.setattr(app.storage, '__path__', [str(folder.parent), *app.storage.__path__])
        _forget_migrations()

    yield ship
    _forget_migrations()


def _forget_migrations() -> None:
    for name in [name for name in sys.modules if name.startswith('app.storage.migrations')]:
        del sys.modules[name]


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """The database of a box with two members of staff, one of them with a card."""
    async with opened_box(tmp_path / 'box') as box:
        await hire(box, '1001')
        await hire(box, '1002')
        path: Path = box.directory.database
    return path


def content(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


async def start(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box'):
        pass


@pytest.mark.parametrize(
    ('statement', 'lost'),
    [
        ("DELETE FROM staff WHERE number = '1001'", 'staff: 2 rows before, 1 after'),
        ('DROP TABLE staff', 'staff: 2 rows before, 0 after'),
        ('DROP TABLE journal_line', 'journal_line: 3 rows before, 0 after'),
    ],
)
async def test_lost_rows_are_named_and_come_back(
    tmp_path: Path, database: Path, upgrade: Upgrade, statement: str, lost: str
) -> None:
    before = content(database)
    upgrade(statement)
    with pytest.raises(MigrationLost, match=lost):
        await start(tmp_path)
    assert content(database) == before
    assert check_database(database) == []


async def test_a_lost_index_is_named_and_comes_back(tmp_path: Path, database: Path, upgrade: Upgrade) -> None:
    with closing(sqlite3.connect(database)) as connection:
        names = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'journal_line' AND sql IS NOT NULL"
        name = connection.execute(names).fetchone()[0]
    before = content(database)
    upgrade(f'DROP INDEX "{name}"')
    with pytest.raises(MigrationLost, match=r'index journal_line\('):
        await start(tmp_path)
    assert content(database) == before


async def test_a_lost_trigger_is_made_again(tmp_path: Path, database: Path, upgrade: Upgrade) -> None:
    upgrade('DROP TRIGGER journal_line_refuses_delete')
    await start(tmp_path)
    with closing(sqlite3.connect(database)) as connection, pytest.raises(sqlite3.IntegrityError, match='append-only'):
        connection.execute('DELETE FROM journal_line')


async def test_a_migration_cannot_rewrite_the_journal(tmp_path: Path, database: Path, upgrade: Upgrade) -> None:
    before = content(database)
    upgrade("UPDATE journal_line SET actor = 'somebody'")
    with pytest.raises(Exception, match='append-only'):
        await start(tmp_path)
    assert content(database) == before


async def test_a_migration_that_fails_halfway_leaves_nothing(tmp_path: Path, database: Path, upgrade: Upgrade) -> None:
    before = content(database)
    upgrade('ALTER TABLE staff ADD COLUMN nickname TEXT', 'SELECT no_such_function()')
    with pytest.raises(Exception, match='no_such_function'):
        await start(tmp_path)
    assert content(database) == before


async def test_a_migration_that_adds_is_applied_once_after_a_copy(
    tmp_path: Path, database: Path, upgrade: Upgrade
) -> None:
    before = content(database)
    upgrade('ALTER TABLE staff ADD COLUMN nickname TEXT')
    await start(tmp_path)
    await start(tmp_path)
    (copy,) = (tmp_path / 'box' / 'backups').glob('before-migration-*.db')
    assert content(copy) == before
    with closing(sqlite3.connect(database)) as connection:
        assert 'nickname' in [row[1] for row in connection.execute('PRAGMA table_info(staff)')]


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO tortoise_migrations SELECT 999, app, '9999_new', applied_at FROM tortoise_migrations LIMIT 1"
        )
    before = content(database)
    with pytest.raises(DatabaseDamaged, match='9999_new'):
        await start(tmp_path)
    assert content(database) == before
