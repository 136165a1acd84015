"""Whatever is done to the journal behind the box's back is found, and the line is named."""

import base64
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.journal.checkpoints import FILE_NAME, Checkpoint
from app.journal.line import COLUMNS, Act, Actor, canonical, line_hash
from app.journal.verify import Fault, Verdict, verify_journal
from app.runtime import Box
from app.storage.transaction import transaction
from tests.support.box import opened_box

GUARDS = ('journal_line_refuses_update', 'journal_line_refuses_delete')


@dataclass
class Room:
    """A closed box with ten lines, signed at the first, the fifth and the tenth."""

    database: Path
    checkpoints: Path
    key: Ed25519PublicKey

    def change(self, *statements: str) -> None:
        with closing(sqlite3.connect(self.database)) as connection, connection:
            triggers = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
            for name in GUARDS:
                connection.execute(f'DROP TRIGGER {name}')
            for statement in statements:
                connection.execute(statement)
            for name in GUARDS:
                connection.execute(triggers[name])

    def rewrite(self, first: int, alter: Callable[[dict], None]) -> None:
        """Change a line and compute its hash, and those of all lines after it, anew."""
        with closing(sqlite3.connect(self.database)) as connection:
            lines = [dict(zip(COLUMNS, row, strict=True)) for row in connection.execute(self._select(first))]
        alter(lines[0])
        for before, line in zip([None, *lines], lines, strict=False):
            line['previous_hash'] = before['hash'] if before else line['previous_hash']
            line['hash'] = line_hash(line)
        self.change(*(self._update(line) for line in lines))

    def verify(self) -> Verdict:
        with closing(sqlite3.connect(self.database)) as connection:
            return verify_journal(connection, self.checkpoints, self.key)

    def found(self) -> list[tuple[Fault, int | None]]:
        return [(finding.fault, finding.sequence) for finding in self.verify().findings]

    def signed_lines(self) -> list[bytes]:
        return (self.checkpoints / FILE_NAME).read_bytes().splitlines()

    def keep_signed(self, lines: list[bytes]) -> None:
        (self.checkpoints / FILE_NAME).write_bytes(b''.join(line + b'\n' for line in lines))

    @staticmethod
    def _select(first: int) -> str:
        return f'SELECT {", ".join(COLUMNS)} FROM journal_line WHERE sequence >= {first} ORDER BY sequence'

    @staticmethod
    def _update(line: dict) -> str:
        values = f"actor = '{line['actor']}', previous_hash = '{line['previous_hash']}', hash = '{line['hash']}'"
        return f'UPDATE journal_line SET {values} WHERE sequence = {line["sequence"]}'


async def write(box: Box, kind: str) -> None:
    await transaction(lambda tx: box.journal.append(tx, Act(kind=kind, actor=Actor.system())))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with opened_box(tmp_path / 'box') as box:
        for number in range(2, 11):
            await write(box, f'test.act_{number}')
            if number == 5:
                await box.checkpoint()
        directory, key = box.directory, box.vault.public_key
    yield Room(directory.database, directory.checkpoints, key)


def test_an_untouched_journal_is_intact(room: Room) -> None:
    verdict = room.verify()
    assert verdict.intact
    assert (verdict.lines, verdict.checkpoints) == (10, 3)
    assert verdict.last_checkpoint is not None
    assert verdict.last_checkpoint.sequence == 10


@pytest.mark.parametrize('column', [column for column in COLUMNS if column != 'sequence'])
def test_a_changed_column_is_found_whichever_it_is(room: Room, column: str) -> None:
    value = 7 if column in ('version', 'monotonic_ns', 'hash_version') else "'other'"
    room.change(f'UPDATE journal_line SET {column} = {value} WHERE sequence = 6')
    assert (Fault.CHANGED, 6) in room.found()


def test_a_finding_names_kind_and_time_of_the_line(room: Room) -> None:
    room.change("UPDATE journal_line SET actor = 'somebody' WHERE sequence = 6")
    (finding,) = room.verify().findings
    assert finding.detail.startswith('test.act_6 20')


def test_a_changed_line_with_a_new_hash_of_its_own_is_named_and_not_its_neighbour(room: Room) -> None:
    _forge_alone(room, 6)
    assert room.found() == [(Fault.CHANGED, 6)]


