"""Invitations answered and open programmes joined by programs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tandemwerk.people.enums import Scope
from tandemwerk.programmes.models import Invitation, Participation
from tandemwerk.programmes.services.invitations import digest_of
from tests.api.conftest import Caller
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory, ProgrammeFactory
from tests.integration.people.helpers import PASSWORD, make_member

pytestmark = pytest.mark.django_db
SECRET = "the-secret-of-the-letter"
PATH = f"/invitations/{SECRET}"


def invite(user, days=30):
    now = timezone.now()
    row = ParticipationFactory(user=user, state="invited")
    Invitation.objects.create(
        participation=row,
        digest=digest_of(SECRET),
        sent_at=now,
        expires_at=now + timedelta(days=days),
    )
    return row


def call(client, method, path, data=None):
    send = getattr(client, method)
    return send(f"/api/v1{path}", data or {}, content_type="application/json")


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def newcomer():
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    return invite(user)


def test_somebody_new_accepts_with_a_password_and_gets_a_token(client, newcomer):
    shown = call(client, "get", PATH).json()
    assert (shown["state"], shown["role"]) == ("new", "mentee")
    assert shown["cohort"]["id"] == newcomer.cohort_id
    short = call(client, "post", f"{PATH}/accept", {"password": "short"})
    assert code_of(short) == (422, "invalid")
    assert code_of(call(client, "post", f"{PATH}/accept")) == (422, "invalid")
    done = call(client, "post", f"{PATH}/accept", {"password": PASSWORD})
    assert (done.status_code, done.json()["state"]) == (200, "joined")
    sign_in = {"email": newcomer.user.email, "password": PASSWORD}
    assert call(client, "post", "/auth/token", sign_in).status_code == 201
    again = call(client, "post", f"{PATH}/accept", {"password": PASSWORD})
    assert code_of(again) == (409, "invitation_needs_login")
    assert call(client, "get", PATH).json()["state"] == "answered"


def test_somebody_with_an_account_accepts_with_their_token(client):
    row = invite(make_member())
    assert call(client, "get", PATH).json()["state"] == "log_in"
    stolen = call(client, "post", f"{PATH}/accept", {"password": PASSWORD})
    assert code_of(stolen) == (409, "invitation_needs_login")
    other = Caller(client, make_member())
    assert other.get(PATH).json()["state"] == "somebody_else"
    assert code_of(other.post(f"{PATH}/accept")) == (409, "invitation_needs_login")
    own = Caller(client, row.user)
    assert own.get(PATH).json()["state"] == "welcome_back"
    assert own.post(f"{PATH}/accept").json()["id"] == row.pk
    assert code_of(own.post(f"{PATH}/accept")) == (409, "invitation_not_open")


def test_a_reading_token_does_not_accept(client):
    row = invite(make_member())
    reader = Caller(client, row.user, scopes=[Scope.READ])
    assert code_of(reader.post(f"{PATH}/accept")) == (403, "scope_missing")
    assert code_of(reader.post(f"{PATH}/decline")) == (403, "scope_missing")
    assert Participation.objects.get().state == "invited"


def test_a_browser_session_counts_for_nothing(client):
    row = invite(make_member())
    client.force_login(row.user)
    assert call(client, "get", PATH).json()["state"] == "log_in"
    assert code_of(call(client, "post", f"{PATH}/accept")) == (409, "invitation_needs_login")


def test_the_link_is_enough_for_a_no(client, newcomer):
    assert call(client, "post", f"{PATH}/decline").status_code == 204
    newcomer.refresh_from_db()
    assert newcomer.state == "withdrawn"
    assert call(client, "post", f"{PATH}/decline").status_code == 409


def test_an_unknown_link_is_absent_and_an_old_one_says_so(client):
    assert call(client, "get", "/invitations/nonsense").status_code == 404
    assert call(client, "post", "/invitations/nonsense/accept").status_code == 404
    invite(make_member(), days=-1)
    assert call(client, "get", PATH).json()["state"] == "expired"


@pytest.fixture
def open_cohort():
    today = timezone.localdate()
    return CohortFactory(
        programme=ProgrammeFactory(is_open=True, default_seats=2),
        registration_ends_on=today,
        matching_on=today + timedelta(days=7),
        starts_on=today + timedelta(days=14),
        midpoint_on=today + timedelta(days=100),
        ends_on=today + timedelta(days=200),
    )


def test_an_open_programme_is_found_and_joined(caller, open_cohort):
    closed = CohortFactory(programme=open_cohort.programme)
    [listed] = caller.get("/open-programmes").json()["items"]
    path = f"/open-programmes/{listed['id']}"
    assert [row["id"] for row in caller.get(path).json()["cohorts"]] == [open_cohort.pk]
    wish = {"cohort_id": open_cohort.pk, "role": "mentor"}
    joined = caller.post(f"{path}/join", wish)
    assert joined.status_code == 201
    assert (joined.json()["state"], joined.json()["seats"]) == ("joined", 2)
    assert caller.get("/me/participations").json()["items"] == [joined.json()]
    assert code_of(caller.post(f"{path}/join", wish)) == (409, "already_takes_part")
    late = caller.post(f"{path}/join", {**wish, "cohort_id": closed.pk})
    assert code_of(late) == (409, "registration_closed")
    assert caller.post(f"{path}/join", {**wish, "role": "boss"}).status_code == 422


def test_a_closed_programme_is_absent(caller):
    cohort = CohortFactory()
    path = f"/open-programmes/{cohort.programme_id}"
    assert caller.get(path).status_code == 404
    wish = {"cohort_id": cohort.pk, "role": "mentee"}
    assert caller.post(f"{path}/join", wish).status_code == 404
    assert caller.get("/open-programmes").json() == {"total": 0, "items": []}


def test_a_cohort_of_another_programme_is_absent(caller, open_cohort):
    wish = {"cohort_id": CohortFactory().pk, "role": "mentee"}
    path = f"/open-programmes/{open_cohort.programme_id}/join"
    assert caller.post(path, wish).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_any_number(caller, count, django_assert_num_queries):
    for _ in range(count):
        ParticipationFactory(user=caller.user, cohort__programme=ProgrammeFactory(is_open=True))
    caller.get("/me")
    with django_assert_num_queries(4):
        assert caller.get("/open-programmes").json()["total"] == count
    with django_assert_num_queries(4):
        assert caller.get("/me/participations").json()["total"] == count
