"""The preparation: read it oneself, or word it for a programme."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.course import (
    CourseOut,
    CourseTextIn,
    CourseTextOut,
    text_out,
)
from tandemwerk.programmes.api.setup import PROGRAMME, programme_detail
from tandemwerk.programmes.course import ROLES
from tandemwerk.programmes.models import Programme
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

router = Router()
COURSE = "/participations/{int:participation_pk}/preparation"
TEXTS = f"{PROGRAMME}/preparation"
TEXT = f"{TEXTS}/{{slug:course_role}}/{{slug:step_key}}"


@router.get(COURSE, response=CourseOut, url_name="course")
def course(request: HttpRequest, participation_pk: int) -> Course:
    """Your own preparation and what of it you have read; nobody else can ask for it."""
    own = course_participations(person(request))
    return course_of(get_object_or_404(own, pk=participation_pk))


@router.post(f"{COURSE}/{{slug:step_key}}/read", response=CourseOut, url_name="course_step_read")
def course_read(request: HttpRequest, participation_pk: int, step_key: str) -> Course:
    """Tick a step off; only you see it."""
    found = course(request, participation_pk)
    step = step_or_404(found.steps, step_key)
    course_step_read(participation=found.participation, key=step.key, now=timezone.now())
    return course_of(found.participation)


@router.get(TEXTS, response=list[CourseTextOut], url_name="course_text_list")
def course_text_list(request: HttpRequest, programme_pk: int) -> list[dict[str, Any]]:
    """Every step for both roles as the programme tells it."""
    programme = programme_detail(request, programme_pk)
    return [text_out(role, step) for role in ROLES for step in course_steps(programme, role)]


@router.put(TEXT, response=CourseTextOut, url_name="course_text_detail")
def course_text_change(
    request: HttpRequest, programme_pk: int, course_role: str, step_key: str, data: CourseTextIn
) -> dict[str, Any]:
    """Tell a step in the programme's own words."""
    programme = programme_detail(request, programme_pk)
    step = step_or_404(_steps(programme, course_role), step_key)
    course_step_change(
        programme=programme,
        role=course_role,
        key=step.key,
        texts=data.texts(),
        by=person(request),
        now=timezone.now(),
    )
    return text_out(course_role, step_or_404(_steps(programme, course_role), step_key))


@router.delete(TEXT, response={204: None}, url_name="course_text_detail")
def course_text_reset(
    request: HttpRequest, programme_pk: int, course_role: str, step_key: str
) -> Status[None]:
    """Go back to the shipped words."""
    programme = programme_detail(request, programme_pk)
    step = step_or_404(_steps(programme, course_role), step_key)
    course_step_reset(
        programme=programme,
        role=course_role,
        key=step.key,
        by=person(request),
        now=timezone.now(),
    )
    return Status(204, None)


def _steps(programme: Programme, role: str) -> tuple[StepRead, ...]:
    if role not in ROLES:
        raise Http404
    return course_steps(programme, role)
