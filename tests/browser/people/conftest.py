"""Browsers that somebody is logged in with."""

import pytest

from tests.factories.people import UserFactory


@pytest.fixture
def log_in(client, context, live_server):
    """Call it with a person: from then on the browser's pages are theirs."""

    def as_person(user):
        client.force_login(user)
        name = "tandemwerk_session"
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        return user

    return as_person


@pytest.fixture
def user(log_in):
    """Somebody who reads German, logged in."""
    return log_in(UserFactory(locale="de"))
