"""The cookies of the box. Scripts cannot read them, and other sites cannot send them."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.responses import Response

TABLET_SECONDS = 400 * 24 * 3600
"""As long as browsers keep a cookie at most; every visit of the kiosk page begins it anew."""

RESIDENT_SECONDS = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Cookies:
    """Names and attributes of the cookies; over HTTPS they are bound to this host (`__Host-`)."""

    secure: bool

    @property
    def session(self) -> str:
        """Name of the cookie of signed-in staff."""
        return self._name('machibako_session')

    @property
    def desk(self) -> str:
        """Name of the cookie of an enrolled tablet."""
        return self._name('machibako_desk')

    def keep_session(self, response: Response, token: str) -> None:
        """Let the browser hold a session until it is closed; the box ends it sooner."""
        self._set(response, self.session, token, None)

    def keep_desk(self, response: Response, token: str) -> None:
        """Let the browser be a tablet."""
        self._set(response, self.desk, token, TABLET_SECONDS)

    @property
    def residents(self) -> str:
        """Name of the cookie of residents who open a shelter."""
        return self._name('machibako_residents')

    def keep_residents(self, response: Response, token: str) -> None:
        """Let the browser go on with the opening of a shelter, until staff take over."""
        self._set(response, self.residents, token, RESIDENT_SECONDS)

    def drop_session(self, response: Response) -> None:
        """Let the browser forget its session."""
        self._set(response, self.session, '', 0)

    def _name(self, base: str) -> str:
        return f'__Host-{base}' if self.secure else base

    def _set(self, response: Response, name: str, value: str, max_age: int | None) -> None:
        response.set_cookie(
            name, value, max_age=max_age, path='/', secure=self.secure, httponly=True, samesite='strict'
        )


def read_cookies(header: str) -> dict[str, str]:
    """The cookies of a request header; one that cannot be read counts as none."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
