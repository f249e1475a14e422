"""Objectives, proof, why not, fairness and stopping a run, from service to page."""

import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core.jobs import warm_up_all
from tandemwerk.matching import Criteria, kernels, scorer, signatures
from tandemwerk.matching.advice import kernels_why
from tandemwerk.pairing import kept
from tandemwerk.pairing.engine import Stopped, calculate
from tandemwerk.pairing.enums import MoveKind, Objective, RunStage, RunState
from tandemwerk.pairing.errors import NoProof, RunNotReady
from tandemwerk.pairing.jobs import match_run_weigh
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.board import board_glance, board_read
from tandemwerk.pairing.selectors.board_page import PAGE
from tandemwerk.pairing.selectors.check import run_check
from tandemwerk.pairing.selectors.fairness import fairness_data, fairness_read, fairness_rows
from tandemwerk.pairing.selectors.proof import proof_read
from tandemwerk.pairing.selectors.trade_off import trade_off_read
from tandemwerk.pairing.selectors.visible import boards_run_by
from tandemwerk.pairing.selectors.why_not import asking, why_not_read
from tandemwerk.pairing.services import calculation, trade_off, watch
from tandemwerk.pairing.services.calculation import run_calculate
from tandemwerk.pairing.services.moves import Order, board_move
from tandemwerk.pairing.services.runs import (
    discarded_prune,
    match_run_cancel,
    match_run_create,
    match_run_restart,
)
from tandemwerk.pairing.services.trade_off import trade_off_calculate
from tandemwerk.pairing.services.watch import Watch
from tests.factories.pairing import NOW, calculated, coordinator, filled_cohort, mentee, mentor

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def plain_english_and_nothing_kept():
    """Tests forge what a process otherwise rightly keeps, and numbers of runs come again."""
    kept.forget_all()
    with translation.override("en"):
        yield
    kept.forget_all()


@pytest.fixture
def cohort():
    """Six mentees, four mentors: two stay alone."""
    return filled_cohort(6, 4)


@pytest.fixture
def run(cohort):
    made = calculated(cohort)
    trade_off_calculate(run_pk=made.pk)
    return boards_run_by(made.created_by).get(pk=made.pk)


@pytest.fixture
def signed_in(client, run):
    client.force_login(run.created_by)
    return client


def url(name, run, **more):
    return reverse(f"pairing:{name}", kwargs={"run_pk": run.pk, **more})


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def clock():
    return NOW


@pytest.mark.parametrize("objective", Objective.values)
def test_each_objective_is_stored_proven_and_in_the_digest(cohort, objective):
    by = coordinator(cohort)
    run = calculated(cohort, by, objective=objective)
    assert (run.state, run.objective) == (RunState.READY, objective)
    assert run_check(run).is_good
    if objective != Objective.TOTAL:
        assert run.inputs_digest != calculated(cohort, by).inputs_digest
    call_command("run_verify", str(run.pk))


def test_trade_off_has_figures_of_all_and_is_made_once(run):
    assert set(run.trade_off) == set(Objective.values)
    assert run.trade_off["stable"]["blocking"] == 0
    assert run.trade_off["total"]["total"] == pytest.approx(run.total)
    assert max(f["total"] for f in run.trade_off.values()) == run.trade_off["total"]["total"]
    assert run.swap_test["passed"]
    picture = trade_off_read(run)
    assert picture.is_complete
    assert [aim.is_chosen for aim in picture.aims] == [True, False, False, False]
    assert all(len(measure.cells) == 4 for measure in picture.measures)
    before = MatchRun.objects.get(pk=run.pk).trade_off
    trade_off_calculate(run_pk=run.pk)
    assert MatchRun.objects.get(pk=run.pk).trade_off == before


