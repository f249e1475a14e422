import json

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from tandemwerk.people.enums import Scope
from tandemwerk.people.services.tokens import token_create
from tests.factories.people import UserFactory


class Caller:
    """A program with a person's token."""

    def __init__(self, client, user, scopes=tuple(Scope)):
        self.client, self.user = client, user
        token, secret = token_create(user=user, name="test", scopes=scopes, now=timezone.now())
        self.headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
        self.token = token

    def __call__(self, method, path, data=None, **headers):
        send = getattr(self.client, method.lower())
        kwargs = {} if data is None else {"data": json.dumps(data)}
        return send(
            f"/api/v1{path}",
            content_type="application/json",
            headers={**self.headers, **headers},
            **kwargs,
        )

    def get(self, path, **headers):
        return self.client.get(f"/api/v1{path}", headers={**self.headers, **headers})

    def post(self, path, data=None, **headers):
        return self("post", path, data if data is not None else {}, **headers)

    def patch(self, path, data=None, **headers):
        return self("patch", path, data or {}, **headers)

    def delete(self, path, **headers):
        return self("delete", path, **headers)


@pytest.fixture
def person(db):
    user = UserFactory(email="ada@example.org")
    user.set_password("a long enough password")
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def caller(client, person):
    return Caller(client, person)
