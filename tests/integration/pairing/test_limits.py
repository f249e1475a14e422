"""A floor below which nobody is matched, and runs that change as little as possible."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from tandemwerk.audit.models import AuditEntry
from tandemwerk.pairing import kept
from tandemwerk.pairing.enums import MoveKind, Objective, RunState
from tandemwerk.pairing.errors import KeepNeedsBestWhole, NothingToKeep
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import board_read
from tandemwerk.pairing.selectors.check import run_check
from tandemwerk.pairing.selectors.proof import proof_read
from tandemwerk.pairing.selectors.trade_off import trade_off_read
from tandemwerk.pairing.selectors.visible import boards_run_by
from tandemwerk.pairing.selectors.why_not import why_not_read
from tandemwerk.pairing.services.calculation import run_calculate
from tandemwerk.pairing.services.moves import Order, board_move
from tandemwerk.pairing.services.runs import match_run_create, match_run_restart
from tandemwerk.pairing.services.trade_off import trade_off_calculate
from tandemwerk.programmes.models import Participation
from tests.api.conftest import Caller
from tests.factories.pairing import NOW, calculated, coordinator, filled_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_english_and_nothing_kept():
    kept.forget_all()
    with translation.override("en"):
        yield
    kept.forget_all()


@pytest.fixture
def cohort():
    """Eight mentees, eight mentors; the n-th wants what the n-th offers."""
    return filled_cohort(8, 8)


def pairs_of(run):
    lines = Suggestion.objects.filter(run=run, mentor__isnull=False)
    return dict(lines.values_list("mentee_id", "mentor_id"))


def board(run):
    return board_read(boards_run_by(run.created_by).get(pk=run.pk))


def swapped(run, by):
    """The board after two mentees with different topics were swapped by hand."""
    first, second = run.mentee_ids[:2]
    board_move(
        run=run, order=Order(MoveKind.SWAP, first, run.version, other=second), by=by, now=NOW
    )
    run.refresh_from_db()
    return run


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.mark.parametrize("objective", Objective.values)
def test_nobody_is_matched_below_the_floor(cohort, objective):
    by = coordinator(cohort)
    free = calculated(cohort, by, objective=objective)
    fits = sorted(free.suggestions.filter(mentor__isnull=False).values_list("score", flat=True))
    floor = (fits[0] + fits[-1]) / 2 if fits[0] < fits[-1] else fits[-1] + 0.01
    run = calculated(cohort, by, objective=objective, floor=floor)
    lines = list(run.suggestions.all())
    assert all(line.score >= floor for line in lines if line.mentor_id)
    assert any(line.mentor_id is None for line in lines)
    codes = {line.unmatched_reason["code"] for line in lines if line.mentor_id is None}
    assert "unmatched_below_floor" in codes
    assert run.inputs_digest != free.inputs_digest
    assert run_check(run).is_good
    call_command("run_verify", str(run.pk))
    trade_off_calculate(run_pk=run.pk)
    run.refresh_from_db()
    assert all(f["worst"] is None or f["worst"] >= floor for f in run.trade_off.values())
    assert "Nobody was matched with a fit below" in proof_read(board(run)).notes[0]


def test_a_floor_outside_the_fits_is_refused_by_the_database(cohort):
    for floor in (-0.1, 1.1):
        with pytest.raises(IntegrityError), transaction.atomic():
            match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW, floor=floor)


def test_pairs_of_the_board_stay_with_moves_by_hand(cohort):
    by = coordinator(cohort)
    first = swapped(calculated(cohort, by), by)
    before = pairs_of(first)
    plain = calculated(cohort, by)
    assert pairs_of(plain) != before
    assert (plain.rematch, plain.keeps_pairs) == ({}, False)
    again = calculated(cohort, by, based_on=first, keeps_pairs=True)
    assert pairs_of(again) == before
    assert again.based_on == first
    counts = {key: again.rematch[key] for key in ("kept", "changed", "lost", "gained")}
    assert counts == {"kept": 8, "changed": 0, "lost": 0, "gained": 0}
    assert again.rematch["total_lost"] > 0
    assert again.inputs_digest != plain.inputs_digest
    assert run_check(again).is_good
    call_command("run_verify", str(again.pk))
    details = AuditEntry.objects.filter(action="run.create").latest("pk").details
    assert (details["keeps_pairs"], details["floor"]) == (True, None)


def test_only_who_left_is_replaced_and_the_board_says_so(cohort):
    by = coordinator(cohort)
    first = calculated(cohort, by)
    gone = first.suggestions.order_by("pk")[0].mentor_id
    Participation.objects.filter(pk=gone).update(state="withdrawn")
    run = calculated(cohort, by, keeps_pairs=True, floor=0.0)
    assert run.based_on == first
    assert run.rematch["kept"] >= 6
    was, now = pairs_of(first), pairs_of(run)
    same = sum(now.get(mentee) == mentor for mentee, mentor in was.items())
    assert same == run.rematch["kept"]
    shown = proof_read(board(run))
    assert shown.title == "Changes as little as possible"
    said = " ".join(shown.notes)
    assert f"{run.rematch['kept']} of 7 pairs of the run before were kept" in said
    assert "against the best whole, proven" in said
    assert shown.can_keep


def test_a_run_that_keeps_pairs_promises_no_prices_of_other_aims(cohort):
    by = coordinator(cohort)
    first = swapped(calculated(cohort, by), by)
    run = calculated(cohort, by, based_on=first, keeps_pairs=True)
    trade_off_calculate(run_pk=run.pk)
    run.refresh_from_db()
    picture = trade_off_read(run)
    assert picture.is_complete
    assert {aim.price for aim in picture.aims} == {""}
    read = board(run)
    line = next(iter(read.loaded.lines.values()))
    other = next(pk for pk in run.mentor_ids if pk != line.mentor_id)
    assert "which the run is set against" in why_not_read(read, line, other).note


def test_keeping_needs_the_best_whole_and_pairs(cohort):
    by = coordinator(cohort)
    start = {"cohort": cohort, "by": by, "now": NOW, "keeps_pairs": True}
    with pytest.raises(NothingToKeep):
        match_run_create(**start)
    waiting = match_run_create(cohort=cohort, by=by, now=NOW)
    with pytest.raises(NothingToKeep):
        match_run_create(**start, based_on=waiting)
    calculated(cohort, by)
    with pytest.raises(KeepNeedsBestWhole):
        match_run_create(**start, objective=Objective.FAIR)


def test_a_run_whose_past_is_gone_keeps_nothing_and_goes_on(cohort):
    by = coordinator(cohort)
    calculated(cohort, by)
    run = match_run_create(cohort=cohort, by=by, now=NOW, keeps_pairs=True)
    MatchRun.objects.filter(pk=run.pk).update(based_on=None, state=RunState.CANCELLED)
    run.refresh_from_db()
    match_run_restart(run=run, by=by, now=NOW)
    run_calculate(run_pk=run.pk, clock=lambda: NOW)
    run.refresh_from_db()
    assert (run.state, run.rematch["kept"], run.rematch["gained"]) == (RunState.READY, 0, 8)


def test_the_form_offers_both_and_the_board_carries_them_on(cohort, client):
    by = coordinator(cohort)
    client.force_login(by)
    place = reverse("pairing:run_list", kwargs={"cohort_pk": cohort.pk})
    page = text(client.get(place))
    assert "Nobody is matched below" in page
    assert "5 of ten (good)" in page
    assert 'name="keep"' not in page
    first = calculated(cohort, by)
    page = text(client.get(place))
    assert "Keep pairs of run 1 where possible" in page
    client.post(place, {"objective": "total", "floor": "0.4", "keep": "on"})
    run = MatchRun.objects.get(number=2)
    assert (run.floor, run.keeps_pairs, run.based_on) == (0.4, True, first)
    client.post(place, {"objective": "total", "floor": ""})
    run = MatchRun.objects.get(number=3)
    assert (run.floor, run.keeps_pairs, run.based_on) == (None, False, None)
    floored = calculated(cohort, by, floor=0.1)
    page = text(client.get(reverse("pairing:run_board", kwargs={"run_pk": floored.pk})))
    assert "Calculate again, change little" in page
    client.post(reverse("pairing:run_rerun", kwargs={"run_pk": floored.pk}), {"keep": "on"})
    run = MatchRun.objects.latest("number")
    assert (run.floor, run.keeps_pairs, run.based_on) == (0.1, True, floored)
    for wrong in ("1.5", "nan", "much"):
        assert client.post(place, {"floor": wrong}).status_code == 404


def test_programs_can_ask_for_both(cohort, client):
    caller = Caller(client, coordinator(cohort))
    address = f"/cohorts/{cohort.pk}/runs"
    answer = caller.post(address, {"keep_pairs": True})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "nothing_to_keep")
    assert caller.post(address, {"floor": 1.5}).status_code == 422
    first = calculated(cohort, caller.user)
    made = caller.post(address, {"floor": 0.2, "keep_pairs": True}).json()
    assert (made["floor"], made["keeps_pairs"], made["rematch"]) == (0.2, True, None)
    assert made["based_on_id"] == first.pk
    run = calculated(cohort, caller.user, keeps_pairs=True)
    shown = caller.get(f"/runs/{run.pk}").json()
    assert shown["rematch"] == {
        "kept": 8, "changed": 0, "lost": 0, "gained": 0, "total_lost": 0.0,
    }  # fmt: skip


def test_the_swap_test_says_what_it_can_and_cannot_show(cohort, client):
    run = calculated(cohort)
    trade_off_calculate(run_pk=run.pk)
    client.force_login(run.created_by)
    page = text(client.get(reverse("pairing:run_fairness", kwargs={"run_pk": run.pk})))
    assert "nothing real to swap" in page
    assert "It cannot show whether topics, function or place stand for" in page
