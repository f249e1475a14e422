"""Notes: read, write together, look back."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, sent
from tandemwerk.rooms.enums import NoteKind
from tandemwerk.rooms.forms.notes import NoteForm, NoteWriteForm, StepsForm, TalkWriteForm
from tandemwerk.rooms.models import Note
from tandemwerk.rooms.selectors.notes import (
    document_of,
    history_read,
    note_or_404,
    note_read,
    notes_read,
    removed_note_or_404,
    steps_after,
    version_or_404,
    with_changes,
)
from tandemwerk.rooms.selectors.room import Room, room_or_404
from tandemwerk.rooms.services.notes import (
    note_add,
    note_bring_back,
    note_steps_add,
    note_version_restore,
    note_write,
)
from tandemwerk.rooms.services.writing import row_remove
from tandemwerk.rooms.views.shared import page
from tandemwerk.ui.toasts import undo


def note_list(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """The shared notes, and the own private ones."""
    return _list_page(request, room_or_404(request.user, tandem_pk))


def note_new(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """Begin a note from the list; a fault is said at the field."""
    room = room_or_404(request.user, tandem_pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _list_page(request, room, form)
    note = note_add(room=room, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Your note is saved."))
    return redirect("rooms:note_detail", tandem_pk=room.pk, note_pk=note.pk)


def note_detail(request: SignedIn, tandem_pk: int, note_pk: UUID) -> HttpResponse:
    """A note to read."""
    room = room_or_404(request.user, tandem_pk)
    return _page(request, "rooms/note.html", room, note_or_404(room, note_pk))


def note_edit(request: SignedIn, tandem_pk: int, note_pk: UUID) -> HttpResponse:
    """A note to write in: with script together and by itself, without one by sending the form."""
    room = room_or_404(request.user, tandem_pk)
    note = note_or_404(room, note_pk)
    form = _write_form(request, room, note)
    if form.is_valid():
        note_write(room=room, note=note, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your note is saved."))
    if form.is_valid() or not (form.is_bound or room.is_writable):
        return redirect("rooms:note_detail", tandem_pk=room.pk, note_pk=note.pk)
    status = 422 if form.is_bound else 200
    return _page(request, "rooms/note_edit.html", room, note, status, form=form)


def note_steps(request: SignedIn, tandem_pk: int, note_pk: UUID) -> HttpResponse:
    """Take a browser's steps (POST) and give it everything after the last one it knows."""
    room = room_or_404(request.user, tandem_pk)
    note = note_or_404(room, note_pk)
    form = StepsForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    if request.method == "POST":
        steps = form.cleaned_data["steps"]
        note = note_steps_add(room=room, note=note, steps=steps, now=timezone.now())
    found = steps_after(room, note, form.cleaned_data["after"])
    texts = [base64.b64encode(step).decode() for step in found]
    return JsonResponse({"seq": note.seq, "steps": texts})


def note_history(request: SignedIn, tandem_pk: int, note_pk: UUID) -> HttpResponse:
    """Who had the note how, and the way back to it."""
    room = room_or_404(request.user, tandem_pk)
    note = note_or_404(room, note_pk)
    versions = with_changes(history_read(room, note))
    return _page(request, "rooms/note_history.html", room, note, versions=versions)


def note_version_restore_view(
    request: SignedIn, tandem_pk: int, note_pk: UUID, version_pk: UUID
) -> HttpResponse:
    """Bring an old version back."""
    room = room_or_404(request.user, tandem_pk)
    note = note_or_404(room, note_pk)
    version = version_or_404(room, note, version_pk)
    note_version_restore(room=room, note=note, version=version, now=timezone.now())
    messages.success(request, _("The older version is back. The other one stays in the history."))
    return redirect("rooms:note_detail", tandem_pk=room.pk, note_pk=note.pk)


def note_remove(request: SignedIn, tandem_pk: int, note_pk: UUID) -> HttpResponse:
    """Remove a note, with a way back."""
    room = room_or_404(request.user, tandem_pk)
    note = note_or_404(room, note_pk)
    row_remove(room=room, row=note, now=timezone.now())
    undo(request, _("Note removed."), reverse("rooms:note_restore", args=[room.pk, note_pk]))
    is_talk = note.kind == NoteKind.TALK
    return redirect("rooms:talk_list" if is_talk else "rooms:note_list", tandem_pk=room.pk)


def note_restore(request: SignedIn, tandem_pk: int, note_pk: UUID) -> HttpResponse:
    """Bring a removed note back."""
    room = room_or_404(request.user, tandem_pk)
    note_bring_back(room=room, note=removed_note_or_404(room, note_pk), now=timezone.now())
    messages.success(request, _("The note is back."))
    return redirect("rooms:note_detail", tandem_pk=room.pk, note_pk=note_pk)


def _write_form(request: HttpRequest, room: Room, note: Note) -> NoteWriteForm:
    """The form with the document in it, so that a late text is merged and overwrites nobody."""
    kind = TalkWriteForm if note.kind == NoteKind.TALK else NoteWriteForm
    if request.method == "POST":
        return kind(sent(request))
    document = document_of(room, note)
    base = base64.b64encode(document.whole()).decode()
    return kind(initial={**document.words, "base": base})


def _list_page(request: HttpRequest, room: Room, form: NoteForm | None = None) -> HttpResponse:
    found = notes_read(room, NoteKind.SHARED, NoteKind.PRIVATE)
    more: dict[str, Any] = {
        "shared": [note for note in found if not note.is_private],
        "private": [note for note in found if note.is_private],
        "form": form or NoteForm(initial={"kind": NoteKind.SHARED}),
    }
    status = 422 if form is not None else 200
    return render(request, "rooms/notes.html", page(room, "notes", **more), status=status)


def _page(
    request: HttpRequest, template: str, room: Room, note: Note, status: int = 200, **more: Any
) -> HttpResponse:
    tab = "talks" if note.kind == NoteKind.TALK else "notes"
    context = page(room, tab, note=note_read(room, note), seq=note.seq, **more)
    return render(request, template, context, status=status)
