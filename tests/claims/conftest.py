import pytest

from .pairs import Pairs


@pytest.fixture(scope="session")
def pairs() -> Pairs:
    return Pairs()
