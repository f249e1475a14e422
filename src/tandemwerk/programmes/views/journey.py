"""The journey's editor: phase by phase on a draft, then published as a new version."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tandemwerk.people.requests import sent
from tandemwerk.programmes.forms.journey import (
    KIND_NAMES,
    MovePhaseForm,
    NewPhaseForm,
    PhaseEditor,
    PublishJourneyForm,
)
from tandemwerk.programmes.forms.texts import CODES
from tandemwerk.programmes.journey import (
    phase_added,
    phase_moved,
    phase_of,
    phase_removed,
    phase_replaced,
    phases_of,
)
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.selectors.journey import journey_desk, journey_versions
from tandemwerk.programmes.services.journey import (
    journey_draft_change,
    journey_draft_discard,
    journey_draft_undo,
    journey_publish,
)
from tandemwerk.programmes.views.shared import get_programme, signed_in
from tandemwerk.ui.toasts import undo


def journey(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """The phases in their order, what is missing, earlier versions."""
    return journey_page(request, get_programme(request, programme_pk), PublishJourneyForm())


def journey_page(
    request: HttpRequest, programme: Programme, form: PublishJourneyForm
) -> HttpResponse:
    """The editor's first page; also shown again when publishing lacks a word."""
    context = {
        "programme": programme,
        "desk": journey_desk(programme),
        "versions": journey_versions(programme)[:20],
        "form": form,
        "new_form": NewPhaseForm(),
        "is_editable": is_editable(programme),
    }
    status = 422 if form.is_bound else 200
    return render(request, "programmes/journey.html", context, status=status)


def journey_phase(request: HttpRequest, programme_pk: int, phase_key: str) -> HttpResponse:
    """One phase with all its words."""
    programme = get_programme(request, programme_pk)
    content = journey_desk(programme).content
    phase = phase_of(content, phase_key)
    if phase is None:
        raise Http404
    editor = PhaseEditor(content, phase, sent(request))
    if editor.is_bound and editor.is_valid():
        return _saved(request, programme, phase_key, editor.words())
    context = {"programme": programme, "editor": editor, "is_editable": is_editable(programme)}
    status = 422 if editor.is_bound else 200
    return render(request, "programmes/journey_phase.html", context, status=status)


def _saved(
    request: HttpRequest, programme: Programme, key: str, words: Mapping[str, Any]
) -> HttpResponse:
    """Put the phase into the draft; `again` in what was sent leads back to the same page."""
    journey_draft_change(
        programme=programme,
        change=lambda found: phase_replaced(found, key, words),
        now=timezone.now(),
    )
    messages.success(request, _("Saved in the draft."))
    if "again" in request.POST:
        return redirect("programmes:journey_phase", programme.pk, key)
    return redirect("programmes:journey", programme.pk)


def journey_phase_new(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Add a phase at the end and open it."""
    programme = get_programme(request, programme_pk)
    form = NewPhaseForm(request.POST)
    if not form.is_valid():
        return redirect("programmes:journey", programme.pk)
    kind = form.cleaned_data["kind"]
    draft = journey_draft_change(
        programme=programme,
        change=lambda found: phase_added(found, kind, _names(kind)),
        now=timezone.now(),
    )
    return redirect("programmes:journey_phase", programme.pk, phases_of(draft.content)[-1]["key"])


def _names(kind: str) -> dict[str, str]:
    """The name of a kind of phase in every language."""
    names = {}
    for code in CODES:
        with translation.override(code):
            names[code] = str(KIND_NAMES[kind])
    return names


def journey_phase_move(request: HttpRequest, programme_pk: int, phase_key: str) -> HttpResponse:
    """Let a phase change places with its neighbour."""
    programme = get_programme(request, programme_pk)
    form = MovePhaseForm(request.POST)
    if form.is_valid():
        journey_draft_change(
            programme=programme,
            change=lambda found: phase_moved(found, phase_key, is_up=form.is_up),
            now=timezone.now(),
        )
    return redirect(reverse("programmes:journey", args=[programme.pk]) + f"#phase-{phase_key}")


def journey_phase_remove(request: HttpRequest, programme_pk: int, phase_key: str) -> HttpResponse:
    """Take a phase out of the draft, with a way back."""
    programme = get_programme(request, programme_pk)
    journey_draft_change(
        programme=programme,
        change=lambda found: phase_removed(found, phase_key),
        now=timezone.now(),
    )
    undo(
        request, _("The phase is removed."), reverse("programmes:journey_undo", args=[programme.pk])
    )
    return redirect("programmes:journey", programme.pk)


def journey_undo(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Take back the last act on the draft."""
    programme = get_programme(request, programme_pk)
    journey_draft_undo(programme=programme, now=timezone.now())
    messages.success(request, _("The last change is taken back."))
    return redirect("programmes:journey", programme.pk)


def journey_discard(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Leave the draft and go back to the newest version."""
    programme = get_programme(request, programme_pk)
    journey_draft_discard(programme=programme)
    messages.success(request, _("The draft is gone; the newest version stands."))
    return redirect("programmes:journey", programme.pk)


def journey_publish_draft(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Make the draft the newest version."""
    programme = get_programme(request, programme_pk)
    form = PublishJourneyForm(request.POST)
    if not form.is_valid():
        return journey_page(request, programme, form)
    version = journey_publish(
        programme=programme, by=signed_in(request), now=timezone.now(), **form.cleaned_data
    )
    text = _("Version %(number)d holds for tandems that begin from now on.")
    messages.success(request, text % {"number": version.number})
    return redirect("programmes:journey", programme.pk)


def journey_take_up(request: HttpRequest, programme_pk: int, version_number: int) -> HttpResponse:
    """Begin a draft from an earlier version."""
    programme = get_programme(request, programme_pk)
    version = get_object_or_404(journey_versions(programme), number=version_number)
    journey_draft_change(
        programme=programme, change=lambda _found: version.content, now=timezone.now()
    )
    messages.success(request, _("The draft is now like this version. Publish it to let it hold."))
    return redirect("programmes:journey", programme.pk)
