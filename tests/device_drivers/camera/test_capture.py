import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import cv2
import pytest

from device_drivers.camera.capture_camera import CaptureCamera
from device_drivers.camera.interface import Camera, CameraProblem, CameraState
from device_drivers.camera.limits import CameraSettings, PictureLimits
from device_drivers.camera.registry import open_camera
from device_drivers.camera.rtsp import open_rtsp_camera
from device_drivers.camera.url import CameraUrl, parse_camera_url
from tests.device_drivers.camera.fake_camera import FakeCamera, Request
from tests.device_drivers.camera.pictures import jpeg, noise
from tests.device_drivers.camera.witness import Witness, problem_of

SETTINGS = CameraSettings(
    silence=1.0, look_interval=0.1, patience=30, first_back_off=0.05, last_back_off=0.1, frozen_pictures=1000
)
SECRET = 'kanazawa-920'

Open = Callable[[str], Camera]


@pytest.fixture
async def watched() -> AsyncIterator[Callable[[Camera], Camera]]:
    opened: list[Camera] = []

    def watch(camera: Camera) -> Camera:
        opened.append(camera)
        camera.start()
        return camera

    yield watch
    for camera in opened:
        await camera.stop()


@pytest.fixture
async def server() -> AsyncIterator[FakeCamera]:
    server = FakeCamera(a_stream)
    await server.open()
    yield server
    await server.close()


async def a_stream(request: Request) -> None:
    await request.begin_stream()
    while True:
        await request.part(jpeg())
        await asyncio.sleep(0.02)


async def a_stream_that_stalls(request: Request) -> None:
    await request.begin_stream()
    for _ in range(40):
        await request.part(jpeg())
    await asyncio.Event().wait()


def of_file(path: Path, settings: CameraSettings = SETTINGS) -> CaptureCamera:
    return CaptureCamera('clip', lambda: cv2.VideoCapture(str(path), cv2.CAP_FFMPEG), settings)


def of_url(address: str) -> CaptureCamera:
    """OpenCV reads Motion JPEG as it reads RTSP: over a socket, with the same limits."""
    return open_rtsp_camera(CameraUrl(address, address, None, '', address), SETTINGS)


def write_clip(path: Path, frames: int = 20) -> None:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*'MJPG'), 10, (160, 120))
    for _ in range(frames):
        writer.write(noise(160, 120))
    writer.release()


async def test_a_clip_that_ends_is_opened_again(tmp_path: Path, watched: Callable) -> None:
    write_clip(tmp_path / 'clip.avi')
    camera = watched(of_file(tmp_path / 'clip.avi'))
    witness = Witness(camera)
    await witness.until(lambda: witness.states.count(CameraState.READY) >= 3)
    assert set(witness.problems) == {CameraProblem.NO_ANSWER}


async def test_a_device_that_comes_later_is_found(tmp_path: Path, watched: Callable) -> None:
    camera = watched(of_file(tmp_path / 'clip.avi'))
    witness = Witness(camera)
    await witness.until_state(CameraState.MISSING)
    assert await problem_of(camera) is CameraProblem.UNREACHABLE
    write_clip(tmp_path / 'finished.avi', frames=200)
    (tmp_path / 'finished.avi').rename(tmp_path / 'clip.avi')
    await witness.until(lambda: CameraState.READY in witness.states)


async def test_a_stream_gives_pictures_in_the_size_of_the_limits(server: FakeCamera, watched: Callable) -> None:
    settings = CameraSettings(patience=30, limits=PictureLimits(longest_edge=32))
    address = f'http://127.0.0.1:{server.port}/video'
    camera = watched(CaptureCamera('net', lambda: cv2.VideoCapture(address, cv2.CAP_FFMPEG), settings))
    first, second = await camera.still(), await camera.still()
    assert (first.width, first.height) == (32, 24)
    assert second.taken_at > first.taken_at


