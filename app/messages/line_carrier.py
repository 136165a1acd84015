"""LINE over the Messaging API: one push, or one multicast for up to 500, known by its retry key for 24 hours."""

import json

import aiohttp
from linebot.v3.messaging import (  # type: ignore[import-untyped]
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    MulticastRequest,
    PushMessageRequest,
    TextMessage,
)

from app.messages.carrying import Parcel
from app.messages.outcomes import ChannelDown, Later, Outcome, Reason, Refused, Taken
from app.messages_settings import LineSettings

LONGEST_RETRY_AFTER = 3600.0
ALREADY_TAKEN = 409
_PERMANENT = {400: Reason.CONTENT, 403: Reason.FORBIDDEN, 404: Reason.NOT_FOUND}


class LineCarrier:
    """The way to the LINE Platform."""

    def __init__(self, settings: LineSettings) -> None:
        self._settings = settings
        self._client: AsyncApiClient | None = None

    async def carry(self, parcel: Parcel) -> Outcome:
        """Send one text by LINE.

        Raises:
            ChannelDown: LINE cannot be reached, does not let us in, or asks us to wait.
        """
        try:
            await self._send(AsyncMessagingApi(self._connected()), parcel)
        except ApiException as error:
            return _judged(error)
        except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError) as error:
            raise ChannelDown(Reason.CERTIFICATE, type(error).__name__) from None
        except aiohttp.ClientConnectionError as error:
            raise ChannelDown(Reason.UNREACHABLE, type(error).__name__) from None
        except TimeoutError:
            raise ChannelDown(Reason.UNREACHABLE, 'no answer in time') from None
        except (aiohttp.ClientError, ValueError, TypeError) as error:
            return Later(Reason.ANSWER, type(error).__name__)
        return Taken()

    async def rest(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _send(self, api: AsyncMessagingApi, parcel: Parcel) -> None:
        messages = [TextMessage(text=f'{parcel.text.subject}\n\n{parcel.text.body}')]
        limits = {'x_line_retry_key': str(parcel.key), '_request_timeout': self._settings.timeout_seconds}
        if len(parcel.addresses) == 1:
            await api.push_message(PushMessageRequest(to=parcel.addresses[0], messages=messages), **limits)
        else:
            await api.multicast(MulticastRequest(to=list(parcel.addresses), messages=messages), **limits)

    def _connected(self) -> AsyncApiClient:
        if self._client is None:
            settings = self._settings
            configuration = Configuration(
                host=settings.base_url.rstrip('/'),
                access_token=settings.access_token.get_secret_value(),
                ssl_ca_cert=str(settings.certificates_file) if settings.certificates_file else None,
            )
            configuration.proxy = settings.proxy.get_secret_value() or None
            self._client = _opened(configuration)
        return self._client


def _opened(configuration: Configuration) -> AsyncApiClient:
    try:
        return AsyncApiClient(configuration)
    except OSError:
        raise ChannelDown(Reason.CERTIFICATE, f'{configuration.ssl_ca_cert} cannot be read') from None


def _judged(error: ApiException) -> Outcome:
    status, detail = int(error.status or 0), f'{error.status} {_said(error.body)}'.strip()
    if status == ALREADY_TAKEN:
        return Taken()
    if status == 401:
        raise ChannelDown(Reason.SIGN_IN, '401')
    if status == 429:
        raise ChannelDown(Reason.BUSY, detail, _retry_after(error))
    if status >= 500:
        raise ChannelDown(Reason.SERVER, str(status), _retry_after(error))
    if status in _PERMANENT or 400 <= status < 500:
        return Refused(_PERMANENT.get(status, Reason.CONTENT), detail)
    return Later(Reason.ANSWER, detail)


def _said(body: str | None) -> str:
    try:
        return str(json.loads(body or '')['message'])
    except (ValueError, KeyError, TypeError):
        return ''


def _retry_after(error: ApiException) -> float | None:
    value = str((error.headers or {}).get('Retry-After', ''))
    return min(float(value), LONGEST_RETRY_AFTER) if value.isdecimal() and int(value) > 0 else None
