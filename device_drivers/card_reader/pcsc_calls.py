import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

_PLUG_AND_PLAY = '\\\\?PnP?\\Notification'
_EVENT_COUNT_SHIFT = 16

SHARING_VIOLATION = 0x8010000B
_CANCELLED = 0x80100002
_TIMEOUT = 0x8010000A
_NO_READERS = 0x8010002E

CARD_NOT_SUPPORTED = frozenset({0x8010000F, 0x80100065})
CARD_LOST = frozenset({0x8010000C, 0x80100016, 0x80100066, 0x80100067, 0x80100068, 0x80100069})
READER_LOST = frozenset({0x80100009, 0x80100017})


class PcscNotInstalled(Exception):
    """pyscard is missing: the box can only use simulated readers."""


class PcscUnavailable(Exception):
    """The smart card service (pcscd) does not run."""


class PcscError(Exception):
    """A PC/SC call failed; only the code counts, for texts mislead (domain/reliability.md 5.1)."""

    def __init__(self, call: str, code: int) -> None:
        super().__init__(f'{call}: {code:08X}')
        self.code = code


@dataclass(frozen=True, slots=True)
class ReaderStatus:
    """What the service says about a reader: `count` rises with each card put on and taken off (pcsc-lite)."""

    raw: int
    count: int
    present: bool
    mute: bool
    lost: bool


_LOST = ReaderStatus(0, 0, present=False, mute=False, lost=True)


class PcscCard:
    """A connection to the card in a reader."""

    def __init__(self, scard: ModuleType, handle: Any, protocol: int) -> None:
        self._scard = scard
        self._handle = handle
        self._protocol = scard.SCARD_PCI_T0 if protocol == scard.SCARD_PROTOCOL_T0 else scard.SCARD_PCI_T1

    def atr(self) -> bytes:
        """The answer to reset; raises `PcscError`."""
        code, _, _, _, atr = self._scard.SCardStatus(self._handle)
        _check('SCardStatus', code)
        return bytes(atr)

    def transmit(self, command: bytes) -> bytes:
        """Send a command APDU; blocks as long as the card pleases. Raises `PcscError`."""
        code, response = self._scard.SCardTransmit(self._handle, self._protocol, list(command))
        _check('SCardTransmit', code)
        return bytes(byte & 0xFF for byte in response)

    def disconnect(self) -> None:
        """Let go of the card and take its power: a verified PIN would outlive anything less."""
        self._scard.SCardDisconnect(self._handle, self._scard.SCARD_UNPOWER_CARD)


class PcscContext:
    """A session with the service, for the one thread that made it; only `cancel` may come from another."""

    def __init__(self) -> None:
        self._scard = load_scard()
        code, self._context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_USER)
        _check('SCardEstablishContext', code)

    def readers(self) -> list[str]:
        """Names of the readers plugged in; raises `PcscError`."""
        code, names = self._scard.SCardListReaders(self._context, [])
        if _unsigned(code) == _NO_READERS:
            return []
        _check('SCardListReaders', code)
        return list(names)

    def look(self, reader: str) -> ReaderStatus:
        """How a reader is now; raises `PcscError`."""
        return self.wait(reader, 0, 0.0) or _LOST

    def wait(self, reader: str, known: int, timeout: float) -> ReaderStatus | None:
        """Wait until a reader differs from the `raw` status known (0: nothing), or the set of readers does.

        Seconds; None when nothing changed in time, or `cancel` was called. Raises `PcscError`.
        """
        try:
            states = self._wait([(reader, known), (_PLUG_AND_PLAY, 0)], timeout)
        except PcscError as error:
            if error.code in READER_LOST:
                return _LOST
            raise
        return None if states is None else self._status(states[0][1])

    def wait_for_readers(self, timeout: float) -> None:
        """Wait until a reader is plugged in or out, at most so many seconds; raises `PcscError`."""
        self._wait([(_PLUG_AND_PLAY, 0)], timeout)

    def connect(self, reader: str, *, exclusive: bool) -> PcscCard:
        """Connect to the card in a reader; raises `PcscError`."""
        share = self._scard.SCARD_SHARE_EXCLUSIVE if exclusive else self._scard.SCARD_SHARE_SHARED
        protocols = self._scard.SCARD_PROTOCOL_T0 | self._scard.SCARD_PROTOCOL_T1
        code, handle, protocol = self._scard.SCardConnect(self._context, reader, share, protocols)
        _check('SCardConnect', code)
        return PcscCard(self._scard, handle, protocol)

    def take_power(self, reader: str) -> None:
        """Let the card in a reader lose its power, so that the next connection asks it for its ATR anew."""
        code, handle, _ = self._scard.SCardConnect(self._context, reader, self._scard.SCARD_SHARE_DIRECT, 0)
        if code == 0:
            self._scard.SCardDisconnect(handle, self._scard.SCARD_UNPOWER_CARD)

    def cancel(self) -> None:
        """Make a `wait` in another thread return."""
        self._scard.SCardCancel(self._context)

    def release(self) -> None:
        """End the session."""
        self._scard.SCardReleaseContext(self._context)

    def _wait(self, states: Sequence[tuple[str, int]], timeout: float) -> Sequence[tuple[str, int, Any]] | None:
        code, changed = self._scard.SCardGetStatusChange(self._context, round(timeout * 1000), list(states))
        if _unsigned(code) in (_TIMEOUT, _CANCELLED):
            return None
        _check('SCardGetStatusChange', code)
        answer: Sequence[tuple[str, int, Any]] = changed
        return answer

    def _status(self, state: int) -> ReaderStatus:
        s = self._scard
        raw = state & ~s.SCARD_STATE_CHANGED
        lost = bool(state & (s.SCARD_STATE_UNKNOWN | s.SCARD_STATE_UNAVAILABLE | s.SCARD_STATE_IGNORE))
        present = bool(state & s.SCARD_STATE_PRESENT)
        return ReaderStatus(raw, state >> _EVENT_COUNT_SHIFT, present, bool(state & s.SCARD_STATE_MUTE), lost)


def load_scard() -> ModuleType:
    """pyscard's bare PC/SC functions; raises `PcscNotInstalled`."""
    try:
        return importlib.import_module('smartcard.scard')
    except ImportError as error:
        raise PcscNotInstalled('pyscard, or libpcsclite1 under it, is not installed') from error


def list_reader_names() -> list[str]:
    """Names of the readers plugged in now; raises `PcscNotInstalled` and `PcscUnavailable`."""
    return _with_context(PcscContext.readers)


def _with_context(ask: Callable[[PcscContext], list[str]]) -> list[str]:
    try:
        context = PcscContext()
        try:
            return ask(context)
        finally:
            context.release()
    except PcscError as error:
        raise PcscUnavailable('the smart card service (pcscd) does not answer') from error


def _unsigned(code: int) -> int:
    return code & 0xFFFFFFFF


def _check(call: str, code: int) -> None:
    if code != 0:
        raise PcscError(call, _unsigned(code))
