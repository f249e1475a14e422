"""Who may call what: all addresses × all actors × all methods, as the tables in access.py say."""

import re
import uuid
from collections.abc import Collection

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tandemwerk.core.access import Actor, declared
from tandemwerk.rooms.access import ACCESS as ROOM_ACCESS
from tests.integration.guards.urls import Address, addresses
from tests.world import World, build_world

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Values for parts of an address that are no objects of the world.
PARTS = {
    "secret": "no-such-secret",
    "key": "no-such-key",
    "uidb36": "1",
    "demo:sample.name": "mentees.csv",
    "people:profile_step.step": "about",
    "programmes:wizard_step.step": "template",
    "api:template_detail.slug": "company-mentoring",
    "phase_key": "work",
    "course_role": "mentee",
    "step_key": "feedback",
    "material_kind": "page",
}
# What an address needs beside its path to be a sensible request.
DATA: dict[str, dict[str, object]] = {
    "pairing:run_preview": {"mentee": "suggestion_pk", "to": "none"},
    "pairing:run_why_not": {"mentee": "suggestion_pk"},
    "pairing:run_act": {"pair": "suggestion_pk", "act": "lock", "version": 0},
    "pairing:run_move": {"mentee": "suggestion_pk", "to": "none", "version": 0},
    "pairing:run_undo": {"version": 0},
    "pairing:run_redo": {"version": 0},
    "ui:board_preview": {"mentee": 1, "to": "none"},
    "api:run_preview": {"kind": "unassign", "mentee": "mentee_pk", "version": 0},
    "api:run_moves": {"kind": "unassign", "mentee": "mentee_pk", "version": 0},
    "api:run_undo": {"version": 0},
    "api:run_redo": {"version": 0},
    "api:journey_version_list": {
        "journey": {
            "phases": [{"key": "new", "title": {"en": "New"}, "start_week": 0, "end_week": 1}]
        },
        "note": "New",
    },
    "api:cohort_journey": {"number": 1},
    "api:material_list": {"kind": "page", "title": {"en": "New"}, "text": {"en": "New"}},
    "api:material_entry": {"title": {"en": "New"}},
    "api:course_text_detail": {
        "title": {"de": "Neu", "en": "New"},
        "text": {"de": "Neu", "en": "New"},
        "question": {"de": "Neu?", "en": "New?"},
    },
    "api:goal_list": {"title": "Goal"},
    "api:goal_detail": {"title": "Goal"},
    "api:goal_step_list": {"level": 0},
    "api:goal_state": {"state": "reached"},
    "api:action_item_list": {"text": "Do"},
    "api:action_item_detail": {"text": "Do"},
    "api:action_item_done": {"is_done": True},
    "api:agreement_list": {
        "text": "We meet {{frequency}}.",
        "filled": {"frequency": "every two weeks"},
    },
    "api:review_detail": {"answers": ["Good"]},
    "api:closing_detail": {"thanks": "For everything"},
    "api:room_search": {"query": "words"},
    "api:note_list": {"body": "Words"},
    "api:note_detail": {"body": "Words"},
    "api:talk_plan": {"place": "Here"},
    "api:check_in_list": {"key": "first-month-check", "answer": "on_track"},
    "api:help_list": {"topics": ["talk"]},
    "api:tandem_pause": {"until": "2099-01-01"},
    "api:help_detail": {"answer": False},
    "tandems:tandem_check_in": {"key": "first-month-check", "answer": "help"},
    "tandems:tandem_pause": {"weeks": "2"},
    "api:tandem_meeting": {"met_on": "2026-11-03"},
    "api:participation_csv": {"role": "mentee"},
    "api:participation_xlsx": {"role": "mentee"},
    "api:import_field_list": {"role": "mentee"},
    "api:organisation_list": {"name": "New"},
    "api:open_programme_join": {"cohort_id": "cohort_pk", "role": "mentee"},
    "api:coordinator_list": {"email": "nobody@example.org"},
    "api:participation_seats": {"seats": 1},
    "api:import_columns": {"mapping": {"0": "email"}},
    "api:programme_list": {
        "organisation_id": "organisation_pk",
        "template": "company-mentoring",
        "name": {"de": "Neu", "en": "New"},
        "cohort_name": "2027",
        "starts_on": "2027-03-01",
    },
    "api:cohort_list": {
        "name": "2027",
        "registration_ends_on": "2027-02-01",
        "matching_on": "2027-02-10",
        "starts_on": "2027-03-01",
        "midpoint_on": "2027-06-01",
        "ends_on": "2027-12-01",
    },
    "api:participation_list": {
        "role": "mentee",
        "email": "new@example.org",
        "given_name": "Neu",
        "family_name": "Person",
    },
    "api:report_list": {"organisation_id": "organisation_pk", "words": "Something is wrong"},
    "people:topic_search": {"kind": "wanted", "q": "lead"},
    "people:topic_change": {"kind": "wanted", "add": "first-leadership"},
}
# Where an allowed person may hear 404, because the thing itself is not in the world.
MAY_BE_ABSENT = {"secret", "key", "uidb36", "token_pk", "pk", "block_pk"}
# The address exists for everybody, what it is about may not (named in the body; not open).
NAMED_IN_BODY = {
    "api:run_compare",  # with a run before it; the world has one only
    "api:open_programme_detail",
    "api:open_programme_join",
    "api:organisation_list",
    "api:programme_list",
    "programmes:join",
}
# What can be asked or proposed while a tandem runs.
NEEDS_RUNNING = {"tandems:tandem_grow", "tandems:tandem_pause", "tandems:tandem_resume"}
NEEDS_SIGNALS = {"help_pk", "check_in_pk", "joining_pk"}
# A form with a file: without one it is refused before anybody looks at the address.
WANTS_A_FILE = {"api:file_list", "api:import_list", "api:material_file_new"}
# Pages about a second factor that nobody of the world has.
NEEDS_A_FACTOR = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_view_recovery_codes",
}
ALL = addresses()
# Building a world costs more than the requests of one address, so several share one.
SHARE_A_WORLD = 12


