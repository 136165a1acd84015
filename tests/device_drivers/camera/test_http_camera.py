import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from device_drivers.camera.http_camera import HttpCamera
from device_drivers.camera.interface import Camera, CameraError, CameraProblem, CameraState
from device_drivers.camera.limits import CameraSettings, PictureLimits
from device_drivers.camera.registry import open_camera
from tests.device_drivers.camera.fake_camera import Answer, FakeCamera, Request, with_basic, with_digest
from tests.device_drivers.camera.pictures import jpeg, jpeg_that_claims, png
from tests.device_drivers.camera.witness import Witness, problem_of

SETTINGS = CameraSettings(
    silence=1.0,
    look_interval=0.1,
    patience=20,
    first_back_off=0.05,
    last_back_off=0.1,
    frozen_pictures=3,
    frozen_seconds=0.2,
    limits=PictureLimits(most_bytes=200_000),
)
SECRET = 'kanazawa-920'

Watched = Callable[..., Awaitable[tuple[HttpCamera, FakeCamera]]]


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    opened: list[tuple[Camera, FakeCamera]] = []

    async def watch(answer: Answer, login: str = '', path: str = '/still') -> tuple[HttpCamera, FakeCamera]:
        server = FakeCamera(answer)
        await server.open()
        camera = open_camera(f'http://{login}127.0.0.1:{server.port}{path}', SETTINGS)
        assert isinstance(camera, HttpCamera)
        opened.append((camera, server))
        camera.start()
        return camera, server

    yield watch
    for camera, server in opened:
        await camera.stop()
        await server.close()


async def one_picture(request: Request) -> None:
    await request.answer('200 OK', 'image/jpeg', jpeg())


async def a_stream(request: Request) -> None:
    await request.begin_stream()
    while True:
        await request.part(jpeg())
        await asyncio.sleep(0.02)


async def silence(_: Request) -> None:
    await asyncio.Event().wait()


async def trickle(request: Request) -> None:
    await request.answer('200 OK', 'image/jpeg', b'', length=100_000)
    for byte in jpeg():
        await request.send(bytes([byte]))
        await asyncio.sleep(0.05)


async def truncated(request: Request) -> None:
    await request.answer('200 OK', 'image/jpeg', jpeg()[:-100])


async def broken_off(request: Request) -> None:
    await request.answer('200 OK', 'image/jpeg', jpeg()[:100], length=100_000)


async def endless(request: Request) -> None:
    await request.send(b'HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n' + jpeg())
    while True:
        await request.send(b'\x00' * 65_536)


async def endless_part(request: Request) -> None:
    await request.begin_stream()
    await request.send(b'--frame\r\nContent-Type: image/jpeg\r\n\r\n')
    while True:
        await request.send(b'\x00' * 65_536)


async def hundred_megapixels(request: Request) -> None:
    await request.answer('200 OK', 'image/jpeg', jpeg_that_claims(10_000, 10_000))


async def a_web_page(request: Request) -> None:
    await request.answer('200 OK', 'text/html', b'<h1>Sign in</h1>')


async def not_found(request: Request) -> None:
    await request.answer('404 Not Found', 'image/jpeg', jpeg())


async def redirect(request: Request) -> None:
    await request.send(b'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n')


async def no_http(request: Request) -> None:
    await request.send(b'220 camera FTP ready\r\n')


async def an_empty_stream(request: Request) -> None:
    await request.begin_stream()
    await asyncio.Event().wait()


async def a_stream_without_boundary(request: Request) -> None:
    await request.send(b'HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace\r\n\r\n')


async def test_one_picture_is_fetched_when_it_is_asked_for(watched: Watched) -> None:
    camera, _ = await watched(one_picture)
    still = await camera.still()
    assert (still.width, still.height, still.jpeg[:2]) == (64, 48, b'\xff\xd8')
    assert camera.state is CameraState.READY
    assert (await camera.still()).taken_at > still.taken_at


async def test_a_png_becomes_a_jpeg(watched: Watched) -> None:
    async def answer(request: Request) -> None:
        await request.answer('200 OK', 'image/png', png())

    camera, _ = await watched(answer)
    assert (await camera.still()).jpeg.startswith(b'\xff\xd8')


async def test_of_a_stream_the_next_picture_is_given(watched: Watched) -> None:
    camera, server = await watched(a_stream)
    stills = [await camera.still() for _ in range(3)]
    assert len({still.jpeg for still in stills}) == 3
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    ('answer', 'problem'),
    [
        (silence, CameraProblem.NO_ANSWER),
        (trickle, CameraProblem.NO_ANSWER),
        (an_empty_stream, CameraProblem.NO_ANSWER),
        (truncated, CameraProblem.BAD_PICTURE),
        (endless, CameraProblem.BAD_PICTURE),
        (endless_part, CameraProblem.BAD_PICTURE),
        (hundred_megapixels, CameraProblem.BAD_PICTURE),
        (broken_off, CameraProblem.WRONG_ANSWER),
        (a_web_page, CameraProblem.WRONG_ANSWER),
        (not_found, CameraProblem.WRONG_ANSWER),
        (redirect, CameraProblem.WRONG_ANSWER),
        (no_http, CameraProblem.WRONG_ANSWER),
        (a_stream_without_boundary, CameraProblem.WRONG_ANSWER),
    ],
)
async def test_an_answer_that_is_no_picture_is_told_and_the_camera_heals(
    watched: Watched, answer: Answer, problem: CameraProblem
) -> None:
    camera, server = await watched(answer)
    witness = Witness(camera)
    assert await problem_of(camera) is problem
    assert camera.state is CameraState.MISSING
    server.answer = one_picture
    await witness.until_state(CameraState.READY)
    assert (await camera.still()).width == 64


