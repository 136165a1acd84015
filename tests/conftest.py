"""What holds for all tests."""

from collections.abc import Iterator

import pytest

from app.language import use_language

pytest_plugins = ['tests.virtual_card.fixtures', 'tests.support.box']


@pytest.fixture(autouse=True)
def japanese() -> Iterator[None]:
    """Each test begins in Japanese, whatever language the one before chose."""
    use_language('ja')
    yield
