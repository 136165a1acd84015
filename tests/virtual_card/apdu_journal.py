"""The record of what was said to a card: the tests' proof that the individual number is never touched."""

from dataclasses import dataclass, field

from tests.virtual_card.apdu import CommandApdu, parse_command

JPKI_APPLICATION = bytes.fromhex('D392F000260100000001')
TEXT_APPLICATION = bytes.fromhex('D3921000310001010408')
VISUAL_APPLICATION = bytes.fromhex('D3921000310001010402')

_SELECT, _VERIFY, _CHANGE_PIN, _READ_BINARY, _SIGN = 0xA4, 0x20, 0x24, 0xB0, 0x2A
_INDIVIDUAL_NUMBER_FILES = {TEXT_APPLICATION: {0x0001, 0x0014}, VISUAL_APPLICATION: {0x0005, 0x0013}}


@dataclass(frozen=True, slots=True)
class SelectedFile:
    """A file that a command reached for, by SELECT or by short identifier, whatever the card answered."""

    application: bytes
    file: int

    @property
    def holds_the_individual_number(self) -> bool:
        """True for the files that are, or are opened by, the individual number (domain/cards.md 0.3).

        JICSAP lets a SELECT name an application by a prefix of its AID: a prefix counts as every match.
        """
        return any(
            self.file in files and application.startswith(self.application)
            for application, files in _INDIVIDUAL_NUMBER_FILES.items()
        )


@dataclass(frozen=True, slots=True)
class Exchange:
    """One command and its response (None: the card never answered); repr hides PINs."""

    command: bytes = field(repr=False)
    response: bytes | None = field(repr=False)
    application: bytes = field(repr=False)

    @property
    def masked_command(self) -> str:
        """The command in hex, the body of VERIFY and CHANGE REFERENCE DATA as asterisks."""
        if self.command[1:2] in (bytes([_VERIFY]), bytes([_CHANGE_PIN])):
            return self.command[:5].hex(' ') + ' **' * len(self.command[5:])
        return self.command.hex(' ')

    @property
    def status(self) -> int | None:
        """SW1 SW2, None when there is none."""
        if self.response is None or len(self.response) < 2:
            return None
        return int.from_bytes(self.response[-2:], 'big')

    def __repr__(self) -> str:
        answered = 'no answer' if self.status is None else f'{self.status:04X}'
        return f'<{self.masked_command} -> {answered}>'


@dataclass(slots=True)
class ApduJournal:
    """All exchanges of one reader, oldest first."""

    exchanges: list[Exchange] = field(default_factory=list)
    _application: bytes = b''

    def record(self, command: bytes, response: bytes | None) -> None:
        """Append one exchange."""
        named = _application_named_by(command)
        if named is not None and (response is None or response[-2:] == b'\x90\x00'):
            self._application = named
        self.exchanges.append(Exchange(command, response, self._application))

    def card_powered(self) -> None:
        """The card lost its selection."""
        self._application = b''

    def clear(self) -> None:
        """Forget everything, for the next test."""
        self.exchanges.clear()

    def commands(self) -> tuple[bytes, ...]:
        """The raw commands, PIN bodies included."""
        return tuple(exchange.command for exchange in self.exchanges)

    def selected_files(self) -> tuple[SelectedFile, ...]:
        """Every file that any command reached for, in order."""
        reached = ((exchange, _file_reached_for(exchange.command)) for exchange in self.exchanges)
        return tuple(SelectedFile(exchange.application, file) for exchange, file in reached if file is not None)

    def files_with_the_individual_number(self) -> tuple[SelectedFile, ...]:
        """Those of the selected files that must never be there."""
        return tuple(selected for selected in self.selected_files() if selected.holds_the_individual_number)

    def verify_bodies(self) -> tuple[bytes, ...]:
        """Each PIN that was sent: what a test looks for in logs, database and screens."""
        return tuple(pin for pin in map(_pin_in, self.commands()) if pin)


def _pin_in(command: bytes) -> bytes:
    parsed = _parsed(command)
    return parsed.data if parsed and parsed.ins in (_VERIFY, _CHANGE_PIN) else b''


def _application_named_by(command: bytes) -> bytes | None:
    parsed = _parsed(command)
    return parsed.data if parsed and (parsed.ins, parsed.p1) == (_SELECT, 0x04) else None


def _file_reached_for(command: bytes) -> int | None:
    parsed = _parsed(command)
    if parsed is None:
        return None
    if parsed.ins == _SELECT and parsed.p1 in (0x00, 0x02) and len(parsed.data) == 2:
        return int.from_bytes(parsed.data, 'big')
    if parsed.ins == _READ_BINARY and parsed.p1 & 0x80:
        return parsed.p1 & 0x1F
    if parsed.ins in (_VERIFY, _CHANGE_PIN, _SIGN) and parsed.p2 & 0x9F > 0x80:
        return parsed.p2 & 0x1F
    return None


def _parsed(command: bytes) -> CommandApdu | None:
    try:
        return parse_command(command)
    except ValueError:
        return None
