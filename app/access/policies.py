"""Which path is open to whom. A path that nobody registered is closed to all."""

import re
from dataclasses import dataclass
from enum import StrEnum

from starlette.routing import compile_path

from app.access.principals import Permission

LARGEST_BODY_BYTES = 65_536


class Audience(StrEnum):
    """Whom a path is made for."""

    PUBLIC = 'public'
    STAFF = 'staff'
    DESK = 'desk'
    PROGRAM = 'program'
    SOCKET = 'socket'
    """NiceGUI's web socket: open to pages of the box itself; its events are judged one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Who may ask for a path, and how much they may send."""

    path: str
    audience: Audience
    permission: Permission | None = None
    scope: str = ''
    also_tablets: bool = False
    """An enrolled tablet may come here too, though it is no page of its desk."""
    with_start_password: bool = False
    """Staff who must change their password first may still come here."""
    is_cacheable: bool = False
    """Whether browsers may keep the answer; only files that ship with the box."""
    proves_itself: bool = False
    """What is posted here is proven by a signature or by the address itself, not by a page of the box."""
    largest_body: int = LARGEST_BODY_BYTES
    """Bytes; a longer request is answered 413."""


class Policies:
    """The table of all paths."""

    def __init__(self) -> None:
        self._table: dict[str, tuple[re.Pattern[str], Policy]] = {}

    def register(
        self,
        path: str,
        *,
        permission: Permission | None = None,
        staff: bool = False,
        desk: bool = False,
        public: bool = False,
        scope: str = '',
        with_start_password: bool = False,
    ) -> Policy:
        """Open a path, in the spelling of its route (`/enrol/{code}`), to exactly one audience.

        `permission` opens it to staff whose roles allow that, `staff` to everyone who is signed in, `scope` to programs
        whose token has it.

        Raises:
            ValueError: no audience, or more than one.
        """
        chosen = {
            Audience.STAFF: staff or permission is not None,
            Audience.DESK: desk,
            Audience.PUBLIC: public,
            Audience.PROGRAM: bool(scope),
        }
        audiences = [audience for audience, is_chosen in chosen.items() if is_chosen]
        if len(audiences) != 1:
            raise ValueError(f'{path}: exactly one audience is needed')
        policy = Policy(
            path=path,
            audience=audiences[0],
            permission=permission,
            scope=scope,
            with_start_password=with_start_password,
        )
        self.add(policy)
        return policy

    def add(self, policy: Policy) -> None:
        """Open a path with a policy that says more than `register` can; the last word counts."""
        self._table[policy.path] = (compile_path(policy.path)[0], policy)

    def add_files(self, path: str) -> None:
        """Open files that ship with the box (style sheets, scripts, sounds) to every browser."""
        self.add(Policy(path=path, audience=Audience.PUBLIC, also_tablets=True, is_cacheable=True))

    def find(self, path: str) -> Policy | None:
        """The policy of a requested path; a literal path wins over one with parameters. None: closed."""
        if path in self._table and '{' not in path:
            return self._table[path][1]
        return next((policy for pattern, policy in self._table.values() if pattern.match(path)), None)

    def of_route(self, route: str) -> Policy | None:
        """The policy that was registered in the spelling of this route."""
        entry = self._table.get(route)
        return entry[1] if entry else None


policies = Policies()
