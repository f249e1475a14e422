"""One board as it stands now: lines, rules, live seats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from numpy.typing import NDArray

from tandemwerk.pairing.enums import RuleKind, RuleSource, RunState
from tandemwerk.pairing.kept import stored_of
from tandemwerk.pairing.models import MatchRun, PairRule, Suggestion
from tandemwerk.pairing.plans import Board, Pair
from tandemwerk.pairing.selectors.pool import POOL_STATES, history_pairs
from tandemwerk.pairing.words import rule_text
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Participation


@dataclass(frozen=True, slots=True)
class Loaded:
    """The board and the rows it came from, by participation id."""

    board: Board
    lines: dict[int, Suggestion]
    mentors: dict[int, Participation]
    rules: dict[Pair, PairRule]

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
# What a board says about a person; the rest of user and profile stays where it is.
PERSON = (
    *("state", "seats", "seats_taken", "proposals_open", "cohort", "role"),
    *("user__title", "user__given_name", "user__family_name", "user__email"),
    *("user__profile__position", "user__profile__site", "user__profile__user"),
)


def board_load(run: MatchRun) -> Loaded:
    """Read the board of a calculated run, without the reasons (see `Loaded.say`).

    Four queries; one more in a process that looks into the run's matrices for the first time.
    """
    lines = {
        line.mentee_id: line
        for line in Suggestion.objects.filter(run=run)
        .select_related("mentee__user__profile")
        .only(*LINE, *(f"mentee__{name}" for name in PERSON))
        .order_by("pk")
    }
    in_run = set(run.mentor_ids)
    mentors = {
        mentor.pk: mentor
        for mentor in Participation.objects.filter(cohort=run.cohort_id, role=Role.MENTOR)
        .select_related("user__profile")
        .only(*PERSON)
        .order_by("pk")
        if mentor.pk in in_run
    }
    rules = {
        (rule.mentee_id, rule.mentor_id): rule
        for rule in PairRule.objects.filter(cohort=run.cohort_id).order_by("pk")
    }
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
        known=_known(run, lines, mentors),
        names={
            **{pk: mentor.user.name for pk, mentor in mentors.items()},
            **{pk: line.mentee.user.name for pk, line in lines.items()},
        },
        rule_text=rule_text,
    )
    return Loaded(board=board, lines=lines, mentors=mentors, rules=rules)


def _seats(run: MatchRun, mentors: dict[int, Participation]) -> dict[int, int]:
    """Free seats now; of a published run (its proposals took them) those it was made with."""
    if run.state == RunState.PUBLISHED:
        return dict(zip(run.mentor_ids, run.seats, strict=True))
    return {
        pk: mentor.seats_free if mentor.state in POOL_STATES else 0
        for pk, mentor in mentors.items()
    }


def _known(
    run: MatchRun, lines: dict[int, Suggestion], mentors: dict[int, Participation]
) -> frozenset[Pair]:
    """Pairs proposed to each other before, here or in another cohort; none once published."""
    if run.state == RunState.PUBLISHED:
        return frozenset()
    mentee_of = {line.mentee.user_id: pk for pk, line in lines.items()}
    mentor_of = {mentor.user_id: pk for pk, mentor in mentors.items()}
    return frozenset(
        (mentee_of[mentee], mentor_of[mentor])
        for mentee, mentor in history_pairs(run.cohort)
        if mentee in mentee_of and mentor in mentor_of
    )
