import pytest

from tests.integration.people.helpers import log_in, make_member


@pytest.fixture
def member(db):
    """Somebody with a confirmed address and a password, who reads English."""
    return make_member()


@pytest.fixture
def signed_in(client, member):
    """The client of a person who just typed their password: no page asks for it again."""
    log_in(client, member)
    return client
