"""Ticking off what one has read, and a programme's own words for a step."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.programmes.models import CourseRead, CourseStep, Participation, Programme
from tandemwerk.programmes.services.programmes import require_editable


@transaction.atomic
def course_step_read(*, participation: Participation, key: str, now: datetime) -> None:
    """Note for the person alone that they have read a step; twice changes nothing. Two queries.

    No audit entry: what somebody reads is nobody's business.
    """
    CourseRead.objects.get_or_create(
        participation=participation, key=key, defaults={"read_at": now}
    )


@transaction.atomic
def course_step_change(
    *,
    programme: Programme,
    role: str,
    key: str,
    texts: Mapping[str, LazyI18nString],
    by: User,
    now: datetime,
) -> CourseStep:
    """Tell a step in the programme's own words. `texts`: title, text, question.

    `role` and `key` are those of a shipped step. Raises ProgrammeArchived.
    """
    require_editable(programme)
    step, _is_new = CourseStep.objects.update_or_create(
        programme=programme, role=role, key=key, defaults=dict(texts)
    )
    _told("course.change", programme, role, key, by, now)
    return step


@transaction.atomic
def course_step_reset(
    *, programme: Programme, role: str, key: str, by: User, now: datetime
) -> None:
    """Go back to the shipped words; without own ones nothing happens. Raises ProgrammeArchived."""
    require_editable(programme)
    count, _rows = CourseStep.objects.filter(programme=programme, role=role, key=key).delete()
    if count:
        _told("course.reset", programme, role, key, by, now)


def _told(action: str, programme: Programme, role: str, key: str, by: User, now: datetime) -> None:
    audit_record(
        action=action,
        about=programme,
        by=by,
        now=now,
        programme_id=programme.pk,
        details={"role": role, "step": key},
    )
