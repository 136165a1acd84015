"""What can go wrong between the box and Garoon; no message holds a login or a password."""


class GaroonError(Exception):
    """Garoon did not do what was asked; known reservations stay as they are."""

    def __init__(self, message: str, code: str = '') -> None:
        super().__init__(f'{code}: {message}' if code else message)
        self.code = code
        """Garoon's own error code, such as `GRN_SCHD_13001`; empty where it gave none."""


class BadAddress(GaroonError):
    """The setting `base_url` names no Garoon; the message says how it is written."""


class BadCertificate(GaroonError):
    """The file of the client certificate cannot be read, or its password is wrong."""


class Unauthorized(GaroonError):
    """Login or password are wrong, or the user signs in with two factors, which the interface does not know; with
    OAuth, client or refresh token are not taken.
    """


class Forbidden(GaroonError):
    """The user may not see this, such as a facility without 閲覧権限."""


class NotFound(GaroonError):
    """There is no such event, facility group or stored value."""


class Rejected(GaroonError):
    """Garoon refused the request itself."""


class TooManyRequests(GaroonError):
    """Garoon asks to wait."""

    def __init__(self, message: str, retry_after: float | None = None, code: str = '') -> None:
        super().__init__(message, code)
        self.retry_after = retry_after
        """Seconds to wait; None where Garoon did not say."""


class ServerFault(GaroonError):
    """Garoon failed inside (HTTP 5xx)."""


class BadAnswer(GaroonError):
    """What came is cut off, no JSON, or not what the interface documents."""


class Unreachable(GaroonError):
    """No connection, no answer in time, or a certificate that is not trusted."""
