"""Pictures that belong to records."""

import asyncio
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from app.clock import TOKYO
from app.files.models import FileContent, StoredFile
from app.files.store import KEPT, OPENED, FileGone, FileInfo, FileKind, NewFile
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from app.storage.backup import copy_box
from app.storage.failures import DatabaseDamaged
from app.storage.transaction import transaction
from app.storage.vault import RecordClass
from device_drivers.camera.opencv import cv2
from device_drivers.camera.picture_header import PictureError, PictureProblem
from tests.app.files.pictures import BOMB, GPS_MARK, HEIC, SVG, jpeg, jpeg_with_place, png
from tests.support.box import opened_box

ACTOR = Actor.system()
AT = datetime(2026, 11, 24, 8, 30, tzinfo=TOKYO)
SUBJECT, RECORD = uuid4(), uuid4()


def new_file(content: bytes, kind: FileKind = FileKind.ACCIDENT) -> NewFile:
    return NewFile(kind=kind, content=content, subject=SUBJECT, record=RECORD, taken_at=AT)


async def kept(box: Box, kind: FileKind = FileKind.ACCIDENT) -> FileInfo:
    return await box.files.keep(new_file(jpeg(), kind), ACTOR)


async def test_a_kept_picture_opens_as_a_jpeg_and_both_acts_are_journaled(box: Box) -> None:
    file = await kept(box)
    opened = await box.files.open(file.id, ACTOR, '事故の確認')

    assert opened.content.startswith(b'\xff\xd8')
    lines = await JournalLine.filter(kind__in=[KEPT, OPENED]).order_by('sequence')
    assert [line.kind for line in lines] == [KEPT, OPENED]
    assert all(file.sha256 in line.payload for line in lines)
    assert '事故の確認' in lines[1].payload


async def test_what_lies_in_the_database_is_sealed(box: Box) -> None:
    file = await kept(box)
    content = await FileContent.get(file=file.id)
    assert b'\xff\xd8\xff' not in content.sealed
    assert b'JFIF' not in content.sealed


async def test_the_pictures_of_a_record_are_listed_with_what_they_show(box: Box) -> None:
    await kept(box, FileKind.FACE)
    await kept(box, FileKind.BREATH_DISPLAY)
    found = await box.files.of(RECORD)
    assert {(one.kind, one.record_class) for one in found} == {
        (FileKind.FACE, RecordClass.ALCOHOL),
        (FileKind.BREATH_DISPLAY, RecordClass.ALCOHOL),
    }
    assert await box.files.of(uuid4()) == []


async def test_place_and_time_that_a_telephone_noted_are_gone(box: Box) -> None:
    picture = jpeg_with_place()
    assert GPS_MARK in picture
    file = await box.files.keep(new_file(picture), ACTOR)
    opened = await box.files.open(file.id, ACTOR, 'test')
    assert GPS_MARK not in opened.content
    assert b'Exif' not in opened.content


async def test_a_large_picture_is_made_smaller(box: Box) -> None:
    file = await box.files.keep(new_file(jpeg(4000, 3000)), ACTOR)
    opened = await box.files.open(file.id, ACTOR, 'test')
    picture = cv2.imdecode(np.frombuffer(opened.content, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    height, width = picture.shape[:2]
    assert (width, height) == (1600, 1200)


@pytest.mark.parametrize(
    ('content', 'problem'),
    [
        (b'', PictureProblem.UNKNOWN_FORMAT),
        (HEIC, PictureProblem.UNKNOWN_FORMAT),
        (SVG, PictureProblem.UNKNOWN_FORMAT),
        (jpeg()[:-200], PictureProblem.TRUNCATED),
        (BOMB, PictureProblem.TOO_MANY_PIXELS),
        (bytes(17 * 1024 * 1024), PictureProblem.TOO_MANY_BYTES),
    ],
)
async def test_a_bad_picture_is_refused_with_its_reason_and_nothing_is_kept(
    box: Box, content: bytes, problem: PictureProblem
) -> None:
    with pytest.raises(PictureError) as refused:
        await box.files.keep(new_file(content), ACTOR)
    assert refused.value.problem is problem
    assert await StoredFile.all().count() == 0
    assert (await box.files.keep(new_file(png()), ACTOR)).media_type == 'image/jpeg'


async def test_a_picture_comes_with_its_record_or_not_at_all(box: Box) -> None:
    prepared = await box.files.prepare(new_file(jpeg()), ACTOR)

    async def fails(tx: object) -> None:
        await box.files.write(tx, prepared)  # type: ignore[arg-type]
        raise ValueError('the record was refused')

    with pytest.raises(ValueError, match='refused'):
        await transaction(fails)
    assert await StoredFile.all().count() == 0
    assert await FileContent.all().count() == 0


async def test_a_picture_without_its_key_is_gone(box: Box) -> None:
    first, second = await kept(box), await kept(box)
    await box.vault.erase((first.id, RecordClass.ACCIDENT))
    with pytest.raises(FileGone):
        await box.files.open(first.id, ACTOR, 'test')
    assert (await box.files.open(second.id, ACTOR, 'test')).content

    await box.vault.erase((SUBJECT, RecordClass.ACCIDENT))
    with pytest.raises(FileGone):
        await box.files.open(second.id, ACTOR, 'test')


async def test_a_content_put_in_place_of_another_does_not_open(box: Box) -> None:
    first, second = await kept(box), await kept(box)
    other = await FileContent.get(file=second.id)
    await FileContent.filter(file=first.id).update(sealed=other.sealed)
    with pytest.raises(DatabaseDamaged):
        await box.files.open(first.id, ACTOR, 'test')


async def test_a_copy_of_the_box_has_its_pictures(tmp_path: Path) -> None:
    target = tmp_path / 'copy'
    target.mkdir()
    async with opened_box(tmp_path / 'box') as box:
        file = await kept(box)
        await asyncio.to_thread(copy_box, box.directory, target)
    async with opened_box(target) as again:
        assert (await again.files.open(file.id, ACTOR, 'test')).content