def _state(address: Address) -> str:
    """Rooms open when a tandem begins; everything else is looked at before."""
    is_running = address.view_name in ROOM_ACCESS or address.view_name in NEEDS_RUNNING
    return "active" if is_running or NEEDS_SIGNALS & set(address.kwargs) else "proposed"


def is_of_api(address: Address) -> bool:
    return address.view_name.startswith("api:")


def _groups() -> list[list[Address]]:
    """Addresses that want the same world, a few at a time."""
    alike: dict[tuple[bool, str], list[Address]] = {}
    for address in ALL:
        alike.setdefault((is_of_api(address), _state(address)), []).append(address)
    return [
        same[start : start + SHARE_A_WORLD]
        for same in alike.values()
        for start in range(0, len(same), SHARE_A_WORLD)
    ]


GROUPS = _groups()


@pytest.fixture(autouse=True)
def relaxed(settings):
    settings.DEMO = True  # staff without a second factor, so that rights alone are tested
    settings.ACCOUNT_RATE_LIMITS = False


def test_every_address_is_declared_and_every_declaration_is_an_address():
    names = {address.view_name for address in ALL}
    assert len(names) > 40
    assert sorted(names - declared().keys()) == []
    assert sorted(declared().keys() - names) == []


@pytest.mark.django_db
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group[0].view_name}-and-on")
def test_addresses_answer_as_declared(group: list[Address]):
    is_api = is_of_api(group[0])
    world = build_world(with_tokens=is_api, tandem_state=_state(group[0]))
    for address in group:
        try:
            _answers_as_declared(address, world, is_api=is_api)
        except AssertionError as error:
            error.add_note(f"at {address.view_name}")
            raise


def test_every_address_is_in_a_group():
    assert sorted(a.view_name for group in GROUPS for a in group) == [a.view_name for a in ALL]


