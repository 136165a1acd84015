import pytest

from tests.app.exchange.recorded import Recording, record


@pytest.fixture(scope='session')
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The life of another box."""
    return record(tmp_path_factory.mktemp('recorded') / 'box')
