"""The preparation: for the person who reads it, and for the coordinator who words it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import person, sent
from tandemwerk.programmes.course import ROLES
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.forms.course import CourseStepForm
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.selectors.course import (
    Course,
    StepRead,
    course_of,
    course_participations,
    course_steps,
    step_or_404,
)
from tandemwerk.programmes.services.course import (
    course_step_change,
    course_step_read,
    course_step_reset,
)
from tandemwerk.programmes.views.shared import form_page, get_programme


def _course(request: HttpRequest, participation_pk: int) -> Course:
    """The reader's own preparation; anybody else's does not exist."""
    own = course_participations(person(request))
    return course_of(get_object_or_404(own, pk=participation_pk))


def course(request: HttpRequest, participation_pk: int) -> HttpResponse:
    """All steps with what has been read."""
    found = _course(request, participation_pk)
    return render(request, "programmes/course.html", {"course": found})


def course_step(request: HttpRequest, participation_pk: int, step_key: str) -> HttpResponse:
    """One step to read; a POST ticks it off and leads on to the next."""
    found = _course(request, participation_pk)
    step = step_or_404(found.steps, step_key)
    if request.method == "POST":
        course_step_read(participation=found.participation, key=step.key, now=timezone.now())
        return redirect(_after(found, step.number))
    back = reverse("programmes:course", args=[participation_pk])
    context = {"course": found, "step": step, "back": back}
    return render(request, "programmes/course_step.html", context)


def _after(found: Course, number: int) -> str:
    """The page of the step after this one; the list after the last."""
    pk = found.participation.pk
    if number < len(found.steps):
        return reverse("programmes:course_step", args=[pk, found.steps[number].key])
    return reverse("programmes:course", args=[pk])


def course_texts(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Both preparations, step by step, with a mark at the programme's own words."""
    programme = get_programme(request, programme_pk)
    parts = [
        {"role": role, "label": Role(role).label, "steps": course_steps(programme, role)}
        for role in ROLES
    ]
    context = {"programme": programme, "parts": parts}
    return render(request, "programmes/course_texts.html", context)


def course_text(
    request: HttpRequest, programme_pk: int, course_role: str, step_key: str
) -> HttpResponse:
    """One step in the programme's own words."""
    programme = get_programme(request, programme_pk)
    step = step_or_404(_steps(programme, course_role), step_key)
    form = CourseStepForm.of(step, sent(request))
    if form.is_valid():
        act: dict[str, Any] = {"role": course_role, "key": step.key, "texts": form.texts()}
        now = timezone.now()
        course_step_change(programme=programme, by=person(request), now=now, **act)
        messages.success(request, _("Saved."))
        return redirect("programmes:course_texts", programme.pk)
    context = {"programme": programme, "role": course_role, "step": step}
    context["is_editable"] = is_editable(programme)
    return form_page(request, "programmes/course_text.html", form, **context)


def course_text_reset(
    request: HttpRequest, programme_pk: int, course_role: str, step_key: str
) -> HttpResponse:
    """Back to the shipped words."""
    programme = get_programme(request, programme_pk)
    step = step_or_404(_steps(programme, course_role), step_key)
    course_step_reset(
        programme=programme,
        role=course_role,
        key=step.key,
        by=person(request),
        now=timezone.now(),
    )
    messages.success(request, _("The step has its original words again."))
    return redirect("programmes:course_texts", programme.pk)


def _steps(programme: Programme, role: str) -> tuple[StepRead, ...]:
    if role not in ROLES:
        raise Http404
    return course_steps(programme, role)
