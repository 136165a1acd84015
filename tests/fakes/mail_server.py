"""A real mail server (aiosmtpd) on a real socket, that can be told to misbehave."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN, PASSWORD = 'machibako', 'kani-matsuri'


@dataclass(slots=True)
class MailStore:
    """What came in, and what goes wrong. Faults are by receiver, each as many times as it stands in the list."""

    received: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    refuse_receiver: dict[str, list[str]] = field(default_factory=dict)
    """Answers to RCPT TO."""
    refuse_content: dict[str, list[str]] = field(default_factory=dict)
    """Answers to the end of DATA."""
    hang_up: dict[str, int] = field(default_factory=dict)
    """How often the connection is cut in the middle of a message."""
    hang_up_after_taking: dict[str, int] = field(default_factory=dict)
    """How often it is cut when the message is kept, before the answer."""
    refuse_sender: list[str] = field(default_factory=list)
    slow_seconds: float = 0.0
    connections: int = 0

    def ids(self) -> list[str]:
        """Message-IDs in the order of their coming."""
        return [str(message['Message-ID']) for message in self.received]


class Handler:
    """Keeps what comes in."""

    def __init__(self, store: MailStore) -> None:
        self.store = store

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.store.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.store.refuse_sender:
            return self.store.refuse_sender.pop(0)
        envelope.mail_from = address
        return '250 OK'

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answers := self.store.refuse_receiver.get(address):
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        receiver, store = envelope.rcpt_tos[0], self.store
        await asyncio.sleep(store.slow_seconds)
        if _counted(store.hang_up, receiver):
            _cut(server)
            return '421 gone'
        if answers := store.refuse_content.get(receiver):
            return answers.pop(0)
        content = envelope.original_content or b''
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        store.received.append(message)
        store.receivers.append(receiver)
        if _counted(store.hang_up_after_taking, receiver):
            _cut(server)
        return '250 kept'


@contextmanager
def running(
    store: MailStore,
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    with_login: bool = False,
    port: int = 0,
) -> Iterator[int]:
    """Serve in a thread; gives the port."""
    options: dict[str, Any] = {}
    if starttls:
        options |= {'tls_context': starttls, 'require_starttls': True}
    if with_login:
        options |= {'authenticator': _judge, 'auth_required': True, 'auth_require_tls': starttls is not None}
    controller = Controller(Handler(store), hostname='127.0.0.1', port=port or _free(), ssl_context=tls, **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _judge(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (
        LOGIN.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_right, handled=False)


def _counted(faults: dict[str, int], receiver: str) -> bool:
    left = faults.get(receiver, 0)
    faults[receiver] = max(0, left - 1)
    return left > 0


def _cut(server: SMTP) -> None:
    transport = server.transport
    assert transport is not None
    transport.close()


def _free() -> int:
    import socket

    with socket.create_server(('127.0.0.1', 0)) as listener:
        return int(listener.getsockname()[1])
