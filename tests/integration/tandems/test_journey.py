"""The first page of a running tandem and its journey: what comes next, and moves by hand only."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_verify
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import MaterialKind
from tandemwerk.programmes.journey import phase_added, phase_removed
from tandemwerk.programmes.services.journey import journey_publish
from tandemwerk.programmes.services.materials import Words, material_add
from tandemwerk.programmes.template_catalogue import programme_templates
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.agreement import agreement_propose
from tandemwerk.rooms.services.goals import GoalWords, goal_add, goal_rate
from tandemwerk.tandems.errors import JourneyTooOld
from tandemwerk.tandems.journey import Side
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.room_page import NextStep, _steps, ahead_for, covered, next_step
from tandemwerk.tandems.selectors.journey import move_preview, sample_way
from tandemwerk.tandems.selectors.page import tandem_page, tandems_with_profiles
from tandemwerk.tandems.services.journey import journey_move
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def tandem():
    """A tandem that began two weeks ago, by the journey of a template."""
    found = active_tandem(timezone.now() - timedelta(weeks=2))
    programme = found.cohort.programme
    programme.journey = programme_templates()["company-mentoring"].journey()
    programme.save()
    found.journey = programme.journey
    found.save()
    return found


def ahead(tandem, role="mentee"):
    user = User.objects.get(pk=person_of(tandem, role).pk)
    request = RequestFactory().get("/")
    request.user = user
    own = tandems_with_profiles(user).get(pk=tandem.pk)
    return ahead_for(request, tandem_page(own, user, timezone.now()))


def shown(client, tandem, role="mentee"):
    user = person_of(tandem, role)
    user.locale = "en"
    user.save()
    client.force_login(user)
    return client.get(reverse("tandems:tandem_detail", args=[tandem.pk])).content.decode()


def test_the_first_goal_is_the_next_step_until_there_is_one(tandem):
    found = ahead(tandem)
    titles = [found.step.title, *(step.title for step in found.later)]
    assert any("Ziele" in str(title) or "goals" in str(title) for title in titles)
    goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen"), now=NOW)
    after = ahead(tandem)
    urls = [step.url for step in (after.step, *after.later) if step]
    assert reverse("rooms:goal_new", args=[tandem.pk]) not in urls


def test_a_task_that_is_due_soon_comes_to_the_top_for_whom_it_is(tandem):
    tandem.journey["phases"][2]["due"] = []  # the agreement would come first
    tandem.save()
    room = room_for(tandem)
    soon = timezone.localdate() + timedelta(days=2)
    goal_add(room=room, words=GoalWords(title="Frei sprechen"), now=NOW)
    action_item_add(room=room_for(tandem), text="Call Ada", now=NOW, owner=room.me, due_on=soon)
    assert ahead(tandem).step.title == "Call Ada"
    mentor = ahead(tandem, "mentor")
    assert "Call Ada" not in [step.title for step in (mentor.step, *mentor.later) if step]


def test_the_agreement_is_the_next_step_until_both_have_signed(tandem):
    assert ahead(tandem).step.url == reverse("rooms:agreement_list", args=[tandem.pk])


@pytest.mark.parametrize(("days", "is_top"), [(31, False), (37, True), (45, True)])
def test_the_check_in_is_the_one_next_step_when_it_is_due_and_quiet_before(
    client, tandem, days, is_top
):
    agreement_propose(room=room_for(tandem, "mentor"), text="We talk.", filled={}, now=NOW)
    tandem.activated_at = timezone.now() - timedelta(days=days)
    tandem.save()
    found = ahead(tandem)
    asked = [step for step in (found.step, *found.later) if step and "check_in" in step.template]
    assert len(asked) == 1
    assert (found.step is asked[0]) is is_top
    page = shown(client, tandem)
    assert page.count('class="card soft') == 1  # nothing competes with the one on top
    assert (reverse("tandems:tandem_check_in", args=[tandem.pk]) in page) is is_top
    assert f"{reverse('tandems:tandem_signals', args=[tandem.pk])}#check-in" in page


def test_what_the_programme_asks_is_not_said_twice(tandem):
    tandem.activated_at = timezone.now() - timedelta(days=32)
    tandem.save()
    found = ahead(tandem)
    titles = [str(step.title) for step in (found.step, *found.later) if step]
    assert len(titles) == len(set(titles))
    assert not any("check-in" in title.lower() for title in titles)


def test_another_app_speaks_for_what_it_covers(tandem):
    before = dict(_steps)
    key = tandem.journey["phases"][3]["due"][0]["key"]
    try:
        next_step(
            key="test",
            order=1,
            covers=(key,),
            provider=lambda _request, page: [
                NextStep(title=f"Sign with {page.other.short_name}", url="/x/", button="Sign")
            ],
        )
        found = ahead(tandem)
        assert key in covered()
        assert found.step.title.startswith("Sign with")
        next_step(key="test", order=1, covers=(key,), provider=lambda _request, _page: [])
        titles = {str(step.title) for step in ahead(tandem).later}
        assert tandem.journey["phases"][3]["due"][0]["title"]["en"] not in titles
    finally:
        _steps.clear()
        _steps.update(before)


def test_the_page_shows_step_tasks_goals_questions_starters_and_materials(client, tandem):
    room = room_for(tandem)
    goal = goal_add(room=room, words=GoalWords(title="Speak freely"), now=NOW)
    goal_rate(room=room_for(tandem), goal=goal, level=1, now=NOW)
    for number in range(4):
        now = NOW + timedelta(minutes=number)
        action_item_add(room=room_for(tandem), text=f"Task {number}", now=now)
    tandem.journey["phases"][2]["starters"] = {"en": ["What did you dream of?"]}
    tandem.save()
    both = LazyI18nString({"de": "Ein Ziel, das trägt", "en": "A goal that carries"})
    material_add(
        programme=tandem.cohort.programme,
        kind=MaterialKind.PAGE,
        words=Words(title=both, text=both, phases=["agreement"]),
        by=UserFactory(),
        now=NOW,
    )
    text = shown(client, tandem)
    for words in (
        "Speak freely",
        "Task 0",
        "and 1 more",
        "What did you dream of?",
        "A goal that carries",
        "six short steps",
    ):
        assert words in text, words
    assert "Task 3" not in text


def test_the_page_costs_the_same_for_one_task_and_three(
    client, tandem, django_assert_max_num_queries
):
    counts = []
    shown(client, tandem)  # what a process and a session learn once is not counted
    for _ in range(2):
        action_item_add(room=room_for(tandem), text="Do", now=NOW)
        with django_assert_max_num_queries(40) as queries:
            shown(client, tandem)
        counts.append(len(queries))
        action_item_add(room=room_for(tandem), text="Do more", now=NOW)
    assert counts[0] == counts[1]


def published(programme, change):
    return journey_publish(
        programme=programme, note="x", by=UserFactory(), now=NOW, content=change(programme.journey)
    )


def test_running_tandems_keep_theirs_until_they_are_moved(client, tandem):
    programme = tandem.cohort.programme
    old = tandem.journey
    version = published(programme, lambda found: phase_removed(found, "midpoint"))
    tandem.refresh_from_db()
    assert (tandem.journey, tandem.journey_number) == (old, 1)
    preview = move_preview(Tandem.objects.get(pk=tandem.pk).cohort)
    (group,) = preview.groups
    assert (preview.number, preview.count, group.number, group.count) == (2, 1, 1, 1)
    assert [(change.kind, change.key) for change in group.changes] == [("removed", "midpoint")]
    coordinator = CoordinatorFactory(programme=programme).user
    coordinator.locale = "en"
    coordinator.save()
    client.force_login(coordinator)
    place = reverse("tandems:cohort_journey", args=[tandem.cohort.pk])
    assert "No longer there" in client.get(place).content.decode()
    cohort_page = client.get(reverse("programmes:cohort_detail", args=[tandem.cohort.pk]))
    assert "earlier version of the journey" in cohort_page.content.decode()
    assert client.post(place, {"number": version.number}).status_code == 302
    tandem.refresh_from_db()
    assert (tandem.journey, tandem.journey_number) == (version.content, 2)
    assert "All follow the newest version" in client.get(place).content.decode()
    audit_verify()
    assert "changed the plan of your way" in shown(client, tandem)
    Tandem.objects.update(journey_moved_on=timezone.localdate() - timedelta(days=15))
    assert "changed the plan of your way" not in shown(client, tandem)


def test_only_what_was_looked_at_is_done(tandem):
    programme = tandem.cohort.programme
    published(programme, lambda found: phase_removed(found, "midpoint"))
    programme.refresh_from_db()
    published(programme, lambda found: phase_added(found, "work", {"en": "More"}))
    cohort = Tandem.objects.get(pk=tandem.pk).cohort
    with pytest.raises(JourneyTooOld):
        journey_move(cohort=cohort, number=2, by=UserFactory(), now=NOW)
    assert journey_move(cohort=cohort, number=3, by=UserFactory(), now=NOW) == 1
    assert journey_move(cohort=cohort, number=3, by=UserFactory(), now=NOW) == 0


def test_a_tandem_that_has_ended_is_left_alone(tandem):
    published(tandem.cohort.programme, lambda found: phase_removed(found, "midpoint"))
    Tandem.objects.update(state="dissolved", ended_at=NOW, end_code="early")
    assert move_preview(Tandem.objects.get(pk=tandem.pk).cohort).count == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_takes_two_queries(tandem, count, django_assert_num_queries):
    for _ in range(count - 1):
        active_tandem(NOW, cohort=tandem.cohort, journey=tandem.journey)
    published(tandem.cohort.programme, lambda found: phase_removed(found, "midpoint"))
    cohort = Tandem.objects.select_related("cohort__programme").get(pk=tandem.pk).cohort
    with django_assert_num_queries(2):
        assert move_preview(cohort).count == count


def test_a_journey_is_seen_as_mentee_or_mentor_on_a_sample_calendar(client, tandem):
    programme = tandem.cohort.programme
    coordinator = CoordinatorFactory(programme=programme).user
    coordinator.locale = "en"
    coordinator.save()
    client.force_login(coordinator)
    place = reverse("tandems:journey_preview", args=[programme.pk])
    mentee = client.get(place).content.decode()
    mentor = client.get(place, {"side": "mentor", "week": "20"}).content.decode()
    assert "Write down two or three goals" in mentee
    assert "Write down two or three goals" not in mentor
    assert client.get(place, {"version": "1"}).status_code == 200
    assert client.get(place, {"version": "9"}).status_code == 404
    assert client.get(place, {"version": "x", "week": "lots", "side": "owner"}).status_code == 404
    assert client.get(place, {"week": "lots", "side": "owner"}).status_code == 200


def test_a_sample_begins_when_asked():
    journey = programme_templates()["company-mentoring"].journey()
    sample = sample_way(journey, Side.MENTEE, NOW.date(), 0)
    assert sample.way.current.start_on == NOW.date()
