"""Paper forms by picture: the code is read, one person types, and the picture ends with the person's record."""

import io
from uuid import UUID

import numpy as np
import pytest
import segno

from app.files.models import FileContent
from app.files.store import FileGone
from app.runtime import Box
from app.shelters.ending.values import Part, Scope
from app.shelters.papers.models import PaperPhoto
from app.shelters.papers.service import NotWaiting, PaperInfo, PaperState
from app.shelters.places import ShelterInfo
from app.shelters.printed_codes import typed_code
from app.storage.vault import RecordClass
from device_drivers.camera.opencv import cv2
from device_drivers.camera.picture_header import PictureError, PictureProblem
from tests.app.files.pictures import BOMB, HEIC, jpeg
from tests.support.shelter import OFFICER, opened_shelter, register


def form_photo(code: str, *, turned: bool = False) -> bytes:
    """A sheet of A4 on a grey desk, photographed with a small code at its head, perhaps upside down."""
    drawn = io.BytesIO()
    segno.make(code, error='m').save(drawn, kind='png', scale=6, border=4)
    symbol = cv2.imdecode(np.frombuffer(drawn.getvalue(), np.uint8), cv2.IMREAD_COLOR)
    assert symbol is not None
    photo = np.full((2800, 2000, 3), 140, np.uint8)
    photo[100:2700, 100:1900] = 235
    height, width = symbol.shape[:2]
    photo[180 : 180 + height, 1600 : 1600 + width] = symbol
    photo = np.rot90(photo, 2) if turned else photo
    return bytes(cv2.imencode('.jpg', np.ascontiguousarray(photo), [cv2.IMWRITE_JPEG_QUALITY, 70])[1].tobytes())


@pytest.fixture
async def shelter(box: Box) -> ShelterInfo:
    return await opened_shelter(box)


async def added(box: Box, shelter: ShelterInfo, content: bytes | None = None) -> PaperInfo:
    return await box.papers.add(shelter, jpeg() if content is None else content, OFFICER)


@pytest.mark.parametrize('turned', [False, True])
async def test_the_code_on_a_photographed_form_is_read(box: Box, shelter: ShelterInfo, turned: bool) -> None:
    code = box.shelters.tokens.codes.new_code()
    photo = await added(box, shelter, form_photo(code, turned=turned))
    assert (photo.code, photo.state) == (code, PaperState.WAITING)
    assert code.encode() not in box.directory.database.read_bytes()


async def test_a_photo_without_a_code_or_with_a_foreign_one_waits_all_the_same(box: Box, shelter: ShelterInfo) -> None:
    for content in (jpeg(), form_photo('https://example.com/')):
        assert (await added(box, shelter, content)).code == ''
    found, count = await box.papers.waiting(shelter, 1)
    assert (len(found), count) == (1, 2)


@pytest.mark.parametrize(
    ('content', 'problem'),
    [
        (BOMB, PictureProblem.TOO_MANY_PIXELS),
        (HEIC, PictureProblem.UNKNOWN_FORMAT),
        (b'', PictureProblem.UNKNOWN_FORMAT),
    ],
)
async def test_what_is_no_picture_or_too_large_is_answered_and_nothing_is_kept(
    box: Box, shelter: ShelterInfo, content: bytes, problem: PictureProblem
) -> None:
    with pytest.raises(PictureError) as refused:
        await added(box, shelter, content)
    assert refused.value.problem is problem
    assert await PaperPhoto.all().count() == await FileContent.all().count() == 0


async def test_a_photo_that_was_typed_in_goes_with_the_record_of_the_person(box: Box, shelter: ShelterInfo) -> None:
    photo = await added(box, shelter, form_photo(box.shelters.tokens.codes.new_code()))
    person = await register(box, shelter)
    await box.papers.enter(photo.id, person.evacuee.id, OFFICER)
    assert (await box.papers.waiting(shelter, 10))[1] == 0
    (kept,) = await box.papers.of(person.evacuee.id)
    assert kept.code == ''
    assert (await box.files.open(kept.file, OFFICER, '確認')).content.startswith(b'\xff\xd8')
    with pytest.raises(NotWaiting):
        await box.papers.enter(photo.id, person.evacuee.id, OFFICER)

    await box.vault.erase((person.evacuee.id, RecordClass.SHELTER))
    with pytest.raises(FileGone):
        await box.files.open(kept.file, OFFICER, '確認')


async def test_a_photo_that_is_set_aside_is_thrown_away_at_once(box: Box, shelter: ShelterInfo) -> None:
    photo = await added(box, shelter)
    await box.papers.set_aside(photo.id, OFFICER)
    assert await FileContent.all().count() == 0
    assert not box.vault.has_key((photo.file, RecordClass.SHELTER))
    with pytest.raises(NotWaiting):
        await box.papers.set_aside(photo.id, OFFICER)
    assert await box.papers.get(UUID(int=3)) is None


async def test_photos_go_when_the_disaster_is_over(box: Box, shelter: ShelterInfo) -> None:
    waits = await added(box, shelter)
    found = await box.shelters.endings.look(Scope())
    assert found.owners[Part.PICTURES] == {waits.id, waits.file}


@pytest.mark.parametrize(
    ('typed', 'code'),
    [
        ('hnjacd-efhjkln-prtu', 'HNJACDEFHJKLNPRTU'),
        (' HNJACD EFHJKLN PRTU ', 'HNJACDEFHJKLNPRTU'),
        ('HNJACDEFHJKLNPRT', ''),
        ('O' * 17, ''),
    ],
)
def test_a_typed_code_is_read_as_it_is_printed(typed: str, code: str) -> None:
    assert typed_code(typed) == code
