"""Status reports of a box: what is due, and drafts at the set times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.journal.journal import Journal
from app.journal.line import Actor
from app.shelter_settings import ShelterSettings
from app.shelters.handouts.requests import SupplyRequests
from app.shelters.needs.care import care_totals
from app.shelters.needs.opening_time import opened_at
from app.shelters.needs.service import Needs
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.reports.book import ReportBook
from app.shelters.reports.drafting import Live, draft_figures
from app.shelters.reports.schedule import next_due
from app.shelters.reports.values import Report, ReportState
from app.shelters.values import RECEIVING
from app.storage.vault import Vault

LEAD = timedelta(minutes=5)
"""So long before a report is due, it is drafted."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next report of a shelter that is open."""

    shelter: ShelterInfo
    at: datetime
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Drafts and finds the reports of the shelters of a box."""

    settings: ShelterSettings
    vault: Vault
    register: ShelterRegister
    needs: Needs
    requests: SupplyRequests
    book: ReportBook

    async def draft(self, shelter: ShelterInfo, actor: Actor) -> Report:
        """Draft the next report from what is known now."""
        figures = draft_figures(await self.live(shelter))
        return await self.book.draft(shelter.id, figures, actor, practice=shelter.practice)

    async def live(self, shelter: ShelterInfo) -> Live:
        """Everything that a draft is made of."""
        practice, health = shelter.practice, self.needs.health
        is_looked_after = await health.has_any(shelter.id, practice=practice)
        return Live(
            state=shelter.state,
            strip=await self.needs.strip(shelter),
            care=await care_totals(self.vault, self.needs.reading, shelter.id, practice=practice),
            cases=await health.open(shelter.id, practice=practice) if is_looked_after else None,
            requests=len(await self.requests.open(shelter.id, practice=practice)),
        )

    async def due(self, shelter: ShelterInfo) -> Due | None:
        """When the next report is to be signed; None for a shelter that is not open."""
        opened = await opened_at(self.needs.reading, shelter.id) if shelter.state in RECEIVING else None
        if opened is None:
            return None
        last = await self.book.last_signed(shelter.id, practice=shelter.practice)
        told = last.drafted_at if last else None
        first, times = self.settings.report_minutes, self.settings.report_times
        at = next_due(opened, told, first_minutes=first, times=times)
        return None if at is None else Due(shelter, at, is_first=told is None or told < opened)

    async def waiting(self) -> Sequence[Due]:
        """Reports to attend to: the first ones from the opening on, later ones once they are due."""
        open_now = [shelter for shelter in await self.register.all() if shelter.state in RECEIVING]
        found = [await self.due(shelter) for shelter in open_now]
        now = clock.now()
        return sorted((due for due in found if due and (due.is_first or due.at <= now)), key=lambda due: due.at)

    async def draft_due(self) -> None:
        """Draft what is due soon and was not drafted since; a person still has to sign it."""
        for shelter in await self.register.all():
            due = await self.due(shelter)
            if due is not None and due.at - LEAD <= clock.now() and not await self._is_drafted(due):
                await self.draft(shelter, Actor.system())

    async def _is_drafted(self, due: Due) -> bool:
        newest = await self.book.of(due.shelter.id, practice=due.shelter.practice, limit=1)
        return bool(newest) and newest[0].state is ReportState.DRAFT and newest[0].drafted_at >= due.at - LEAD


def build_reports(
    vault: Vault,
    journal: Journal,
    register: ShelterRegister,
    needs: Needs,
    requests: SupplyRequests,
    settings: ShelterSettings,
) -> Reports:
    """Put the parts together."""
    return Reports(
        settings=settings,
        vault=vault,
        register=register,
        needs=needs,
        requests=requests,
        book=ReportBook(journal),
    )
