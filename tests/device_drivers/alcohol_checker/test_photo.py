import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from device_drivers.alcohol_checker.interface import AlcoholChecker, CheckerError, CheckerProblem, CheckerState
from device_drivers.alcohol_checker.photo import PhotoChecker
from device_drivers.camera.simulation import CameraMode, SimulatedCamera
from tests.device_drivers.alcohol_checker.witness import Witness


@pytest.fixture
async def camera() -> AsyncIterator[SimulatedCamera]:
    camera = SimulatedCamera('sim:display')
    camera.start()
    yield camera
    await camera.stop()


@pytest.fixture
async def checker(camera: SimulatedCamera) -> AsyncIterator[PhotoChecker]:
    checker = PhotoChecker('photo:sim:display', camera)
    checker.start()
    yield checker
    await checker.stop()


async def test_the_number_is_the_persons_and_the_picture_the_evidence(checker: PhotoChecker) -> None:
    waiting = asyncio.create_task(as_checker(checker).measure(30))
    await asyncio.sleep(0)
    await checker.enter('0.00')
    measurement = await waiting
    assert (measurement.value_mg_per_litre, measurement.raw) == (Decimal('0.00'), '0.00')
    assert measurement.photo is not None and measurement.photo.startswith(b'\xff\xd8')
    assert 'photo' not in repr(measurement)


async def test_without_a_picture_nothing_is_measured(camera: SimulatedCamera, checker: PhotoChecker) -> None:
    witness = Witness(checker)
    camera.show(CameraMode.GONE)
    with pytest.raises(CheckerError) as refusal:
        await checker.enter('0.00')
    assert refusal.value.problem is CheckerProblem.NO_PHOTO
    assert witness.values == []


async def test_the_checker_is_missing_as_long_as_its_camera_is(camera: SimulatedCamera, checker: PhotoChecker) -> None:
    witness = Witness(checker)
    camera.show(CameraMode.GONE)
    camera.show(CameraMode.MOVING)
    assert witness.states == [CheckerState.MISSING, CheckerState.READY]


async def test_a_wrong_number_is_refused_before_a_picture_is_taken(
    camera: SimulatedCamera, checker: PhotoChecker
) -> None:
    camera.show(CameraMode.GONE)
    with pytest.raises(CheckerError) as refusal:
        await checker.enter('15')
    assert refusal.value.problem is CheckerProblem.NOT_A_VALUE


async def test_stopping_leaves_the_camera_to_its_owner(camera: SimulatedCamera, checker: PhotoChecker) -> None:
    await checker.stop()
    with pytest.raises(CheckerError) as refusal:
        await checker.enter('0.00')
    assert refusal.value.problem is CheckerProblem.STOPPED
    assert (await camera.still()).width > 0


def as_checker(checker: AlcoholChecker) -> AlcoholChecker:
    return checker
