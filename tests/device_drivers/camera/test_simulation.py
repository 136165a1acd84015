import pytest

from device_drivers.camera.interface import Camera, CameraProblem, CameraState
from device_drivers.camera.picture_header import read_header
from device_drivers.camera.simulation import CameraMode, SimulatedCamera
from tests.device_drivers.camera.witness import Witness, problem_of


class Watch:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def camera(watch: Watch) -> SimulatedCamera:
    camera = SimulatedCamera('sim:lobby', now=watch)
    camera.start()
    return camera


def test_it_has_the_face_of_a_camera() -> None:
    camera: Camera = SimulatedCamera('sim:lobby')
    assert camera.state is CameraState.STOPPED


async def test_its_clock_moves(camera: SimulatedCamera, watch: Watch) -> None:
    first = await camera.still()
    watch.seconds += 1
    second = await camera.still()
    assert first.jpeg != second.jpeg
    assert (read_header(second.jpeg).width, second.width, second.taken_at) == (640, 640, 101.0)


async def test_a_clock_that_stands_is_found_out_and_moves_again(camera: SimulatedCamera, watch: Watch) -> None:
    camera.show(CameraMode.FROZEN)
    for _ in range(3):
        watch.seconds += 2.5
        await camera.still()
    watch.seconds += 2.5
    assert await problem_of(camera) is CameraProblem.FROZEN
    assert camera.state is CameraState.FROZEN
    camera.show(CameraMode.MOVING)
    assert (await camera.still()).taken_at == watch.seconds


async def test_broken_pictures_reach_nobody(camera: SimulatedCamera) -> None:
    camera.show(CameraMode.CORRUPT)
    assert await problem_of(camera) is CameraProblem.BAD_PICTURE
    camera.show(CameraMode.MOVING)
    assert (await camera.still()).width == 640


async def test_a_camera_that_is_gone_is_missing_until_it_is_back(camera: SimulatedCamera) -> None:
    witness = Witness(camera)
    camera.show(CameraMode.GONE)
    assert await problem_of(camera) is CameraProblem.UNREACHABLE
    camera.show(CameraMode.MOVING)
    assert witness.states == [CameraState.MISSING, CameraState.READY]


async def test_a_stopped_camera_gives_nothing(camera: SimulatedCamera) -> None:
    await camera.stop()
    assert await problem_of(camera) is CameraProblem.STOPPED
