"""The wire between an emulated card and vpcd, the virtual reader (domain/cards.md 3.1)."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.virtual_card.apdu import StatusWord, answer
from tests.virtual_card.apdu_journal import ApduJournal
from tests.virtual_card.card import Card
from tests.virtual_card.faults import Faults
from tests.virtual_card.framing import receive_message, send_message

Connect = Callable[[], socket.socket]

_POWER_OFF, _POWER_ON, _RESET, _GET_ATR = 0x00, 0x01, 0x02, 0x04
_GARBLED_ATR = b'\x3b'
_SECOND_TIME = 2
_RETRY_SECONDS = 0.02
_CONNECT_SECONDS = 5.0
_EMPTY_SECONDS = 0.5
_UNPOWERED_LOOKS = 4
_ANNOUNCEMENT_SECONDS = 5.0


@dataclass(slots=True)
class _Touch:
    card: Card
    faults: Faults
    gone: threading.Event = field(default_factory=threading.Event)
    noticed: threading.Event = field(default_factory=threading.Event)
    count: int = 0
    looks: int = 0
    power_ups: int = 0
    just_powered: bool = False
    connection: socket.socket | None = None


class VpcdLink:
    """Puts cards on one slot of vpcd and takes them off.

    Connects to `host`:`port`, or through `connect` where vpcd cannot be reached directly, as soon as a card is put
    down, and again when pcscd comes back while the card still lies there. `insertions` counts the cards that pcscd has
    announced to its clients so far, and `seen_empty` tells whether it has seen the last one go, where that is known.
    """

    def __init__(
        self,
        port: int = 35963,
        *,
        host: str = '127.0.0.1',
        connect: Connect | None = None,
        journal: ApduJournal | None = None,
        insertions: Callable[[], int] | None = None,
        seen_empty: Callable[[], bool] | None = None,
    ) -> None:
        self.journal = journal if journal is not None else ApduJournal()
        self._connect = connect or (lambda: socket.create_connection((host, port), timeout=_CONNECT_SECONDS))
        self._insertions = insertions
        self._seen_empty = seen_empty
        self._touch: _Touch | None = None
        self._thread: threading.Thread | None = None
        self._empty_since = 0.0

    @property
    def card(self) -> Card | None:
        """The card in the field, None when there is none."""
        touch = self._touch
        return None if touch is None or touch.gone.is_set() else touch.card

    @property
    def apdu_count(self) -> int:
        """APDUs received since the card was put down."""
        return self._touch.count if self._touch else 0

    def insert(self, card: Card, *, faults: Faults | None = None, timeout: float = 10.0, wait: bool = True) -> None:
        """Put the card down and, unless `wait` is False, wait until the reader has powered it.

        Raises TimeoutError when the reader does not notice it within `timeout` seconds.
        """
        self.remove()
        announced = self._insertions() if self._insertions else 0
        touch = _Touch(card, faults or Faults())
        self._touch = touch
        self._thread = threading.Thread(target=self._run, args=(touch,), name='virtual card', daemon=True)
        self._thread.start()
        if not wait:
            return
        if not touch.noticed.wait(timeout):
            self.remove()
            raise TimeoutError(f'the reader noticed no card within {timeout} s')
        self._wait_for_announcement(announced)

    def remove(self) -> None:
        """Lift the card; the reader sees it at its next look, at most half a second later."""
        touch, thread = self._touch, self._thread
        if touch is not None:
            _lift(touch)
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CONNECT_SECONDS)
        self._touch = self._thread = None

    def swap(self, card: Card) -> None:
        """Exchange the card so fast that the reader sees no removal; the new one has nothing selected.

        Raises ValueError when no card lies there.
        """
        if self._touch is None:
            raise ValueError('there is no card to exchange')
        self._touch.card.power_off()
        card.power_on()
        self.journal.card_powered()
        self._touch.card = card

    def wait_until_removed(self, timeout: float = 10.0) -> None:
        """Wait until a fault has taken the card off.

        Raises TimeoutError after `timeout` seconds.
        """
        if self._touch is not None and not self._touch.gone.wait(timeout):
            raise TimeoutError(f'the card still lies there after {timeout} s')

    def wait_for_apdus(self, count: int, timeout: float = 10.0) -> None:
        """Wait until the reader has sent `count` APDUs to this card.

        Raises TimeoutError after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while self.apdu_count < count:
            if time.monotonic() > deadline:
                raise TimeoutError(f'{self.apdu_count} of {count} APDUs within {timeout} s')
            time.sleep(0.005)

    def close(self) -> None:
        """Take the card off and stop."""
        self.remove()

    def _wait_for_announcement(self, before: int) -> None:
        deadline = time.monotonic() + _ANNOUNCEMENT_SECONDS
        while self._insertions and self._insertions() <= before and time.monotonic() < deadline:
            time.sleep(0.005)

    def _run(self, touch: _Touch) -> None:
        while not touch.gone.is_set():
            self._let_the_reader_see_that_it_is_empty(touch)
            connection = self._connected(touch)
            if connection is None:
                continue
            with connection:
                touch.connection = connection
                if not touch.gone.is_set():
                    self._serve(touch, connection)
            self._empty_since = time.monotonic()
        touch.card.power_off()

    def _let_the_reader_see_that_it_is_empty(self, touch: _Touch) -> None:
        # pcscd looks every 0.4 s, later on a busy machine: a card put down between two looks counts as the one before.
        if self._seen_empty is None:
            touch.gone.wait(max(0.0, self._empty_since + _EMPTY_SECONDS - time.monotonic()))
            return
        deadline = time.monotonic() + _ANNOUNCEMENT_SECONDS
        while not self._seen_empty() and time.monotonic() < deadline:
            if touch.gone.wait(_RETRY_SECONDS):
                return

    def _connected(self, touch: _Touch) -> socket.socket | None:
        try:
            connection = self._connect()
        except OSError:
            touch.gone.wait(_RETRY_SECONDS)
            return None
        connection.settimeout(None)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _serve(self, touch: _Touch, connection: socket.socket) -> None:
        try:
            while not touch.gone.is_set():
                message = receive_message(connection)
                if message is None:
                    return
                if _is_taken_for_the_card_before(touch, message):
                    return
                reply = self._control(touch, message[0]) if len(message) == 1 else self._apdu(touch, message)
                if reply is not None:
                    send_message(connection, reply)
                if reply == b'':
                    touch.gone.set()
        except OSError:
            return

    def _control(self, touch: _Touch, code: int) -> bytes | None:
        if code == _GET_ATR:
            garbled = touch.faults.first_reset_fails and touch.power_ups < _SECOND_TIME
            return _GARBLED_ATR if garbled else touch.card.atr
        if code == _POWER_ON:
            self._power_on(touch)
        if code == _POWER_OFF:
            touch.card.power_off()
            self.journal.card_powered()
        if code == _RESET:
            touch.card.reset()
            self.journal.card_powered()
        return None

    def _power_on(self, touch: _Touch) -> None:
        touch.card.power_on()
        touch.power_ups += 1
        touch.just_powered = True
        self.journal.card_powered()
        touch.noticed.set()

    def _apdu(self, touch: _Touch, command: bytes) -> bytes | None:
        touch.count += 1
        number, faults = touch.count, touch.faults
        if faults.leave_after is not None and number > faults.leave_after:
            self.journal.record(command, None)
            touch.gone.set()
            return None
        if faults.mute_at == number:
            self.journal.record(command, None)
            touch.gone.wait()
            return None
        if faults.latency:
            touch.gone.wait(faults.latency)
        if faults.swap_before and faults.swap_before[0] == number:
            self.swap(faults.swap_before[1])
        response = self._response(touch, command, number)
        self.journal.record(command, response)
        return response

    def _response(self, touch: _Touch, command: bytes, number: int) -> bytes:
        first, touch.just_powered = touch.just_powered, False
        if number in touch.faults.replies:
            return touch.faults.replies[number]
        if first and touch.faults.first_command_fails:
            return answer(StatusWord.NO_DIAGNOSIS)
        return touch.card.transmit(command)


def _is_taken_for_the_card_before(touch: _Touch, message: bytes) -> bool:
    if touch.noticed.is_set() or message != bytes([_GET_ATR]):
        return False
    touch.looks += 1
    return touch.looks % _UNPOWERED_LOOKS == 0


def _lift(touch: _Touch) -> None:
    touch.gone.set()
    connection = touch.connection
    if connection is None:
        return
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
