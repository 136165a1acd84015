"""The cloud is spoken to with an access token that is renewed in time, from a refresh token that may change."""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, JSONResponse, Response

from app import clock
from app.clock import SettableClock
from app.vehicles.garoon.client import Garoon, GaroonAccess
from app.vehicles.garoon.errors import BadAnswer, GaroonError, ServerFault, Unauthorized
from app.vehicles.garoon.oauth import OAuthClient
from app.vehicles.garoon.transport import Patience
from app.vehicles.garoon_token import KeptToken
from tests.app.vehicles.garoon.conftest import Naps
from tests.app.vehicles.garoon.days import NOON, WINDOW, facility_of
from tests.fakes.garoon.oauth import FIRST, NAME, SECRET, OAuthGate
from tests.fakes.garoon.server import running
from tests.fakes.garoon.store import GaroonStore

CLIENT = OAuthClient(client_id=NAME, client_secret=SECRET, refresh_token=FIRST)
BOX_SECRET = b's' * 32


def access_to(address: str, client: OAuthClient = CLIENT) -> GaroonAccess:
    return GaroonAccess(base_url=address, oauth=client)


def kept(file: Path, given: str = FIRST) -> KeptToken:
    return KeptToken(file, BOX_SECRET, given)


async def test_nine_cars_are_read_with_one_token_and_no_password() -> None:
    gate = OAuthGate()
    store = GaroonStore(oauth=gate)
    cars = [store.add_car(f'軽{number:02}', f'car{number:03}') for number in range(9)]
    with running(store) as address:
        async with Garoon(access_to(address)) as garoon:
            assert len(await garoon.facilities()) == 9
            fetched = await garoon.reservations([facility_of(car) for car in cars], WINDOW)
    assert (len(fetched.read_facilities), gate.given) == (9, 1)


async def test_a_token_is_renewed_before_it_ends() -> None:
    gate, time = OAuthGate(), SettableClock(NOON)
    with clock.use(time), running(GaroonStore(oauth=gate)) as address:
        async with Garoon(access_to(address)) as garoon:
            for minutes, given in ((0, 1), (57, 1), (2, 2), (57, 2), (2, 3)):
                time.forward(minutes=minutes)
                await garoon.facilities()
                assert gate.given == given


async def test_a_token_that_is_not_taken_any_more_is_renewed_at_once() -> None:
    gate = OAuthGate()
    with running(GaroonStore(oauth=gate)) as address:
        async with Garoon(access_to(address)) as garoon:
            await garoon.facilities()
            gate.access_tokens.clear()
            await garoon.facilities()
    assert gate.given == 2


async def test_who_may_not_sign_in_with_a_new_token_either_is_told_after_one_more_try() -> None:
    gate = OAuthGate()
    store = GaroonStore(oauth=gate)
    with running(store) as address:
        async with Garoon(access_to(address)) as garoon:
            await garoon.facilities()
            gate.access_tokens.clear()
            gate.answer = JSONResponse({'access_token': 'another', 'expires_in': 3600})
            with pytest.raises(Unauthorized):
                await garoon.facilities()
    assert sum('/oauth2/token' in request for request in store.requests) == 2


async def test_a_refresh_token_that_was_exchanged_is_kept_over_a_restart(tmp_path: Path) -> None:
    gate, file = OAuthGate(rotates=True), tmp_path / 'garoon.token'
    with running(GaroonStore(oauth=gate)) as address:
        for given in (1, 2):
            async with Garoon(access_to(address), refresh=kept(file)) as garoon:
                await garoon.facilities()
            assert gate.given == given
        assert b'himitsu' not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0

        gate.refresh_tokens = {'refresh-himitsu-anew'}
        async with Garoon(access_to(address), refresh=kept(file)) as garoon:
            with pytest.raises(Unauthorized):
                await garoon.facilities()
        async with Garoon(access_to(address), refresh=kept(file, 'refresh-himitsu-anew')) as garoon:
            await garoon.facilities()


@pytest.mark.parametrize(
    'spoil', [Path.unlink, lambda file: file.write_bytes(b'x'), lambda file: file.write_bytes(b'y' * 99)]
)
async def test_without_a_file_that_can_be_read_the_token_of_the_settings_counts(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    file = tmp_path / 'garoon.token'
    await kept(file).keep('another')
    assert await kept(file).last() == 'another'
    spoil(file)
    assert await kept(file).last() == FIRST


async def test_a_token_that_cannot_be_written_serves_until_the_next_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = kept(tmp_path / 'nowhere' / 'garoon.token')
    await token.keep('himitsu')
    assert await token.last() == 'himitsu'
    assert 'was not kept' in caplog.text
    assert 'himitsu' not in caplog.text


@pytest.mark.parametrize('wrong', [{'refresh_token': 'old'}, {'client_id': 'x'}, {'client_secret': 'x'}])
async def test_a_client_or_refresh_token_that_is_not_taken_is_a_sign_in_that_fails(
    wrong: dict[str, str], naps: Naps
) -> None:
    with running(GaroonStore(oauth=OAuthGate())) as address:
        async with Garoon(access_to(address, replace(CLIENT, **wrong)), Patience(sleep=naps)) as garoon:
            with pytest.raises(Unauthorized):
                await garoon.facilities()
    assert naps.seconds == []


@pytest.mark.parametrize(
    ('answer', 'error'),
    [
        (HTMLResponse('<h1>Internal Server Error</h1>', 500), ServerFault),
        (HTMLResponse('<title>ログイン</title>'), BadAnswer),
        (JSONResponse({'token_type': 'Bearer'}), BadAnswer),
        (JSONResponse({'access_token': 'ひみつ'}), BadAnswer),
    ],
)
async def test_a_bad_day_of_the_token_endpoint_is_one_of_garoon(
    answer: Response, error: type[GaroonError], naps: Naps
) -> None:
    gate = OAuthGate()
    gate.answer = answer
    with running(GaroonStore(oauth=gate)) as address:
        async with Garoon(access_to(address), Patience(sleep=naps)) as garoon:
            with pytest.raises(error):
                await garoon.facilities()
            gate.answer = None
            assert await garoon.facilities() == ()
    assert len(naps.seconds) == 2


async def test_no_secret_is_in_a_text_a_log_or_an_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    gate = OAuthGate(rotates=True)
    with running(GaroonStore(oauth=gate)) as address:
        access = access_to(address)
        async with Garoon(access) as garoon:
            await garoon.facilities()
            gate.access_tokens.clear()
            gate.refresh_tokens.clear()
            with pytest.raises(Unauthorized) as refused:
                await garoon.facilities()
    for text in (repr(access), str(refused.value), caplog.text):
        assert 'himitsu' not in text
