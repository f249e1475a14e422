"""The board in full for programs: readiness, summary, one pair, compare."""

import pytest

from tandemwerk.pairing.services.runs import match_run_create
from tandemwerk.pairing.services.trade_off import trade_off_calculate
from tests.api.conftest import Caller
from tests.factories import pairing as factory
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client):
    cohort = factory.filled_cohort(4, 3)
    caller = Caller(client, factory.coordinator(cohort))
    caller.run = factory.calculated(cohort, caller.user)
    caller.path = f"/runs/{caller.run.pk}"
    return caller


@pytest.fixture
def queued(client):
    cohort = factory.filled_cohort(1, 1)
    caller = Caller(client, factory.coordinator(cohort))
    run = match_run_create(cohort=cohort, by=caller.user, now=factory.NOW)
    caller.path = f"/runs/{run.pk}"
    return caller


def pairs(caller, query=""):
    return caller.get(f"{caller.path}/pairs{query}").json()


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_readiness_names_who_is_left_out(board):
    ParticipationFactory(cohort=board.run.cohort, user=UserFactory(given_name="Empty"))
    ready = board.get(f"/cohorts/{board.run.cohort_id}/readiness").json()
    assert (ready["is_ready"], ready["mentees"], ready["seats"]) == (True, 4, 3)
    assert (ready["seats_missing"], ready["incomplete"]) == (1, 1)
    [absent] = ready["left_out"]
    assert absent["name"].startswith("Empty")
    assert "no topic" in absent["missing"]


def test_pairs_are_filtered_and_the_lone_say_why(board):
    assert (pairs(board)["total"], pairs(board, "?matched=true")["total"]) == (4, 3)
    [lone] = pairs(board, "?matched=false")["items"]
    assert lone["mentor"] is None
    assert lone["unmatched_reason"]
    assert lone["unmatched_help"]
    assert pairs(board, "?matched=perhaps")["error"]["code"] == "invalid"


def test_one_pair_in_full_with_moves_that_work(board):
    mentee = pairs(board, "?matched=true")["items"][0]["mentee"]["id"]
    full = board.get(f"{board.path}/pairs/{mentee}").json()
    assert full["mentee"]["id"] == mentee
    assert full["reasons"]
    assert full["fit"]
    assert {line["label"] for line in full["compared"]} >= {"Topics"}
    assert (full["is_open"], full["version"], full["why_unmatched"]) == (True, 0, "")
    other = full["alternatives"][0]
    assert other["effect"]
    assert other["trend"] in {-1, 0, 1}
    preview = board.post(f"{board.path}/preview", other["move"])
    assert preview.status_code == 200, preview.text
    moved = board.post(f"{board.path}/moves", other["move"])
    assert moved.json()["version"] == 1
    now = board.get(f"{board.path}/pairs/{mentee}").json()
    assert now["mentor"]["id"] == other["mentor"]["id"]


def test_a_pair_ruled_out_may_be_allowed_again(board):
    pair = pairs(board, "?matched=true")["items"][0]
    who = {"mentee": pair["mentee"]["id"], "mentor": pair["mentor"]["id"]}
    board.post(f"{board.path}/moves", {"kind": "forbid", **who, "version": 0})
    full = board.get(f"{board.path}/pairs/{who['mentee']}").json()
    assert [face["id"] for face in full["ruled_out"]] == [who["mentor"]]
    assert full["why_unmatched"]
    allowed = board.post(f"{board.path}/moves", {"kind": "allow", **who, "version": 1})
    assert allowed.status_code == 200
    assert board.get(f"{board.path}/pairs/{who['mentee']}").json()["ruled_out"] == []


def test_the_whole_is_summed_up(board):
    found = board.get(f"{board.path}/summary").json()
    assert (found["matched"], found["mentees"]) == (3, 4)
    assert found["very_good"] + found["good"] + found["fair"] == 3
    assert (found["undo"], found["troubles"], found["notes"]) == ("", [], [])
    assert found["whole"]
    assert sum(load["taken"] for load in found["loads"]) == 3
    mentee = board.run.suggestions.filter(mentor__isnull=False).first()
    board.post(f"{board.path}/moves", {"kind": "lock", "mentee": mentee.mentee_id, "version": 0})
    mentee.mentee.state = "paused"
    mentee.mentee.save()
    after = board.get(f"{board.path}/summary").json()
    assert after["undo"].startswith("Undo")
    assert "paused" in after["troubles"][0]


def test_two_runs_side_by_side(board):
    mentee = pairs(board, "?matched=true")["items"][0]["mentee"]["id"]
    board.post(f"{board.path}/moves", {"kind": "unassign", "mentee": mentee, "version": 0})
    again = factory.calculated(board.run.cohort, board.user, based_on=board.run)
    found = board.get(f"/runs/{again.pk}/compare").json()
    assert found["other"] == board.run.pk
    assert (found["before"]["pairs"], found["after"]["pairs"]) == (2, 3)
    assert found["same"] + found["changed"]["total"] == 4
    [change] = [c for c in found["changed"]["items"] if not c["before"]["mentor"]]
    assert change["trend"] == 1
    assert change["after"]["fit"]
    same = board.get(f"/runs/{again.pk}/compare?other={board.run.pk}&limit=1").json()
    assert len(same["changed"]["items"]) == 1
    assert board.get(f"{board.path}/compare?other=999999").status_code == 404


def test_the_only_run_has_nothing_beside_it(board):
    assert board.get(f"{board.path}/compare").status_code == 404


