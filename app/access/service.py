"""Everything about access, put together."""

from uuid import UUID

from app.access.account_list import AccountList
from app.access.accounts import Accounts
from app.access.api_tokens import ApiTokens
from app.access.enrolment import Enrolment
from app.access.models import Account
from app.access.passwords import Passwords
from app.access.principals import DeskPrincipal, Principal, StaffPrincipal
from app.access.sessions import Sessions
from app.access.setup import Setup
from app.access.sign_in import SignIn, principal_of
from app.journal.journal import Journal
from app.journal.security_log import SecurityLog
from app.people.staff import StaffRegister
from app.storage.vault import Vault


class Access:
    """Who may do what on this box. `load` first; then call `sweep` every few seconds."""

    def __init__(self, vault: Vault, journal: Journal, security_log: SecurityLog, staff: StaffRegister) -> None:
        self._staff = staff
        self.security_log = security_log
        self.passwords = Passwords()
        self.sessions = Sessions()
        self.account_list = AccountList(staff)
        self.accounts = Accounts(journal, staff, self.passwords, self.sessions)
        self.sign_in = SignIn(journal, security_log, staff, self.passwords, self.sessions)
        self.setup = Setup(self.accounts, staff, security_log)
        self.enrolment = Enrolment(vault, journal, security_log)
        self.api_tokens = ApiTokens(journal)

    async def load(self) -> None:
        """Read accounts, sessions, tablets and tokens into memory."""
        await self.accounts.load()
        await self.enrolment.load()
        await self.api_tokens.load()
        rows = {row.id: row for row in await Account.filter(disabled=False)}
        people = await self._staff.get_many(row.staff for row in rows.values())

        def describe(account: UUID, session: UUID) -> StaffPrincipal | None:
            row = rows.get(account)
            member = people.get(row.staff) if row else None
            return principal_of(row, member, session) if row and member and member.active else None

        await self.sessions.load(describe)

    async def sweep(self) -> None:
        """End sessions that are over; call every few seconds."""
        await self.sessions.sweep()

    def is_live(self, principal: Principal) -> bool:
        """Whether the session or the tablet still counts; programs and nobody have neither."""
        if isinstance(principal, StaffPrincipal):
            return self.sessions.is_live(principal.session)
        if isinstance(principal, DeskPrincipal):
            return self.enrolment.is_live(principal.token)
        return True

    def close(self) -> None:
        """End the threads."""
        self.passwords.close()
