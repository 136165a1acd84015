import os
import subprocess
import sys
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.camera.limits import MOST_PIXELS, PictureLimits
from device_drivers.camera.picture_check import PictureError, PictureProblem, check_picture
from device_drivers.camera.picture_header import PictureHeader, read_header
from tests.device_drivers.camera.pictures import jpeg, jpeg_that_claims, jpeg_with_metadata, png

LIMITS = PictureLimits()
JPEG, PNG = jpeg(), png()


def refusal(data: bytes, limits: PictureLimits = LIMITS) -> PictureProblem:
    with pytest.raises(PictureError) as caught:
        check_picture(data, limits)
    return caught.value.problem


@pytest.mark.parametrize('data', [JPEG, PNG])
def test_a_picture_is_made_anew_in_its_size(data: bytes) -> None:
    picture = check_picture(data, LIMITS)
    assert (picture.width, picture.height) == (64, 48)
    assert read_header(picture.jpeg) == PictureHeader(64, 48, len(picture.jpeg))


def test_a_large_picture_becomes_as_small_as_the_limits_say() -> None:
    picture = check_picture(jpeg(800, 200), PictureLimits(longest_edge=100))
    assert (picture.width, picture.height) == (100, 25)


def test_metadata_is_gone_and_the_rotation_is_applied() -> None:
    picture = check_picture(jpeg_with_metadata(orientation=6, place=b'N36.56 E136.65'), LIMITS)
    assert (picture.width, picture.height) == (48, 64)
    assert b'Exif' not in picture.jpeg and b'N36.56' not in picture.jpeg


def test_what_is_appended_behind_a_picture_is_dropped() -> None:
    assert check_picture(JPEG + b'<script>', LIMITS) == check_picture(JPEG, LIMITS)
    assert check_picture(PNG + b'<script>', LIMITS) == check_picture(PNG, LIMITS)


@pytest.mark.parametrize('data', [JPEG, PNG])
def test_a_picture_cut_anywhere_is_refused(data: bytes) -> None:
    for cut in range(8, len(data), 97):
        assert refusal(data[:cut]) is PictureProblem.TRUNCATED
    assert refusal(data[:-1]) is PictureProblem.TRUNCATED


def test_too_many_bytes_are_refused_unread() -> None:
    assert refusal(b'\x00' * 101, PictureLimits(most_bytes=100)) is PictureProblem.TOO_MANY_BYTES


def test_a_hundred_megapixels_are_refused_by_the_header() -> None:
    assert refusal(jpeg_that_claims(10_000, 10_000)) is PictureProblem.TOO_MANY_PIXELS
    assert refusal(png_that_claims(30_000, 30_000)) is PictureProblem.TOO_MANY_PIXELS


@pytest.mark.parametrize('data', [b'', b'GIF89a', b'<html>', b'\xff', b'RIFF\x00\x00\x00\x00WEBP'])
def test_other_formats_are_refused(data: bytes) -> None:
    assert refusal(data) is PictureProblem.UNKNOWN_FORMAT


def test_a_damaged_png_is_refused_by_its_checksum() -> None:
    at = PNG.index(b'IDAT') + 20
    assert refusal(PNG[:at] + bytes([PNG[at] ^ 1]) + PNG[at + 1 :]) is PictureProblem.DAMAGED


def test_a_jpeg_of_no_size_is_damaged() -> None:
    assert refusal(jpeg_that_claims(0, 10)) is PictureProblem.DAMAGED


@settings(deadline=None)
@given(st.sampled_from([JPEG, PNG]), st.data())
def test_a_picture_with_flipped_bytes_is_a_picture_or_a_typed_refusal(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 5))):
        damaged[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    try:
        picture = check_picture(bytes(damaged), LIMITS)
    except PictureError:
        return
    assert max(picture.width, picture.height) <= LIMITS.longest_edge


@settings(deadline=None)
@given(st.sampled_from([b'\xff\xd8', b'\x89PNG\r\n\x1a\n', b'']), st.binary(max_size=200))
def test_any_bytes_have_a_header_or_a_typed_refusal(start: bytes, rest: bytes) -> None:
    try:
        header = read_header(start + rest)
    except PictureError:
        return
    assert header.width > 0 and header.height > 0 and header.length <= len(start + rest)


def test_opencv_itself_refuses_more_pixels_than_the_limit() -> None:
    code = (
        'from device_drivers.camera.opencv import cv2; import numpy as np, sys\n'
        'try: cv2.imdecode(np.frombuffer(sys.stdin.buffer.read(), np.uint8), cv2.IMREAD_COLOR)\n'
        'except cv2.error as error: print("refused", "CV_IO_MAX_IMAGE_PIXELS" in str(error))'
    )
    env = os.environ | {'OPENCV_IO_MAX_IMAGE_PIXELS': '900000000'}
    bomb = png_that_claims(MOST_PIXELS // 1000, 1001)
    answer = subprocess.run([sys.executable, '-c', code], input=bomb, capture_output=True, env=env, check=True)
    assert answer.stdout.split() == [b'refused', b'True']


@pytest.mark.parametrize(
    'change', [{'most_bytes': 0}, {'most_pixels': MOST_PIXELS + 1}, {'longest_edge': 0}, {'quality': 0}]
)
def test_impossible_limits_are_refused(change: dict) -> None:
    with pytest.raises(ValueError):
        PictureLimits(**change)


def png_that_claims(width: int, height: int) -> bytes:
    body = b'IHDR' + width.to_bytes(4, 'big') + height.to_bytes(4, 'big') + PNG[24:29]
    return PNG[:12] + body + zlib.crc32(body).to_bytes(4, 'big') + PNG[33:]


def test_the_pictures_of_these_tests_decode() -> None:
    decoded = cv2.imdecode(np.frombuffer(jpeg_with_metadata(1, b''), np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None and decoded.shape == (48, 64, 3)
