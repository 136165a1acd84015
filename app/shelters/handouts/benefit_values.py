"""Applications for benefits as values, and how what tells where money goes is sealed."""

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.handouts.models import Benefit
from app.storage.vault import RecordClass, Vault

ACCOUNT_DIGITS = 7
LONGEST_TEXT = 100


class BenefitState(StrEnum):
    """How far an application has come."""

    APPLIED = 'applied'
    APPROVED = 'approved'
    DECLINED = 'declined'
    EXPORTED = 'exported'
    """Handed on for payment."""


class BenefitProblem(StrEnum):
    """Why an application was not taken, or not decided."""

    NO_BENEFIT = 'no_benefit'
    NO_PERSON = 'no_person'
    ACCOUNT = 'account'
    STATE = 'state'
    SAME_PERSON = 'same_person'
    """Who took the application does not approve it."""
    NO_EVIDENCE = 'no_evidence'
    SECOND_CLAIM = 'second_claim'
    """There is another application; approve it only with a reason."""
    NO_REASON = 'no_reason'


class BenefitRefused(Exception):
    """Nothing was changed."""

    def __init__(self, problem: BenefitProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Where the money goes; all empty: it is paid at a counter."""

    bank: str = ''
    branch: str = ''
    account_kind: str = ''
    number: str = ''
    holder: str = ''
    """名義, in katakana."""
    remarks: str = ''

    @property
    def is_account(self) -> bool:
        """Whether there is an account."""
        return any((self.bank, self.branch, self.number, self.holder))

    def check(self) -> None:
        """Refuse an account that no bank can pay to.

        Raises:
            BenefitRefused: a part is missing, too long, or the number is not of up to seven digits.
        """
        texts = asdict(self).values()
        has_all = all((self.bank.strip(), self.branch.strip(), self.holder.strip()))
        is_number = self.number.isascii() and self.number.isdigit() and len(self.number) <= ACCOUNT_DIGITS
        if any(len(text) > LONGEST_TEXT for text in texts) or (self.is_account and not (has_all and is_number)):
            raise BenefitRefused(BenefitProblem.ACCOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Somebody applies at a shelter."""

    item: UUID
    evacuee: UUID
    shelter: UUID
    payee: Payee = field(default_factory=Payee, repr=False)
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitInfo:
    """An application as it stands; `amount` in yen."""

    id: UUID
    item: UUID
    evacuee: UUID
    household: UUID | None
    shelter: UUID
    amount: int
    state: BenefitState
    payee: Payee = field(repr=False)
    applied_at: datetime
    applied_by: str
    decided_at: datetime | None
    decided_by: str
    batch: UUID | None
    practice: bool


def seal_payee(vault: Vault, benefit: UUID, evacuee: UUID, payee: Payee) -> bytes:
    """Encrypt with the person's key."""
    return vault.seal((evacuee, RecordClass.SHELTER), f'benefit.payee.{benefit}', payee_text(payee))


def payee_text(payee: Payee) -> str:
    """As JSON."""
    return json.dumps(asdict(payee), ensure_ascii=False)


def benefit_info(vault: Vault, row: Benefit) -> BenefitInfo:
    """A row as a value; where the key was thrown away nobody knows the account."""
    text = vault.open((row.evacuee, RecordClass.SHELTER), f'benefit.payee.{row.id}', row.payee)
    known = {each.name for each in fields(Payee)}
    told = {name: value for name, value in json.loads(text or '{}').items() if name in known}
    return BenefitInfo(
        id=row.id,
        item=row.item,
        evacuee=row.evacuee,
        household=row.household,
        shelter=row.shelter,
        amount=row.amount,
        state=BenefitState(row.state),
        payee=Payee(**told),
        applied_at=row.applied_at,
        applied_by=row.applied_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        batch=row.batch,
        practice=row.practice,
    )
