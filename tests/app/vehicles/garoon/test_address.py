import pytest

from app.vehicles.garoon.address import api_root
from app.vehicles.garoon.errors import BadAddress

CLOUD = 'https://kaga.cybozu.com/g/api/v1'
LINUX = 'http://garoon.city.local/cgi-bin/cbgrn/grn.cgi/api/v1'
WINDOWS = 'http://10.0.0.5:8080/scripts/cbgrn/grn.exe/api/v1'


@pytest.mark.parametrize(
    ('written', 'root'),
    [
        ('https://kaga.cybozu.com', CLOUD),
        (' kaga.cybozu.com/ ', CLOUD),
        ('https://kaga.cybozu.com/g/', CLOUD),
        ('https://kaga.cybozu.com/g/portal/index.csp?pid=44', CLOUD),
        ('https://kaga.cybozu.com/g/api/v1/', CLOUD),
        ('https://kaga.cybozu.com/g/api/v1/schedule/events', CLOUD),
        ('http://garoon.city.local/cgi-bin/cbgrn', LINUX),
        ('http://garoon.city.local/cgi-bin/cbgrn/grn.cgi', LINUX),
        ('http://garoon.city.local/cgi-bin/cbgrn/grn.cgi/schedule/index?', LINUX),
        ('http://garoon.city.local/cgi-bin/cbgrn/grn.cgi/api/v1', LINUX),
        ('http://10.0.0.5:8080/scripts/cbgrn/', WINDOWS),
        ('http://10.0.0.5:8080/scripts/cbgrn/grn.exe/', WINDOWS),
        ('https://proxy.city.local/groupware/api/v1', 'https://proxy.city.local/groupware/api/v1'),
    ],
)
def test_every_address_of_a_garoon_leads_to_its_interface(written: str, root: str) -> None:
    assert api_root(written) == root


@pytest.mark.parametrize(
    'written', ['', 'http://', 'ftp://kaga.cybozu.com', 'http://garoon.city.local', 'http://[', 'http://host:port/g']
)
def test_what_is_no_garoon_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(BadAddress, match='cgi-bin/cbgrn'):
        api_root(written)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadAddress) as caught:
        api_root('https://sato:himitsu@kaga.cybozu.com')
    assert 'himitsu' not in str(caught.value)
