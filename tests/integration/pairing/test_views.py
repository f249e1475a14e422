import re
from html import unescape

import pytest
from django.urls import reverse

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun, PairRule
from tandemwerk.pairing.services.runs import match_run_create
from tests.factories.pairing import (
    NOW,
    calculated,
    coordinator,
    filled_cohort,
    mentee,
    mentor,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def run():
    return calculated(filled_cohort(3, 4))


@pytest.fixture
def signed_in(client, run):
    client.force_login(run.created_by)
    return client


def url(name, run, query=""):
    return reverse(f"pairing:{name}", kwargs={"run_pk": run.pk}) + query


def ask(client, run, line, to):
    return client.get(url("run_preview", run, f"?mentee={line.pk}&to={to}"), **HTMX)


def lines(run):
    return list(run.suggestions.order_by("pk"))


def text(response):
    return response.content.decode()


def test_board_shows_pairs_with_words_and_never_a_percentage(signed_in, run):
    page = text(signed_in.get(url("run_board", run)))
    for number in range(3):
        assert f"Mentee{number} Muster" in page
    assert "Very good fit" in page or "Good fit" in page
    assert not re.search(r"\d\s?%", page)
    assert "hx-post" in page


def test_detail_explains_with_reasons_and_one_honest_difference(signed_in, run):
    one = lines(run)[0]
    response = signed_in.get(
        url("run_board", run, f"?pair={one.pk}"), HTTP_HX_TARGET="board-detail", **HTMX
    )
    page = text(response)
    assert "<html" not in page
    assert page.count("<li>") >= 2
    assert 'class="but"' in page


def test_detail_of_an_unmatched_mentee_says_why_and_what_helps(client):
    run = calculated(filled_cohort(2, 1))
    client.force_login(run.created_by)
    alone = run.suggestions.get(mentor__isnull=True)
    page = text(client.get(url("run_board", run, f"?pair={alone.pk}")))
    assert "One more place with a mentor would help" in page


def test_filter_by_name_shows_only_these_rows(signed_in, run):
    response = signed_in.get(
        url("run_board", run, "?q=mentee1"), HTTP_HX_TARGET="board-list", **HTMX
    )
    page = text(response)
    assert page.count('data-drop="pair:') == 1
    assert "1 of 3" in page


@pytest.mark.parametrize("query", ["?level=3", "?flag=locked", "?flag=attention", "?sort=-fit"])
def test_every_filter_answers(signed_in, run, query):
    assert signed_in.get(url("run_board", run, query)).status_code == 200


@pytest.mark.parametrize("query", ["?pair=999999", "?pair=x"])
def test_unknown_pair_is_not_found(signed_in, run, query):
    assert signed_in.get(url("run_board", run, query)).status_code == 404


def test_preview_says_the_effect_before_anything_happens(signed_in, run):
    one, two, _three = lines(run)
    response = signed_in.get(url("run_preview", run, f"?mentee={one.pk}&to=pair:{two.pk}"), **HTMX)
    page = text(response)
    assert "All pairs together" in page
    assert "Do it" in page
    assert "Leave it" in page
    one.refresh_from_db()
    assert lines(run)[0].mentor_id == one.mentor_id
    assert MatchRun.objects.get(pk=run.pk).version == 0


def test_preview_of_a_refused_move_names_the_reason_and_offers_nothing(client):
    cohort = CohortFactory()
    mentee(cohort, team="Netz")
    mentor(cohort)
    other = mentor(cohort, "Sven", team="Netz")
    run = calculated(cohort)
    client.force_login(run.created_by)
    line = run.suggestions.get()
    page = text(
        client.get(url("run_preview", run, f"?mentee={line.pk}&to=seat:{other.pk}"), **HTMX)
    )
    assert "same team" in page
    assert "Do it" not in page


@pytest.mark.parametrize("to", ["", "pair:9", "seat:9", "nowhere", "pair:x"])
def test_preview_of_nonsense_is_refused(signed_in, run, to):
    response = signed_in.get(url("run_preview", run, f"?mentee={lines(run)[0].pk}&to={to}"), **HTMX)
    assert response.status_code == 409


def test_preview_without_script_is_a_whole_page(signed_in, run):
    one, two, _three = lines(run)
    page = text(signed_in.get(url("run_preview", run, f"?mentee={one.pk}&to=pair:{two.pk}")))
    assert "<html" in page
    assert "Do it" in page


def move(client, run, one, to, **extra):
    run.refresh_from_db()
    data = {"mentee": one.pk, "to": to, "version": run.version}
    return client.post(url("run_move", run), data, **extra)


def test_swap_answers_with_the_changed_rows_only(signed_in, run):
    one, two, three = lines(run)
    page = text(move(signed_in, run, one, f"pair:{two.pk}", **HTMX))
    assert f'id="pair-{one.pk}"' in page
    assert f'id="pair-{two.pk}"' in page
    assert f'id="pair-{three.pk}"' not in page
    assert 'id="board-summary"' in page
    assert "data-undo" in page


def test_without_script_a_move_leads_back_to_the_board(signed_in, run):
    one, two, _three = lines(run)
    response = move(signed_in, run, one, f"pair:{two.pk}")
    assert response.status_code == 302
    assert response.url == url("run_board", run, f"?pair={one.pk}")


def test_separate_and_undo_and_redo(signed_in, run):
    one = lines(run)[0]
    page = text(move(signed_in, run, one, "none", **HTMX))
    assert f'id="pair-{one.pk}" hx-swap-oob="delete"' in page
    assert f'id="lone-{one.pk}"' in page
    page = text(signed_in.post(url("run_undo", run), {"version": 1}, **HTMX))
    assert f'id="pair-{one.pk}"' in page
    assert "afterend:#pairs-head" in page
    assert signed_in.post(url("run_redo", run), {"version": 2}).status_code == 302
    assert lines(run)[0].mentor_id is None


def test_toasts_undo_carries_its_version_in_the_address(signed_in, run):
    page = text(move(signed_in, run, lines(run)[0], "none", **HTMX))
    back = re.search(r'action="([^"]*undo/\?version=\d+&amp;pair=\d+)"', page)
    assert back
    answer = text(signed_in.post(unescape(back[1]), **HTMX))
    assert 'hx-swap-oob="innerHTML:#board-detail"' in answer
    assert f'data-pair="{lines(run)[0].pk}"' in answer


@pytest.mark.parametrize("act", ["run_undo", "run_redo"])
def test_undo_and_redo_keep_the_open_pair_open(signed_in, run, act):
    one, _two, three = lines(run)
    move(signed_in, run, one, "none", **HTMX)
    if act == "run_redo":
        signed_in.post(url("run_undo", run), {"version": 1})
    run.refresh_from_db()
    data = {"version": run.version, "pair": three.pk}
    assert f'data-pair="{three.pk}"' in text(signed_in.post(url(act, run), data, **HTMX))
    other = "run_redo" if act == "run_undo" else "run_undo"
    back = signed_in.post(url(other, run), {"version": run.version + 1, "pair": three.pk})
    assert back.url == url("run_board", run, f"?pair={three.pk}")


def test_undo_without_an_open_pair_leaves_the_overview(signed_in, run):
    move(signed_in, run, lines(run)[0], "none", **HTMX)
    answer = text(signed_in.post(url("run_undo", run), {"version": 1}, **HTMX))
    assert "data-pair=" not in answer
    assert "weakest" in answer.lower()


def test_box_without_content_takes_one_line(signed_in, run):
    page = text(signed_in.get(url("run_board", run)))
    assert 'class="board-box done" id="board-lone"' in page
    assert 'class="board-box" id="board-seats"' in page


def test_keep_let_go_and_allow(signed_in, run):
    one = lines(run)[0]
    for version, act in enumerate(("lock", "unlock")):
        data = {"pair": one.pk, "act": act, "version": version}
        assert signed_in.post(url("run_act", run), data, **HTMX).status_code == 200
    move(signed_in, run, one, "forbid", **HTMX)
    assert PairRule.objects.get().kind == "forbidden"
    data = {"pair": one.pk, "act": "allow", "version": 3, "mentor": one.mentor_id}
    page = text(signed_in.get(url("run_board", run, f"?pair={one.pk}")))
    assert "Allow again" in page
    assert signed_in.post(url("run_act", run), data, **HTMX).status_code == 200
    assert not PairRule.objects.exists()


def test_stale_board_gets_a_clear_answer_and_a_way_on(signed_in, run):
    one, two, _three = lines(run)
    move(signed_in, run, one, "none", **HTMX)
    stale = {"mentee": two.pk, "to": "none", "version": 0}
    response = signed_in.post(url("run_move", run), stale, **HTMX)
    assert response.status_code == 409
    assert "Reload" in text(response)
    assert "data-stale" in text(response)
    assert lines(run)[1].mentor_id is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("run_act", {"pair": 1, "act": "burn", "version": 0}),
        ("run_move", {"mentee": "x", "to": "none", "version": 0}),
        ("run_move", {"mentee": 1, "to": "hell", "version": 0}),
        ("run_undo", {}),
    ],
)
def test_forged_forms_are_not_found(signed_in, run, name, data):
    assert signed_in.post(url(name, run), data).status_code == 404


