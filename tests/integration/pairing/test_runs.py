import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core.beats import recover
from tandemwerk.pairing import engine, kept
from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.errors import (
    BoardStale,
    NobodyToMatch,
    PairsNoLongerPossible,
    RunEmpty,
    RunNotReady,
    RunNotRepeatable,
)
from tandemwerk.pairing.jobs import match_run_calculate, runs_prune
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.services import calculation
from tandemwerk.pairing.services.calculation import run_calculate, run_repeat
from tandemwerk.pairing.services.runs import (
    match_run_create,
    match_run_discard,
    match_run_restore,
    run_publish_mark,
)
from tandemwerk.people.models import Profile
from tandemwerk.programmes.models import Participation
from tests.factories.pairing import NOW, calculated, coordinator, filled_cohort, mentee, mentor
from tests.factories.programmes import CohortFactory

pytestmark = pytest.mark.django_db


def clock():
    return NOW


def stored(run):
    """Everything a calculation wrote, except who and when."""
    run = MatchRun.objects.get(pk=run.pk)
    lines = list(
        Suggestion.objects.filter(run=run)
        .order_by("pk")
        .values_list("mentee", "mentor", "score", "reasons", "unmatched_reason", "is_locked")
    )
    blobs = tuple(bytes(getattr(run, name)) for name in ("inputs", "scores", "blocked"))
    return blobs, run.mentor_of, run.inputs_digest, run.total, lines


@pytest.mark.django_db(transaction=True)
def test_run_is_calculated_by_the_worker():
    cohort = filled_cohort()
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    assert run.state == RunState.QUEUED
    call_command("worker", batch=True)
    run.refresh_from_db()
    assert (run.state, run.progress, run.error_code) == (RunState.READY, 100, "")
    assert run.suggestions.filter(mentor__isnull=False).count() == 3
    assert run.engine_version == engine.engine_version
    assert run.upper_bound == pytest.approx(run.total)


def test_same_input_gives_the_same_output():
    cohort = filled_cohort(6, 5)
    by = coordinator(cohort)
    first, second = calculated(cohort, by), calculated(cohort, by)
    assert stored(first) == stored(second)
    assert (first.number, second.number) == (1, 2)


def test_every_pair_has_reasons_and_every_other_line_a_why():
    run = calculated(filled_cohort(3, 2))
    matched = run.suggestions.filter(mentor__isnull=False)
    assert all(line.reasons["reasons"][0]["code"] == "topic_shared" for line in matched)
    alone = run.suggestions.get(mentor__isnull=True)
    assert alone.unmatched_reason["code"] == "unmatched_all_full"


def test_points_of_a_pair_add_up_to_its_score():
    line = calculated(filled_cohort(1, 1)).suggestions.get()
    said = [entry for kind in line.reasons.values() for entry in kind]
    assert sum(entry["points"] for entry in said) == pytest.approx(line.score, abs=1e-6)


def test_empty_pool_is_refused_at_once():
    cohort = CohortFactory()
    mentee(cohort)
    with pytest.raises(NobodyToMatch):
        match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)


def test_pool_that_emptied_meanwhile_fails_with_its_code():
    cohort = filled_cohort(1, 1)
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    Participation.objects.update(state="withdrawn")
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, "nobody_to_match")
    assert AuditEntry.objects.filter(action="run.fail").count() == 1


def test_broken_criteria_fail_with_the_engines_code():
    cohort = filled_cohort(1, 1)
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    MatchRun.objects.filter(pk=run.pk).update(criteria={"weights": {"topics": 11}})
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, "weight_out_of_range")


def test_too_large_a_run_fails_with_its_code(monkeypatch):
    monkeypatch.setattr(calculation, "LARGEST_RUN", 3)
    cohort = filled_cohort(2, 2)
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert (run.state, run.error_code) == (RunState.FAILED, "run_too_large")


def test_anything_unexpected_fails_visibly_and_leaves_nothing_half(monkeypatch):
    cohort = filled_cohort(2, 2)
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)

    def broken(**_):
        raise RuntimeError("disk full")

    monkeypatch.setattr(calculation, "audit_record", broken)
    with pytest.raises(RuntimeError):
        run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert run.suggestions.count() == 0
    assert (run.scores, run.mentor_of) in ((b"", []), (memoryview(b""), []))


@pytest.mark.django_db(transaction=True)
def test_killed_worker_is_made_up_for_with_the_same_inputs():
    cohort = filled_cohort(2, 2)
    run = match_run_create(cohort=cohort, by=coordinator(cohort), now=NOW)
    # The worker claimed the job, read the inputs and was killed.
    DBTaskResult.objects.update(status="RUNNING", started_at=NOW)
    MatchRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING)
    run.refresh_from_db()
    calculation._inputs(MatchRun.objects.select_related("cohort").get(pk=run.pk))
    Profile.objects.update(experience_years=30)
    assert recover(now=NOW)
    call_command("worker", batch=True)
    run.refresh_from_db()
    assert run.state == RunState.READY
    assert {m.experience_years for m in kept.scores_of(run).mentors} == {12}


