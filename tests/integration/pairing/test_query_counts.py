"""What reading boards, lists and comparisons costs, whatever their size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tandemwerk.pairing import kept
from tandemwerk.pairing.selectors.board import board_glance, board_read, left_out
from tandemwerk.pairing.selectors.runs import comparison, runs_of
from tandemwerk.pairing.selectors.visible import boards_run_by
from tandemwerk.pairing.selectors.why_not import asking, why_not_read
from tests.factories.pairing import calculated, coordinator, filled_cohort
from tests.factories.programmes import ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_reading_a_board_takes_six_queries_and_one_for_reasons(count, django_assert_num_queries):
    cohort = filled_cohort(count, count)
    by = coordinator(cohort)
    calculated(cohort, by)
    run = boards_run_by(by).get()
    with django_assert_num_queries(7):
        read = board_read(run)
        assert len(read.rows(read.pairs)) == count
        read.summary(), read.seats(), read.lone(), read.tools(), read.overview([])


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_about_a_pair_takes_five_queries_and_one_for_the_run(
    count, django_assert_num_queries
):
    cohort = filled_cohort(count, count)
    by = coordinator(cohort)
    calculated(cohort, by)
    run = boards_run_by(by).get()
    kept.forget_all()
    for queries in (6, 5):  # what the run stores is read once
        with django_assert_num_queries(queries):
            read = board_glance(run)
            line = next(iter(read.loaded.lines.values()))
            asking(read, line)
            why_not_read(read, line, run.mentor_ids[-1])


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query_each(count, django_assert_num_queries):
    cohort = filled_cohort(2, 2)
    by = coordinator(cohort)
    for _ in range(count):
        calculated(cohort, by)
        ParticipationFactory(cohort=cohort)
    with django_assert_num_queries(1):
        assert len(left_out(cohort)) == count
    with django_assert_num_queries(1):
        assert [run.pairs for run in runs_of(cohort)] == [2] * count


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_takes_two_queries(count, django_assert_num_queries):
    cohort = filled_cohort(count, count)
    by = coordinator(cohort)
    one, two = calculated(cohort, by), calculated(cohort, by)
    with django_assert_num_queries(2):
        assert comparison(one, two).same == count


@pytest.mark.parametrize("name", ["run_board", "run_compare", "run_confirm"])
def test_pages_take_as_many_queries_for_three_as_for_one(client, name):
    """Whatever navigation adds to a page, rows must not."""
    counts = []
    for count in (1, 3):
        cohort = filled_cohort(count, count)
        by = coordinator(cohort)
        calculated(cohort, by)
        run = calculated(cohort, by)
        client.force_login(by)
        client.get(reverse(f"pairing:{name}", kwargs={"run_pk": run.pk}))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"pairing:{name}", kwargs={"run_pk": run.pk}))
        counts.append(len(queries))
    assert counts[0] == counts[1]
