"""Labels and wristbands with the codes of people: who has none yet, and a new one for who lost theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.evacuees import TOKEN_BOUND
from app.shelters.models import EvacueeToken
from app.shelters.numbers import read_number
from app.shelters.people_list import PersonRow
from app.shelters.tokens import PRINTED, Token, Tokens
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass

TOKEN_ENDED = 'shelters.token_ended'  # noqa: S105 - a kind of line


class WrongRange(Exception):
    """One of the two ends is no number of a person."""


@dataclass(frozen=True, slots=True)
class NumberRange:
    """From one number to another, both within; an end that is empty is open."""

    first: str = ''
    last: str = ''

    @classmethod
    def typed(cls, first: str, last: str) -> 'NumberRange':
        """As somebody typed it.

        Raises:
            WrongRange: one of the two is no number.
        """
        read = [read_number(one) if one.strip() else '' for one in (first, last)]
        if None in read:
            raise WrongRange
        return cls(read[0] or '', read[1] or '')

    def of(self, rows: Iterable[PersonRow]) -> list[PersonRow]:
        """Who is within, in the order of the numbers."""
        within = [row for row in rows if self._holds(_order(row.number))]
        return sorted(within, key=lambda row: _order(row.number))

    def _holds(self, place: tuple[str, int]) -> bool:
        return (not self.first or _order(self.first) <= place) and (not self.last or place <= _order(self.last))


class LabelPrints:
    """Gives people printed codes."""

    def __init__(self, journal: Journal, tokens: Tokens) -> None:
        self._journal = journal
        self._tokens = tokens

    async def unprinted(self, rows: Sequence[PersonRow]) -> list[PersonRow]:
        """Those who have no printed code."""
        bound = await EvacueeToken.filter(kind=PRINTED, ended_at=None).values_list('evacuee', flat=True)
        known = set(bound)
        return [row for row in rows if row.evacuee not in known]

    def new_codes(self, rows: Sequence[PersonRow]) -> list[str]:
        """A code for each of them; it leads to nobody before `bind`."""
        return [self._tokens.codes.new_code() for _row in rows]

    async def bind(self, rows: Sequence[PersonRow], codes: Sequence[str], actor: Actor, *, again: bool) -> None:
        """Let the codes lead to the people, all or none; `again` ends the printed codes that they had.

        Raises:
            StorageError: no code leads to anybody, and the old ones still do.
        """

        async def work(tx: Transaction) -> None:
            for row, code in zip(rows, codes, strict=True):
                if again:
                    await self._end(tx, row.evacuee, actor)
                token = Token.printed(code)
                await self._tokens.bind(tx, row.evacuee, token)
                await self._journal.append(tx, _act(TOKEN_BOUND, row.evacuee, token.last_four, actor))

        await transaction(work)

    async def _end(self, tx: Transaction, evacuee: UUID, actor: Actor) -> None:
        old = EvacueeToken.filter(evacuee=evacuee, kind=PRINTED, ended_at=None).using_db(tx.connection)
        for row in await old:
            await self._journal.append(tx, _act(TOKEN_ENDED, evacuee, row.last_four, actor))
        await old.update(ended_at=clock.now())


def _act(kind: str, evacuee: UUID, last_four: str, actor: Actor) -> Act:
    sealed = (Sealed(evacuee, RecordClass.SHELTER, {'last_four': last_four}),)
    return Act(kind=kind, actor=actor, subjects=(evacuee,), payload={'kind': PRINTED}, sealed=sealed)


def _order(number: str) -> tuple[str, int]:
    prefix, serial, _digit = number.rsplit('-', 2)
    return prefix, int(serial)
