import pytest

from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.services.forgetting import person_forget
from tandemwerk.pairing.services.history import history_forbid
from tandemwerk.pairing.services.runs import run_publish_mark
from tandemwerk.people.export import export_data
from tests.factories.pairing import NOW, calculated, filled_cohort

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["mentee", "mentor"])
def test_run_forgets_the_profile_and_an_open_board_is_put_aside(client, role):
    run, other = calculated(filled_cohort(2, 2)), calculated(filled_cohort(1, 1))
    person = getattr(run.suggestions.first(), role)
    assert person_forget(user=person.user, now=NOW) == 1
    run.refresh_from_db()
    assert run.state == RunState.DISCARDED
    assert bytes(run.inputs) == bytes(run.scores) == bytes(run.blocked) == b""
    assert (run.mentee_ids, run.mentor_ids, run.mentor_of) == ([], [], [])
    assert not run.suggestions.filter(**{role: person}).exists()
    assert MatchRun.objects.get(pk=other.pk).inputs
    client.force_login(run.created_by)
    assert client.get(f"/runs/{run.pk}/").status_code == 200


def test_published_run_stays_published(client):
    run = calculated(filled_cohort(2, 2))
    run_publish_mark(run=run, by=run.created_by, now=NOW)
    person_forget(user=run.suggestions.first().mentee.user, now=NOW)
    run.refresh_from_db()
    assert run.state == RunState.PUBLISHED
    assert run.suggestions.count() == 1
    client.force_login(run.created_by)
    assert "Published" in client.get(f"/runs/{run.pk}/").content.decode()


def test_person_gets_what_was_published_about_them():
    run = calculated(filled_cohort(1, 1))
    line = run.suggestions.get()
    history_forbid(mentee=line.mentee, mentor=line.mentor, now=NOW)
    assert export_data(line.mentee.user)["pairing"]["suggestions"] == []
    MatchRun.objects.update(state=RunState.PUBLISHED, published_at=NOW)
    mine = export_data(line.mentor.user)["pairing"]
    assert [entry["score"] for entry in mine["suggestions"]] == [line.score]
    assert [entry["source"] for entry in mine["pair_rules"]] == ["history"]
