"""The preparation as a programme tells it, and how far somebody is with it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from i18nfield.strings import LazyI18nString

from tandemwerk.people.models import User
from tandemwerk.programmes.course import next_unread, shipped_steps
from tandemwerk.programmes.enums import ParticipationState, ProgrammeState
from tandemwerk.programmes.models import CourseRead, CourseStep, Participation, Programme
from tandemwerk.programmes.selectors.visible import participations_of


@dataclass(frozen=True, slots=True)
class StepRead:
    """One step as a programme tells it; `is_own`: in its own words."""

    key: str
    number: int
    title: LazyI18nString
    text: LazyI18nString
    question: LazyI18nString
    is_own: bool
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """The preparation of one person in one programme."""

    participation: Participation
    steps: tuple[StepRead, ...]

    @property
    def done(self) -> int:
        return sum(step.is_read for step in self.steps)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.steps)

    @property
    def next_key(self) -> str | None:
        """Where to go on; None when all is read."""
        read = frozenset(step.key for step in self.steps if step.is_read)
        return next_unread(tuple(step.key for step in self.steps), read)


def course_steps(
    programme: Programme, role: str, read: frozenset[str] = frozenset()
) -> tuple[StepRead, ...]:
    """The steps for a role, in the programme's words where it has some. One query."""
    own = {row.key: row for row in CourseStep.objects.filter(programme=programme, role=role)}
    found = []
    for number, step in enumerate(shipped_steps(role), 1):
        row = own.get(step.key)
        found.append(
            StepRead(
                key=step.key,
                number=number,
                title=row.title if row else LazyI18nString(dict(step.title)),
                text=row.text if row else LazyI18nString(dict(step.text)),
                question=row.question if row else LazyI18nString(dict(step.question)),
                is_own=row is not None,
                is_read=step.key in read,
            )
        )
    return tuple(found)


def course_length(role: str) -> int:
    """How many steps there are for a role. No query."""
    return len(shipped_steps(role))


def course_participations(user: User) -> QuerySet[Participation]:
    """The person's own participations that have a preparation: not withdrawn, not put away."""
    return (
        participations_of(user)
        .exclude(state=ParticipationState.WITHDRAWN)
        .exclude(cohort__programme__state=ProgrammeState.ARCHIVED)
    )


def course_of(participation: Participation) -> Course:
    """Steps and progress of somebody's own participation. Two queries."""
    read = CourseRead.objects.filter(participation=participation).values_list("key", flat=True)
    programme = participation.cohort.programme
    steps = course_steps(programme, participation.role, frozenset(read))
    return Course(participation, steps)


def step_or_404(steps: tuple[StepRead, ...], key: str) -> StepRead:
    """The step with this key; Http404 without it. No query."""
    found = next((step for step in steps if step.key == key), None)
    if found is None:
        raise Http404
    return found
