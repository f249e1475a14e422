"""The library: reading in it, and keeping it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import person, sent
from tandemwerk.programmes.enums import MaterialKind
from tandemwerk.programmes.forms.materials import CHANGE, NEW
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.selectors.materials import (
    materials_kept_by,
    materials_of,
    materials_visible_to,
)
from tandemwerk.programmes.services.material_answers import file_answer
from tandemwerk.programmes.services.materials import (
    material_add,
    material_change,
    material_remove,
    material_restore,
    sample_pages_add,
)
from tandemwerk.programmes.views.shared import form_page, get_programme
from tandemwerk.ui.toasts import undo


def material(request: HttpRequest, material_pk: int) -> HttpResponse:
    """A page to read, a file to keep, or the way to a link."""
    found = get_object_or_404(materials_visible_to(person(request)), pk=material_pk)
    if found.kind == MaterialKind.LINK:
        return redirect(found.url)
    if found.kind == MaterialKind.FILE:
        return file_answer(found)
    return render(request, "programmes/material.html", {"material": found})


def material_list(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Everything in the library, with phases and for whom."""
    programme = get_programme(request, programme_pk)
    context = {
        "programme": programme,
        "materials": materials_of(programme),
        "is_editable": is_editable(programme),
    }
    return render(request, "programmes/materials.html", context)


def material_new(request: HttpRequest, programme_pk: int, material_kind: str) -> HttpResponse:
    """A new link, page or file."""
    programme = get_programme(request, programme_pk)
    if material_kind not in MaterialKind.values:
        raise Http404
    kind = MaterialKind(material_kind)
    form = NEW[kind](sent(request), request.FILES or None, programme=programme)
    if form.is_valid():
        act = {"programme": programme, "kind": kind, **form.act()}
        material_add(by=person(request), now=timezone.now(), **act)
        messages.success(request, _("It is in the library."))
        return redirect("programmes:material_list", programme.pk)
    context = {"programme": programme, "kind": kind}
    return form_page(request, "programmes/material_form.html", form, **context)


def material_edit(request: HttpRequest, material_pk: int) -> HttpResponse:
    """Other words, phases or people for one entry."""
    found = get_object_or_404(materials_kept_by(person(request)), pk=material_pk)
    form_class = CHANGE[MaterialKind(found.kind)]
    initial = form_class.initial_of(found)
    form = form_class(sent(request), initial=initial, programme=found.programme)
    if form.is_valid():
        material_change(material=found, words=form.words(), by=person(request), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("programmes:material_list", found.programme_id)
    context = {"programme": found.programme, "material": found, "kind": found.kind}
    return form_page(request, "programmes/material_form.html", form, **context)


def material_take_out(request: HttpRequest, material_pk: int) -> HttpResponse:
    """Out of the library, with a way back."""
    found = get_object_or_404(materials_kept_by(person(request)), pk=material_pk)
    material_remove(material=found, by=person(request), now=timezone.now())
    text = _("“%(title)s” is no longer in the library.") % {"title": found.title}
    undo(request, text, reverse("programmes:material_restore", args=[found.pk]))
    return redirect("programmes:material_list", found.programme_id)


def material_bring_back(request: HttpRequest, material_pk: int) -> HttpResponse:
    """The way back."""
    found = get_object_or_404(materials_kept_by(person(request)), pk=material_pk)
    material_restore(material=found, by=person(request), now=timezone.now())
    messages.success(request, _("It is in the library again."))
    return redirect("programmes:material_list", found.programme_id)


def material_samples(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Our own pages for an empty library."""
    programme = get_programme(request, programme_pk)
    sample_pages_add(programme=programme, now=timezone.now())
    messages.success(request, _("The pages are in the library; change them as you like."))
    return redirect("programmes:material_list", programme.pk)
