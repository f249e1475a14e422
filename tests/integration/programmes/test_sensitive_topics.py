"""A programme that leaves out sensitive topics: in profiles, lists, matching and on its pages."""

from datetime import date

import pytest
from django.urls import reverse

from tandemwerk.matching.catalogue import topics
from tandemwerk.pairing.selectors.pool import readiness
from tandemwerk.pairing.services.inputs import inputs_read
from tandemwerk.people.ports import hidden_topics_of
from tandemwerk.people.vocabulary import SENSITIVE_TOPICS
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation, Programme
from tandemwerk.programmes.selectors.people import people_for_export
from tandemwerk.programmes.selectors.profile import profile_facts
from tandemwerk.programmes.services.export import export_csv
from tests.factories.pairing import mentee, mentor
from tests.factories.programmes import CohortFactory, ParticipationFactory
from tests.integration.programmes.test_imports import NOW, check, upload

pytestmark = pytest.mark.django_db


def joined(person):
    """Who has said yes is seen by the coordinator."""
    person.joined_at = NOW
    person.save()
    return Participation.objects.get(pk=person.pk)


def name(slug):
    return topics()[slug].name["de"]


@pytest.fixture
def quiet():
    return CohortFactory(programme__hides_sensitive=True)


def test_hidden_topics_are_not_offered_in_profiles(quiet, log_in):
    person = mentee(quiet, topics=("changing-jobs",)).user
    client = log_in(person)
    search = reverse("people:topic_search") + "?kind=wanted&q=debt"
    assert 'name="add" value="debt"' not in client.get(search).text
    area = reverse("people:topic_search") + "?kind=wanted&area=life-changes"
    page = client.get(area).text
    assert 'value="grief"' not in page
    assert 'value="midlife"' in page


def test_one_programme_that_takes_them_is_enough_to_offer_them(quiet):
    person = mentee(quiet).user
    assert hidden_topics_of(person) == SENSITIVE_TOPICS
    other = ParticipationFactory(user=person)
    assert hidden_topics_of(person) == frozenset()
    other.state = "withdrawn"
    other.save()
    assert hidden_topics_of(person) == SENSITIVE_TOPICS


def test_a_list_is_taken_without_them_and_says_how_many(quiet):
    quiet.programme.coordinators.create(user=ParticipationFactory().user)
    chosen = f"{name('debt')}; {name('changing-jobs')}"
    rows = f"E-Mail,Vorname,Nachname,Themen\na@example.org,Ana,Alt,{chosen}\n"
    batch = check(upload(quiet, rows.encode(), role=Role.MENTEE))
    row = batch.rows.get()
    assert row.values["topics"] == ["changing-jobs"]
    assert [(w["code"], w["params"]) for w in row.warnings] == [("topics_hidden", {"count": 1})]


def test_matching_and_coordinator_never_see_them(quiet):
    both = joined(mentee(quiet, topics=("debt", "changing-jobs")))
    only = joined(mentee(quiet, topics=("grief",)))
    mentor(quiet, topics=("debt", "changing-jobs"))
    read = inputs_read(quiet, reference_on=date(2026, 11, 2))
    assert [person.topics for person in read.mentees] == [("changing-jobs",)]
    assert readiness(quiet).incomplete == 1
    assert profile_facts(both).topics == [name("changing-jobs")]
    assert profile_facts(only).topics == []
    table = export_csv(people_for_export(quiet, Role.MENTEE), Role.MENTEE).decode()
    assert name("changing-jobs") in table
    assert name("debt") not in table


def test_other_programmes_go_on_showing_them():
    cohort = CohortFactory()
    person = joined(mentee(cohort, topics=("debt",)))
    assert profile_facts(person).topics == [name("debt")]


def test_the_settings_switch_it(desk):
    place = reverse("programmes:programme_settings", args=[desk.programme.pk])
    assert "Leave out sensitive topics" in desk.get(place).text
    data = {
        "response_days": 7,
        "chemistry_days": 21,
        "room_days": 90,
        "default_seats": 1,
        "address_form": "du",
        "hides_sensitive": "on",
    }
    assert desk.post(place, data).status_code == 302
    assert Programme.objects.get(pk=desk.programme.pk).hides_sensitive
