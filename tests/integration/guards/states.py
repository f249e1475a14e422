"""One world with a tandem in every state it can be in, and everybody who might look at it."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from tandemwerk.core.access import Actor
from tandemwerk.people.enums import Scope
from tandemwerk.people.models import User
from tandemwerk.people.services.tokens import token_create
from tandemwerk.programmes.models import Participation
from tandemwerk.rooms.services.shredding import room_shred
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.blocking import tandem_block
from tandemwerk.tandems.services.closing import closing_begin, closing_confirm
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.joining import joining_propose
from tandemwerk.tandems.services.pausing import tandem_pause
from tests.factories.programmes import ParticipationFactory
from tests.factories.rooms import active_tandem, room_objects
from tests.factories.tandems import TandemFactory
from tests.world import build_world

BEFORE = ("proposed", "chemistry", "declined")
BEGUN = ("active", "paused", "closing", "closed", "dissolved", "blocked", "past", "shredded")
STATES = (*BEFORE, *BEGUN)
INSIDE = ("mentee", "mentor")
LEFT = ("former mentee", "former mentor")
SINCE = timedelta(days=33)  # long enough for the first check-in
WRITING = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "((?:rooms|tandems)_\w+)"')


@dataclass
class States:
    """`people`: who looks, by name; of members see `viewer`. `objects`: URL keywords by state."""

    people: dict[str, User | None]
    tandems: dict[str, Tandem] = field(default_factory=dict)
    members: dict[str, dict[str, User]] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[str, dict[str, int]] = field(default_factory=dict)  # membership of the other one

    @property
    def outside(self) -> tuple[str, ...]:
        return tuple(self.people)

    def viewer(self, who: str, state: str) -> User | None:
        """The person who is `who` of the tandem in this state."""
        return self.members[state][who] if who in INSIDE else self.people[who]


def build_states() -> States:
    """One tandem in each state, of two people each; from all that began the same two have left.

    Two seconds.
    """
    now = timezone.now()
    world = build_world()
    tandem = world.tandem
    assert tandem is not None
    cohort = tandem.cohort
    left = {role: ParticipationFactory(cohort=cohort, role=role) for role in INSIDE}
    people = {str(who): user for who, user in world.people.items() if str(who) not in INSIDE}
    people |= {name: left[role].user for name, role in zip(LEFT, INSIDE, strict=True)}
    elsewhere = active_tandem(now - SINCE, cohort=cohort)
    people["member elsewhere"] = elsewhere.members.get(role="mentor").user
    states = States(people=people)
    for state in STATES:
        taken = {"seats_taken": int(state in BEGUN), "proposals_open": int(state == "proposed")}
        two = {role: ParticipationFactory(cohort=cohort, role=role, **taken) for role in INSIDE}
        made = _begun(state, two, left, now) if state in BEGUN else _before(state, two, now)
        states.tandems[state] = made[0]
        states.objects[state] = {
            **world.objects, **made[1], "cohort_pk": cohort.pk, "tandem_pk": made[0].pk
        }  # fmt: skip
        rows = dict(made[0].members.filter(left_at=None).values_list("role", "pk"))
        states.others[state] = {"mentee": rows["mentor"], "mentor": rows["mentee"]}
        states.members[state] = {role: person.user for role, person in two.items()}
    coordinator = world.people[Actor.COORDINATOR]
    asked = Participation.objects.get(cohort=cohort, user=world.people[Actor.PEER])
    assert coordinator is not None
    joining_propose(tandem=states.tandems["active"], participation=asked, by=coordinator, now=now)
    return states


def _before(
    state: str, pair: dict[str, Participation], now: datetime
) -> tuple[Tandem, dict[str, Any]]:
    """A tandem that has not begun; after the first yes they have met already."""
    times: dict[str, Any] = {}
    if state == "chemistry":
        times = {"chemistry_since": now, "chemistry_by": now + SINCE, "chemistry_met_on": now}
    if state == "declined":
        times = {"ended_at": now, "end_code": "declined"}
    return _tandem(pair, state=state, proposed_at=now - timedelta(days=1), **times), {}


def _begun(
    state: str, pair: dict[str, Participation], left: dict[str, Participation], now: datetime
) -> tuple[Tandem, dict[str, Any]]:
    """A tandem with something in its room, brought to `state` by the services people use."""
    tandem = _tandem(pair, state="active", activated_at=now - SINCE, proposed_at=now - SINCE)
    mentee, mentor = (pair[role].user for role in INSIDE)
    objects = room_objects(tandem, mentee, now)
    for role, gone in left.items():
        TandemMember.objects.create(
            tandem=tandem, participation=gone, user=gone.user, role=role, left_at=now
        )
    if state == "paused":
        tandem_pause(tandem=tandem, by=mentee, until=(now + SINCE).date(), now=now)
    if state == "dissolved":
        tandem_dissolve(tandem=tandem, by=mentor, now=now)
    if state == "blocked":
        tandem_block(tandem=tandem, by=mentee, whom=mentor, now=now)
    if state in {"closing", "closed", "past", "shredded"}:
        closing_begin(tandem=tandem, by=mentee, now=now)
    if state in {"closed", "past", "shredded"}:
        for by in (mentee, mentor):
            closing_confirm(tandem=tandem, by=by, now=now)
    if state in {"past", "shredded"}:
        Tandem.objects.filter(pk=tandem.pk).update(readable_until=now.date() - timedelta(days=2))
    if state == "shredded":
        room_shred(tandem=tandem, now=now)
    tandem.refresh_from_db()
    return tandem, objects


def _tandem(pair: dict[str, Participation], **given: Any) -> Tandem:
    both = {f"members__{role}": person for role, person in pair.items()}
    made: Tandem = TandemFactory(
        cohort=pair["mentee"].cohort, answer_by=timezone.now() + SINCE, **both, **given
    )
    return made


class Visitor(RequestFactory):
    """Somebody at a browser and with a program of their own; much quicker than Django's client.

    All visitors share `handler`, and nothing that templates were given is kept.
    """

    def __init__(self, user: User | None, handler: ClientHandler) -> None:
        super().__init__()
        self.handler = handler
        self.headers: dict[str, str] = {}
        if user is None:
            return
        client = Client()
        client.force_login(user)
        self.cookies = client.cookies
        secret = token_create(user=user, name="own", scopes=list(Scope), now=timezone.now())[1]
        self.headers = {"Authorization": f"Bearer {secret}"}

    def ask(self, method: str, url: str, data: dict[str, Any]) -> HttpResponse:
        """Pages get a form, the API JSON and the person's token instead of the cookie."""
        if not url.startswith("/api/"):
            sent = {"data": data} if method == "POST" else {}
            return getattr(self, method.lower())(url, **sent)
        given: dict[str, Any] = {"headers": self.headers}
        if data.get("file"):
            given["data"] = data
        elif method == "GET":
            given["data"] = {name: value for name, value in data.items() if name == "q"}
        else:
            given |= {"data": data, "content_type": "application/json"}
        kept, self.cookies = self.cookies, type(self.cookies)()
        try:
            return getattr(self, method.lower())(url, **given)
        finally:
            self.cookies = kept

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))


@dataclass
class Written:
    """Tables of rooms and tandems that were written to."""

    tables: set[str] = field(default_factory=set)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITING.match(sql):
            self.tables.add(found[1])
        return execute(sql, params, many, context)


@contextmanager
def undone() -> Iterator[Written]:
    """Whatever happens inside is taken back; tells what was written meanwhile."""
    written = Written()
    with transaction.atomic(), connection.execute_wrapper(written):
        yield written
        transaction.set_rollback(True)


def unknown() -> uuid.UUID:
    """An id that no row has."""
    return uuid.UUID(int=1)
