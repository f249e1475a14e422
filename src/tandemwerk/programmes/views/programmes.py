"""Pages of a programme: overview, settings, who runs it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.programmes.forms.criteria import CriteriaForm
from tandemwerk.programmes.forms.programmes import CoordinatorForm, SettingsForm
from tandemwerk.programmes.forms.texts import TextsForm
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.programme_sections import sections_for
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.selectors.cohorts import (
    coordinator_invitations_of,
    coordinators_of,
    programmes_listed_for,
)
from tandemwerk.programmes.selectors.visible import is_staff_somewhere, organisations_owned_by
from tandemwerk.programmes.services import programmes
from tandemwerk.programmes.services.agreement_text import GAPS
from tandemwerk.programmes.services.criteria_words import criteria_sentence
from tandemwerk.programmes.views.shared import get_programme, signed_in
from tandemwerk.ui.toasts import undo


def programme_list(request: HttpRequest) -> HttpResponse:
    """All programmes the person runs; for people who run nothing the page does not exist."""
    user = signed_in(request)
    if not is_staff_somewhere(user):
        raise Http404
    context = {
        "programmes": programmes_listed_for(user),
        "may_found": organisations_owned_by(user).exists(),
        "may_found_organisation": user.is_operator,
    }
    return render(request, "programmes/list.html", context)


def programme_detail(request: HttpRequest, programme_pk: int) -> HttpResponse:
    programme = get_object_or_404(programmes_listed_for(signed_in(request)), pk=programme_pk)
    return programme_page(request, programme, CoordinatorForm())


def programme_page(
    request: HttpRequest, programme: Programme, form: CoordinatorForm
) -> HttpResponse:
    """The overview; also shown again when the form for another coordinator has a fault."""
    context = {
        "programme": programme,
        "cohorts": getattr(programme, "cohort_list", None) or programme.cohorts.all(),
        "coordinators": coordinators_of(programme),
        "invitations": coordinator_invitations_of(programme, timezone.now()),
        "form": form,
        "is_editable": is_editable(programme),
        "sections": sections_for(programme),
        "join_url": request.build_absolute_uri(reverse("programmes:join", args=[programme.pk])),
    }
    status = 422 if form.is_bound else 200
    return render(request, "programmes/detail.html", context, status=status)


def _edit(
    request: HttpRequest, programme_pk: int, form_class: type[Any], template: str
) -> HttpResponse:
    """One form over some settings: show, save, go back to the programme."""
    programme = get_programme(request, programme_pk)
    form = form_class.of(programme, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        programmes.programme_update(
            programme=programme, changes=form.changes(), by=signed_in(request), now=timezone.now()
        )
        messages.success(request, _("Saved."))
        return redirect("programmes:programme_detail", programme_pk=programme.pk)
    context = {"programme": programme, "form": form, "gaps": GAPS}
    if isinstance(form, CriteriaForm):
        context["sentence"] = criteria_sentence(form.base)
    return render(request, template, context, status=422 if form.errors else 200)


def programme_settings(request: HttpRequest, programme_pk: int) -> HttpResponse:
    return _edit(request, programme_pk, SettingsForm, "programmes/settings.html")


def programme_criteria(request: HttpRequest, programme_pk: int) -> HttpResponse:
    return _edit(request, programme_pk, CriteriaForm, "programmes/criteria.html")


def programme_texts(request: HttpRequest, programme_pk: int) -> HttpResponse:
    return _edit(request, programme_pk, TextsForm, "programmes/texts.html")


def programme_archive(request: HttpRequest, programme_pk: int) -> HttpResponse:
    programme = get_programme(request, programme_pk)
    programmes.programme_archive(programme=programme, by=signed_in(request), now=timezone.now())
    undo(
        request,
        _("%(programme)s is archived.") % {"programme": programme.name},
        reverse("programmes:programme_restore", args=[programme.pk]),
    )
    return redirect("programmes:programme_detail", programme_pk=programme.pk)


def programme_restore(request: HttpRequest, programme_pk: int) -> HttpResponse:
    programme = get_programme(request, programme_pk)
    programmes.programme_restore(programme=programme, by=signed_in(request), now=timezone.now())
    messages.success(request, _("%(programme)s is back.") % {"programme": programme.name})
    return redirect("programmes:programme_detail", programme_pk=programme.pk)
