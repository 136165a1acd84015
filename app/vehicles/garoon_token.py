"""The refresh token of Garoon's OAuth, where the cloud exchanges it for a new one: kept sealed beside the database."""

import asyncio
import logging
import os
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.storage.layout import write_durably

NONCE_BYTES = 12
log = logging.getLogger(__name__)


class KeptToken:
    """The last refresh token that followed the one in the settings.

    It is in no backup: after a restore to another disk, one that was exchanged meanwhile has to be made anew.
    """

    def __init__(self, file: Path, secret: bytes, given: str) -> None:
        """`secret` (32 bytes) seals the file; `given` is the token in the settings. A new one there begins anew."""
        self._file = file
        self._cipher = AESGCM(secret)
        self._given = given
        self._last = ''

    async def last(self) -> str:
        """The valid one."""
        if not self._last:
            self._last = await asyncio.to_thread(self._read) or self._given
        return self._last

    async def keep(self, token: str) -> None:
        """From now on this one is valid; where it cannot be written, only until the next start."""
        self._last = token
        try:
            await asyncio.to_thread(self._write, token)
        except OSError as error:
            log.warning('The refresh token of Garoon was not kept (%s)', type(error).__name__)

    def _read(self) -> str:
        try:
            content = self._file.read_bytes()
            nonce, sealed = content[:NONCE_BYTES], content[NONCE_BYTES:]
            return self._cipher.decrypt(nonce, sealed, self._mark()).decode()
        except (OSError, ValueError, InvalidTag):
            return ''

    def _write(self, token: str) -> None:
        nonce = os.urandom(NONCE_BYTES)
        write_durably(self._file, nonce + self._cipher.encrypt(nonce, token.encode(), self._mark()))

    def _mark(self) -> bytes:
        return sha256(self._given.encode()).digest()