def test_a_run_stops_while_it_scores(cohort):
    inputs = kept.stored_of(calculated(cohort)).inputs
    stages = []
    with pytest.raises(Stopped):
        calculate(
            inputs, criteria=Criteria().to_dict(), seed=0, objective="total",
            enter=stages.append, should_stop=lambda: True,
        )  # fmt: skip
    assert stages == [RunStage.SCORING]


def test_a_stopped_run_scores_no_further_rows(cohort, monkeypatch):
    """The product's own question, asked between rows: the first yes is the last question."""
    monkeypatch.setattr(scorer, "PAIRS_BETWEEN", 1)
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    asked = []

    def stopped_meanwhile():
        asked.append(1)
        return len(asked) == 3

    monkeypatch.setattr(watch, "Question", lambda look, tick: stopped_meanwhile)
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (len(asked), run.stage, run.state) == (3, RunStage.SCORING, RunState.RUNNING)
    assert not run.suggestions.exists()


def test_trade_off_makes_way_for_a_run_that_waits(cohort, monkeypatch):
    run = calculated(cohort)
    DBTaskResult.objects.all().delete()

    def waiting(*args, **kwargs):
        raise Stopped

    monkeypatch.setattr(trade_off, "solve", waiting)
    trade_off_calculate(run_pk=run.pk)
    run.refresh_from_db()
    assert list(run.trade_off) == ["total"]
    assert [job.task_path for job in DBTaskResult.objects.all()] == [match_run_weigh.module_path]


def test_trade_off_of_a_forgotten_or_absent_run_is_nothing(run):
    MatchRun.objects.filter(pk=run.pk).update(mentee_ids=[], trade_off={})
    trade_off_calculate(run_pk=run.pk)
    trade_off_calculate(run_pk=4711)
    assert MatchRun.objects.get(pk=run.pk).trade_off == {}


def test_proof_says_best_possible_and_after_a_move_how_far_below(run):
    read = board_read(run)
    assert proof_read(read).is_best
    line = read.pairs[-1]
    order = Order(MoveKind.UNASSIGN, line.mentee_id, run.version)
    board_move(run=run, order=order, by=run.created_by, now=NOW)
    said = proof_read(board_read(run))
    assert not said.is_best
    assert "1 mentee was moved by hand" in said.by_hand
    assert "1 pair fewer" in said.by_hand


def test_a_forged_proof_is_found(run):
    forged = kept.stored_of(run).assignment
    forged.certificate.prices[:] = 0
    assert not run_check(run).is_good
    with pytest.raises(CommandError, match="proof"):
        call_command("run_verify", str(run.pk))


def test_a_run_from_before_proofs_says_so(run):
    MatchRun.objects.filter(pk=run.pk).update(proof=b"")
    run = MatchRun.objects.get(pk=run.pk)
    kept.forget_all()
    with pytest.raises(NoProof):
        run_check(run)
    said = proof_read(board_read(run))
    assert (said.is_best, said.can_check) == (False, False)


def test_why_not_tells_ranks_cost_and_who_would_move(run):
    read = board_read(run)
    lone = read.lone()[0]
    taken = read.pairs[0]
    answer = why_not_read(read, lone, taken.mentor_id)
    assert answer.sentences
    assert not answer.is_pair
    assert lone.mentee.user.name in {name for name, _before, _after in answer.moves}
    found = asking(read, lone, q=taken.mentor.user.given_name if taken.mentor else "")
    assert found.total >= 1
    assert asking(read, lone, q="nobody has this name").found == []


def test_why_not_answers_the_same_from_names_alone(run):
    whole, glance = board_read(run), board_glance(run)
    assert glance.plans.names == whole.plans.names
    assert glance.plans.seats == whole.plans.seats
    assert glance.plans.mentor_of == whole.plans.mentor_of
    for line in whole.loaded.lines.values():
        for pk in run.mentor_ids:
            full = why_not_read(whole, line, pk)
            said = why_not_read(glance, glance.by_suggestion[line.pk], pk)
            assert said.mentee.name == full.mentee.name
            assert said.mentor.name == full.mentor.name
            assert replace(said, mentee=full.mentee, mentor=full.mentor) == full