def test_waiting_run_shows_progress_and_leads_to_the_board(client):
    cohort = filled_cohort(1, 1)
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    client.force_login(by)
    page = text(client.get(url("run_board", run)))
    assert "<progress" in page
    assert 'hx-trigger="every 250ms"' in page
    assert "<html" not in text(client.get(url("run_progress", run), **HTMX))
    done = calculated(cohort, by)
    answer = client.get(url("run_progress", done), **HTMX)
    assert answer["HX-Redirect"] == url("run_board", done)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("nobody_to_match", "nobody to match"),
        ("run_too_large", "Divide the cohort"),
        ("unexpected", "on our side"),
        ("weight_out_of_range", "weight_out_of_range"),
    ],
)
def test_failed_run_says_why_and_what_to_do(client, code, words):
    cohort = filled_cohort(1, 1)
    by = coordinator(cohort)
    run = match_run_create(cohort=cohort, by=by, now=NOW)
    MatchRun.objects.update(state=RunState.FAILED, error_code=code)
    client.force_login(by)
    page = text(client.get(url("run_board", run)))
    assert words in page
    assert "Calculate again" in page


def test_list_checks_before_matching_and_starts_a_run(client):
    cohort = filled_cohort(2, 1)
    ParticipationFactory(cohort=cohort)
    client.force_login(coordinator(cohort))
    place = reverse("pairing:run_list", kwargs={"cohort_pk": cohort.pk})
    page = text(client.get(place))
    assert "1 mentee will stay without a mentor" in page
    assert "no topic" in page
    assert "Start the first run" in page
    response = client.post(place)
    assert response.url == url("run_board", MatchRun.objects.get())
    assert "Waiting" in text(client.get(place))


