from collections.abc import AsyncIterator

import cv2
import numpy as np
import pytest

from device_drivers.camera.interface import Camera, CameraProblem, CameraState
from device_drivers.camera.limits import CameraSettings
from device_drivers.camera.registry import open_camera
from tests.device_drivers.camera.pictures import jpeg
from tests.device_drivers.camera.rtsp_server import RtspServer
from tests.device_drivers.camera.witness import Witness, problem_of

SETTINGS = CameraSettings(
    silence=2.0,
    look_interval=0.1,
    patience=60,
    first_back_off=0.05,
    last_back_off=0.1,
    frozen_pictures=4,
    frozen_seconds=0.5,
)


@pytest.fixture
async def server() -> AsyncIterator[RtspServer]:
    server = RtspServer()
    await server.open()
    yield server
    await server.close()


@pytest.fixture
async def camera(server: RtspServer) -> AsyncIterator[Camera]:
    camera = open_camera(f'rtsp://127.0.0.1:{server.port}/live', SETTINGS)
    camera.start()
    yield camera
    await camera.stop()


async def test_pictures_come_over_tcp(server: RtspServer, camera: Camera) -> None:
    first, second = await camera.still(), await camera.still()
    assert (first.width, first.height) == (64, 48)
    assert first.jpeg != second.jpeg
    setup = next(request for request in server.requests if request.startswith('SETUP'))
    assert 'RTP/AVP/TCP' in setup


async def test_the_picture_is_the_one_the_camera_saw(server: RtspServer, camera: Camera) -> None:
    red = bytes(cv2.imencode('.jpg', np.full((48, 64, 3), (0, 0, 255), np.uint8))[1])
    server.picture = lambda: red
    still = await camera.still()
    seen = cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    blue, green, redness = seen.mean(axis=(0, 1))
    assert redness > 200
    assert max(blue, green) < 60


async def test_a_half_open_line_is_given_up_and_opened_anew(server: RtspServer, camera: Camera) -> None:
    witness = Witness(camera)
    await witness.until_state(CameraState.READY)
    server.is_silent = True
    await witness.until_state(CameraState.MISSING)
    assert await problem_of(camera) is CameraProblem.NO_ANSWER
    server.is_silent = False
    await witness.until_state(CameraState.READY)


async def test_a_camera_that_repeats_one_picture_is_frozen(server: RtspServer, camera: Camera) -> None:
    witness = Witness(camera)
    same = jpeg()
    server.picture = lambda: same
    await witness.until_state(CameraState.FROZEN)
    server.picture = jpeg
    await witness.until_state(CameraState.READY)


async def test_a_camera_that_went_away_is_found_again(server: RtspServer, camera: Camera) -> None:
    witness = Witness(camera)
    await witness.until_state(CameraState.READY)
    await server.close()
    await witness.until_state(CameraState.MISSING)
    await server.open()
    await witness.until_state(CameraState.READY)