def test_a_web_process_loads_all_loops_that_an_answer_needs(run):
    warm_up_all(pages=True)
    loops = [kernels_why.cheapest_way, kernels.score_lines, signatures._sign]
    loaded = [len(loop.signatures) for loop in loops]
    assert min(loaded) > 0
    read = board_glance(run)
    why_not_read(read, read.lone()[0], run.mentor_ids[0])
    assert [len(loop.signatures) for loop in loops] == loaded


def test_why_not_of_a_pair_says_that_they_are_one(run):
    read = board_read(run)
    pair = read.pairs[0]
    assert why_not_read(read, pair, pair.mentor_id).is_pair


def test_why_not_page_fragments_and_absent(signed_in, run):
    line = run.suggestions.exclude(mentor=None).first()
    other = run.suggestions.exclude(mentor=None).exclude(pk=line.pk).first()
    asked = {"mentee": line.pk}
    assert "why-not" in text(signed_in.get(url("run_why_not", run), asked))
    assert "Mentor" in text(signed_in.get(url("run_why_not", run), {**asked, "q": "m"}, **HTMX))
    answer = text(
        signed_in.get(url("run_why_not", run), {**asked, "mentor": other.mentor_id}, **HTMX)
    )
    assert "number" in answer
    for wrong in ({}, {"mentee": "x"}, {"mentee": 4711}, {**asked, "mentor": 4711}):
        assert signed_in.get(url("run_why_not", run), wrong).status_code == 404


def test_check_again_answers_as_fragment_and_page(signed_in, run):
    assert "it holds" in text(signed_in.get(url("run_check", run), **HTMX))
    assert "it holds" in text(signed_in.get(url("run_check", run)))


def test_trade_off_fragment_asks_again_until_all_are_known(signed_in, run):
    assert "hx-trigger" not in text(signed_in.get(url("run_trade_off", run), **HTMX))
    MatchRun.objects.filter(pk=run.pk).update(trade_off={})
    assert "load delay" in text(signed_in.get(url("run_trade_off", run), **HTMX))
    assert signed_in.get(url("run_trade_off", run)).status_code == 302


def test_objective_is_chosen_at_the_start_and_kept_or_changed_again(signed_in, run):
    start = reverse("pairing:run_list", kwargs={"cohort_pk": run.cohort_id})
    signed_in.post(start, {"client_id": "a", "objective": "fair"})
    fair = MatchRun.objects.latest("pk")
    signed_in.post(url("run_rerun", fair), {"client_id": "b"})
    same = MatchRun.objects.latest("pk")
    signed_in.post(url("run_rerun", fair), {"client_id": "c", "objective": "stable"})
    other = MatchRun.objects.latest("pk")
    assert [r.objective for r in (fair, same, other)] == ["fair", "fair", "stable"]
    assert "Fair" in text(signed_in.get(start))
    forged = signed_in.post(start, {"client_id": "d", "objective": "random"})
    assert forged.status_code == 404


def test_fairness_hides_small_groups_and_names(run):
    report = fairness_read(board_read(run))
    assert report.report.fits.matched == 4
    assert [mentor for _mentee, mentor, _level in report.worst[:2]] == [None, None]
    data = fairness_data(board_read(run))
    assert json.dumps(data)
    names = [
        line.mentee.user.family_name for line in run.suggestions.select_related("mentee__user")
    ]
    assert names[0] not in json.dumps(data)
    assert all(rate["people"] is None for rate in data["groups"]["site"] if rate["value"])
    rows = fairness_rows(board_read(run))
    assert ("fits", "matched", 4) in rows