def test_a_forged_line_that_was_signed_is_found_twice(room: Room) -> None:
    _forge_alone(room, 5)
    assert room.found() == [(Fault.CHANGED, 5), (Fault.REWRITTEN, 5)]


@pytest.mark.parametrize('value', ["x'00ff'", "CAST(x'ff41' AS TEXT)", 'NULL'])
def test_a_line_filled_with_bytes_is_found_and_does_not_end_the_search(room: Room, value: str) -> None:
    column = 'desk' if value != 'NULL' else 'batch'
    room.change(f'UPDATE journal_line SET {column} = {value if value != "NULL" else 1} WHERE sequence = 3')
    room.change("UPDATE journal_line SET actor = 'somebody' WHERE sequence = 8")
    assert room.found() == [(Fault.CHANGED, 3), (Fault.CHANGED, 8)]


def test_a_missing_line_is_named(room: Room) -> None:
    room.change('DELETE FROM journal_line WHERE sequence = 4')
    assert room.found() == [(Fault.MISSING, 4)]


def test_a_missing_line_that_was_signed_is_missing_and_not_cut(room: Room) -> None:
    room.change('DELETE FROM journal_line WHERE sequence = 5')
    assert room.found() == [(Fault.MISSING, 5)]


def test_a_missing_stretch_is_one_finding(room: Room) -> None:
    room.change('DELETE FROM journal_line WHERE sequence BETWEEN 3 AND 6')
    (finding,) = room.verify().findings
    assert (finding.fault, finding.sequence, finding.detail) == (Fault.MISSING, 3, '3-6')


def test_a_missing_beginning_is_found(room: Room) -> None:
    room.change('DELETE FROM journal_line WHERE sequence = 1')
    assert room.found() == [(Fault.MISSING, 1)]


@pytest.mark.parametrize('pair', [(6, 7), (2, 9)])
def test_two_lines_that_changed_places_are_called_reordered(room: Room, pair: tuple[int, int]) -> None:
    one, other = pair
    room.change(
        f'UPDATE journal_line SET sequence = 1000 WHERE sequence = {one}',
        f'UPDATE journal_line SET sequence = {one} WHERE sequence = {other}',
        f'UPDATE journal_line SET sequence = {other} WHERE sequence = 1000',
    )
    assert set(room.found()) == {(Fault.REORDERED, one), (Fault.REORDERED, other)}


def test_a_cut_tail_is_found_back_to_the_last_checkpoint(room: Room) -> None:
    room.change('DELETE FROM journal_line WHERE sequence > 7')
    (finding,) = room.verify().findings
    assert (finding.fault, finding.sequence) == (Fault.CUT, 10)
    assert finding.detail.startswith('8-10 ')


def test_a_whole_journal_that_is_gone_is_cut(room: Room) -> None:
    room.change('DELETE FROM journal_line')
    assert (Fault.CUT, 10) in room.found()


def test_a_chain_rewritten_with_new_hashes_contradicts_the_next_checkpoint(room: Room) -> None:
    room.rewrite(3, lambda line: line.update(actor='somebody'))
    (finding,) = room.verify().findings
    assert (finding.fault, finding.sequence) == (Fault.REWRITTEN, 5)
    assert finding.detail.startswith('2-5 ')


def test_deleted_checkpoints_are_missed(room: Room) -> None:
    (room.checkpoints / FILE_NAME).unlink()
    assert room.found() == [(Fault.CHECKPOINTS_MISSING, None)]


def test_deleted_checkpoints_are_missed_even_after_the_box_signed_new_ones(room: Room) -> None:
    room.keep_signed(room.signed_lines()[-1:])
    assert room.found() == [(Fault.CHECKPOINTS_MISSING, None)]


def test_a_checkpoint_changed_by_hand_is_named_and_the_others_still_count(room: Room) -> None:
    lines = room.signed_lines()
    changed = json.loads(lines[1]) | {'sequence': 4}
    room.keep_signed([lines[0], json.dumps(changed).encode(), lines[2]])
    room.change('DELETE FROM journal_line WHERE sequence > 7')
    verdict = room.verify()
    assert {finding.fault for finding in verdict.findings} == {Fault.CHECKPOINT_BROKEN, Fault.CUT}
    assert f'{FILE_NAME} line 2' in {finding.detail for finding in verdict.findings}


