"""How Garoon is reached, from the settings."""

from app.garoon_settings import GaroonSettings
from app.vehicles.garoon.certificates import ClientCertificate
from app.vehicles.garoon.client import BasicAuth, GaroonAccess
from app.vehicles.garoon.oauth import OAuthClient


def access_of(settings: GaroonSettings) -> GaroonAccess:
    """How Garoon is reached, from the settings."""
    basic = BasicAuth(login=settings.basic_login, password=settings.basic_password.get_secret_value())
    return GaroonAccess(
        base_url=settings.base_url,
        login=settings.login,
        password=settings.password.get_secret_value(),
        oauth=_oauth_of(settings),
        client_certificate=_certificate_of(settings),
        facility_group_id=settings.facility_group_id,
        basic_auth=basic if settings.basic_login else None,
        verify=str(settings.certificates_file) if settings.certificates_file else True,
        proxy=settings.proxy.get_secret_value(),
    )


def _oauth_of(settings: GaroonSettings) -> OAuthClient | None:
    if not settings.oauth_client_id:
        return None
    return OAuthClient(
        client_id=settings.oauth_client_id,
        client_secret=settings.oauth_client_secret.get_secret_value(),
        refresh_token=settings.oauth_refresh_token.get_secret_value(),
    )


def _certificate_of(settings: GaroonSettings) -> ClientCertificate | None:
    if settings.client_certificate_file is None:
        return None
    password = settings.client_certificate_password.get_secret_value()
    return ClientCertificate(file=settings.client_certificate_file, password=password)