def test_fairness_shows_a_group_of_seven_and_its_complement(cohort):
    for number in range(7):
        mentee(cohort, f"North{number}", site="Hamburg")
        mentor(cohort, site="Hamburg")
        mentee(cohort, f"South{number}", site="München")
    run = calculated(cohort)
    report = fairness_read(board_read(run))
    place = next(a for a in report.attributes if str(a.name) == "Place")
    assert {group.name for group in place.groups} >= {"Hamburg", "München"} or place.hidden


def test_fairness_pages_and_files(signed_in, run):
    page = text(signed_in.get(url("run_fairness", run)))
    assert "Swap test" in page
    csv = signed_in.get(url("run_fairness_csv", run))
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in csv["Content-Disposition"]
    assert signed_in.get(url("run_fairness_json", run)).json()["fits"]["matched"] == 4


def test_a_waiting_run_is_stopped_and_started_again(cohort):
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    match_run_cancel(run=run, by=by, now=NOW)
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, run.suggestions.count()) == (RunState.CANCELLED, 0)
    with pytest.raises(RunNotReady):
        match_run_cancel(run=run, by=by, now=NOW)
    mentee(cohort, "Later")
    match_run_restart(run=run, by=by, now=NOW)
    with pytest.raises(RunNotReady):
        match_run_restart(run=run, by=by, now=NOW)
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, run.suggestions.count()) == (RunState.READY, 7)
    done = AuditEntry.objects.filter(action__in=["run.cancel", "run.restart"])
    assert done.count() == 2


@pytest.mark.parametrize("stage", [RunStage.SCORING, RunStage.ASSIGNING, RunStage.EXPLAINING])
def test_stopped_at_any_stage_leaves_nothing(cohort, monkeypatch, stage):
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    real = Watch.enter

    def enter(self, reached):
        real(self, reached)
        if reached == stage:
            match_run_cancel(run=MatchRun.objects.get(pk=run.pk), by=by, now=NOW)
            self.should_stop = lambda: True

    monkeypatch.setattr(Watch, "enter", enter)
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, run.mentor_of) == (RunState.CANCELLED, [])
    assert not Suggestion.objects.filter(run=run).exists()


def test_a_worker_overtaken_by_another_writes_nothing(cohort, monkeypatch):
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    real = calculation.calculate

    def meanwhile(*args, **kwargs):
        MatchRun.objects.filter(pk=run.pk).update(started_at=NOW.replace(hour=23))
        return real(*args, **kwargs)

    monkeypatch.setattr(calculation, "calculate", meanwhile)
    run_calculate(run_pk=run.pk, clock=clock)
    assert not Suggestion.objects.filter(run=run).exists()


def test_old_stopped_runs_go(cohort):
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    match_run_cancel(run=run, by=run.created_by, now=NOW)
    assert discarded_prune(before=NOW.replace(year=2027)) == 1


def test_stopping_and_starting_by_page(client, cohort):
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    client.force_login(by)
    assert "Stop the run" in text(client.get(url("run_board", run)))
    client.post(url("run_cancel", run), {"client_id": "a"})
    stopped = text(client.get(url("run_board", run)))
    assert "was stopped" in stopped
    assert "hx-trigger" not in stopped.split('id="run-progress"')[1].split(">")[0]
    client.post(url("run_restart", run), {"client_id": "b"})
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


def test_a_long_list_comes_in_pages_and_the_search_finds_everybody(client, cohort):
    by = coordinator(cohort)
    for number in range(PAGE):
        mentee(cohort, f"Many{number}")
        mentor(cohort, f"More{number}")
    run = calculated(cohort, by)
    client.force_login(by)
    page = text(client.get(url("run_board", run)))
    assert page.count('role="row" class="row"') <= PAGE + 120
    assert 'id="board-more"' in page
    more = text(client.get(url("run_board", run), {"page": 2}, HTTP_HX_TARGET="board-more", **HTMX))
    assert "<html" not in more
    assert 'id="board-more"' not in more
    found = text(client.get(url("run_board", run), {"q": "Many7 "}))
    assert "Many7" in found
