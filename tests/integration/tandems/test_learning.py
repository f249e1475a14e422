"""Learning from chemistry meetings, from the switch to the estimate beside a pair."""

import json
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tandemwerk.audit.models import AuditEntry
from tandemwerk.pairing.models import ChemistryLearning, Suggestion
from tandemwerk.pairing.selectors.board import board_read
from tandemwerk.pairing.selectors.chemistry import chemistry_of, learning_read
from tandemwerk.pairing.selectors.detail import detail
from tandemwerk.pairing.services import chemistry
from tandemwerk.people.erasure import erasers
from tandemwerk.programmes.services.programmes import programme_update
from tandemwerk.tandems.jobs import chemistry_learn, chemistry_learn_all
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.learning import meetings_had, organisation_learn
from tests.factories.chemistry import meetings_held
from tests.factories.pairing import calculated, filled_cohort
from tests.factories.programmes import CoordinatorFactory, ProgrammeFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(learns_from_chemistry=True)


def learn(programme):
    organisation_learn(organisation_pk=programme.organisation_id, now=NOW)
    return ChemistryLearning.objects.filter(organisation=programme.organisation_id).first()


def switch(programme, *, on):
    by = CoordinatorFactory(programme=programme).user
    return programme_update(
        programme=programme, changes={"learns_from_chemistry": on}, by=by, now=NOW
    )


def run_waiting_jobs():
    """What a worker would do."""
    waiting = DBTaskResult.objects.filter(task_path="tandemwerk.tandems.jobs.chemistry_learn")
    for job in waiting:
        chemistry_learn.call(**job.args_kwargs["kwargs"])
    waiting.delete()


def forget(user):
    for entry in erasers():
        if entry.name in ("tandems", "pairing"):
            entry.erase(user, NOW)


def test_it_is_off_and_the_switch_is_audited():
    programme = ProgrammeFactory()
    assert programme.learns_from_chemistry is False
    switch(programme, on=True)
    entry = AuditEntry.objects.get(action="programme.update")
    assert entry.details == {"fields": ["learns_from_chemistry"], "learns_from_chemistry": True}


