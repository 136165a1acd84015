"""The files, PINs and keys of one card application, and the card that answers commands about them."""

import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.virtual_card.apdu import CommandApdu, StatusWord, answer, parse_command
from tests.virtual_card.signing import sign


@dataclass(slots=True)
class Pin:
    """A PIN file; `code` None means that nothing opens it."""

    code: bytes | None = field(repr=False)
    limit: int
    tries_left: int
    verified: bool = False

    def verify(self, candidate: bytes) -> StatusWord | int:
        """9000, 63Cx with the tries left, or 6984 once blocked (domain/cards.md 1.3)."""
        if self.tries_left == 0:
            return StatusWord.REFERENCE_DATA_NOT_USABLE
        self.verified = self.code is not None and secrets.compare_digest(candidate, self.code)
        self.tries_left = self.limit if self.verified else self.tries_left - 1
        return StatusWord.SUCCESS if self.verified else self.counter

    @property
    def counter(self) -> int:
        """63Cx: x tries left."""
        return 0x63C0 | self.tries_left


@dataclass(frozen=True, slots=True)
class ElementaryFile:
    """A transparent file; any one of the PIN files in `opened_by` opens it, none named means free."""

    content: bytes = field(repr=False)
    opened_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key file and the PIN file that opens it."""

    private_key: rsa.RSAPrivateKey = field(repr=False)
    opened_by: int


@dataclass(slots=True)
class Application:
    """A dedicated file with its content by file identifier."""

    aid: bytes
    files: dict[int, ElementaryFile] = field(default_factory=dict)
    pins: dict[int, Pin] = field(default_factory=dict)
    keys: dict[int, SigningKey] = field(default_factory=dict)

    def has(self, file: int) -> bool:
        """True when a file of any kind has this identifier."""
        return file in self.files or file in self.pins or file in self.keys

    def is_open(self, pins: tuple[int, ...]) -> bool:
        """True when one of these PINs was verified, or none is needed."""
        return not pins or any(self.pins[pin].verified for pin in pins)

    def forget_verified(self) -> None:
        """Security status back to nothing."""
        for pin in self.pins.values():
            pin.verified = False


class ApplicationCard:
    """Answers SELECT, READ BINARY, VERIFY, GET CHALLENGE and PERFORM SECURITY OPERATION over its applications.

    `reselect_clears_verify` settles a question that public sources leave open: whether selecting the application
    again forgets a verified PIN (domain/cards.md 1.3).
    """

    def __init__(self, applications: list[Application], *, reselect_clears_verify: bool) -> None:
        self.applications = applications
        self.reselect_clears_verify = reselect_clears_verify
        self._application: Application | None = None
        self._file: int | None = None

    def power_cycle(self) -> None:
        """Forget the selection and every verified PIN."""
        self.reset()
        for application in self.applications:
            application.forget_verified()

    def reset(self) -> None:
        """Forget the selection; verified PINs stay."""
        self._application = self._file = None

    def transmit(self, raw: bytes) -> bytes:
        """The response to one command."""
        try:
            command = parse_command(raw)
        except ValueError:
            return answer(StatusWord.WRONG_LENGTH)
        match command.cla, command.ins:
            case 0x00, 0xA4:
                return answer(self._select(command))
            case 0x00, 0xB0:
                return self._read_binary(command)
            case 0x00, 0x20:
                return answer(self._verify(command))
            case 0x00, 0x84:
                return self._challenge(command)
            case 0x80, 0x2A:
                return self._sign(command)
            case 0x00 | 0x80, _:
                return answer(StatusWord.UNKNOWN_INSTRUCTION)
        return answer(StatusWord.UNKNOWN_CLASS)

    def _select(self, command: CommandApdu) -> StatusWord:
        if command.parameters == (0x04, 0x0C):
            return self._select_application(command.data)
        if command.parameters == (0x02, 0x0C) and len(command.data) == 2:
            return self._select_file(int.from_bytes(command.data, 'big'))
        return StatusWord.WRONG_PARAMETERS

    def _select_application(self, name: bytes) -> StatusWord:
        found = next((each for each in self.applications if name and each.aid.startswith(name)), None)
        if found is None:
            return StatusWord.NOT_FOUND
        if self.reselect_clears_verify:
            found.forget_verified()
        self._application, self._file = found, None
        return StatusWord.SUCCESS

    def _select_file(self, file: int) -> StatusWord:
        if self._application is None or not self._application.has(file):
            return StatusWord.NOT_FOUND
        self._file = file
        return StatusWord.SUCCESS

    def _read_binary(self, command: CommandApdu) -> bytes:
        if command.expected is None:
            return answer(StatusWord.WRONG_LENGTH)
        offset = command.p2 if command.p1 & 0x80 else command.p1 << 8 | command.p2
        if command.p1 & 0x80 and self._select_file(command.p1 & 0x1F) is not StatusWord.SUCCESS:
            return answer(StatusWord.NOT_FOUND)
        if self._application is None or self._file is None:
            return answer(StatusWord.CONDITIONS_NOT_SATISFIED)
        file = self._application.files.get(self._file)
        if file is None:
            return answer(StatusWord.WRONG_FILE_STRUCTURE)
        if not self._application.is_open(file.opened_by):
            return answer(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        if offset >= len(file.content):
            return answer(StatusWord.OFFSET_PAST_THE_END)
        return answer(StatusWord.SUCCESS, file.content[offset : offset + command.expected])

    def _verify(self, command: CommandApdu) -> int:
        if self._application is None:
            return StatusWord.CONDITIONS_NOT_SATISFIED
        if command.p1 != 0 or not command.p2 & 0x80:
            return StatusWord.WRONG_PARAMETERS
        pin = self._application.pins.get(command.p2 & 0x1F or self._file or 0)
        if pin is None:
            return StatusWord.NOT_FOUND
        return pin.verify(command.data) if command.data else pin.counter

    def _challenge(self, command: CommandApdu) -> bytes:
        if command.expected is None or command.expected > 256:
            return answer(StatusWord.WRONG_LENGTH)
        return answer(StatusWord.SUCCESS, secrets.token_bytes(command.expected))

    def _sign(self, command: CommandApdu) -> bytes:
        if self._application is None:
            return answer(StatusWord.CONDITIONS_NOT_SATISFIED)
        key = self._application.keys.get(command.p2 & 0x1F or self._file or 0)
        if key is None:
            return answer(StatusWord.CONDITIONS_NOT_SATISFIED)
        if not self._application.is_open((key.opened_by,)):
            return answer(StatusWord.SECURITY_STATUS_NOT_SATISFIED)
        return sign(key.private_key, command.p1, command.data)
