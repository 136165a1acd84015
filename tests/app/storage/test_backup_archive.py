"""A backup file is believed only as far as its manifest, and never writes outside the folder it is unpacked to."""

import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.storage.backup import refuse_damaged
from app.storage.backup_archive import (
    LARGEST_MANIFEST,
    MANIFEST,
    REQUIRED,
    BackupProblem,
    BackupRefused,
    Manifest,
    measure_parts,
    pack,
    unpack,
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    return make(tmp_path)


def make(folder: Path) -> Path:
    parts = folder / 'parts'
    parts.mkdir()
    for name in REQUIRED:
        (parts / name).write_bytes(name.encode() * 5000)
    manifest = Manifest(box='b', epoch='e', sequence=3, hash='h', created_at='2026-11-23', parts=measure_parts(parts))
    pack(parts, manifest, folder / 'backup.tar')
    return folder / 'backup.tar'


def refused(source: Path, folder: Path) -> BackupProblem:
    folder.mkdir()
    with pytest.raises(BackupRefused) as error:
        unpack(source, folder)
    return error.value.problem


def rewritten(packed: Path, alter: Callable[[list[tuple[tarfile.TarInfo, bytes]]], None]) -> Path:
    """The same archive with members altered."""
    with tarfile.open(packed) as archive:
        members = [(member, archive.extractfile(member).read()) for member in archive]  # type: ignore[union-attr]
    alter(members)
    target = packed.with_name('altered.tar')
    with tarfile.open(target, 'w', format=tarfile.PAX_FORMAT) as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return target


def test_what_was_packed_comes_out(packed: Path, tmp_path: Path) -> None:
    (tmp_path / 'out').mkdir()
    manifest = unpack(packed, tmp_path / 'out')
    assert (manifest.sequence, manifest.hash) == (3, 'h')
    assert {file.name: file.read_bytes() for file in (tmp_path / 'out').iterdir()} == {
        name: name.encode() * 5000 for name in REQUIRED
    }


@pytest.mark.parametrize('name', ['../escaped', 'a/../../escaped', 'machibako.db/../../escaped'])
def test_no_name_leads_out_of_the_folder(packed: Path, tmp_path: Path, name: str) -> None:
    def alter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        members[1][0].name = name

    assert refused(rewritten(packed, alter), tmp_path / 'out') is BackupProblem.NOT_A_BACKUP
    assert not list(tmp_path.rglob('escaped'))


@pytest.mark.parametrize('kind', [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_only_plain_files_are_taken(packed: Path, tmp_path: Path, kind: bytes) -> None:
    def alter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        member = members[1][0]
        member.type, member.linkname = kind, '/etc/passwd'
        members[1] = (member, b'')

    assert refused(rewritten(packed, alter), tmp_path / 'out') is BackupProblem.NOT_A_BACKUP


def test_a_manifest_that_asks_for_another_name_is_refused(packed: Path, tmp_path: Path) -> None:
    def alter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        values = json.loads(members[0][1])
        values['parts']['../escaped'] = values['parts'].pop('box.key')
        members[0] = (members[0][0], json.dumps(values).encode())

    assert refused(rewritten(packed, alter), tmp_path / 'out') is BackupProblem.NOT_A_BACKUP


def test_a_member_that_the_manifest_does_not_name_is_refused(packed: Path, tmp_path: Path) -> None:
    def alter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        members.append((tarfile.TarInfo('more'), b'x'))

    assert refused(rewritten(packed, alter), tmp_path / 'out') is BackupProblem.CHANGED


def test_a_newer_format_is_told_apart(packed: Path, tmp_path: Path) -> None:
    def alter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        members[0] = (members[0][0], json.dumps(json.loads(members[0][1]) | {'format': 2}).encode())

    assert refused(rewritten(packed, alter), tmp_path / 'out') is BackupProblem.NEWER_FORMAT


def test_a_huge_manifest_is_not_read(packed: Path, tmp_path: Path) -> None:
    def alter(members: list[tuple[tarfile.TarInfo, bytes]]) -> None:
        members[0] = (members[0][0], b' ' * (LARGEST_MANIFEST + 1))

    assert refused(rewritten(packed, alter), tmp_path / 'out') is BackupProblem.NOT_A_BACKUP


def test_a_header_that_claims_gigabytes_is_not_read(tmp_path: Path) -> None:
    bomb = tmp_path / 'bomb.tar'
    header = tarfile.TarInfo('././@PaxHeader')
    header.type, header.size = tarfile.XHDTYPE, 3 << 30
    bomb.write_bytes(header.tobuf(tarfile.GNU_FORMAT))
    os.truncate(bomb, 3 << 30)
    assert refused(bomb, tmp_path / 'out') is BackupProblem.NOT_A_BACKUP


def test_a_sparse_member_does_not_grow(tmp_path: Path) -> None:
    sparse = tarfile.TarInfo(MANIFEST)
    sparse.pax_headers = {'GNU.sparse.major': '0', 'GNU.sparse.minor': '1', 'GNU.sparse.map': '0,1',
                          'GNU.sparse.size': str(1 << 40)}  # fmt: skip
    sparse.size = 1
    with tarfile.open(tmp_path / 's.tar', 'w', format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(sparse, io.BytesIO(b'{'))
    assert refused(tmp_path / 's.tar', tmp_path / 'out') is BackupProblem.NOT_A_BACKUP


def test_a_compressed_archive_is_no_backup(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / 'b.tar.gz', 'w:gz') as archive:
        archive.addfile(tarfile.TarInfo(MANIFEST))
    assert refused(tmp_path / 'b.tar.gz', tmp_path / 'out') is BackupProblem.NOT_A_BACKUP


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_wherever_it_is_cut_or_changed_it_is_refused_or_the_same(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp('fuzz')
    whole = make(folder)
    content = bytearray(whole.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[place:]
    else:
        content[place] ^= data.draw(st.integers(1, 255))
    (folder / 'damaged').write_bytes(content)
    (folder / 'out').mkdir()
    try:
        manifest = unpack(folder / 'damaged', folder / 'out')
    except BackupRefused:
        return
    assert {name: part.size for name, part in manifest.parts.items()}.keys() == REQUIRED
    assert all((folder / 'out' / name).read_bytes() == name.encode() * 5000 for name in REQUIRED)


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    database = tmp_path / 'some.db'
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute('CREATE TABLE t (a TEXT)')
        connection.executemany('INSERT INTO t VALUES (?)', [('x' * 500,) for _row in range(200)])
    refuse_damaged(database)
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 4] = b'\xff' * 4096
    database.write_bytes(content)
    with pytest.raises(BackupRefused):
        refuse_damaged(database)


def test_the_manifest_says_what_it_is(packed: Path) -> None:
    with tarfile.open(packed) as archive:
        first = archive.next()
        assert first is not None
        assert first.name == MANIFEST
        values = json.loads(archive.extractfile(first).read())  # type: ignore[union-attr]
    assert values.keys() == asdict(Manifest(box='', epoch='', sequence=0, hash='', created_at='', parts={})).keys()
