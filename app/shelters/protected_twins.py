"""Protection belongs to the human being: a second record of the same name and birth date is hidden like the first."""

from dataclasses import replace
from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.language import _
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Evacuees
from app.shelters.known_people import Known, known
from app.shelters.protection import PROTECTION
from app.shelters.search import PeopleSearch
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass


class ProtectedTwins:
    """Compares whoever is named with those who are there; a person may lift it again, record by record."""

    def __init__(self, journal: Journal, search: PeopleSearch, evacuees: Evacuees) -> None:
        self._journal = journal
        self._search = search
        self._evacuees = evacuees

    async def shared(self, details: PersonDetails, *, practice: bool, besides: UUID | None = None) -> PersonDetails:
        """The details as they are to be kept: protected, if somebody alike is; `besides` is whose they are.

        If they are protected themselves, records alike are hidden first, so that no power cut leaves one behind.

        Raises:
            StorageError: nothing may be kept.
        """
        if not details.is_named or details.birth_date is None:
            return details
        told = known(UUID(int=0), '', details, practice=practice)
        people = await self._search.people()
        alike = [each for each in people if each.evacuee != besides and is_twin(told, each)]
        if not details.protected and not any(each.details.protected for each in alike):
            return details
        for each in alike:
            if not each.details.protected:
                await self._hide(each)
        return replace(details, protected=True)

    async def _hide(self, twin: Known) -> None:
        info = await self._evacuees.get(twin.evacuee)
        if info is None:
            return
        reason = _('氏名と生年月日が同じ方が保護されているため')
        sealed = Sealed(info.id, RecordClass.SHELTER, {'protected': 'True', 'reason': reason})
        act = Act(kind=PROTECTION, actor=Actor.system(), subjects=(info.id,), sealed=(sealed,))
        details = replace(info.details, protected=True)

        async def work(tx: Transaction) -> None:
            await self._journal.append(tx, act)
            await self._evacuees.set_details_in(tx, info.id, details, Actor.system(), info.assured, None)

        await transaction(work)


def is_twin(one: Known, other: Known) -> bool:
    """Whether two records have the same birth date, and the same name or reading."""
    if one.practice != other.practice or one.birth_date is None or one.birth_date != other.birth_date:
        return False
    return bool(one.name and one.name == other.name) or bool(one.kana and sorted(one.kana) == sorted(other.kana))
