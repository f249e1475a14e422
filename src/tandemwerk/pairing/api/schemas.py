"""Shapes that the API of matching takes and gives."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Schema

from tandemwerk.core.shapes import Body, Page, Paging, Words
from tandemwerk.pairing.enums import MoveKind, Objective, RunState
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.plans import Effect
from tandemwerk.pairing.selectors.runs import Half
from tandemwerk.pairing.services.moves import Order
from tandemwerk.pairing.words import (
    effect_text,
    failure_text,
    fit_of,
    short_word,
    texts,
    unmatched_help,
    unmatched_text,
)

Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class RematchOut(Schema):
    """What became of the pairs of the run before whose people are both still here."""

    kept: int
    changed: int = Field(description="With another mentor now.")
    lost: int = Field(description="Without a mentor now.")
    gained: int = Field(description="With a mentor now who had none.")
    total_lost: float = Field(description="What it costs against the best whole.")


class RunOut(Schema):
    id: int
    cohort_id: int
    number: int
    state: RunState
    progress: int = Field(description="Per cent.")
    version: int = Field(description="Rises with each change by hand; send it with your own.")
    seed: int
    objective: Objective
    floor: float | None = Field(description="Nobody was matched with a lower fit, in [0, 1].")
    keeps_pairs: bool = Field(description="As few pairs as possible of `based_on_id` change.")
    rematch: RematchOut | None = Field(description="Once calculated, if it keeps pairs.")
    stage: str = Field(description="What a run on its way is doing; empty before and after.")
    criteria: dict[str, Any]
    engine_version: str
    inputs_digest: str
    total: float | None
    upper_bound: float | None
    error_code: str
    error_message: str = Field(description="Why a run failed and what to do.")
    based_on_id: int | None
    created_at: datetime
    finished_at: datetime | None
    published_at: datetime | None

    @staticmethod
    def resolve_rematch(run: MatchRun) -> dict[str, Any] | None:
        return run.rematch or None

    @staticmethod
    def resolve_error_message(run: MatchRun) -> str:
        return failure_text(run.error_code) if run.error_code else ""


class RunIn(Body):
    seed: int = Field(0, ge=0, le=2_147_483_646)
    objective: Objective = Field(Objective.TOTAL, description="What the run looks for.")
    based_on: Number | None = Field(
        None, description="A run of the same cohort to continue from; kept pairs stay in any case."
    )
    floor: float | None = Field(None, ge=0, le=1, description="Match nobody with a lower fit.")
    keep_pairs: bool = Field(
        False,
        description="Keep as many pairs as possible of `based_on`, else of the latest run that is "
        "ready; only for the objective `total`.",
    )


class AbsentOut(Schema):
    name: str = Field(alias="person.name")
    missing: Words


class ReadinessOut(Schema):
    """What to look at before matching."""

    is_ready: bool
    mentees: int
    mentors: int
    seats: int
    seats_missing: int
    incomplete: int = Field(description="People whose profile lacks what matching needs.")
    left_out: list[AbsentOut] = Field(description="The first hundred of them.")


class PersonOut(Schema):
    id: int = Field(description="The participation.")
    name: str


class PairOut(Schema):
    mentee: PersonOut
    mentor: PersonOut | None
    score: float | None = Field(description="In [0, 1]; for sorting, people see the word.")
    fit: str
    reasons: list[str]
    differences: list[str]
    is_locked: bool
    is_by_hand: bool
    unmatched_reason: str
    unmatched_help: str

    @staticmethod
    def resolve_mentee(line: Suggestion) -> dict[str, Any]:
        return {"id": line.mentee_id, "name": line.mentee.user.name}

    @staticmethod
    def resolve_mentor(line: Suggestion) -> dict[str, Any] | None:
        return {"id": line.mentor_id, "name": line.mentor.user.name} if line.mentor else None

    @staticmethod
    def resolve_fit(line: Suggestion) -> str:
        return short_word(fit_of(line.score).step) if line.score is not None else ""

    @staticmethod
    def resolve_reasons(line: Suggestion) -> tuple[str, ...]:
        return texts(line.reasons.get("reasons", ()), names=_names(line))

    @staticmethod
    def resolve_differences(line: Suggestion) -> tuple[str, ...]:
        return texts(line.reasons.get("differences", ()), names=_names(line))

    @staticmethod
    def resolve_unmatched_reason(line: Suggestion) -> str:
        if line.mentor_id is not None:
            return ""
        return unmatched_text(line.unmatched_reason, mentee=line.mentee.user.name)

    @staticmethod
    def resolve_unmatched_help(line: Suggestion) -> str:
        return "" if line.mentor_id is not None else unmatched_help(line.unmatched_reason)


def _names(line: Suggestion) -> tuple[str, str]:
    return line.mentee.user.name, line.mentor.user.name if line.mentor else ""


class PairsWanted(Paging):
    matched: bool | None = Field(None, description="Only those with, or without, a mentor.")


class MoveIn(Body):
    kind: MoveKind
    mentee: Number
    version: Number
    mentor: Number | None = Field(None, description="assign, forbid, allow")
    other: Number | None = Field(None, description="swap: the second mentee")
    instead: Number | None = Field(None, description="forbid: the mentor to have at once")

    def order(self) -> Order:
        return Order(**self.model_dump())


class VersionIn(Body):
    version: Number


class EffectOut(Schema):
    total_before: float
    total_after: float
    worst_before: float | None
    worst_after: float | None
    unmatched_before: int
    unmatched_after: int
    text: str

    @staticmethod
    def resolve_text(effect: Effect) -> str:
        return effect_text(effect)


class AlternativeOut(Schema):
    mentor: PersonOut
    score: float
    fit: str
    has_free_seat: bool


class FaceOut(Schema):
    id: int = Field(alias="pk", description="The participation.")
    name: str
    about: Words = Field(alias="sub", description="Position and place.")


class ComparedOut(Schema):
    """One criterion side by side; `state`: yes, part or no."""

    label: Words
    mentee: Words
    mentor: Words
    state: str


class OtherMentorOut(Schema):
    mentor: FaceOut
    fit: str
    way: Words = Field(alias="seat", description="A free place, or a swap.")
    effect: Words = Field(description="On the whole.")
    trend: int = Field(description="-1 worse, 0 about the same, 1 better.")
    move: MoveIn = Field(description="To be sent to /moves as it is.")


class ChemistryOut(Schema):
    """An estimate that changes nothing; shares in per cent."""

    percent: int = Field(description="How likely both want to go on after a first meeting.")
    low: int = Field(description="low to high: where it lies with 90 %.")
    high: int
    meetings: int = Field(description="From how many meetings it was learned.")
    rate: int = Field(description="After how many of 100 of them both wanted to go on.")
    tells_apart: bool = Field(description="false: hardly better than guessing so far.")


class PairDetailOut(Schema):
    mentee: FaceOut
    mentor: FaceOut | None
    fit: str
    seats: Words
    is_locked: bool
    is_by_hand: bool
    reasons: list[Words] = Field(alias="checks")
    differences: list[Words]
    why_unmatched: Words = Field(alias="why")
    compared: list[ComparedOut]
    common_hours: Words = Field(alias="week_text")
    alternatives: list[OtherMentorOut] = Field(description="The best five, with their effect.")
    ruled_out: list[FaceOut] = Field(description="Mentors that may be allowed again.")
    chemistry: ChemistryOut | None = Field(
        description="null: the programme does not learn from first meetings, or too little yet."
    )
    version: int
    is_open: bool = Field(description="false: nothing can be changed any more.")


class LoadOut(Schema):
    mentor: FaceOut
    taken: int
    seats: int


class SummaryOut(Schema):
    """The run as a whole."""

    matched: int
    mentees: int
    very_good: int
    good: int
    fair: int
    free_seats: int
    free_mentors: int
    whole: Words = Field(description="The whole against the best possible, in words.")
    is_best: bool
    changes: int = Field(description="Pairs changed by hand.")
    undo: Words
    redo: Words
    loads: list[LoadOut]
    notes: list[Words] = Field(description="Kept pairs that could not be kept together.")
    troubles: list[str] = Field(description="What stands against publishing.")


class CompareWanted(Paging):
    other: Number | None = Field(
        None, description="A run of the same cohort; otherwise the one before."
    )


class TotalsOut(Schema):
    pairs: int
    alone: int
    points: float = Field(description="Ten points are one perfect pair.")
    very_good: int
    good: int
    fair: int

    @staticmethod
    def resolve_very_good(found: Any) -> int:
        return int(found.steps[3])

    @staticmethod
    def resolve_good(found: Any) -> int:
        return int(found.steps[2])

    @staticmethod
    def resolve_fair(found: Any) -> int:
        return int(found.steps[1])


class HalfOut(Schema):
    mentor: str = Field(description="Empty without one.")
    fit: str
    is_absent: bool = Field(description="Not part of that run.")

    @staticmethod
    def resolve_fit(half: Half) -> str:
        return short_word(half.fit.step) if half.fit else ""


class DifferenceOut(Schema):
    mentee: str
    before: HalfOut = Field(alias="left")
    after: HalfOut = Field(alias="right")
    trend: int = Field(description="Of the fit: -1 worse, 0 the same, 1 better.")


class ComparisonOut(Schema):
    other: int = Field(description="The run compared with.")
    before: TotalsOut
    after: TotalsOut
    same: int = Field(description="Mentees with the same mentor in both.")
    changed: Page[DifferenceOut]