async def test_a_stream_of_too_many_pixels_is_refused_before_a_frame_is_encoded(
    server: FakeCamera, watched: Callable
) -> None:
    settings = CameraSettings(patience=30, limits=PictureLimits(most_pixels=1000))
    address = f'http://127.0.0.1:{server.port}/video'
    camera = watched(CaptureCamera('net', lambda: cv2.VideoCapture(address, cv2.CAP_FFMPEG), settings))
    assert await problem_of(camera) is CameraProblem.BAD_PICTURE


async def test_a_stream_that_stalls_is_opened_anew(server: FakeCamera, watched: Callable) -> None:
    server.answer = a_stream_that_stalls
    camera = watched(of_url(f'http://127.0.0.1:{server.port}/video'))
    witness = Witness(camera)
    await witness.until_state(CameraState.READY)
    server.answer = a_stream
    await witness.until(lambda: CameraState.MISSING in witness.states)
    await witness.until_state(CameraState.READY)
    assert len(server.heads) >= 2


async def test_a_frozen_stream_is_told(server: FakeCamera, watched: Callable) -> None:
    same = jpeg()

    async def repeat(request: Request) -> None:
        await request.begin_stream()
        while True:
            await request.part(same)
            await asyncio.sleep(0.02)

    server.answer = repeat
    settings = CameraSettings(look_interval=0.05, frozen_pictures=3, frozen_seconds=0.1)
    address = f'http://127.0.0.1:{server.port}/video'
    camera = watched(CaptureCamera('net', lambda: cv2.VideoCapture(address, cv2.CAP_FFMPEG), settings))
    await Witness(camera).until_state(CameraState.FROZEN)


async def test_a_call_that_never_returns_makes_the_camera_missing(watched: Callable) -> None:
    released = threading.Event()

    def hang() -> cv2.VideoCapture:
        released.wait()
        return cv2.VideoCapture()

    camera = watched(CaptureCamera('hangs', hang, SETTINGS))
    assert await problem_of(camera) is CameraProblem.NO_ANSWER
    released.set()


async def test_an_rtsp_camera_that_accepts_and_says_nothing_is_missing(watched: Callable) -> None:
    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)
        writer.close()

    silent = await asyncio.start_server(accept, '127.0.0.1', 0)
    port = silent.sockets[0].getsockname()[1]
    camera = watched(open_camera(f'rtsp://guard:{SECRET}@127.0.0.1:{port}/live', SETTINGS))
    assert SECRET not in camera.address
    assert await problem_of(camera) in (CameraProblem.UNREACHABLE, CameraProblem.NO_ANSWER)
    silent.close()


def test_opencv_writes_no_line_of_its_own_about_an_address() -> None:
    code = (
        'import logging; logging.basicConfig(level=0)\n'
        'from device_drivers.camera.rtsp import _open\n'
        f'capture = _open("rtsp://guard:{SECRET}@127.0.0.1:1/live", 1.0)\n'
        'print(capture.isOpened()); capture.release()'
    )
    answer = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)
    assert answer.stdout == 'False\n'
    assert answer.stderr == ''


@pytest.mark.parametrize('name', ['usb-Nobody_Camera-video-index0', '/dev/null'])
async def test_a_usb_camera_that_is_not_there_is_missing(name: str, watched: Callable) -> None:
    camera = watched(open_camera(f'usb:{name}', SETTINGS))
    await Witness(camera).until_state(CameraState.MISSING)
    assert await problem_of(camera) is CameraProblem.UNREACHABLE


async def test_a_stopped_camera_lets_go_and_can_start_again(server: FakeCamera, watched: Callable) -> None:
    camera = watched(of_url(f'http://127.0.0.1:{server.port}/video'))
    await camera.still()
    threads = threading.active_count()
    await camera.stop()
    assert threading.active_count() == threads - 1
    assert await problem_of(camera) is CameraProblem.STOPPED
    camera.start()
    assert (await camera.still()).width == 64


def test_the_source_of_a_camera_keeps_user_and_password() -> None:
    assert parse_camera_url(f'rtsp://guard:{SECRET}@nvr/1').whole == f'rtsp://guard:{SECRET}@nvr/1'