def test_empty_cohort_is_told_what_is_missing(client):
    cohort = CohortFactory()
    client.force_login(coordinator(cohort))
    place = reverse("pairing:run_list", kwargs={"cohort_pk": cohort.pk})
    assert "nobody to match yet" in text(client.get(place))
    assert client.post(place).status_code == 409


def test_calculate_again_continues_the_run(signed_in, run):
    response = signed_in.post(url("run_rerun", run))
    again = MatchRun.objects.get(based_on=run)
    assert response.url == url("run_board", again)


def test_two_runs_side_by_side(signed_in, run):
    one, two, _three = lines(run)
    move(signed_in, run, one, f"pair:{two.pk}")
    again = calculated(run.cohort, run.created_by, based_on=run)
    page = text(signed_in.get(url("run_compare", again)))
    assert "1 mentee has the same mentor" in page
    assert page.count("fits better") == 2
    assert "All pairs together" in page


def test_compare_without_a_second_run_says_what_to_do(signed_in, run):
    assert "Nothing to compare yet" in text(signed_in.get(url("run_compare", run)))


def test_same_pairs_are_called_the_same(signed_in, run):
    again = calculated(run.cohort, run.created_by)
    page = text(signed_in.get(url("run_compare", again, f"?with={run.pk}")))
    assert "Both runs suggest the same pairs" in page


def test_publishing_asks_once_and_says_how_many_mails(signed_in, run):
    page = text(signed_in.get(url("run_confirm", run)))
    assert "Publish 3 pairs?" in page
    assert "6 mails" in page
    assert f'action="{reverse("tandems:run_publish", kwargs={"run_pk": run.pk})}"' in page


def test_pairs_that_became_impossible_stop_publishing(signed_in, run):
    person = lines(run)[0].mentee
    person.state = "paused"
    person.save()
    page = text(signed_in.get(url("run_confirm", run)))
    assert "no longer possible" in page
    assert person.user.name in page
    assert "run_publish" not in page
    assert "triangle-alert" in text(signed_in.get(url("run_board", run)))


def test_put_aside_and_brought_back(signed_in, run):
    place = reverse("pairing:run_list", kwargs={"cohort_pk": run.cohort_id})
    assert signed_in.post(url("run_discard", run)).url == place
    assert "Bring back" in text(signed_in.get(place))
    page = text(signed_in.get(url("run_board", run, f"?pair={lines(run)[0].pk}")))
    assert "put aside" in page
    assert "pair-actions" not in page
    assert signed_in.get(url("run_confirm", run)).status_code == 302
    assert signed_in.post(url("run_restore", run)).url == url("run_board", run)


def test_board_in_german(signed_in, run):
    run.created_by.locale = "de"
    run.created_by.save()
    page = text(signed_in.get(url("run_board", run)))
    assert "vor dem Veröffentlichen geht nichts hinaus" in page
    assert "Lauf 1" in page


@pytest.mark.parametrize("name", ["run_board", "run_preview", "run_compare", "run_confirm"])
def test_strangers_and_other_coordinators_find_nothing(client, run, name):
    for person in (UserFactory(), CoordinatorFactory().user, lines(run)[0].mentee.user):
        client.force_login(person)
        assert client.get(url(name, run)).status_code == 404


@pytest.mark.parametrize("name", ["run_act", "run_move", "run_undo", "run_rerun", "run_discard"])
def test_strangers_can_change_nothing(client, run, name):
    client.force_login(CoordinatorFactory().user)
    assert client.post(url(name, run), {"version": 0}).status_code == 404


def test_cohort_page_shows_the_runs_and_what_waits(signed_in, run):
    place = reverse("programmes:cohort_detail", kwargs={"cohort_pk": run.cohort_id})
    page = text(signed_in.get(place))
    assert "Run 1 is ready" in page
    assert url("run_board", run) in page
