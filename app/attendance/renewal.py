"""Linking a renewed certificate at the desk: the holder types their number, a supervisor confirms with a tap."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.attendance.flow import Flow
from app.attendance.punching import Tap
from app.attendance.screens import RenewalStep
from app.journal.line import Actor, Assurance
from app.language import _
from app.people.cards import CardLink, CardRegister, LinkRefused
from app.people.staff import StaffMember, StaffRegister
from device_drivers.cards.credential import Credential

MayConfirm = Callable[[UUID], bool]
"""Whether this member of staff may confirm a renewed card (attendance clerks and administrators)."""


def expiry_notice(link: CardLink, notice_days: int) -> str:
    """That the certificate of a card ends within so many days; empty: it does not."""
    if link.not_after is None or (link.not_after - clock.now()).days > notice_days:
        return ''
    ends = link.not_after.astimezone(clock.TOKYO)
    return _('カードの電子証明書は {month}月{day}日 に切れます').format(month=ends.month, day=ends.day)


@dataclass(frozen=True, slots=True)
class Relinked:
    """The renewed card points to its holder again; the tap that it made can be recorded."""

    person: StaffMember
    tap: Tap


@dataclass(frozen=True, slots=True)
class Renewals:
    """The steps from an unknown certificate to a linked one (domain/cards.md 2.2)."""

    cards: CardRegister
    staff: StaffRegister
    may_confirm: MayConfirm
    practice: bool = False
    """Nothing is linked."""

    async def number_typed(self, flow: Flow, number: str) -> Flow:
        """The holder of the card typed their staff number."""
        person = await self.staff.find_by_number(number.strip())
        now = clock.monotonic()
        if person is None or not person.active:
            problem = _('この職員番号は見つかりません。もう一度入れてください')
            return flow.renewal_step(RenewalStep.NUMBER, now, problem=problem)
        return flow.renewal_step(RenewalStep.SUPERVISOR, now, staff=person)

    async def supervisor_tapped(self, flow: Flow, credential: Credential) -> Flow | Relinked:
        """Somebody tapped to confirm that the holder is who they say.

        Raises:
            StorageError: nothing was linked.
        """
        renewal = flow.renewal
        if renewal is None or renewal.staff is None:
            return flow
        supervisor = await self._supervisor(credential)
        if supervisor is None or supervisor == renewal.staff.id:
            return self.not_confirmed(flow)
        if self.practice:
            return Relinked(renewal.staff, renewal.tap)
        try:
            await self.cards.relink(renewal.staff.id, renewal.credential, Actor(str(supervisor), Assurance.CARD))
        except LinkRefused:
            return flow.renewal_step(RenewalStep.FAILED, clock.monotonic())
        return Relinked(renewal.staff, renewal.tap)

    def not_confirmed(self, flow: Flow) -> Flow:
        """The card that was tapped is not one that may confirm."""
        problem = _('このカードでは確認できません。担当者のカードをタッチしてください')
        return flow.renewal_step(RenewalStep.SUPERVISOR, clock.monotonic(), problem=problem)

    async def _supervisor(self, credential: Credential) -> UUID | None:
        link = await self.cards.find(credential)
        if link is None or link.ended_at is not None:
            return None
        return link.subject if self.may_confirm(link.subject) else None
