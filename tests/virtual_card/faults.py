"""What can go wrong between a reader and a card, counted in APDUs since the card was put down."""

from dataclasses import dataclass, field

from tests.virtual_card.card import Card

LARGEST_REPLY = bytes(0xFFFF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Faults of one touch; the first APDU after the card was put down has number 1."""

    latency: float = 0.0
    """Seconds that every answer takes longer."""
    leave_after: int | None = None
    """So many APDUs are answered, then the card is lifted while the next one runs."""
    mute_at: int | None = None
    """This APDU is never answered."""
    first_command_fails: bool = False
    """The first command after each power-up is answered 6F00 (domain/cards.md 1.3)."""
    first_reset_fails: bool = False
    """Its answer to reset is garbled until it is powered a second time, as when a card is put down askew."""
    replies: dict[int, bytes] = field(default_factory=dict)
    """APDU number to the bytes answered instead; an empty reply makes vpcd drop the card."""
    swap_before: tuple[int, Card] | None = None
    """Before this APDU another card lies there, and no removal was seen."""

    def __post_init__(self) -> None:
        if any(len(reply) > len(LARGEST_REPLY) for reply in self.replies.values()):
            raise ValueError(f'vpcd carries replies of at most {len(LARGEST_REPLY)} bytes')
