"""Everything a member reads can be shown in a report, and readers get names in their language."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.models import Note, Review, content_models
from tandemwerk.rooms.selectors.disclosable import FIELDS, disclosable_models, kind_label
from tandemwerk.rooms.services.notes import note_write
from tandemwerk.safeguarding.models import CaseItem
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read
from tandemwerk.tandems.models import Tandem
from tests.factories.canaries import FILLERS, texts_in
from tests.factories.rooms import person_of, room_for
from tests.factories.safeguarding import chosen, report
from tests.integration.safeguarding.conftest import NOW

KINDS = (
    "goal", "task", "note", "talk", "note_version", "agreement", "review", "closing", "file"
)  # fmt: skip


@pytest.fixture
def full(tandem, settings, tmp_path):
    """A room in which the mentee wrote everything there is, and the mentor everything too."""
    settings.MEDIA_ROOT = tmp_path
    for role in ("mentee", "mentor"):
        for model, fill in FILLERS.items():
            fill(room_for(tandem, role), f"{role}-{model.__name__}", timezone.now())
    FILLERS[Review](room_for(tandem), "mentee-Review", timezone.now())
    later = timezone.now() + timedelta(days=2)
    for note in Note.objects.filter(kind=NoteKind.SHARED):
        room = room_for(tandem, "mentor" if note.author == room_for(tandem).me else "mentee")
        note_write(room=room, note=note, title="Neu", text="Anders", now=later)
    return tandem


def test_every_kind_of_content_can_be_taken_along():
    assert disclosable_models() == set(content_models())


def test_every_word_somebody_wrote_is_in_what_they_can_take_along(full, mentee):
    room = room_for(full)
    rows = chosen(mentee, *KINDS)
    there = "\n".join(
        f"{row.words.title}\n" + "\n".join(line.text for line in row.words.lines) for row in rows
    )
    looked = 0
    for model in content_models():
        for row in model._base_manager.filter(tandem=full, author=room.me):
            for text in texts_in(row, "body", room.open_bytes(row, bytes(row.body))):
                # A step of writing is in the note; gaps of an agreement stand filled in its text.
                if model.__name__ != "NoteUpdate" and "{{" not in text:
                    assert text in there or not text, (model.__name__, text)
                    looked += bool(text)
    assert looked > 20


def test_nobody_takes_along_what_they_can_not_read(full, mentee):
    """The mentor's private note, answers not shown yet, and thanks before the end."""
    rows = chosen(mentee, *KINDS)
    said = [(row.kind, row.words.by, row.words.title) for row in rows]
    mentor = person_of(full, "mentor")
    assert [title for kind, by, title in said if kind == "note" and by == mentor.name] == ["Neu"]
    assert not [1 for kind, by, _ in said if kind == "closing" and by == mentor.name]
    Tandem.objects.filter(pk=full.pk).update(
        state="closed", ended_at=NOW, readable_until=timezone.now().date()
    )
    thanks = [row for row in chosen(mentee, "closing") if row.words.by == mentor.name]
    assert [[line.field for line in row.words.lines] for row in thanks] == [["thanks"]]


def test_what_was_taken_back_in_a_note_can_be_shown(full, mentee):
    rows = [row for row in chosen(mentee, "note_version") if row.words.by == mentee.name]
    assert "mentee-Note b mentee-Note c" in [line.text for row in rows for line in row.words.lines]


def test_a_case_keeps_codes_and_its_readers_get_their_own_language(
    full, client, mentee, organisation, readers
):
    with translation.override("de"):
        case = report(mentee, organisation, NOW, words="Hilfe", rows=chosen(mentee, *KINDS))
    opened = case_opened(case)
    bodies = [json.dumps(opened.open(row)) for row in CaseItem.objects.filter(case=case)]
    for language, words in (
        ("de", ["In eigenen Worten", "Frühere Fassung einer Notiz", "Vereinbarung", "Notiz"]),
        ("en", ["In their own words", "Earlier version of a note", "Agreement", "Note"]),
    ):
        with translation.override(language):
            labels = {item.label for item in items_read(opened)}
            assert set(words) <= labels
            names = {str(name) for name in FIELDS.values() if name} | labels
        assert not [body for body in bodies for name in names if f'"{name}"' in body]
    client.force_login(readers[0])
    client.cookies["django_language"] = "en"
    place = reverse("safeguarding:case_detail", args=[case.reference])
    readers[0].__class__.objects.filter(pk=readers[0].pk).update(locale="en")
    page = client.get(place).content.decode()
    assert "Earlier version of a note" in page
    assert "Frühere Fassung" not in page


def test_cases_from_before_codes_stay_readable(mentee, organisation):
    case = report(mentee, organisation, NOW)
    [row] = CaseItem.objects.filter(case=case)
    opened = case_opened(case)
    old = {"kind": "goal", "label": "Ziel", "title": "T", "text": "Mut", "by": "Mia", "on": ""}
    row.body = opened.seal(row, old)
    row.save()
    [item] = items_read(opened)
    assert (item.label, item.text) == (kind_label("goal"), "Mut")


PAGES = {
    "goal_list": ["goal", "task"],
    "talk_list": ["talk"],
    "file_list": ["file"],
    "agreement_list": ["agreement"],
}


def test_every_page_with_something_on_it_leads_to_the_report_with_it_chosen(full, client, mentee):
    client.force_login(mentee)
    rows = chosen(mentee, *KINDS)
    for name, kinds in PAGES.items():
        page = client.get(reverse(f"rooms:{name}", args=[full.pk])).content.decode()
        for kind in kinds:
            keys = [row.key for row in rows if row.kind == kind]
            found = [key for key in keys if f"/report/?row={key}" in page]
            assert found, (name, kind)
            assert f'value="{found[0]}"' in client.get(f"/report/?row={found[0]}").content.decode()
    note = next(row for row in rows if row.kind == "note")
    place = reverse("rooms:note_detail", args=[full.pk, note.words.id])
    assert f"/report/?row={note.key}" in client.get(place).content.decode()
    history = reverse("rooms:note_history", args=[full.pk, note.words.id])
    assert "/report/?row=note_version:" in client.get(history).content.decode()


def test_looks_back_and_thanks_of_the_other_lead_there_too(full, client, mentee, mentor):
    Tandem.objects.filter(pk=full.pk).update(
        state="closed", ended_at=NOW, readable_until=timezone.now().date()
    )
    client.force_login(mentee)
    page = client.get(reverse("rooms:closing_detail", args=[full.pk])).content.decode()
    assert "/report/?row=closing:" in page
    [row] = [row for row in chosen(mentee, "review") if row.words.by == mentor.name][:1]
    listed = client.get(reverse("rooms:review_list", args=[full.pk])).content.decode()
    pages = [
        client.get(place).content.decode()
        for place in {part.split('"')[0] for part in listed.split('href="')[1:]}
        if f"/tandems/{full.pk}/reviews/" in place and place.count("/") > 4
    ]
    assert any(f"/report/?row={row.key}" in page for page in pages)
