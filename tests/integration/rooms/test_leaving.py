"""What becomes of one's words when somebody leaves a group, or their account is deleted."""

from datetime import UTC, datetime, timedelta

import pytest

from tandemwerk.people.services.accounts import account_erase
from tandemwerk.programmes.models import Participation
from tandemwerk.rooms.enums import NoteKind, ReviewOccasion
from tandemwerk.rooms.jobs import reviews_after_leaving
from tandemwerk.rooms.models import ClosingWords, Note, NoteUpdate, NoteVersion, ReviewAnswer
from tandemwerk.rooms.selectors.closing import closing_read
from tandemwerk.rooms.selectors.notes import notes_read
from tandemwerk.rooms.selectors.reviews import reviews_read
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.services.closing import closing_words
from tandemwerk.rooms.services.notes import note_add, note_write
from tandemwerk.rooms.services.reviews import (
    review_answer,
    review_begin,
    review_release,
    reviews_settle,
)
from tandemwerk.rooms.services.writing import row_remove
from tandemwerk.tandems.services.closing import closing_begin, closing_confirm
from tandemwerk.tandems.services.ending import tandem_dissolve
from tests.factories.programmes import CoordinatorFactory
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.signals import grown

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def tandem(db):
    found = active_tandem(NOW)
    Participation.objects.update(seats_taken=1)
    return found


@pytest.fixture
def group(tandem):
    """A mentor with two mentees; the second one is given back too."""
    coordinator = CoordinatorFactory(programme=tandem.cohort.programme).user
    second = grown(tandem, "mentee", coordinator, NOW)
    first = tandem.members.exclude(pk=second.pk).get(role="mentee")
    return tandem, tandem.members.get(role="mentor"), first, second


def begun(tandem, member):
    room = room_or_404(member.user, tandem.pk)
    occasion = ReviewOccasion.BETWEEN
    return review_begin(room=room, occasion=occasion, questions=["Was hilft?"], now=NOW)


def answer(tandem, review, member, text, *, is_finished=True):
    room = room_or_404(member.user, tandem.pk)
    return review_answer(room=room, review=review, answers=[text], now=NOW, is_finished=is_finished)


def read_by(tandem, member):
    """Everything that this member reads of others in the only look back."""
    [review] = reviews_read(room_or_404(member.user, tandem.pk))
    return {text for voice in review.others for text in voice.answers}


def leave(tandem, member):
    tandem_dissolve(tandem=tandem, by=member.user, now=LATER)
    reviews_after_leaving.call(tandem_pk=tandem.pk)


def test_what_a_leaver_had_not_shown_stays_closed_when_the_others_finish(group):
    tandem, mentor, first, second = group
    review = begun(tandem, mentor)
    answer(tandem, review, first, "Nur wenn alle")
    leave(tandem, first)
    for member in (mentor, second):
        answer(tandem, review, member, f"von {member.role}")
    assert read_by(tandem, mentor) == {"von mentee"}
    assert read_by(tandem, second) == {"von mentor"}
    assert ReviewAnswer.objects.get(author=first).released_at is None


def test_what_a_leaver_had_shown_stays_open(group):
    tandem, mentor, first, second = group
    review = begun(tandem, mentor)
    answer(tandem, review, first, "Für euch")
    room = room_or_404(first.user, tandem.pk)
    review_release(room=room, review=review, now=NOW)
    leave(tandem, first)
    assert read_by(tandem, mentor) == read_by(tandem, second) == {"Für euch"}


def test_what_was_complete_when_they_left_stays_open(group):
    tandem, mentor, first, second = group
    review = begun(tandem, mentor)
    for member, text in ((mentor, "Eins"), (first, "Zwei"), (second, "Drei")):
        answer(tandem, review, member, text)
    leave(tandem, first)
    assert read_by(tandem, mentor) == {"Zwei", "Drei"}


