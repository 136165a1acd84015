"""The first administrator of a box that has none."""

import hmac

from app.access.accounts import Accounts
from app.access.limits import Delays, TooSoon
from app.access.passwords import refuse_weak
from app.access.principals import Role
from app.access.secrets import new_code, read_code, token_hash
from app.journal.line import Actor, Assurance
from app.journal.security_log import SecurityLog
from app.people.staff import StaffEntry, StaffRegister

SETUP_REFUSED = 'access.setup_refused'
ACTOR = Actor('setup', Assurance.SETUP_CODE)


class SetupRefused(Exception):
    """The code is wrong, or the box has an administrator already."""


class Setup:
    """A one-time code, printed where the box is started, makes the first administrator; only its hash is kept."""

    def __init__(self, accounts: Accounts, staff: StaffRegister, security_log: SecurityLog) -> None:
        self._accounts = accounts
        self._staff = staff
        self._security_log = security_log
        self._code_hash = ''
        self._delays = Delays(free=5, longest_seconds=30)

    @property
    def is_open(self) -> bool:
        """Whether a code is waiting to be used."""
        return bool(self._code_hash) and not self._accounts.has_administrator()

    def new_code(self) -> str | None:
        """A new code, to be printed; None: there is an administrator. An older code ends."""
        if self._accounts.has_administrator():
            return None
        code = new_code()
        self._code_hash = token_hash(code)
        return code

    async def create_administrator(self, code: str, entry: StaffEntry, password: str, address: str) -> None:
        """Create the first administrator, and the member of staff if they were not imported yet. The code ends.

        Raises:
            SetupRefused: the code is wrong or used.
            TooSoon: after too many wrong codes.
            PasswordRefused: the password is too weak; the code stays good.
        """
        self._check(code, address)
        refuse_weak(password, entry.number)
        code_hash, self._code_hash = self._code_hash, ''
        try:
            if await self._staff.find_by_number(entry.number) is None:
                await self._staff.create(entry, ACTOR)
            await self._accounts.create(entry.number, {Role.ADMINISTRATOR}, ACTOR, password=password)
        except BaseException:
            self._code_hash = code_hash
            raise

    def _check(self, code: str, address: str) -> None:
        wait = self._delays.wait_seconds(address)
        if wait > 0:
            self._security_log.refused(SETUP_REFUSED, address, 'too soon')
            raise TooSoon(wait)
        if not self.is_open or not hmac.compare_digest(token_hash(read_code(code)), self._code_hash):
            self._delays.failed(address)
            self._security_log.refused(SETUP_REFUSED, address, 'wrong code')
            raise SetupRefused
