"""One board as it stands now: lines, rules, live seats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from tandemwerk.pairing.enums import RuleKind, RuleSource, RunState
from tandemwerk.pairing.kept import no_collection, stored_of
from tandemwerk.pairing.models import MatchRun, PairRule, Suggestion
from tandemwerk.pairing.plans import Board, Pair
from tandemwerk.pairing.selectors.pool import POOL_STATES, history_pairs
from tandemwerk.pairing.words import rule_text
from tandemwerk.people.models.user import full_name
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation


@dataclass(frozen=True, slots=True)
class Loaded:
    """The board and the rows it came from, by participation id.

    has_people: whether the people behind lines and mentors came with them, or only their names.
    """

    board: Board
    lines: dict[int, Suggestion]
    mentors: dict[int, Participation]
    rules: dict[Pair, PairRule]
    has_people: bool = True

    def say(self, lines: Iterable[Suggestion]) -> None:
        """Have the reasons of these lines read. One query for those that lack them, or none."""
        silent = {line.pk: line for line in lines if "reasons" in line.get_deferred_fields()}
        if silent:
            found = Suggestion.objects.filter(pk__in=silent).values_list("pk", "reasons")
            for pk, reasons in found:
                silent[pk].reasons = reasons


@dataclass(frozen=True)
class Late:
    """A matrix that is read at the first look: a page that only lists pairs never asks for it."""

    read: Callable[[], NDArray[Any]]

    @cached_property
    def matrix(self) -> NDArray[Any]:
        return self.read()

    def __getitem__(self, place: Any) -> Any:
        return self.matrix[place]


LINE = (
    *("run", "mentee", "mentor", "score", "unmatched_reason"),
    *("is_locked", "is_by_hand"),
)
SEATS = ("state", "seats", "seats_taken", "proposals_open", "cohort", "role", "user")
NAME = ("user__title", "user__given_name", "user__family_name", "user__email")
# What a board says about a person; the rest of user and profile stays where it is.
PERSON = (
    *SEATS[:-1],
    *NAME,
    *("user__profile__position", "user__profile__site", "user__profile__user"),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Who stands behind a participation: the number of the person and the name."""

    user: int
    name: str


def board_load(run: MatchRun, *, with_people: bool = True) -> Loaded:
    """Read the board of a calculated run, without the reasons (see `Loaded.say`).

    Four queries; one more in a process that looks into the run's matrices for the first time.
    with_people: False leaves the people's rows out, which takes a third of the time and one query
    more for their names.
    """
    with no_collection():  # thousands of rows, and none of them garbage yet
        lines, mentors = _lines(run, with_people), _mentors(run, with_people)
        rules = {
            (rule.mentee_id, rule.mentor_id): rule
            for rule in PairRule.objects.filter(cohort=run.cohort_id).order_by("pk")
        }
        named = (
            {
                **{pk: _named(mentor) for pk, mentor in mentors.items()},
                **{pk: _named(line.mentee) for pk, line in lines.items()},
            }
            if with_people
            else _names(run, {*lines, *mentors})
        )
    board = Board(
        fits=Late(lambda: stored_of(run).fits),
        blocked=Late(lambda: stored_of(run).blocked),
        rows={pk: row for row, pk in enumerate(run.mentee_ids)},
        columns={pk: column for column, pk in enumerate(run.mentor_ids)},
        mentor_of={pk: line.mentor_id for pk, line in lines.items()},
        seats=_seats(run, mentors),
        locked=frozenset(pk for pk, line in lines.items() if line.is_locked),
        forbidden=frozenset(
            pair
            for pair, rule in rules.items()
            if rule.kind == RuleKind.FORBIDDEN and rule.source == RuleSource.COORDINATOR
        ),
        known=_known(run, lines, mentors, named),
        names={pk: entry.name for pk, entry in named.items()},
        rule_text=rule_text,
    )
    return Loaded(board, lines, mentors, rules, with_people)


def _lines(run: MatchRun, with_people: bool) -> dict[int, Suggestion]:
    """The lines by mentee, in board order. One query."""
    rows = Suggestion.objects.filter(run=run).order_by("pk")
    if with_people:
        columns = (*LINE, *(f"mentee__{name}" for name in PERSON))
        rows = rows.select_related("mentee__user__profile").only(*columns)
    else:
        rows = rows.only(*LINE)
    return {line.mentee_id: line for line in rows}


def _mentors(run: MatchRun, with_people: bool) -> dict[int, Participation]:
    """The run's mentors who are still in the cohort. One query."""
    in_run = set(run.mentor_ids)
    rows = Participation.objects.filter(cohort=run.cohort_id, role=Role.MENTOR).order_by("pk")
    rows = rows.select_related("user__profile").only(*PERSON) if with_people else rows.only(*SEATS)
    return {mentor.pk: mentor for mentor in rows if mentor.pk in in_run}


def _named(person: Participation) -> Named:
    return Named(person.user_id, person.user.name)


def _names(run: MatchRun, wanted: set[int]) -> dict[int, Named]:
    """Persons and names of these participations. One query, no rows made of it."""
    rows = Participation.objects.filter(cohort=run.cohort_id).values_list("pk", "user", *NAME)
    return {pk: Named(user, full_name(*name)) for pk, user, *name in rows if pk in wanted}


def _seats(run: MatchRun, mentors: dict[int, Participation]) -> dict[int, int]:
    """Free seats now; of a published run (its proposals took them) those it was made with."""
    if run.state == RunState.PUBLISHED:
        return dict(zip(run.mentor_ids, run.seats, strict=True))
    return {
        pk: mentor.seats_free if mentor.state in POOL_STATES else 0
        for pk, mentor in mentors.items()
    }


def _known(
    run: MatchRun,
    lines: dict[int, Suggestion],
    mentors: dict[int, Participation],
    named: dict[int, Named],
) -> frozenset[Pair]:
    """Pairs proposed to each other before, here or in another cohort; none once published."""
    if run.state == RunState.PUBLISHED:
        return frozenset()
    mentee_of = {named[pk].user: pk for pk in lines}
    mentor_of = {named[pk].user: pk for pk in mentors}
    return frozenset(
        (mentee_of[mentee], mentor_of[mentor])
        for mentee, mentor in history_pairs(run.cohort)
        if mentee in mentee_of and mentor in mentor_of
    )