def test_calculating_twice_changes_nothing():
    run = calculated(filled_cohort())
    before = stored(run)
    run_calculate(run_pk=run.pk, clock=clock)
    assert stored(run) == before


def test_discarded_while_it_is_calculated_stays_discarded(monkeypatch):
    cohort = filled_cohort(1, 1)
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    real = calculation.calculate

    def meanwhile(*args, **kwargs):
        match_run_discard(run=run, by=by, now=NOW)
        return real(*args, **kwargs)

    monkeypatch.setattr(calculation, "calculate", meanwhile)
    run_calculate(run_pk=run.pk, clock=clock)
    run.refresh_from_db()
    assert run.state == RunState.DISCARDED
    assert run.suggestions.count() == 0


def test_repeating_a_run_gives_the_same_bytes(capsys):
    run = calculated(filled_cohort(5, 4))
    assert run_repeat(run) == run.inputs_digest
    call_command("run_verify", str(run.pk))
    assert run.inputs_digest in capsys.readouterr().out


@pytest.mark.parametrize(
    ("field", "value"),
    [("mentor_of", [1, 0]), ("scores", b"x\x9c\x03\x00\x00\x00\x00\x01"), ("seed", 5)],
)
def test_forged_run_is_found(field, value):
    run = calculated(filled_cohort(2, 2))
    MatchRun.objects.filter(pk=run.pk).update(**{field: value})
    with pytest.raises(RunNotRepeatable):
        run_repeat(MatchRun.objects.get(pk=run.pk))
    with pytest.raises(CommandError):
        call_command("run_verify", str(run.pk))


def test_run_of_an_older_engine_is_told_apart():
    run = calculated(filled_cohort(1, 1))
    run.engine_version = "matching 0.9"
    with pytest.raises(RunNotRepeatable) as refused:
        run_repeat(run)
    assert refused.value.params["what"] == f"engine (matching 0.9 → {engine.engine_version})"


def test_verify_of_an_unknown_run_says_so():
    with pytest.raises(CommandError, match="4711"):
        call_command("run_verify", "4711")


def test_discard_and_restore():
    run = calculated(filled_cohort(1, 1))
    match_run_discard(run=run, by=run.created_by, now=NOW)
    with pytest.raises(RunNotReady):
        match_run_discard(run=run, by=run.created_by, now=NOW)
    match_run_restore(run=run, by=run.created_by, now=NOW)
    assert run.state == RunState.READY
    with pytest.raises(RunNotReady):
        match_run_restore(run=run, by=run.created_by, now=NOW)


def test_only_a_calculated_run_comes_back():
    cohort = filled_cohort(1, 1)
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    match_run_discard(run=run, by=by, now=NOW)
    with pytest.raises(RunNotReady):
        match_run_restore(run=run, by=by, now=NOW)


def test_old_discarded_runs_go_with_their_profiles():
    cohort = filled_cohort(1, 1)
    kept, gone = calculated(cohort), calculated(cohort)
    match_run_discard(run=gone, by=gone.created_by, now=NOW.replace(year=2024))
    runs_prune.func()
    assert list(MatchRun.objects.values_list("pk", flat=True)) == [kept.pk]


def test_publish_marks_once_and_hands_over_the_pairs():
    run = calculated(filled_cohort(3, 2))
    pairs = run_publish_mark(run=run, by=run.created_by, now=NOW, version=run.version)
    assert len(pairs) == 2
    assert (run.state, run.published_at) == (RunState.PUBLISHED, NOW)
    with pytest.raises(RunNotReady):
        run_publish_mark(run=run, by=run.created_by, now=NOW)


def test_publish_of_a_stale_board_is_refused():
    run = calculated(filled_cohort(1, 1))
    with pytest.raises(BoardStale):
        run_publish_mark(run=run, by=run.created_by, now=NOW, version=run.version + 1)


def test_publish_without_a_pair_is_refused():
    run = calculated(filled_cohort(1, 1))
    run.suggestions.update(mentor=None, score=None)
    with pytest.raises(RunEmpty):
        run_publish_mark(run=run, by=run.created_by, now=NOW)


@pytest.mark.parametrize("role", ["mentee", "mentor"])
@pytest.mark.parametrize("change", [{"proposals_open": 1}, {"state": "paused"}])
def test_publish_names_who_is_no_longer_free(role, change):
    cohort = filled_cohort(2, 2)
    run = calculated(cohort)
    person = Participation.objects.filter(role=role).first()
    Participation.objects.filter(pk=person.pk).update(**change)
    with pytest.raises(PairsNoLongerPossible) as refused:
        run_publish_mark(run=run, by=run.created_by, now=NOW)
    assert refused.value.params["names"] == person.user.name


def test_mentor_with_fewer_seats_than_pairs_is_named():
    cohort = CohortFactory()
    mentee(cohort), mentee(cohort)
    rosa = mentor(cohort, "Rosa", seats=2)
    run = calculated(cohort)
    Participation.objects.filter(pk=rosa.pk).update(proposals_open=1)
    with pytest.raises(PairsNoLongerPossible):
        run_publish_mark(run=run, by=run.created_by, now=NOW)


def test_job_does_nothing_for_a_run_that_is_gone():
    match_run_calculate.func(run_pk=4711)