def test_whoever_leaves_last_of_the_missing_opens_the_rest_and_not_their_draft(group):
    tandem, mentor, first, second = group
    review = begun(tandem, mentor)
    answer(tandem, review, mentor, "Eins")
    answer(tandem, review, second, "Zwei")
    answer(tandem, review, first, "Entwurf", is_finished=False)
    assert read_by(tandem, mentor) == set()
    leave(tandem, first)
    assert read_by(tandem, mentor) == {"Zwei"}
    assert ReviewAnswer.objects.filter(released_at__isnull=False).count() == 2
    assert reviews_settle(tandem=tandem, now=LATER) == 0


def test_leaving_tells_the_looks_back(group, django_capture_on_commit_callbacks):
    tandem, mentor, first, second = group
    review = begun(tandem, mentor)
    answer(tandem, review, mentor, "Eins")
    answer(tandem, review, second, "Zwei")
    with django_capture_on_commit_callbacks() as asked:
        tandem_dissolve(tandem=tandem, by=first.user, now=LATER)
    assert asked
    reviews_after_leaving.call(tandem_pk=tandem.pk)
    reviews_after_leaving.call(tandem_pk=0)
    assert ReviewAnswer.objects.filter(released_at__isnull=False).count() == 2


def test_an_account_s_answers_stay_where_the_others_could_read_them(tandem):
    mentee, mentor = (tandem.members.get(role=role) for role in ("mentee", "mentor"))
    both = begun(tandem, mentee)
    answer(tandem, both, mentee, "Gelesen")
    answer(tandem, both, mentor, "Auch")
    alone = begun(tandem, mentee)
    answer(tandem, alone, mentee, "Fertig, aber noch für mich")
    account_erase(user=mentee.user, now=LATER)
    assert ReviewAnswer.objects.get(author=None).review == both
    assert not alone.answers.exists()


def test_an_account_s_draft_is_deleted(tandem):
    mine = tandem.members.get(role="mentee")
    answer(tandem, begun(tandem, mine), mine, "Entwurf", is_finished=False)
    account_erase(user=mine.user, now=LATER)
    assert not ReviewAnswer.objects.exists()


def test_private_notes_go_with_their_account_removed_ones_too(tandem):
    room = room_for(tandem)
    shared = note_add(room=room, text="Für uns", now=NOW)
    for text in ("Nur meins", "Auch meins"):
        note = note_add(room=room, kind=NoteKind.PRIVATE, text=text, now=NOW)
        note_write(room=room, note=note, title="", text=f"{text} noch", now=NOW)
    row_remove(room=room, row=note, now=NOW)
    theirs = note_add(room=room_for(tandem, "mentor"), kind=NoteKind.PRIVATE, text="Deins", now=NOW)
    account_erase(user=person_of(tandem, "mentee"), now=LATER)
    kept = {shared.pk, theirs.pk}
    assert set(Note.objects.values_list("pk", flat=True)) == kept
    for model in (NoteUpdate, NoteVersion):
        assert set(model.objects.values_list("note", flat=True)) <= kept
    read = {note.text for note in notes_read(room_for(tandem, "mentor"))}
    assert read == {"Für uns", "Deins"}


def test_what_stays_goes_with_its_writer_and_thanks_that_were_read_stay(tandem):
    mentee = person_of(tandem, "mentee")
    closing_begin(tandem=tandem, by=mentee, now=NOW)
    closing_words(room=room_for(tandem), thanks="Danke dir", stays="Kanarienvogel", now=NOW)
    for role in ("mentee", "mentor"):
        closing_confirm(tandem=tandem, by=person_of(tandem, role), now=NOW)
    account_erase(user=mentee, now=LATER)
    row = ClosingWords.objects.get()
    room = room_for(tandem, "mentor")
    assert (row.author, room.open(row)) == (None, {"thanks": "Danke dir", "stays": ""})
    [thanks] = closing_read(room).received
    assert thanks.text == "Danke dir"
    assert thanks.name


def test_last_words_that_nobody_could_read_yet_go_as_a_whole(tandem):
    closing_words(room=room_for(tandem), thanks="Danke", stays="Mut", now=NOW)
    account_erase(user=person_of(tandem, "mentee"), now=LATER)
    assert not ClosingWords.objects.exists()
