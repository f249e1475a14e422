import pytest
from django.test import Client

from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, OwnerFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def log_in():
    """Client of somebody who is logged in, as the right person."""

    def make(user):
        client = Client()
        client.force_login(user, backend=BACKEND)
        client.user = user
        return client

    return make


@pytest.fixture
def desk(db, log_in):
    """A coordinator at their desk: client, programme and cohort."""
    coordinator = CoordinatorFactory(user=UserFactory(locale="en", given_name="Kim"))
    client = log_in(coordinator.user)
    client.programme = coordinator.programme
    client.cohort = CohortFactory(programme=coordinator.programme)
    return client


@pytest.fixture
def owner(db, log_in):
    """Client of the owner of one organisation."""
    return log_in(OwnerFactory(user=UserFactory(locale="en")).user)
