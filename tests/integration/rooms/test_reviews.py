"""Looking back: each for themself, then together."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.rooms.enums import ReviewOccasion
from tandemwerk.rooms.errors import (
    ReviewNotAnswered,
    ReviewOpen,
    ReviewRead,
    RoomReadOnly,
    TooManyReviews,
)
from tandemwerk.rooms.models import Review, ReviewAnswer
from tandemwerk.rooms.selectors.reviews import own_questions, review_questions, reviews_read
from tandemwerk.rooms.selectors.waiting import waiting_in
from tandemwerk.rooms.services import reviews as services
from tandemwerk.rooms.services.reviews import review_answer, review_begin, review_release
from tests.factories.rooms import active_tandem, person_of, room_for

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
QUESTIONS = ["Was hilft?", "Was fehlt?"]


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


def begin(tandem, role="mentee", now=NOW, **more):
    given = {"occasion": ReviewOccasion.BETWEEN, "questions": QUESTIONS, **more}
    return review_begin(room=room_for(tandem, role), now=now, **given)


@pytest.fixture
def review(tandem):
    return begin(tandem)


def answer(tandem, review, role, *texts, is_finished=True):
    return review_answer(
        room=room_for(tandem, role),
        review=review,
        answers=list(texts),
        now=NOW,
        is_finished=is_finished,
    )


def seen(tandem, role):
    return reviews_read(room_for(tandem, role))[0]


def url(name, tandem, *more):
    return reverse(f"rooms:{name}", args=[tandem.pk, *more])


def test_nobody_reads_the_other_before_both_have_answered(tandem, review):
    answer(tandem, review, "mentee", "Fragen", "Zeit")
    theirs = seen(tandem, "mentor")
    assert theirs.others[0].is_answered
    assert theirs.others[0].answers == ()
    assert seen(tandem, "mentee").mine.answers == ["Fragen", "Zeit"]
    answer(tandem, review, "mentor", "Offenheit", "")
    theirs = seen(tandem, "mentor")
    assert theirs.is_complete
    assert theirs.others[0].answers == ["Fragen", "Zeit"]
    assert [(said.question, len(said.voices)) for said in theirs.together] == [
        ("Was hilft?", 2),
        ("Was fehlt?", 1),
    ]


def test_a_draft_is_for_oneself_even_when_the_other_has_finished(tandem, review):
    answer(tandem, review, "mentee", "Entwurf", "", is_finished=False)
    answer(tandem, review, "mentor", "Fertig", "")
    assert not seen(tandem, "mentor").others[0].is_answered
    assert seen(tandem, "mentor").others[0].answers == ()
    assert seen(tandem, "mentee").others[0].answers == ()


def test_the_writer_may_show_theirs_earlier(tandem, review):
    with pytest.raises(ReviewNotAnswered):
        review_release(room=room_for(tandem), review=review, now=NOW)
    answer(tandem, review, "mentee", "Fragen", "")
    review_release(room=room_for(tandem), review=review, now=NOW)
    assert seen(tandem, "mentor").others[0].answers == ["Fragen", ""]
    assert seen(tandem, "mentee").others[0].answers == ()


def test_what_others_can_read_stays(tandem, review):
    answer(tandem, review, "mentee", "Eins", "")
    answer(tandem, review, "mentee", "Zwei", "")  # not read by anybody: may change
    review_release(room=room_for(tandem), review=review, now=NOW)
    with pytest.raises(ReviewRead):
        answer(tandem, review, "mentee", "Drei", "")
    answer(tandem, review, "mentor", "Vier", "")
    with pytest.raises(ReviewRead):
        answer(tandem, review, "mentor", "Fünf", "", is_finished=False)
    assert seen(tandem, "mentor").mine.answers == ["Vier", ""]


def test_finishing_with_nothing_said_is_refused(tandem, review):
    with pytest.raises(ReviewNotAnswered):
        answer(tandem, review, "mentee", "", "")
    answer(tandem, review, "mentee", "", "", is_finished=False)
    with pytest.raises(ValueError, match="1"):
        answer(tandem, review, "mentee", "only one")


def test_one_at_a_time_and_not_without_end(tandem, review, monkeypatch):
    with pytest.raises(ReviewOpen):
        begin(tandem)
    for role in ("mentee", "mentor"):
        answer(tandem, review, role, "Gut", "")
    own = uuid.uuid4()
    for _ in range(2):
        begin(tandem, now=NOW + timedelta(days=1), pk=own)
    assert Review.objects.count() == 2
    for role in ("mentee", "mentor"):
        answer(tandem, Review.objects.get(pk=own), role, "Gut", "")
    monkeypatch.setattr(services, "MOST_REVIEWS", 2)
    with pytest.raises(TooManyReviews):
        begin(tandem)


def test_at_half_time_the_journey_s_own_questions_are_asked(tandem):
    midpoint = {
        "key": "midpoint",
        "title": {"de": "Zwischenbilanz"},
        "start_week": 10,
        "end_week": 12,
        "questions": {"de": ["Wo stehen wir?"], "en": ["Where are we?"]},
    }
    type(tandem).objects.update(journey={"phases": [midpoint]})
    room = room_for(tandem)
    half_time = NOW.date() + timedelta(weeks=10)
    assert review_questions(room, half_time) == (ReviewOccasion.MIDPOINT, ["Wo stehen wir?"])
    assert review_questions(room, NOW.date()) == (ReviewOccasion.BETWEEN, own_questions())
    assert len(own_questions()) == 4
    type(tandem).objects.update(journey={"phases": [{**midpoint, "questions": {}}]})
    assert review_questions(room_for(tandem), half_time)[0] == ReviewOccasion.BETWEEN


def test_who_has_gone_leaves_what_they_said(tandem, review):
    for role in ("mentee", "mentor"):
        answer(tandem, review, role, f"von {role}", "")
    tandem.members.filter(role="mentor").delete()
    found = seen(tandem, "mentee")
    assert [(voice.member, voice.answers) for voice in found.others] == [(None, ["von mentor", ""])]
    assert found.others[0].name
    assert found.is_complete


def test_nothing_stands_open_in_the_database(tandem, review):
    answer(tandem, review, "mentee", "Kanarienvogel", "")
    for row in (*Review.objects.all(), *ReviewAnswer.objects.all()):
        assert b"Kanarienvogel" not in bytes(row.body)
        assert b"hilft" not in bytes(row.body)


def test_the_pages_go_from_begin_to_reading_together(client, tandem):
    type(tandem).objects.update(activated_at=timezone.now())
    mentee, mentor = person_of(tandem, "mentee"), person_of(tandem, "mentor")
    client.force_login(mentee)
    assert url("review_new", tandem) in client.get(url("review_list", tandem)).content.decode()
    assert client.post(url("review_new", tandem)).status_code == 302
    review = Review.objects.get()
    detail = url("review_detail", tandem, review.pk)
    client.post(detail, {"answer_0": "Nur für mich"})
    assert not seen(tandem, "mentee").mine.is_answered
    assert client.post(detail, {"finish": "1"}).status_code == 422
    client.post(detail, {"answer_0": "Deine Fragen", "finish": "1"})
    client.post(url("review_show", tandem, review.pk))
    assert [item.url for item in waiting_in(room_for(tandem, "mentor"))] == ["rooms:review_list"]
    client.force_login(mentor)
    page = client.get(detail).content.decode()
    assert "Deine Fragen" in page
    assert 'name="answer_0"' in page
    client.post(detail, {"answer_0": "Dein Mut", "finish": "1"})
    client.force_login(mentee)
    page = client.get(detail).content.decode()
    assert "Dein Mut" in page
    assert 'name="answer_0"' not in page
    assert url("review_new", tandem) in client.get(url("review_list", tandem)).content.decode()


def test_an_ended_room_is_read_only(client, tandem, review):
    answer(tandem, review, "mentee", "Fragen", "")
    type(tandem).objects.update(state="closed", ended_at=NOW, readable_until=date(2027, 1, 1))
    client.force_login(person_of(tandem, "mentee"))
    for address in (url("review_list", tandem), url("review_detail", tandem, review.pk)):
        page = client.get(address).content.decode()
        assert 'name="client_id"' not in page.partition("<main")[2].partition("</main>")[0]
    assert "Fragen" in page
    for role in ("mentee", "mentor"):
        with pytest.raises(RoomReadOnly):
            answer(tandem, review, role, "Neu", "")


@pytest.mark.parametrize("count", [1, 3])
def test_reading_takes_two_queries_however_many(tandem, count, django_assert_num_queries):
    for number in range(count):
        review = begin(tandem, now=NOW + timedelta(days=number))
        for role in ("mentee", "mentor"):
            answer(tandem, review, role, "Gut", "")
    room = room_for(tandem)
    with django_assert_num_queries(2):
        assert len(reviews_read(room)) == count
