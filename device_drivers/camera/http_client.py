import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from .interface import CameraError, CameraProblem
from .url import CameraUrl

# These write whole addresses, with the secrets in their options, at INFO and below.
for _name in ('httpx', 'httpcore'):
    logging.getLogger(_name).setLevel(logging.WARNING)

_HEADERS = {'Accept': 'image/jpeg, image/png, multipart/x-mixed-replace', 'Accept-Encoding': 'identity'}


def make_client(silence: float) -> httpx.AsyncClient:
    """A client that asks cameras straight, follows no redirect, and gives up after `silence` seconds without bytes."""
    return httpx.AsyncClient(timeout=silence, trust_env=False, follow_redirects=False, headers=_HEADERS)


@asynccontextmanager
async def ask(client: httpx.AsyncClient, url: CameraUrl) -> AsyncIterator[httpx.Response]:
    """The camera's answer with its body unread; Digest or Basic as the camera asks for it (RFC 7616, RFC 7617).

    Raises `CameraError` (unreachable, no_answer, refused, wrong_answer), also for what fails while it is read.
    """
    try:
        async with client.stream('GET', url.plain, auth=_digest(url)) as answer:
            if not _wants_basic(answer, url):
                yield _accepted(answer)
                return
        async with client.stream('GET', url.plain, auth=(url.user or '', url.password)) as answer:
            yield _accepted(answer)
    except httpx.TimeoutException as error:
        raise CameraError(CameraProblem.NO_ANSWER) from _quiet(error)
    except httpx.RemoteProtocolError as error:
        raise CameraError(CameraProblem.WRONG_ANSWER) from _quiet(error)
    except httpx.HTTPError as error:
        raise CameraError(CameraProblem.UNREACHABLE) from _quiet(error)
    except httpx.InvalidURL:
        raise CameraError(CameraProblem.UNREACHABLE) from None


def _digest(url: CameraUrl) -> httpx.DigestAuth | None:
    return httpx.DigestAuth(url.user, url.password) if url.user is not None else None


def _wants_basic(answer: httpx.Response, url: CameraUrl) -> bool:
    challenge = answer.headers.get('www-authenticate', '').lower()
    return answer.status_code == 401 and url.user is not None and challenge.startswith('basic')


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.status_code in (401, 403):
        raise CameraError(CameraProblem.REFUSED)
    if answer.status_code != 200:
        raise CameraError(CameraProblem.WRONG_ANSWER)
    return answer


def _quiet(error: httpx.HTTPError) -> Exception:
    return ConnectionError(type(error).__name__)
