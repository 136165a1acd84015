"""What LINE tells the box (webhook of the Messaging API): codes of people who subscribe, and those who leave."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from app.messages.subscribers import Subscribers
from app.messages_settings import LineSettings

STOP_WORDS = frozenset({'停止', 'ていし', '解除', 'stop', '중지', '停止接收', 'dừng', 'parar'})
MOST_EVENTS = 100


class NotFromLine(Exception):
    """The signature does not fit, or the content is none of LINE's."""


@dataclass(frozen=True, slots=True)
class _Said:
    user: str
    text: str
    is_farewell: bool


class LineWebhook:
    """Takes events; what is none of ours is passed over."""

    def __init__(self, settings: LineSettings, subscribers: Subscribers) -> None:
        self._secret = settings.channel_secret.get_secret_value()
        self._subscribers = subscribers

    async def take(self, body: bytes, signature: str) -> None:
        """Take a request. LINE may send the same one again: a second time it changes nothing.

        Raises:
            NotFromLine: it is refused as a whole.
            StorageError: LINE is told that it failed.
        """
        for said in _read(body, signature, self._secret):
            if said.is_farewell:
                await self._subscribers.line_user_left(said.user)
            else:
                await self._subscribers.take_line_code(said.user, said.text)


def _read(body: bytes, signature: str, secret: str) -> list[_Said]:
    try:
        content = body.decode()
        if not secret or not _is_signed(content, signature, secret):
            raise NotFromLine
        events = json.loads(content)['events'][:MOST_EVENTS]
        return [said for event in events if (said := _said(event)) is not None]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotFromLine from None


def _is_signed(content: str, signature: str, secret: str) -> bool:
    # Takes as long to import as half of the box.
    from linebot.v3.webhook import SignatureValidator  # type: ignore[import-untyped]

    return bool(SignatureValidator(secret).validate(content, signature))


def _said(event: dict[str, Any]) -> _Said | None:
    user = event.get('source', {}).get('userId')
    if not isinstance(user, str):
        return None
    if event.get('type') == 'unfollow':
        return _Said(user, '', is_farewell=True)
    text = event.get('message', {}).get('text')
    if event.get('type') != 'message' or not isinstance(text, str):
        return None
    plain = unicodedata.normalize('NFKC', text).strip()
    return _Said(user, plain, is_farewell=plain.lower() in STOP_WORDS)
