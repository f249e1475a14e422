"""Who may do what in which state of a tandem: one table, tried on every address below a tandem.

Every address × method × state × viewer is a request of its own in the slow test. The fast one tries
every address and method as a member in all states that differ, as those who left, and as two
others from outside, and goes on to the next state and the next two each time.
(`test_access_matrix` tries every address with everybody, in one state.)
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from tandemwerk.config import urls
from tandemwerk.core.access import declared
from tests.integration.guards.states import (
    INSIDE,
    LEFT,
    STATES,
    States,
    Visitor,
    Written,
    build_states,
    undone,
    unknown,
)
from tests.integration.guards.test_access_matrix import DATA
from tests.integration.guards.urls import addresses

pytestmark = pytest.mark.django_db

# What a member hears. yes: answered. done: an act that is carried out. no: refused, or led back,
# and nothing is written. A dash: there is nothing (404). Everybody else hears a dash throughout.
RULES = """
            proposed chemistry declined active paused closing closed dissolved blocked past shredded
always      yes      yes       yes      yes    yes    yes     yes    yes       yes     yes  yes
read        -        -         -        yes    yes    yes     yes    yes       yes     -    -
write       -        -         -        done   done   done    no     no        no      -    -
begin_end   -        -         -        done   done   no      no     no        no      -    -
agree_end   -        -         -        no     no     done    no     no        no      -    -
take_back   -        -         -        no     no     done    no     no        no      -    -
accept      done     no        no       no     no     no      no     no        no      no   no
decline     done     done      no       no     no     no      no     no        no      no   no
met         no       done      no       no     no     no      no     no        no      no   no
go_on       no       done      no       no     no     no      no     no        no      no   no
leave       no       no        no       done   done   done    no     no        no      no   no
signal      no       no        no       done   done   done    no     no        no      no   no
certificate no       no        no       no     no     yes     yes    no        no      yes  yes
grow        -        -         -        -      -      -       -      -         -       -    -
"""
# Which row of RULES an address stands in; one of `room` reads by GET and writes by all else.
ROWS: dict[str, str] = {
    "room": """
        api:action_item_detail api:action_item_done api:action_item_list api:agreement_list
        api:agreement_yes api:closing_detail api:file_content api:file_detail api:file_list
        api:goal_detail api:goal_list api:goal_state api:goal_step_list api:note_detail
        api:note_history api:note_list api:note_version_restore api:review_detail
        api:review_list api:review_show api:talk_held api:talk_plan
        rooms:action_item_done rooms:action_item_edit rooms:action_item_new
        rooms:action_item_remove rooms:action_item_restore rooms:agreement_list
        rooms:agreement_new rooms:agreement_version rooms:agreement_yes rooms:closing_detail
        rooms:file_download rooms:file_list rooms:file_remove rooms:file_restore
        rooms:goal_edit rooms:goal_list rooms:goal_new rooms:goal_remove rooms:goal_restore
        rooms:goal_state rooms:goal_step rooms:note_detail rooms:note_edit rooms:note_history
        rooms:note_list rooms:note_new rooms:note_remove rooms:note_restore rooms:note_steps
        rooms:note_version_restore rooms:review_detail rooms:review_list rooms:review_new
        rooms:review_show rooms:talk_held rooms:talk_list rooms:talk_new rooms:talk_plan
        rooms:talk_point_done rooms:talk_point_new rooms:talk_reopen
        """,
    "read": "api:room_export api:room_search rooms:room_export rooms:room_search rooms:room_zip",
    "begin_end": "api:closing_begin rooms:closing_begin",
    "take_back": "api:closing_take_back rooms:closing_take_back",
    "agree_end": "api:closing_confirm rooms:closing_confirm",
    "always": """
        api:check_in_list:GET api:help_list api:tandem_block api:tandem_detail
        api:tandem_pause:GET tandems:tandem_again tandems:tandem_block tandems:tandem_detail
        tandems:tandem_help tandems:tandem_signals
        """,
    "accept": "api:tandem_accept tandems:tandem_accept",
    "decline": "api:tandem_decline tandems:tandem_decline",
    "met": "api:tandem_meeting tandems:tandem_meeting",
    "go_on": "api:tandem_confirm tandems:tandem_confirm",
    "leave": "api:tandem_end tandems:tandem_end",
    "signal": """
        api:check_in_list:POST api:tandem_pause:POST api:tandem_pause:DELETE
        tandems:tandem_check_in tandems:tandem_pause tandems:tandem_resume
        """,
    "certificate": "api:tandem_certificate tandems:tandem_certificate",
    "grow": "tandems:tandem_grow",
}
# Who finds something at an address of the row "grow": what a tandem is, and nothing of its room.
GROWERS = {"coordinator", "owner"}
# Acts that find nothing to do in this world, or another reason to wait, while all else is written.
MAY_FIND_NOTHING = {
    "api:agreement_yes", "rooms:agreement_yes",  # who proposed has signed
    "api:review_list", "rooms:review_new",  # one is open
    "api:review_show", "rooms:review_show",  # the mentor has not answered yet
    "rooms:note_steps", "rooms:talk_point_done", "rooms:talk_reopen",
    "rooms:action_item_restore", "rooms:file_restore",  # nothing was removed
    "rooms:goal_restore", "rooms:note_restore",
    "api:tandem_pause", "tandems:tandem_resume",  # there is no pause
    "tandems:tandem_meeting", "api:tandem_meeting",  # known already
}  # fmt: skip
# Of states that are alike the fast test takes one for each address.
RUNNING, ENDED = STATES[3:6], STATES[6:9]
ALIKE_FOR_ROOM = (STATES[:3], RUNNING, ENDED, STATES[9:10], STATES[10:])
ALIKE = (STATES[:1], STATES[1:2], STATES[2:3], RUNNING, ENDED, STATES[9:])


@pytest.fixture(autouse=True)
def quick(settings, monkeypatch, tmp_path):
    """Without what has nothing to do with rights: static files, the looks of a 404, log lines."""

    def absent(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponseNotFound()

    settings.DEMO = True  # staff without a second factor, so that rights alone are tested
    settings.MEDIA_ROOT = tmp_path
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    monkeypatch.setattr(urls, "handler404", absent)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def states() -> States:
    return build_states()


class Requests:
    """Tries addresses in the name of people and keeps what was not as it should be."""

    def __init__(self, states: States) -> None:
        self.states, self.wrong, self.tried = states, [], 0
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.visitors: dict[object, Visitor] = {}

    def attempt(self, name: str, method: str, state: str, who: str) -> None:
        wanted = _wanted(name, method, state, who)
        user = self.states.viewer(who, state)
        if user not in self.visitors:
            self.visitors[user] = Visitor(user, self.handler)
        objects = self.states.objects[state]
        kwargs = {part: objects.get(part, unknown()) for part in BELOW_TANDEM[name]}
        data = _data(name, self.states, state, who)
        with undone() as written:
            response = self.visitors[user].ask(method, reverse(name, kwargs=kwargs), data)
        self.tried += 1
        found = (response.status_code, sorted(written.tables))
        if not _fits(wanted, name, method, response, written):
            self.wrong.append((name, method, state, who, wanted, *found))


BELOW_TANDEM = {
    address.view_name: address.kwargs for address in addresses() if "tandem_pk" in address.kwargs
}
RULE = {
    row.split()[0]: dict(zip(STATES, row.split()[1:], strict=True))
    for row in RULES.strip().splitlines()[1:]
}
ROW = {name: row for row, names in ROWS.items() for name in names.split()}


def _row(name: str, method: str) -> str:
    row = ROW.get(f"{name}:{method}") or ROW[name]
    return ("read" if method == "GET" else "write") if row == "room" else row


def _wanted(name: str, method: str, state: str, who: str) -> str:
    row = _row(name, method)
    if row == "grow" and who in GROWERS:
        return "any"
    return RULE[row][state] if who in INSIDE else "-"


def _fits(wanted: str, name: str, method: str, response: HttpResponse, written: Written) -> bool:
    status = response.status_code
    to_login = status == 302 and "/accounts/login/" in response["Location"]
    if wanted == "-":
        return (status in {401, 404} or to_login) and not written.tables
    is_answered = status < 400 and not to_login
    if wanted == "no" or (wanted == "done" and name in MAY_FIND_NOTHING and not written.tables):
        is_refused = status in {409, 422} or status == 302 or name in MAY_FIND_NOTHING
        return (is_refused and status < 500 and status != 404) and not written.tables
    if wanted == "done" and method != "GET":
        return is_answered and bool(written.tables)
    return is_answered or (wanted == "any" and status < 500 and status != 404)


def _data(name: str, states: States, state: str, who: str) -> dict[str, object]:
    """What an act needs to be sensible."""
    today = timezone.localdate()
    if name.endswith(":file_list"):
        return {"file": SimpleUploadedFile("Plan.txt", b"Erst fragen", "text/plain")}
    if name.startswith("api:"):
        more = {
            "api:tandem_meeting": {"met_on": str(today)},
            "api:tandem_pause": {"until": str(today + timedelta(days=20))},
        }
        return more.get(name, DATA.get(name, {}))
    return {
        "code": "no_time", "met_on": str(today), "text": "Etwas", "title": "Etwas", "level": 0,
        "state": "reached", "kind": "shared", "topics": "talk", "step": "send", "weeks": "2",
        "key": "first-month-check", "answer": "on_track", "answer_0": "Etwas", "query": "Etwas",
        "thanks": "Danke", "person": states.others[state].get(who, 0),
    }  # fmt: skip


def _methods(name: str) -> list[str]:
    return sorted(declared()[name].methods - {"HEAD", "OPTIONS"})


def _acts() -> Iterator[tuple[str, str]]:
    return ((name, method) for name in sorted(BELOW_TANDEM) for method in _methods(name))


def test_every_address_below_a_tandem_has_its_row_and_every_row_its_address():
    acts = {f"{name}:{method}" for name, method in _acts()}
    known = {act for act in acts if act in ROW or act.rpartition(":")[0] in ROW}
    assert sorted(acts - known) == []
    assert sorted(row for row in ROW if row not in acts and row not in BELOW_TANDEM) == []
    assert len(acts) > 120
    assert set(ROWS) - {"room"} <= RULE.keys()
    assert RULES.split("\n")[1].split() == list(STATES)


def test_addresses_of_a_tandem_answer_as_its_state_says(states):
    requests, state = Requests(states), cycle(STATES)
    others = cycle(who for who in states.outside if who not in LEFT)
    for number, (name, method) in enumerate(_acts()):
        is_room = _row(name, method) in {"read", "write"}
        for place, likes in enumerate(ALIKE_FOR_ROOM if is_room else ALIKE):
            member = INSIDE[(number + place) % 2]
            requests.attempt(name, method, likes[number % len(likes)], member)
        for who in (*LEFT, *islice(others, 2)):
            requests.attempt(name, method, next(state), who)
    assert requests.wrong == []
    assert requests.tried > 1100


@pytest.mark.slow
def test_addresses_of_a_tandem_answer_everybody_in_every_state(states):
    requests = Requests(states)
    for name, method in _acts():
        for state in STATES:
            for who in (*INSIDE, *states.outside):
                requests.attempt(name, method, state, who)
    assert requests.wrong == []
    assert requests.tried > 15_000


def test_lists_hold_own_tandems_only(states):
    assert {*LEFT, "peer", "member elsewhere", "safeguard", "operator"} < {*states.outside}
    requests = Requests(states)
    everybody = {str(tandem.pk) for tandem in states.tandems.values()}
    for who in states.outside:
        visitor = Visitor(states.people[who], requests.handler)
        page = visitor.ask("GET", reverse("tandems:tandem_list"), {}).content.decode()
        own = visitor.ask("GET", reverse("api:tandem_list"), {}).content.decode()
        seen = {pk for pk in everybody if f"/tandems/{pk}/" in page or f'"id": {pk},' in own}
        assert seen == set(), who
    _sees_own(states, requests.handler)


def test_pages_lead_into_a_room_only_while_it_can_be_read(states):
    handler = Requests(states).handler
    for state, is_open in RULE["read"].items():
        visitor = Visitor(states.members[state]["mentee"], handler)
        pk = states.tandems[state].pk
        page = visitor.ask("GET", reverse("tandems:tandem_detail", args=[pk]), {}).text
        assert (reverse("rooms:goal_list", args=[pk]) in page) == (is_open == "yes"), state


def _sees_own(states: States, handler: ClientHandler) -> None:
    """The members find theirs, so the lists above were looked at rightly."""
    for state in STATES:
        visitor = Visitor(states.members[state]["mentor"], handler)
        pk = states.tandems[state].pk
        assert f"/tandems/{pk}/" in visitor.ask("GET", reverse("tandems:tandem_list"), {}).text
        assert f'"id": {pk},' in visitor.ask("GET", reverse("api:tandem_list"), {}).text