def _answers_as_declared(address: Address, world: World, *, is_api: bool) -> None:
    """All actors; each request is taken back, so that the world stays as it is."""
    url = reverse(address.view_name, kwargs=_kwargs(address, world))
    rule = declared()[address.view_name]
    checked = 0
    for place, actor in enumerate(Actor, start=ALL.index(address)):
        for method in _methods(rule.methods, place):
            data = _data(address, world)
            status, location = _call(world, actor, method, url, data, is_api=is_api)
            if actor not in rule.allow:
                if status == 422 and address.view_name in WANTS_A_FILE:
                    continue
                _assert_closed(actor, status, location, is_api=is_api, method=method)
            elif method not in rule.methods:
                assert status == 405, (actor, method, status)
            else:
                _assert_open(address, actor, method, status, location)
            checked += 1
    assert checked >= len(Actor)


def _methods(declared_methods: Collection[str], place: int) -> list[str]:
    """The declared methods, and one of the others: in turn, so that each meets every actor."""
    own = [method for method in METHODS if method in declared_methods]
    others = [method for method in METHODS if method not in declared_methods]
    return [*own, others[place % len(others)]]


def _kwargs(address: Address, world: World) -> dict[str, object]:
    return {
        name: world.objects.get(
            name, PARTS.get(name, PARTS.get(f"{address.view_name}.{name}", 999_999))
        )
        for name in address.kwargs
    }


def _data(address: Address, world: World) -> dict[str, object]:
    given = DATA.get(address.view_name, {})
    return {name: world.objects.get(str(value), value) for name, value in given.items()}


def _call(
    world: World, actor: Actor, method: str, url: str, data: dict[str, object], *, is_api: bool
) -> tuple[int, str]:
    """Send the request as the actor and take back whatever it did. Returns status and Location."""
    client = Client()
    headers = {}
    if world.people[actor] is not None and is_api:
        headers["Authorization"] = f"Bearer {world.tokens[actor]}"
    elif world.people[actor] is not None:
        client.cookies = world.cookies(actor)
    if method != "GET" and not is_api:
        data = {**data, "client_id": str(uuid.uuid4())}
    kind = {"content_type": "application/json"} if is_api and method != "GET" else {}
    with transaction.atomic():
        response = getattr(client, method.lower())(url, data, headers=headers, **kind)
        transaction.set_rollback(True)
    return response.status_code, response.get("Location", "")


def _assert_closed(actor: Actor, status: int, location: str, *, is_api: bool, method: str) -> None:
    if actor is Actor.ANONYMOUS:
        if is_api:
            assert status == 401, (method, status)
        else:
            assert status == 302, (method, status)
            assert "/accounts/login/" in location
        return
    assert status in {404, 405}, (actor, method, status)


def _assert_open(address: Address, actor: Actor, method: str, status: int, location: str) -> None:
    is_absent = (
        MAY_BE_ABSENT & set(address.kwargs)
        or address.view_name in NEEDS_A_FACTOR
        or address.view_name in NAMED_IN_BODY
    )
    if is_absent and status == 404:
        return
    assert status not in {401, 403, 404, 405}, (actor, method, status)
    assert status < 500, (actor, method, status)
    if not address.view_name.startswith("account_") and actor is not Actor.ANONYMOUS:
        assert "/accounts/login/" not in location


@pytest.mark.django_db
def test_forbidden_looks_like_absent():
    world = build_world()
    client = Client()
    client.force_login(world.people[Actor.STRANGER])
    forbidden = client.get(
        reverse("programmes:cohort_detail", kwargs={"cohort_pk": world.objects["cohort_pk"]})
    )
    absent = client.get(reverse("programmes:cohort_detail", kwargs={"cohort_pk": 999_999}))
    unknown = client.get("/no/such/page/")
    assert forbidden.status_code == absent.status_code == unknown.status_code == 404
    assert _without_tokens(forbidden) == _without_tokens(absent) == _without_tokens(unknown)


def _without_tokens(response):
    """The body without what differs between any two answers: tokens, ids, its own address."""
    path = response.request["PATH_INFO"].encode()
    once = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Za-z0-9]{64}"
    return re.sub(once, b"", response.content.replace(path, b""))
