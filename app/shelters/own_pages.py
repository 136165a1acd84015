"""What a person may see and say on their own phone: opened by the code of their wristband and their birth date."""

import hmac
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from app import clock
from app.access.limits import Delays, TooSoon
from app.journal.line import Actor, Assurance
from app.shelters.birth_dates import NoBirthDate, read_birth_date
from app.shelters.details import Consent
from app.shelters.evacuees import EvacueeInfo, Evacuees
from app.shelters.households import Households
from app.shelters.leaving import Leavings
from app.shelters.places import ShelterInfo
from app.shelters.printed_codes import typed_code
from app.shelters.registry import ShelterRegister
from app.shelters.stays import StayInfo, Stays
from app.shelters.tokens import Token
from app.shelters.values import LeftFor, StayState
from app.storage.vault import Vault

KEY_LASTS = timedelta(minutes=20)


class NotOpened(Exception):
    """Code and birth date lead to nobody. It is never said which of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """What somebody sees of themselves."""

    key: str = field(repr=False)
    evacuee: EvacueeInfo
    stay: StayInfo | None
    shelter: ShelterInfo | None = field(repr=False)
    """None: registered nowhere now, or the place is nobody's business (protected)."""
    household: tuple[str, ...] = field(repr=False)
    """Numbers of the others of the household."""
    leaving: LeftFor | None
    """What they said and no desk has seen to yet."""


class OwnPages:
    """Own pages of the people of one box."""

    def __init__(
        self,
        vault: Vault,
        evacuees: Evacuees,
        stays: Stays,
        households: Households,
        register: ShelterRegister,
        leavings: Leavings,
    ) -> None:
        self._secret = vault.secret('own-page')
        self._evacuees = evacuees
        self._stays = stays
        self._households = households
        self._register = register
        self._leavings = leavings
        self._codes = Delays(free=5, longest_seconds=300)
        self._clients = Delays(free=10, longest_seconds=60)

    async def open(self, code: str, birth_date: str, client: str) -> OwnPage:
        """The page of whom the wristband belongs to.

        Raises:
            NotOpened: the code is unknown, the birth date is another, or was never told.
            TooSoon: too many tries for this code or from this phone.
        """
        code = typed_code(code) or code
        wait = max(self._codes.wait_seconds(code), self._clients.wait_seconds(client))
        if wait > 0:
            raise TooSoon(wait)
        evacuee = await self._evacuees.by_token(Token.printed(code))
        if evacuee is None or not _knows(evacuee, birth_date):
            self._codes.failed(code)
            self._clients.failed(client)
            raise NotOpened
        self._codes.succeeded(code)
        return await self._page(evacuee, self._key(evacuee.id))

    async def whose(self, code: str) -> UUID | None:
        """Whose wristband it is; never told to whoever holds it, for whom nobody's is the same."""
        evacuee = await self._evacuees.by_token(Token.printed(typed_code(code) or code))
        return evacuee.id if evacuee else None

    async def see(self, key: str) -> OwnPage:
        """The page again, for 20 minutes after it was opened.

        Raises:
            NotOpened: the time is over, or the key is none.
        """
        evacuee = await self._evacuees.get(self._holder(key))
        if evacuee is None:
            raise NotOpened
        return await self._page(evacuee, key)

    async def declare_leaving(self, key: str, left_for: LeftFor) -> OwnPage:
        """Somebody says that they are leaving; they are there until a desk has seen to it.

        Raises:
            NotOpened: the time is over, or they stay nowhere.
            StorageError: nothing was recorded.
        """
        page = await self.see(key)
        if page.stay is None:
            raise NotOpened
        await self._leavings.declare(page.evacuee.id, page.stay, left_for, _themselves(page.evacuee))
        return await self.see(key)

    async def decide(self, key: str, consent: Consent) -> OwnPage:
        """Somebody decides which answers they allow.

        Raises:
            NotOpened: the time is over.
            StorageError: nothing was changed.
        """
        evacuee = (await self.see(key)).evacuee
        details = replace(evacuee.details, consent=consent)
        await self._evacuees.set_details(evacuee.id, details, _themselves(evacuee), assured=evacuee.assured)
        return await self.see(key)

    async def _page(self, evacuee: EvacueeInfo, key: str) -> OwnPage:
        stays = await self._stays.of(evacuee.id)
        stay = next((each for each in stays if each.state is not StayState.LEFT), None)
        is_told = stay is not None and not evacuee.details.protected
        return OwnPage(
            key=key,
            evacuee=evacuee,
            stay=stay,
            shelter=await self._register.get(stay.shelter) if stay and is_told else None,
            household=await self._others(evacuee.id),
            leaving=await self._leavings.of(evacuee.id),
        )

    async def _others(self, evacuee: UUID) -> tuple[str, ...]:
        household = await self._households.of(evacuee)
        others = [await self._evacuees.get(each) for each in household.members if each != evacuee] if household else []
        return tuple(each.number for each in others if each is not None and not each.details.protected)

    def _key(self, evacuee: UUID) -> str:
        until = int((clock.now() + KEY_LASTS).timestamp())
        return f'{evacuee.hex}.{until}.{self._mac(evacuee.hex, until)}'

    def _holder(self, key: str) -> UUID:
        evacuee, until, mac = ([*key.split('.'), '', '', ''])[:3]
        is_number = until.isascii() and until.isdigit() and len(until) < 12
        if not is_number or not hmac.compare_digest(mac.encode(), self._mac(evacuee, int(until)).encode()):
            raise NotOpened
        if int(until) < clock.now().timestamp():
            raise NotOpened
        return UUID(evacuee)

    def _mac(self, evacuee: str, until: int) -> str:
        return hmac.new(self._secret, f'{evacuee}.{until}'.encode(), sha256).hexdigest()


def _knows(evacuee: EvacueeInfo, birth_date: str) -> bool:
    try:
        told = read_birth_date(birth_date, clock.today())
    except NoBirthDate:
        return False
    return told is not None and told == evacuee.details.birth_date


def _themselves(evacuee: EvacueeInfo) -> Actor:
    return Actor(str(evacuee.id), Assurance.DEVICE)