async def test_a_camera_that_nobody_answers_for_is_found_when_it_comes(watched: Watched) -> None:
    camera, server = await watched(one_picture)
    await camera.stop()
    await server.close()
    witness = Witness(camera)
    camera.start()
    await witness.until_state(CameraState.MISSING)
    assert await problem_of(camera) is CameraProblem.UNREACHABLE
    await server.open()
    await witness.until_state(CameraState.READY)


async def test_a_stream_that_stalls_is_opened_anew(watched: Watched) -> None:
    async def stall(request: Request) -> None:
        await request.begin_stream()
        await request.part(jpeg())
        await asyncio.Event().wait()

    camera, server = await watched(stall)
    witness = Witness(camera)
    await witness.until_state(CameraState.READY)
    server.answer = a_stream
    await witness.until(lambda: witness.states[-2:] == [CameraState.MISSING, CameraState.READY])
    assert witness.problems == [CameraProblem.NO_ANSWER]
    assert len(server.heads) == 2


async def test_a_damaged_picture_in_a_stream_is_skipped_and_counted(watched: Watched) -> None:
    async def now_and_then(request: Request) -> None:
        await request.begin_stream()
        while True:
            await request.part(jpeg()[:-50])
            await request.part(jpeg_that_claims(10_000, 10_000))
            await asyncio.sleep(0.02)
            await request.part(jpeg())
            await asyncio.sleep(0.02)

    camera, server = await watched(now_and_then)
    witness = Witness(camera)
    for _ in range(5):
        await camera.still()
    assert camera.skipped_pictures > 0
    assert (witness.states, len(server.heads)) == ([CameraState.READY], 1)


@pytest.mark.parametrize('streams', [True, False])
async def test_a_camera_that_repeats_one_picture_is_frozen_until_it_moves(watched: Watched, streams: bool) -> None:
    same = jpeg()
    is_moving = False

    async def answer(request: Request) -> None:
        if not streams:
            await request.answer('200 OK', 'image/jpeg', jpeg() if is_moving else same)
            return
        await request.begin_stream()
        while True:
            await request.part(jpeg() if is_moving else same)
            await asyncio.sleep(0.02)

    camera, _ = await watched(answer)
    witness = Witness(camera)
    await witness.until_state(CameraState.FROZEN)
    assert await problem_of(camera) is CameraProblem.FROZEN
    is_moving = True
    await witness.until_state(CameraState.READY)
    await camera.still()


@pytest.mark.parametrize('lock', [with_basic, with_digest])
async def test_a_camera_with_a_password_is_asked_in_its_own_way(watched: Watched, lock: Callable) -> None:
    camera, _ = await watched(lock('guard', SECRET, one_picture), login=f'guard:{SECRET}@')
    assert (await camera.still()).width == 64


@pytest.mark.parametrize('lock', [with_basic, with_digest])
async def test_a_wrong_password_is_told(watched: Watched, lock: Callable) -> None:
    camera, _ = await watched(lock('guard', SECRET, one_picture), login='guard:wrong@')
    assert await problem_of(camera) is CameraProblem.REFUSED


async def test_a_password_is_sent_only_when_it_is_asked_for(watched: Watched) -> None:
    camera, server = await watched(one_picture, login=f'guard:{SECRET}@')
    await camera.still()
    assert 'authorization' not in server.heads[0].lower()


async def test_no_secret_reaches_a_log_or_an_error(
    watched: Watched, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = with_digest('guard', 'another', one_picture)
    camera, server = await watched(answer, login=f'guard:{SECRET}@', path=f'/still?pwd={SECRET}')
    with pytest.raises(CameraError) as refusal:
        await camera.still()
    witness = Witness(camera)
    server.answer = no_http
    await witness.until(lambda: CameraProblem.WRONG_ANSWER in witness.problems)
    told = caplog.text + ''.join(capfd.readouterr()) + repr(refusal.value) + camera.address + repr(camera)
    assert 'is lost' in caplog.text
    assert SECRET not in told


async def test_stopping_ends_what_is_waited_for_and_it_can_start_again(watched: Watched) -> None:
    camera, server = await watched(silence)
    waiting = asyncio.create_task(problem_of(camera))
    await asyncio.sleep(0.05)
    await camera.stop()
    assert await waiting is CameraProblem.STOPPED
    assert await problem_of(camera) is CameraProblem.STOPPED
    server.answer = one_picture
    camera.start()
    assert (await camera.still()).width == 64
