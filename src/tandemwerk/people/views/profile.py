"""The profile: one page in words, and the steps that fill it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translated

from tandemwerk.people.forms import profile as forms
from tandemwerk.people.forms.steps import PLACES, STEPS, Step, way
from tandemwerk.people.models import Profile
from tandemwerk.people.ports import roles_of
from tandemwerk.people.requests import person, sent
from tandemwerk.people.selectors.profile import (
    languages_of,
    languages_spoken,
    profile_of,
    sections,
)
from tandemwerk.people.services.accounts import account_update
from tandemwerk.people.services.profile import ProfileValues, profile_apply
from tandemwerk.people.views.topics import pickers


def profile(request: HttpRequest) -> HttpResponse:
    """The profile in words, what is missing, who sees what. Three queries and those of roles."""
    user = person(request)
    parts = sections(profile_of(user), forms.reader(), roles_of(user))
    context = {
        "sections": parts,
        "missing": [part for part in parts if not part.is_done and part.helps],
        "is_empty": not any(part.lines for part in parts if part.key != "place"),
    }
    return render(request, "people/profile.html", context)


def profile_step(request: HttpRequest, step: str) -> HttpResponse:
    """Show a step, or save it and go on; htmx saves in passing and hears only how it went."""
    if step not in PLACES:
        raise Http404
    here, own = STEPS[PLACES[step]], profile_of(person(request))
    if here.form is None:
        return _show(request, here, own, None)
    form = here.form(sent(request), profile=own)
    if request.method != "POST":
        return _show(request, here, own, form)
    if form.is_valid():
        _save(request, form)
    if request.headers.get("HX-Request"):
        return render(request, "people/profile_step.html#saved", {"form": form})
    return _show(request, here, own, form) if form.errors else redirect(_after(request, here))


def profile_hours(request: HttpRequest) -> HttpResponse:
    """The week hour by hour."""
    form = forms.HoursForm(sent(request), profile=profile_of(person(request)))
    if form.is_valid():
        _save(request, form)
        return redirect("people:profile_step", step="week")
    status = 422 if form.errors else 200
    return render(request, "people/profile_hours.html", {"form": form}, status=status)


def language_remove(request: HttpRequest) -> HttpResponse:
    """Take one language off the profile."""
    user = person(request)
    kept = {
        row.code: row.level for row in languages_of(user) if row.code != request.POST.get("code")
    }
    profile_apply(user=user, values=ProfileValues(languages=kept), now=timezone.now())
    return redirect("people:profile_step", step="experience")


def _save(request: HttpRequest, form: forms.StepForm) -> None:
    user, now = person(request), timezone.now()
    profile_apply(user=user, values=form.values(), now=now)
    if zone := form.cleaned_data.get("timezone"):
        account_update(user=user, timezone=zone, now=now)


def _after(request: HttpRequest, here: Step) -> str:
    """Where the pressed button leads: on, back to this step, or out."""
    if "stay" in request.POST:
        return reverse("people:profile_step", kwargs={"step": here.slug})
    if "leave" in request.POST or here == STEPS[-1]:
        messages.success(request, translated("Your profile is saved."))
        return reverse("people:profile")
    return reverse("people:profile_step", kwargs={"step": STEPS[PLACES[here.slug] + 1].slug})


def _show(
    request: HttpRequest, here: Step, own: Profile, form: forms.StepForm | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "way": way(here, sections(own, forms.reader(), roles_of(own.user))),
        "profile": own,
        "intro": forms.intro(here.slug),
    }
    if form is None:
        context["pickers"] = pickers(request, own)
    if here.slug == "experience":
        context["languages"] = languages_spoken(own, forms.reader())
    status = 422 if form is not None and form.errors else 200
    return render(request, here.template, context, status=status)