def test_a_checkpoint_signed_with_another_key_is_forged(room: Room) -> None:
    values = {name: value for name, value in json.loads(room.signed_lines()[-1]).items() if name != 'signature'}
    forged = Checkpoint(**(values | {'hash': 'f' * 64}))
    signature = Ed25519PrivateKey.generate().sign(forged.message())
    line = canonical({**values, 'hash': 'f' * 64, 'signature': base64.b64encode(signature).decode()})
    room.keep_signed([*room.signed_lines(), line.encode()])
    assert room.found() == [(Fault.CHECKPOINT_BROKEN, None)]


@pytest.mark.parametrize('line', [b'', b'{}', b'[]', b'\xff\xfe', b'{"signature": 1}', b'null'])
def test_a_line_that_is_no_checkpoint_is_broken(room: Room, line: bytes) -> None:
    room.keep_signed([*room.signed_lines(), line])
    assert room.found() == [(Fault.CHECKPOINT_BROKEN, None)]


def test_a_checkpoint_cut_by_a_power_failure_is_no_fault(room: Room) -> None:
    with (room.checkpoints / FILE_NAME).open('ab') as file:
        file.write(room.signed_lines()[-1][:40])
    assert room.verify().intact


def test_a_forged_epoch_does_not_explain_a_cut_tail(room: Room) -> None:
    with closing(sqlite3.connect(room.database)) as connection, connection:
        connection.execute('DROP TRIGGER journal_line_refuses_delete')
        connection.execute('DELETE FROM journal_line WHERE sequence > 7')
        connection.execute(
            "INSERT INTO journal_epoch SELECT 'forged', box, number + 1, 8, 'restored' FROM journal_epoch LIMIT 1"
        )
    assert (Fault.CUT, 10) in room.found()


def test_a_missing_guard_is_named(room: Room) -> None:
    with closing(sqlite3.connect(room.database)) as connection, connection:
        connection.execute('DROP TRIGGER journal_line_refuses_update')
    (finding,) = room.verify().findings
    assert (finding.fault, finding.detail) == (Fault.GUARD_MISSING, 'journal_line_refuses_update')


def test_a_backup_of_a_version_without_the_exchange_lacks_no_guard(room: Room) -> None:
    with closing(sqlite3.connect(room.database)) as connection, connection:
        for table in ('exchange_line', 'exchange_applied'):
            connection.execute(f'DROP TABLE {table}')
    assert room.verify().intact


def test_findings_are_limited_when_everything_is_changed(room: Room) -> None:
    with closing(sqlite3.connect(room.database)) as connection, connection:
        connection.execute('DROP TRIGGER journal_line_refuses_update')
        connection.execute("UPDATE journal_line SET actor = 'somebody'")
    assert len(room.verify().findings) == 11


async def test_lines_taken_away_by_a_restore_are_explained_by_its_epoch(tmp_path: Path) -> None:
    from app.commands.backup import make_backup
    from app.commands.restore import Restoring, restore
    from app.storage.backup import prepare_workplace
    from tests.app.commands.conftest import Clerk

    async with opened_box(tmp_path / 'box') as box:
        made = make_backup(box, prepare_workplace(box.directory))
        kept = made.file.rename(tmp_path / 'b.backup')
        for _number in range(3):
            await write(box, 'test.lost')
            await box.checkpoint()
        directory = box.directory
    for _time in range(2):
        await restore(directory, Restoring(file=kept), Clerk())
        async with opened_box(tmp_path / 'box') as box:
            await write(box, 'test.new')
            key = box.vault.public_key
        assert Room(directory.database, directory.checkpoints, key).found() == []


def _forge_alone(room: Room, sequence: int) -> None:
    with closing(sqlite3.connect(room.database)) as connection:
        row = connection.execute(Room._select(sequence)).fetchone()
    line = dict(zip(COLUMNS, row, strict=True)) | {'actor': 'somebody'}
    room.change(Room._update(line | {'hash': line_hash(line)}))