def test_switching_on_learns_and_switching_off_forgets(django_capture_on_commit_callbacks):
    programme = ProgrammeFactory()
    with django_capture_on_commit_callbacks(execute=True):
        switch(programme, on=True)
    run_waiting_jobs()
    kept = ChemistryLearning.objects.get(organisation=programme.organisation)
    assert (kept.shortage, kept.meetings, kept.groups) == ("pairs", 0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        switch(programme, on=False)
    run_waiting_jobs()
    assert not ChemistryLearning.objects.exists()


def test_too_few_meetings_are_counted_and_nothing_else_is_kept(programme):
    meetings_held(programme, cohorts=2, each=12)
    kept = learn(programme)
    assert (kept.shortage, kept.meetings, kept.groups) == ("pairs", 24, 2)
    assert (kept.model, kept.evaluation) == ({}, {})
    assert learning_read(programme).state == "few"


def test_two_cohorts_are_too_few_however_many_meet(programme):
    meetings_held(programme, cohorts=2, each=60)
    assert learn(programme).shortage == "groups"


def test_enough_meetings_give_a_model_that_the_same_meetings_give_again(programme):
    meetings_held(programme)
    first = learn(programme)
    assert (first.shortage, first.meetings, first.groups) == ("", 120, 3)
    entries = AuditEntry.objects.filter(action="chemistry.learn").count()
    assert organisation_learn(organisation_pk=programme.organisation_id, now=NOW) is False
    assert AuditEntry.objects.filter(action="chemistry.learn").count() == entries == 1
    ChemistryLearning.objects.all().delete()
    again = learn(programme)
    assert (again.model, again.evaluation) == (first.model, first.evaluation)
    read = learning_read(programme)
    assert read.state == "learned"
    assert read.tells_apart
    assert sum(point.meetings for point in read.points) == 120
    assert min(point.meetings for point in read.points) >= 7


def test_what_is_kept_names_nobody(programme):
    meetings_held(programme)
    kept = learn(programme)
    assert kept.model["people"] == []
    assert kept.model["effects"] == [[], [], [], []]
    told = json.dumps([kept.model, kept.evaluation])
    assert "mentee" not in told
    assert "example.org" not in told


def test_only_finished_meetings_of_programmes_that_have_it_on_count(programme):
    cohort = meetings_held(programme, cohorts=1, each=6)[0]
    meetings_held(ProgrammeFactory(organisation=programme.organisation), cohorts=1, each=6, seed=2)
    meetings_held(ProgrammeFactory(learns_from_chemistry=True), cohorts=1, each=6, seed=3)
    first, second, third = Tandem.objects.filter(cohort=cohort).order_by("pk")[:3]
    Tandem.objects.filter(pk=first.pk).update(chemistry_met_on=None)
    TandemMember.objects.filter(tandem=second).update(chemistry_answer="pending")
    TandemMember.objects.filter(tandem=third, role="mentee").update(chemistry_answer="yes")
    TandemMember.objects.filter(tandem=third, role="mentor").update(chemistry_answer="pending")
    assert len(meetings_had(programme.organisation_id)) == 3


def test_the_first_no_counts_although_the_other_was_not_asked(programme):
    meetings_held(programme, cohorts=1, each=30)
    had = meetings_had(programme.organisation_id)
    unasked = [one for one in had if None in (one.mentee_yes, one.mentor_yes)]
    assert unasked
    assert all(False in (one.mentee_yes, one.mentor_yes) for one in unasked)


def test_a_deleted_person_is_left_out_of_the_next_learning(programme):
    cohort = meetings_held(programme)[0]
    before = learn(programme)
    user = TandemMember.objects.filter(tandem__cohort=cohort, role="mentee").first().user
    forget(user)
    after = learn(programme)
    assert after.meetings == before.meetings - 1
    assert after.digest != before.digest
    assert after.model != before.model


def test_nothing_is_kept_if_it_was_switched_off_while_it_was_learned(programme, monkeypatch):
    learned_from = chemistry.learned_from

    def meanwhile(meetings):
        type(programme).objects.update(learns_from_chemistry=False)
        return learned_from(meetings)

    monkeypatch.setattr(chemistry, "learned_from", meanwhile)
    assert learn(programme) is None


@pytest.mark.parametrize("each", [2, 8])
def test_reading_meetings_takes_one_query(programme, each, django_assert_num_queries):
    meetings_held(programme, cohorts=1, each=each)
    with django_assert_num_queries(1):
        assert len(meetings_had(programme.organisation_id)) == each


def test_the_pairs_of_a_board_are_the_same_with_it_on_and_off(programme):
    meetings_held(programme)
    cohort = filled_cohort(6, 6)
    cohort.programme.organisation = programme.organisation
    cohort.programme.save()
    off = calculated(cohort)
    cohort.programme.learns_from_chemistry = True
    cohort.programme.save()
    learn(programme)
    on = calculated(cohort)
    assert on.inputs_digest == off.inputs_digest
    assert on.mentor_of == off.mentor_of
    assert (bytes(on.scores), on.total) == (bytes(off.scores), off.total)

    def lines(run):
        rows = Suggestion.objects.filter(run=run).order_by("mentee")
        return list(rows.values_list("mentee", "mentor", "score", "reasons"))

    assert lines(on) == lines(off)
    read_on, read_off = board_read(on), board_read(off)
    levels = [[row.level for row in read.rows(read.pairs)] for read in (read_on, read_off)]
    assert levels[0] == levels[1]
    found = detail(read_on, read_on.pairs[0]).chemistry
    assert found is not None
    assert 0 <= found.low <= found.percent <= found.high <= 100
    assert found.meetings == 120


def test_the_estimate_costs_one_query_and_none_while_it_is_off(
    programme, django_assert_num_queries
):
    meetings_held(programme)
    learn(programme)
    line = Suggestion(mentor_id=1, score=0.5, reasons=Tandem.objects.first().reasons)
    with django_assert_num_queries(1):
        assert chemistry_of(programme, line) is not None
    programme.learns_from_chemistry = False
    with django_assert_num_queries(0):
        assert chemistry_of(programme, line) is None


def test_the_nightly_job_learns_for_each_organisation(programme):
    chemistry_learn_all.call()
    run_waiting_jobs()
    assert ChemistryLearning.objects.get().organisation_id == programme.organisation_id
    assert ChemistryLearning.objects.get().learned_at <= timezone.now()
