"""Type B cards that are not ours: driver licence, residence card."""

import secrets
from dataclasses import dataclass, field

from tests.virtual_card.apdu import StatusWord, answer
from tests.virtual_card.card import contactless_atr
from tests.virtual_card.felica import memory_card_answer


@dataclass(slots=True)
class DriverLicenceCard:
    """Type B like the My Number Card, with other applications: SELECT JPKI answers 6A82."""

    pupi: bytes = field(default_factory=lambda: secrets.token_bytes(4))

    @property
    def atr(self) -> bytes:
        """Built from the ATQB, as for every Type B card."""
        return contactless_atr(bytes.fromhex('00000000B3717100'))

    def power_on(self) -> None:
        """The PUPI is random at each activation."""
        self.pupi = secrets.token_bytes(4)

    def power_off(self) -> None:
        """Nothing is kept."""

    def reset(self) -> None:
        """Nothing is kept."""

    def transmit(self, command: bytes) -> bytes:
        """The MF can be selected, nothing that a My Number Card has."""
        if command[:2] == b'\xff\xca':
            return memory_card_answer(command, self.pupi)
        if command[:4] == b'\x00\xa4\x00\x00':
            return answer(StatusWord.SUCCESS)
        if command[1:2] == b'\xa4':
            return answer(StatusWord.NOT_FOUND)
        return answer(StatusWord.UNKNOWN_INSTRUCTION)
