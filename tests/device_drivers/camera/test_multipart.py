from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.camera.multipart import MultipartPictures, boundary_of
from device_drivers.camera.picture_check import PictureError, PictureProblem

BOUNDARY = b'frame'
PICTURES = [b'\xff\xd8first\xff\xd9', b'\xff\xd8second --fram\r\n\xff\xd9', b'\xff\xd8\xff\xd9']


def part(picture: bytes, with_length: bool = True) -> bytes:
    length = b'Content-Length: %d\r\n' % len(picture) if with_length else b''
    return b'--frame\r\nContent-Type: image/jpeg\r\n' + length + b'\r\n' + picture + b'\r\n'


@pytest.mark.parametrize(
    'content_type',
    [
        'multipart/x-mixed-replace; boundary=frame',
        'multipart/x-mixed-replace;boundary="frame"',
        'multipart/x-mixed-replace; boundary=--frame',
    ],
)
def test_the_boundary_is_found_as_cameras_write_it(content_type: str) -> None:
    assert boundary_of(content_type) == BOUNDARY


def test_an_answer_without_boundary_has_none() -> None:
    assert boundary_of('multipart/x-mixed-replace') is None


@settings(deadline=None)
@given(st.booleans(), st.lists(st.integers(0, 300), max_size=20).map(sorted))
def test_the_pictures_are_the_same_however_the_bytes_arrive(with_length: bool, cuts: list[int]) -> None:
    stream = b''.join(part(picture, with_length) for picture in PICTURES) + b'--frame\r\n'
    pictures = MultipartPictures(BOUNDARY, 1_000_000)
    found = [pictures.feed(stream[start:end]) for start, end in pairwise([0, *cuts, len(stream)])]
    complete = [picture for picture in found if picture is not None]
    assert complete[-1] == PICTURES[-1]
    assert all(picture in PICTURES for picture in complete)


def test_of_several_pictures_at_once_the_newest_is_given() -> None:
    pictures = MultipartPictures(BOUNDARY, 1_000_000)
    assert pictures.feed(b''.join(map(part, PICTURES))) == PICTURES[-1]


@pytest.mark.parametrize('start', [b'', b'--frame\r\n\r\n', b'--frame\r\nContent-Length: 999999999\r\n\r\n'])
def test_a_picture_that_does_not_end_is_refused(start: bytes) -> None:
    pictures = MultipartPictures(BOUNDARY, 10_000)
    pictures.feed(start)
    with pytest.raises(PictureError) as refusal:
        for _ in range(20):
            pictures.feed(b'\x00' * 1000)
    assert refusal.value.problem is PictureProblem.TOO_MANY_BYTES


@settings(deadline=None)
@given(st.lists(st.binary(max_size=50)))
def test_any_bytes_give_a_part_or_nothing(chunks: list[bytes]) -> None:
    pictures = MultipartPictures(b'-', 10_000)
    assert all(isinstance(pictures.feed(chunk), bytes | None) for chunk in chunks)
