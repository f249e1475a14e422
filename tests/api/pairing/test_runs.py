import pytest
from django.core.management import call_command

from tandemwerk.pairing.models import MatchRun
from tests.api.conftest import Caller
from tests.factories.pairing import calculated, coordinator, filled_cohort
from tests.factories.programmes import CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client):
    cohort = filled_cohort(4, 4)
    caller = Caller(client, coordinator(cohort))
    return caller, calculated(cohort, caller.user)


@pytest.mark.django_db(transaction=True)
def test_run_is_started_calculated_and_read(client):
    cohort = filled_cohort(3, 3)
    caller = Caller(client, coordinator(cohort))
    made = caller.post(f"/cohorts/{cohort.pk}/runs", {"seed": 7})
    assert (made.status_code, made.json()["state"]) == (202, "queued")
    call_command("worker", batch=True)
    run = caller.get(f"/runs/{made.json()['id']}").json()
    assert (run["state"], run["progress"], run["seed"]) == ("ready", 100, 7)
    assert len(run["inputs_digest"]) == 64
    pairs = caller.get(f"/runs/{run['id']}/pairs").json()
    assert pairs["total"] == 3
    assert all(pair["mentor"] and pair["reasons"] and pair["fit"] for pair in pairs["items"])
    assert [row["id"] for row in caller.get(f"/cohorts/{cohort.pk}/runs").json()["items"]] == [
        run["id"]
    ]


def test_swap_with_preview_undo_and_redo(board):
    caller, run = board
    address = f"/runs/{run.pk}"
    before = {p["mentee"]["id"]: p["mentor"]["id"] for p in items(caller, run)}
    first, second = list(before)[:2]
    order = {"kind": "swap", "mentee": first, "other": second, "version": 0}
    effect = caller.post(f"{address}/preview", order).json()
    assert effect["unmatched_before"] == effect["unmatched_after"] == 0
    assert effect["text"]
    assert caller.post(f"{address}/moves", order).json()["version"] == 1
    after = {p["mentee"]["id"]: p["mentor"]["id"] for p in items(caller, run)}
    assert (after[first], after[second]) == (before[second], before[first])
    assert caller.post(f"{address}/undo", {"version": 1}).json()["version"] == 2
    assert {p["mentee"]["id"]: p["mentor"]["id"] for p in items(caller, run)} == before
    assert caller.post(f"{address}/redo", {"version": 2}).status_code == 200


def test_old_picture_is_refused(board):
    caller, run = board
    mentee = run.mentee_ids[0]
    order = {"kind": "unassign", "mentee": mentee, "version": 0}
    assert caller.post(f"/runs/{run.pk}/moves", order).status_code == 200
    answer = caller.post(f"/runs/{run.pk}/moves", {**order, "kind": "lock"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "board_stale")


def test_alternatives_are_ranked(board):
    caller, run = board
    found = caller.get(f"/runs/{run.pk}/pairs/{run.mentee_ids[0]}/alternatives").json()["items"]
    assert len(found) == 3
    assert [f["score"] for f in found] == sorted((f["score"] for f in found), reverse=True)


def test_publishing_makes_proposals_once(board):
    caller, run = board
    assert caller.post(f"/runs/{run.pk}/publish").json() == {"proposals": 4}
    assert caller.post(f"/runs/{run.pk}/publish").status_code == 409


def test_foreign_coordinator_finds_nothing(board, client):
    _, run = board
    stranger = Caller(client, CoordinatorFactory().user)
    for path in (f"/runs/{run.pk}", f"/runs/{run.pk}/pairs", f"/cohorts/{run.cohort_id}/runs"):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"/runs/{run.pk}/discard").status_code == 404
    assert MatchRun.objects.get(pk=run.pk).state == "ready"


@pytest.mark.parametrize("count", [1, 3])
def test_pairs_take_the_same_queries_for_any_number(client, count, django_assert_max_num_queries):
    cohort = filled_cohort(count, count)
    caller = Caller(client, coordinator(cohort))
    run = calculated(cohort, caller.user)
    caller.get(f"/runs/{run.pk}")
    with django_assert_max_num_queries(6):
        assert len(items(caller, run)) == count


def items(caller, run):
    return caller.get(f"/runs/{run.pk}/pairs").json()["items"]
