"""The preparation: for the person alone; worded by the programme."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.models import CourseRead, CourseStep
from tandemwerk.programmes.selectors.course import course_of, course_steps
from tandemwerk.programmes.services.course import course_step_change, course_step_read
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def url(participation, *args):
    return reverse(
        "programmes:course_step" if args else "programmes:course", args=[participation.pk, *args]
    )


@pytest.fixture
def place(log_in):
    found = ParticipationFactory(role="mentor")
    found.user.locale = "en"
    found.user.save()
    found.client = log_in(found.user)
    return found


def test_step_by_step_to_the_end(place):
    assert "Begin" in place.client.get(url(place)).content.decode()
    steps = course_of(place).steps
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        page = url(place, step.key)
        text = place.client.get(page).content.decode()
        assert step.title.localize("en") in text
        assert "nothing is stored" in text
        answer = place.client.post(page)
        assert answer.url == (url(place, after.key) if after else url(place))
    assert course_of(place).is_done
    assert "You have read everything" in place.client.get(url(place)).content.decode()


def test_reading_twice_counts_once(place):
    for _ in range(2):
        course_step_read(participation=place, key="feedback", now=NOW)
    assert CourseRead.objects.count() == course_of(place).done == 1
    assert course_of(place).next_key == "expectations"


def test_nobody_else_learns_of_it(place, log_in):
    course_step_read(participation=place, key="feedback", now=NOW)
    programme = place.cohort.programme
    others = [
        UserFactory(),
        CoordinatorFactory(programme=programme).user,
        ParticipationFactory(cohort=place.cohort).user,
    ]
    for other in others:
        assert log_in(other).get(url(place)).status_code == 404
        assert log_in(other).post(url(place, "feedback")).status_code == 404


def test_who_has_left_or_takes_an_unknown_step_finds_nothing(place):
    assert place.client.get(url(place, "no-such")).status_code == 404
    place.state = "withdrawn"
    place.save()
    assert place.client.get(url(place)).status_code == 404


def test_a_programme_tells_a_step_in_its_own_words_and_takes_them_back(desk, place):
    page = reverse("programmes:course_text", args=[desk.programme.pk, "mentor", "feedback"])
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"title_de": "Neu"}).status_code == 422
    texts = {
        f"{name}_{code}": f"{name} <b>in</b> {code}"
        for name in ("title", "text", "question")
        for code in ("de", "en")
    }
    assert desk.post(page, texts).status_code == 302
    (own,) = [step for step in course_steps(desk.programme, "mentor") if step.is_own]
    assert own.title.localize("de") == "title <b>in</b> de"
    place.cohort = desk.cohort
    place.save()
    text = place.client.get(url(place, "feedback")).content.decode()
    assert "text &lt;b&gt;in&lt;/b&gt; en" in text
    listed = reverse("programmes:course_texts", args=[desk.programme.pk])
    assert "own words" in desk.get(listed).content.decode()
    desk.post(
        reverse("programmes:course_text_reset", args=[desk.programme.pk, "mentor", "feedback"])
    )
    assert not CourseStep.objects.exists()


def test_a_role_or_step_that_is_not_there(desk):
    for role, step in (("owner", "feedback"), ("mentor", "no-such")):
        page = reverse("programmes:course_text", args=[desk.programme.pk, role, step])
        assert desk.get(page).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_course_takes_two_queries(place, count, django_assert_num_queries):
    words = dict.fromkeys(("title", "text", "question"), LazyI18nString({"de": "x", "en": "x"}))
    for step in course_of(place).steps[:count]:
        course_step_read(participation=place, key=step.key, now=NOW)
        course_step_change(
            programme=place.cohort.programme,
            role="mentor",
            key=step.key,
            texts=words,
            by=UserFactory(),
            now=NOW,
        )
    with django_assert_num_queries(2):
        assert course_of(place).done == count
