"""Who may do what in which state of a tandem: one table, tried on every address below a tandem.

open: answered. refused: the page is known, the act is not possible now (409). absent: 404.
unchanged: answered, and nothing was written. Members stand in the table; everybody else, people
who left a group included, hears in every state that there is nothing.
"""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tandemwerk.core.access import MEMBERS, declared
from tandemwerk.people.models import User
from tandemwerk.rooms.access import ACCESS as ROOM_ACCESS
from tandemwerk.rooms.models import RoomContent, RoomKey
from tandemwerk.tandems.models import Tandem, TandemMember
from tests.factories.programmes import ParticipationFactory
from tests.integration.guards.urls import addresses
from tests.world import NOW, World, build_world

pytestmark = pytest.mark.django_db
OPEN, REFUSED, ABSENT, UNCHANGED = "open", "refused", "absent", "unchanged"

# What members find in each state: a page of the room, and a write into it.
ROOM: dict[str, tuple[str, str]] = {
    "proposed": (ABSENT, ABSENT),
    "chemistry": (ABSENT, ABSENT),
    "declined": (ABSENT, ABSENT),
    "active": (OPEN, OPEN),
    "closing": (OPEN, OPEN),
    "closed": (OPEN, REFUSED),
    "dissolved": (OPEN, REFUSED),
    "past its last day": (ABSENT, ABSENT),
    "shredded": (ABSENT, ABSENT),
}
# The tandem's own steps: in which states an act is possible; in all others it is refused.
STEPS: dict[str, set[str]] = {
    "tandems:tandem_accept": {"proposed"},
    "tandems:tandem_decline": {"proposed", "chemistry"},
    "tandems:tandem_meeting": {"chemistry"},
    "tandems:tandem_confirm": {"chemistry"},
    "tandems:tandem_end": {"active", "closing"},
}
# Tells how it stands in every state.
ALWAYS = {"tandems:tandem_detail"}
# Writes without any further condition.
PLAIN_WRITES = {"rooms:action_item_new", "rooms:goal_remove", "rooms:action_item_remove"}
# What the acts need to be sensible.
FIELDS = {"code": "no_time", "met_on": "2026-11-03", "text": "Etwas", "title": "Etwas", "level": 0}

ROWS = [model for model in apps.get_models() if issubclass(model, RoomContent)]
BELOW_TANDEM = [
    address
    for address in addresses()
    if "tandem_pk" in address.kwargs
    and not address.view_name.startswith("api:")
    and declared()[address.view_name].allow >= MEMBERS
]


@pytest.fixture(autouse=True)
def relaxed(settings):
    settings.DEMO = True  # staff without a second factor, so that rights alone are tested


def test_every_page_below_a_tandem_is_tried():
    names = {address.view_name for address in BELOW_TANDEM}
    assert names >= STEPS.keys() | ALWAYS
    assert names >= {
        name
        for name, rule in ROOM_ACCESS.items()
        if name.startswith("rooms:") and rule.allow == MEMBERS
    }


@pytest.mark.parametrize("state", ROOM)
def test_pages_of_a_tandem_answer_as_its_state_says(state):
    world, former = _world(state)
    people = {**{str(actor): user for actor, user in world.people.items()}, "former": former}
    clients = {who: _client(user) for who, user in people.items()}
    wrong = []
    for name, method, url in _requests(world):
        for who, client in clients.items():
            found = _outcome(client, method, url, looks=who in MEMBERS)
            wanted = _wanted(name, method, state) if who in MEMBERS else {ABSENT}
            if found not in wanted:
                wrong.append((name, method, who, found, wanted))
    assert wrong == []


def _wanted(name: str, method: str, state: str) -> set[str]:
    """What a member may find."""
    if name in ALWAYS:
        return {OPEN}
    if name in STEPS:
        return {OPEN} if state in STEPS[name] else {REFUSED, UNCHANGED}
    if not name.startswith("rooms:"):
        return {OPEN, REFUSED, ABSENT}  # the app's own tests say when
    page, write = ROOM[state]
    if method == "GET":
        return {page}
    if write == ABSENT or name in PLAIN_WRITES:
        return {write}
    # An act that finds nothing to do says so before it is refused; some have their own reasons.
    return {write, UNCHANGED, REFUSED}


def _world(state: str) -> tuple[World, User]:
    """A world whose tandem has come to `state` with something in its room, and who left before."""
    begun = state in {"active", "closing", "closed", "dissolved", "past its last day", "shredded"}
    world = build_world(tandem_state="active" if begun else state)
    tandem = world.tandem
    assert tandem is not None
    gone = ParticipationFactory(cohort=tandem.cohort, role="mentee")
    TandemMember.objects.create(
        tandem=tandem, participation=gone, user=gone.user, role="mentee", left_at=NOW
    )
    if begun and state != "active":
        _end(tandem, state)
    if state == "chemistry":
        Tandem.objects.filter(pk=tandem.pk).update(chemistry_met_on=NOW.date())
    return world, gone.user


def _end(tandem: Tandem, state: str) -> None:
    today = timezone.localdate()
    if state == "closing":
        Tandem.objects.filter(pk=tandem.pk).update(state="closing")
        return
    is_past = state in {"past its last day", "shredded"}
    Tandem.objects.filter(pk=tandem.pk).update(
        state="dissolved" if state == "dissolved" else "closed",
        end_code="early" if state == "dissolved" else "completed",
        ended_at=NOW,
        readable_until=today - timedelta(days=1) if is_past else today + timedelta(days=30),
        shredded_at=timezone.now() if state == "shredded" else None,
    )
    if state == "shredded":
        RoomKey.objects.filter(tandem=tandem).delete()


def _requests(world: World) -> Iterator[tuple[str, str, str]]:
    """Each address once: an act where there is only one, a tandem's step, else the page."""
    for address in BELOW_TANDEM:
        unknown = uuid.UUID(int=1)
        kwargs = {name: world.objects.get(name, unknown) for name in address.kwargs}
        url = reverse(address.view_name, kwargs=kwargs)
        is_page = "GET" in declared()[address.view_name].methods and address.view_name not in STEPS
        yield address.view_name, "GET" if is_page else "POST", url


def _client(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _outcome(client: Client, method: str, url: str, *, looks: bool) -> str:
    """What the request comes to; everything it did is taken back.

    looks: also whether an act changed anything.
    """
    with transaction.atomic():
        before = _room() if looks and method == "POST" else None
        response = getattr(client, method.lower())(url, FIELDS if method == "POST" else {})
        is_changed = before is None or _room() != before
        transaction.set_rollback(True)
    status = response.status_code
    if status == 302 and "/accounts/login/" in response["Location"]:
        return ABSENT
    known = {404: ABSENT, 409: REFUSED}
    return known.get(status, (OPEN if is_changed else UNCHANGED) if status < 500 else str(status))


def _room() -> list[object]:
    """How the tandem and everything in its room stands."""
    rows = [list(model.objects.order_by("pk").values_list()) for model in ROWS]
    return [rows, list(Tandem.objects.values_list()), list(TandemMember.objects.values_list())]
