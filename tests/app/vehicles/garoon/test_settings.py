"""Which forms of signing in to Garoon go together; others stop the start in one line that names the setting."""

from pathlib import Path

import pytest

from app.settings import SettingsError, load_settings
from app.vehicles.garoon_access import access_of

OAUTH = {'oauth_client_id': 'a', 'oauth_client_secret': 'himitsu-1', 'oauth_refresh_token': 'himitsu-2'}
CERTIFICATE = {'client_certificate_file': '/etc/machibako/garoon.pfx'}


def settings_file(directory: Path, given: dict[str, str]) -> Path:
    lines = [f'{name} = "{value}"' for name, value in given.items()]
    (directory / 'machibako.toml').write_text('\n'.join(['[garoon]', *lines]), encoding='utf-8')
    return directory


@pytest.mark.parametrize(
    ('given', 'named'),
    [
        *(({**OAUTH, name: ''}, name) for name in OAUTH),
        ({**OAUTH, 'login': 'machibako'}, 'login'),
        ({**OAUTH, 'password': 'himitsu-3'}, 'password'),
        ({**OAUTH, 'basic_login': 'gate', 'basic_password': 'himitsu-4'}, 'basic_login'),
        ({'client_certificate_password': 'himitsu-5'}, 'client_certificate_file'),
        ({**CERTIFICATE, 'base_url': 'http://intra.example.lg.jp/cgi-bin/cbgrn/grn.cgi'}, 'client_certificate_file'),
    ],
)
def test_what_does_not_go_together_stops_the_start(tmp_path: Path, given: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings(settings_file(tmp_path, given))
    told = str(refused.value)
    assert told.startswith('garoon: ')
    assert named in told
    assert 'himitsu' not in told
    assert '\n' not in told


def test_what_goes_together_reaches_the_connection(tmp_path: Path) -> None:
    given = {'base_url': 'https://example.s.cybozu.com/g', **OAUTH, **CERTIFICATE, 'client_certificate_password': 'x'}
    access = access_of(load_settings(settings_file(tmp_path, given)).garoon)
    assert access.oauth is not None
    assert access.oauth.refresh_token == 'himitsu-2'
    assert access.client_certificate is not None
    assert (str(access.client_certificate.file), access.client_certificate.password) == (
        CERTIFICATE['client_certificate_file'],
        'x',
    )
    assert access.headers() == {}
    assert 'himitsu' not in repr(access)
