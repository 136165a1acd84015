"""E-mail over SMTP (RFC 5321): one connection for as long as there is something to send."""

import asyncio
import socket
import ssl

import aiosmtplib

from app.messages.carrying import Parcel
from app.messages.mail_text import written
from app.messages.outcomes import ChannelDown, Later, Outcome, Reason, Refused, Taken
from app.messages_settings import MailSecurity, MailSettings

PERMANENT = 500


class MailCarrier:
    """The way to one mail server."""

    def __init__(self, settings: MailSettings, sender_name: str) -> None:
        self._settings = settings
        self._sender_name = settings.sender_name or sender_name
        self._client: aiosmtplib.SMTP | None = None
        self._context: ssl.SSLContext | None = None

    async def carry(self, parcel: Parcel) -> Outcome:
        """Send one e-mail.

        Raises:
            ChannelDown: the server cannot be reached, or does not let us in.
        """
        client = await self._connected()
        message = written(parcel, self._settings.sender, self._sender_name)
        try:
            await client.sendmail(self._settings.sender, [parcel.addresses[0]], message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            refused = error.recipients[0]
            return _judged(refused.code, refused.message, Reason.ADDRESS)
        except aiosmtplib.SMTPSenderRefused as error:
            raise ChannelDown(Reason.SENDER, _detail(error.code, error.message)) from None
        except aiosmtplib.SMTPResponseException as error:
            return _judged(error.code, error.message, Reason.CONTENT)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # The server went away in the middle: this message alone may be why, so the next one is tried at once.
            await self.rest()
            return Later(Reason.UNREACHABLE, type(error).__name__)
        return Taken()

    async def rest(self) -> None:
        """Say goodbye to the server."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.quit()
        except (aiosmtplib.SMTPException, OSError):
            client.close()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        if self._context is None:
            self._context = await asyncio.to_thread(_trusting, self._settings)
        client = self._new_client(self._context)
        try:
            await client.connect()
        except Exception as error:
            client.close()
            raise _down(error) from None
        self._client = client
        return client

    def _new_client(self, context: ssl.SSLContext) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            use_tls=settings.security is MailSecurity.TLS,
            start_tls=settings.security is MailSecurity.STARTTLS,
            tls_context=context,
            username=settings.login or None,
            password=settings.password.get_secret_value() if settings.login else None,
            timeout=settings.timeout_seconds,
            local_hostname=socket.gethostname(),
        )


def _trusting(settings: MailSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.certificates_file)
    except (OSError, ssl.SSLError):
        raise ChannelDown(Reason.CERTIFICATE, f'{settings.certificates_file} cannot be read') from None


def _down(error: Exception) -> ChannelDown:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return ChannelDown(Reason.CERTIFICATE, getattr(cause, 'verify_message', '') or cause.reason or '')
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return ChannelDown(Reason.SIGN_IN, f'{error.code}')
    if isinstance(error, aiosmtplib.SMTPConnectResponseError | aiosmtplib.SMTPHeloError):
        return ChannelDown(Reason.SERVER, _detail(error.code, error.message))
    if isinstance(error, aiosmtplib.SMTPException) and 'STARTTLS' in str(error):
        return ChannelDown(Reason.CERTIFICATE, 'no STARTTLS')
    return ChannelDown(Reason.UNREACHABLE, type(error).__name__)


def _judged(code: int, message: str, permanent: Reason) -> Outcome:
    if code >= PERMANENT:
        return Refused(permanent, _detail(code, message))
    return Later(Reason.BUSY, _detail(code, message))


def _detail(code: int, message: str) -> str:
    return f'{code} {" ".join(message.split())}'