def test_a_run_keeps_what_was_kept(board):
    line = board.run.suggestions.filter(mentor__isnull=False).first()
    board.post(f"{board.path}/moves", {"kind": "lock", "mentee": line.mentee_id, "version": 0})
    made = board.post(f"/cohorts/{board.run.cohort_id}/runs", {"based_on": board.run.pk})
    assert (made.status_code, made.json()["based_on_id"]) == (202, board.run.pk)
    foreign = factory.calculated(factory.filled_cohort(1, 1))
    refused = board.post(f"/cohorts/{board.run.cohort_id}/runs", {"based_on": foreign.pk})
    assert refused.status_code == 404


READS = ["summary", "compare", "pairs/{mentee}", "pairs/{mentee}/alternatives"]
MOVE = {"kind": "unassign", "mentee": 1, "version": 0}
WRITES = {"preview": MOVE, "moves": MOVE, "undo": {"version": 0}, "redo": {"version": 0}}


@pytest.mark.parametrize("part", READS)
def test_a_run_that_is_not_calculated_says_so_to_readers(queued, part):
    answer = queued.get(f"{queued.path}/{part.format(mentee=1)}")
    assert code_of(answer) == (409, "run_not_ready")


@pytest.mark.parametrize("part", WRITES)
def test_a_run_that_is_not_calculated_can_not_be_changed(queued, part):
    assert code_of(queued.post(f"{queued.path}/{part}", WRITES[part])) == (409, "run_not_ready")


@pytest.mark.parametrize("part", READS)
def test_boards_of_others_are_absent(board, client, part):
    stranger = Caller(client, CoordinatorFactory().user)
    mentee = board.run.mentee_ids[0]
    assert stranger.get(f"{board.path}/{part.format(mentee=mentee)}").status_code == 404
    assert stranger.get(f"/cohorts/{board.run.cohort_id}/readiness").status_code == 404


@pytest.mark.parametrize("part", WRITES)
def test_boards_of_others_are_not_changed(board, client, part):
    stranger = Caller(client, CoordinatorFactory().user)
    assert stranger.post(f"{board.path}/{part}", WRITES[part]).status_code == 404
    board.run.refresh_from_db()
    assert board.run.version == 0


def test_a_mentee_of_another_run_is_absent(board):
    other = factory.calculated(factory.filled_cohort(1, 1))
    for path in ("", "/alternatives"):
        answer = board.get(f"{board.path}/pairs/{other.mentee_ids[0]}{path}")
        assert answer.status_code == 404


def test_a_failed_run_says_why(board):
    type(board.run).objects.update(state="failed", error_code="nobody_to_match")
    assert board.get(board.path).json()["error_message"]


@pytest.mark.parametrize("count", [1, 3])
def test_boards_take_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    cohort = factory.filled_cohort(count, count)
    caller = Caller(client, factory.coordinator(cohort))
    run = factory.calculated(cohort, caller.user)
    path = f"/runs/{run.pk}"
    caller.get(f"{path}/pairs/{run.mentee_ids[0]}")  # reads the stored inputs once
    for part, queries in (
        ("pairs", 6),
        (f"pairs/{run.mentee_ids[0]}", 12),
        (f"pairs/{run.mentee_ids[0]}/alternatives", 9),
        ("summary", 11),
    ):
        with django_assert_num_queries(queries):
            assert caller.get(f"{path}/{part}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_runs_take_the_same_queries_for_any_number(client, count, django_assert_num_queries):
    cohort = factory.filled_cohort(1, 1)
    caller = Caller(client, factory.coordinator(cohort))
    for _ in range(count):
        factory.calculated(cohort, caller.user)
    caller.get("/me")
    with django_assert_num_queries(6):
        assert caller.get(f"/cohorts/{cohort.pk}/runs").json()["total"] == count


def test_the_whole_trade_off_certificate_why_not_and_fairness(board):
    trade_off_calculate(run_pk=board.run.pk)
    picture = board.get(f"{board.path}/trade-off").json()
    assert picture["is_complete"]
    assert [o["is_chosen"] for o in picture["objectives"]] == [True, False, False, False]
    proof = board.get(f"{board.path}/certificate").json()
    assert (proof["is_good"], proof["by_hand"]) == (True, "")
    [lone] = pairs(board, "?matched=false")["items"]
    mentor = pairs(board, "?matched=true")["items"][0]["mentor"]
    asked = f"{board.path}/pairs/{lone['mentee']['id']}/why-not/{mentor['id']}"
    answer = board.get(asked).json()
    assert (answer["is_pair"], answer["people_lost"]) == (False, 0)
    assert answer["moves"][0]["mentee"] == lone["mentee"]
    assert answer["text"]
    assert board.get(asked.replace(f"/{mentor['id']}", "/4711")).status_code == 404
    assert board.get(f"{board.path}/fairness").json()["fits"]["unmatched"] == 1


def test_a_run_is_started_for_an_objective_stopped_and_started_again(queued):
    run = queued.get(queued.path).json()
    made = queued.post(f"/cohorts/{run['cohort_id']}/runs", {"objective": "stable"})
    assert made.json()["objective"] == "stable"
    wrong = queued.post(f"/cohorts/{run['cohort_id']}/runs", {"objective": "random"})
    assert code_of(wrong) == (422, "invalid")
    assert queued.post(f"{queued.path}/cancel").json()["state"] == "cancelled"
    assert code_of(queued.post(f"{queued.path}/cancel")) == (409, "run_not_ready")
    assert queued.post(f"{queued.path}/restart").json()["state"] == "queued"
