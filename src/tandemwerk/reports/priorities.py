"""What needs a person now: facts in, a short ordered list of actions out. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

Route = tuple[str, int | None]  # name of a URL and the id it takes


class Kind(StrEnum):
    """One thing to do (or to know); the order is the order of the list."""

    ANSWER_PROPOSAL = "answer_proposal"
    CONFIRM = "confirm"
    RUN_FAILED = "run_failed"
    IMPORT_FAILED = "import_failed"
    IMPORT_ERRORS = "import_errors"
    IMPORT_OPEN = "import_open"
    RUN_READY = "run_ready"
    DEADLINES_NEAR = "deadlines_near"
    RECORD_MEETING = "record_meeting"
    MAILS_FAILED = "mails_failed"
    PROFILE_INCOMPLETE = "profile_incomplete"
    COHORT_READY = "cohort_ready"
    COHORT_EMPTY = "cohort_empty"
    PROGRAMME_EMPTY = "programme_empty"
    NO_PROGRAMME = "no_programme"
    NO_ORGANISATION = "no_organisation"
    UNMATCHED = "unmatched"
    PROFILES_INCOMPLETE = "profiles_incomplete"
    NEXT_STEP = "next_step"
    PREPARE = "prepare"
    WAITING_FOR_OTHER = "waiting_for_other"
    WAITING_FOR_MATCH = "waiting_for_match"
    PAUSED = "paused"


# Nothing to do, good to know: they never come before something that waits for the person.
CALM = frozenset(
    {
        Kind.NEXT_STEP,
        Kind.PREPARE,
        Kind.WAITING_FOR_OTHER,
        Kind.WAITING_FOR_MATCH,
        Kind.PAUSED,
    }
)
ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Action:
    """One card: what, about whom or how many, by when, and where to do it."""

    kind: Kind
    route: Route | None  # None: the words say where else
    about: str = ""  # a person, cohort or programme
    context: str = ""  # the programme or cohort it belongs to
    count: int = 0
    due: datetime | None = None

    @property
    def is_calm(self) -> bool:
        return self.kind in CALM


@dataclass(frozen=True, slots=True)
class TandemFacts:
    pk: int
    state: str
    other: str
    programme: str
    i_answered: bool
    is_met: bool
    deadline: datetime | None
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A participation of the person that has no tandem and no open proposal."""

    programme: str
    state: Literal["invited", "joined", "paused", "withdrawn"]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class PreparationFacts:
    """A preparation, and how many of its steps the person has not read; only they learn of it."""

    participation_pk: int
    programme: str
    left: int


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """What a coordinator's cohort waits for; counts of people, never of what they do."""

    pk: int
    name: str
    people: int = 0
    mentees_ready: int = 0  # complete, without tandem and proposal
    seats_free: int = 0  # of mentors with a complete profile
    incomplete: int = 0
    deadlines_near: int = 0
    has_published: bool = False
    run_ready: int | None = None  # id of the newest run that waits to be looked at
    is_run_failed: bool = False
    import_errors: int = 0  # rows with faults in the newest import
    is_import_failed: bool = False
    is_import_open: bool = False  # checked, but not taken over yet


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one person; each part is empty where they have no such role."""

    tandems: Sequence[TandemFacts] = ()
    places: Sequence[PlaceFacts] = ()
    preparations: Sequence[PreparationFacts] = ()
    cohorts: Sequence[CohortFacts] = ()
    empty_programmes: Sequence[tuple[int, str]] = ()  # without a cohort
    programmes: int = 0
    owns: int = 0
    is_operator: bool = False
    organisations: int = 0  # on the installation; for operators
    mails_failed: int = 0  # for operators


def actions(facts: Facts) -> list[Action]:
    """The cards of a home page, most urgent first; calm ones last, near deadlines before far."""
    found = [
        *_of_tandems(facts.tandems),
        *_of_places(facts.places),
        *_of_preparations(facts.preparations),
        *_of_cohorts(facts.cohorts),
        *_of_owner(facts),
        *_of_operator(facts),
    ]
    return sorted(found, key=_urgency)


def _urgency(action: Action) -> tuple[bool, int, bool, float, str]:
    due = action.due
    return (
        action.is_calm,
        ORDER[action.kind],
        due is None,
        due.timestamp() if due else 0.0,
        action.about,
    )


def _of_tandems(tandems: Iterable[TandemFacts]) -> Iterator[Action]:
    for tandem in tandems:
        kind = _kind(tandem)
        if kind is not None:
            yield Action(
                kind,
                ("tandems:tandem_detail", tandem.pk),
                about=tandem.other,
                context=tandem.next_step if kind is Kind.NEXT_STEP else tandem.programme,
                due=tandem.deadline,
            )


def _kind(tandem: TandemFacts) -> Kind | None:
    if tandem.state in {"active", "closing"}:
        return Kind.NEXT_STEP
    if tandem.state not in {"proposed", "chemistry"}:
        return None
    if tandem.i_answered:
        return Kind.WAITING_FOR_OTHER
    if tandem.state == "proposed":
        return Kind.ANSWER_PROPOSAL
    return Kind.CONFIRM if tandem.is_met else Kind.RECORD_MEETING


def _of_places(places: Iterable[PlaceFacts]) -> Iterator[Action]:
    """One card about the profile, however many programmes wait for it."""
    waiting = [place for place in places if place.state in {"invited", "joined"}]
    lacking = [place for place in waiting if not place.is_complete]
    if lacking:
        yield Action(
            Kind.PROFILE_INCOMPLETE, ("people:profile", None), context=lacking[0].programme
        )
    for place in waiting:
        if place.is_complete:
            yield Action(Kind.WAITING_FOR_MATCH, ("people:profile", None), context=place.programme)
    for place in places:
        if place.state == "paused":
            yield Action(Kind.PAUSED, ("people:settings", None), context=place.programme)


def _of_preparations(preparations: Iterable[PreparationFacts]) -> Iterator[Action]:
    for found in preparations:
        route = ("programmes:course", found.participation_pk)
        if found.left > 0:
            yield Action(Kind.PREPARE, route, context=found.programme, count=found.left)


def _of_cohorts(cohorts: Iterable[CohortFacts]) -> Iterator[Action]:
    for cohort in cohorts:
        page = ("programmes:cohort_detail", cohort.pk)
        if not cohort.people and not cohort.is_import_open:
            yield Action(Kind.COHORT_EMPTY, ("programmes:import_upload", cohort.pk), cohort.name)
        imports = ("programmes:import_list", cohort.pk)
        if cohort.is_import_failed:
            yield Action(Kind.IMPORT_FAILED, imports, cohort.name)
        elif cohort.import_errors:
            yield Action(Kind.IMPORT_ERRORS, imports, cohort.name, count=cohort.import_errors)
        elif cohort.is_import_open:
            yield Action(Kind.IMPORT_OPEN, imports, cohort.name)
        if cohort.is_run_failed:
            yield Action(Kind.RUN_FAILED, ("pairing:run_list", cohort.pk), cohort.name)
        if cohort.deadlines_near:
            yield Action(
                Kind.DEADLINES_NEAR,
                ("tandems:cohort_tandems", cohort.pk),
                cohort.name,
                count=cohort.deadlines_near,
            )
        if cohort.run_ready is not None:
            yield Action(Kind.RUN_READY, ("pairing:run_board", cohort.run_ready), cohort.name)
        elif cohort.mentees_ready and cohort.seats_free:
            kind = Kind.UNMATCHED if cohort.has_published else Kind.COHORT_READY
            count = cohort.mentees_ready
            yield Action(kind, ("pairing:run_list", cohort.pk), cohort.name, count=count)
        if cohort.incomplete:
            yield Action(Kind.PROFILES_INCOMPLETE, page, cohort.name, count=cohort.incomplete)


def _of_owner(facts: Facts) -> Iterator[Action]:
    for pk, name in facts.empty_programmes:
        yield Action(Kind.PROGRAMME_EMPTY, ("programmes:cohort_create", pk), name)
    if facts.owns and not facts.programmes:
        yield Action(Kind.NO_PROGRAMME, ("programmes:wizard_start", None))


def _of_operator(facts: Facts) -> Iterator[Action]:
    if not facts.is_operator:
        return
    if not facts.organisations:
        yield Action(Kind.NO_ORGANISATION, ("programmes:organisation_create", None))
    if facts.mails_failed:
        yield Action(Kind.MAILS_FAILED, None, count=facts.mails_failed)
