"""A copy for headquarters: made, carried, checked, and refused where anything is wrong."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pyrage
import pytest

from app.exchange.identity import ensure_identity
from app.exchange_settings import PeerSettings
from app.runtime import Box
from app.shelters.copies.models import ReceivedCopy
from app.shelters.copies.service import Copies
from app.shelters.copies.values import CopyRefused, MadeCopy, Problem
from app.shelters.ending.values import Scope
from app.storage.age import encrypt_bytes
from app.storage.vault import RecordClass
from tests.support.box import opened_box
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register


@pytest.fixture
def key() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def copies(box: Box, key: pyrage.x25519.Identity) -> Copies:
    return with_recipients(box.copies, str(key.to_public()))


def with_recipients(copies: Copies, *recipients: str) -> Copies:
    return replace(copies, settings=copies.settings.model_copy(update={'recipients': recipients}))


async def made(copies: Copies) -> MadeCopy:
    return await copies.make(OFFICER, practice=False)


def secret(key: pyrage.x25519.Identity) -> bytes:
    return str(key).encode()


async def test_headquarters_reads_who_is_where_from_the_box_of_a_shelter(
    key: pyrage.x25519.Identity, tmp_path: Path
) -> None:
    async with opened_box(tmp_path / 'izumi', shelters={'recipients': [str(key.to_public())]}) as box:
        person = await register(box, await opened_shelter(box))
        copy, box_id = await made(box.copies), box.journal.identity.box
        certificate = ensure_identity(box.directory).one_line

    async with opened_box(tmp_path / 'headquarters') as headquarters:
        peer = PeerSettings(name='泉', url='https://izumi.example:8443', certificate=certificate)
        knowing = replace(
            headquarters.copies, exchange=headquarters.settings.exchange.model_copy(update={'peers': (peer,)})
        )
        with pytest.raises(CopyRefused, match='unknown_box'):
            await headquarters.copies.read(copy.content, secret(key), OFFICER)
        read = await knowing.read(copy.content, secret(key), OFFICER)
        assert (read.box, read.sequence) == (box_id, copy.sequence)
        (newest,) = await knowing.newest()
        (figures,) = newest.figures
        assert (figures['name'], figures['registered'], newest.people) == ('泉小学校', 1, ())
        opened = await knowing.open(read.id, OFFICER)
        assert opened is not None
        (one,) = opened.people
        assert (one['number'], one['name'], one['kana']) == (person.evacuee.number, HANAKO.name, HANAKO.kana)
        assert HANAKO.name.encode() not in (headquarters.directory.database).read_bytes()
        found = await headquarters.shelters.endings.look(Scope())
        assert found.counts == {'copies': 1}


@pytest.fixture
async def copy(box: Box, copies: Copies) -> MadeCopy:
    await register(box, await opened_shelter(box))
    return await made(copies)


async def test_another_key_opens_nothing(copies: Copies, copy: MadeCopy) -> None:
    other = pyrage.x25519.Identity.generate()
    for identity, problem in ((secret(other), Problem.WRONG_KEY), (b'no key', Problem.BAD_KEY)):
        with pytest.raises(CopyRefused, match=problem):
            await copies.read(copy.content, identity, OFFICER)
    assert await ReceivedCopy.all().count() == 0


async def test_a_copy_that_was_cut_or_changed_is_refused(
    copies: Copies, copy: MadeCopy, key: pyrage.x25519.Identity
) -> None:
    middle = len(copy.content) // 2
    changed = copy.content[:middle] + bytes([copy.content[middle] ^ 1]) + copy.content[middle + 1 :]
    for content, problem in (
        (copy.content[:-100], Problem.DAMAGED),
        (changed, Problem.DAMAGED),
        (b'', Problem.NOT_A_COPY),
        (b'PK\x03\x04', Problem.NOT_A_COPY),
        (encrypt_bytes(b'something else', [str(key.to_public())]), Problem.NOT_A_COPY),
    ):
        with pytest.raises(CopyRefused, match=problem):
            await copies.read(content, secret(key), OFFICER)


async def test_a_copy_that_somebody_else_encrypted_anew_has_no_signature_of_the_box(
    copies: Copies, copy: MadeCopy, key: pyrage.x25519.Identity
) -> None:
    plain: bytes = pyrage.decrypt(copy.content, [key])
    for old, new in ((b'"practice":false', b'"practice":true'), (plain[-40:], b'0' * 40)):
        forged = encrypt_bytes(plain.replace(old, new), [str(key.to_public())])
        with pytest.raises(CopyRefused, match='not_signed'):
            await copies.read(forged, secret(key), OFFICER)


async def test_an_older_copy_and_the_same_again_change_nothing(
    box: Box, copies: Copies, copy: MadeCopy, key: pyrage.x25519.Identity
) -> None:
    later = await made(copies)
    await copies.read(later.content, secret(key), OFFICER)
    for content, problem in ((copy.content, Problem.OLDER), (later.content, Problem.SAME)):
        with pytest.raises(CopyRefused, match=problem):
            await copies.read(content, secret(key), OFFICER)
    (row,) = await ReceivedCopy.all()
    assert box.vault.subjects(RecordClass.SHELTER) >= {row.id}


async def test_nothing_leaves_the_box_when_nobody_could_read_it(box: Box) -> None:
    with pytest.raises(CopyRefused, match='no_recipient'):
        await made(box.copies)
    with pytest.raises(CopyRefused, match='bad_recipient'):
        await made(with_recipients(box.copies, 'age1wrong'))
    with pytest.raises(CopyRefused, match='no_key'):
        await box.copies.read_file(b'', OFFICER)


async def test_a_copy_of_a_drill_has_the_people_of_the_drill_alone(
    box: Box, copies: Copies, copy: MadeCopy, key: pyrage.x25519.Identity
) -> None:
    drill = await copies.make(OFFICER, practice=True)
    read = await copies.read(drill.content, secret(key), OFFICER)
    opened = await copies.open(read.id, OFFICER)
    assert opened is not None
    assert (opened.practice, opened.people) == (True, [])
    assert await copies.open(UUID(int=7), OFFICER) is None
