"""The run as a whole: other objectives, proof, why not, fairness; and stopping it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from tandemwerk.matching import WhyNot, why_not_text
from tandemwerk.pairing.api.board import PAIR
from tandemwerk.pairing.api.runs import RUN, act, calculated
from tandemwerk.pairing.api.schemas import PersonOut, RunOut
from tandemwerk.pairing.enums import Objective
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.selectors.board import BoardRead, board_glance, board_read
from tandemwerk.pairing.selectors.check import run_check
from tandemwerk.pairing.selectors.fairness import fairness_data
from tandemwerk.pairing.selectors.proof import proof_read
from tandemwerk.pairing.selectors.why_not import why_not_answer
from tandemwerk.pairing.services.runs import match_run_cancel, match_run_restart
from tandemwerk.pairing.words import fit_of, language, short_word

router = Router()


class FiguresOut(Schema):
    """One objective on the scores of the run; fits in [0, 1]."""

    objective: Objective
    is_chosen: bool
    matched: int
    total: float
    mean: float | None
    worst: float | None
    load_spread: float = Field(description="Standard deviation of mentees per mentor.")
    busiest: int = Field(description="Most mentees with one mentor.")
    idle: int = Field(description="Mentors with a place and no mentee.")
    blocking: int = Field(description="Pairs who would both rather have each other.")


class TradeOffOut(Schema):
    is_complete: bool = Field(description="false: the other objectives are being calculated.")
    objectives: list[FiguresOut]


class CertificateOut(Schema):
    """What was checked just now, without the solver that found the pairs."""

    title: str
    text: str
    by_hand: str = Field(description="What changes by hand left of it; empty without any.")
    is_good: bool
    feasible: bool
    most: bool = Field(description="Nobody can match more people.")
    total: float = Field(description="Of the best whole the proof is about.")
    upper_bound: float
    gap: float
    objective_holds: bool | None = Field(description="null: this objective promises no more.")


class MoveOut(Schema):
    mentee: PersonOut
    before: PersonOut | None
    after: PersonOut | None


class WhyNotOut(Schema):
    """Why two people are not a pair, and what making them one would cost the cohort."""

    is_pair: bool
    fit: str
    score: float | None
    mentee_rank: int | None = Field(description="1: no other mentor fits this mentee better.")
    mentee_choices: int
    mentor_rank: int | None
    mentor_choices: int
    problems: list[str]
    cost: float | None = Field(description="Fit the cohort would lose; null if impossible.")
    people_lost: int | None
    moves: list[MoveOut]
    text: list[str]


@router.get(f"{RUN}/trade-off", response=TradeOffOut, url_name="run_trade_off")
def run_trade_off(request: HttpRequest, run_pk: int) -> dict[str, Any]:
    """What each objective gives on the same people and fits."""
    run = calculated(request, run_pk)
    found = [
        {"objective": name, "is_chosen": name == run.objective, **run.trade_off[name]}
        for name in Objective.values
        if name in run.trade_off
    ]
    return {"is_complete": len(found) == len(Objective), "objectives": found}


@router.get(f"{RUN}/certificate", response=CertificateOut, url_name="run_certificate")
def run_certificate(request: HttpRequest, run_pk: int) -> dict[str, Any]:
    """Check the stored pairs and their proof again."""
    run = calculated(request, run_pk)
    checked, said = run_check(run), proof_read(board_read(run))
    numbers = {
        name: getattr(checked, name)
        for name in ("is_good", "feasible", "most", "total", "upper_bound", "gap")
    }
    words = {"title": said.title, "text": said.text, "by_hand": said.by_hand}
    return {**words, **numbers, "objective_holds": checked.objective}


@router.get(f"{PAIR}/why-not/{{int:mentor_pk}}", response=WhyNotOut, url_name="run_why_not")
def run_why_not(
    request: HttpRequest, run_pk: int, mentee_pk: int, mentor_pk: int
) -> dict[str, Any]:
    """Why not this mentor? About the run as it was calculated."""
    run = calculated(request, run_pk)
    get_object_or_404(run.suggestions, mentee_id=mentee_pk)
    get_object_or_404(run.cohort.participations, pk=mentor_pk, pk__in=run.mentor_ids)
    read = board_glance(run)
    answer = why_not_answer(run, run.mentee_ids.index(mentee_pk), run.mentor_ids.index(mentor_pk))
    return {
        **{name: getattr(answer, name) for name in COUNTED},
        **_in_words(read, answer),
        "is_pair": read.plans.mentor_of[mentee_pk] == mentor_pk,
        "score": answer.fit,
        "problems": list(answer.problems),
    }


# What the engine answers in numbers, as it stands.
COUNTED = (
    *("mentee_rank", "mentee_choices", "mentor_rank", "mentor_choices"),
    *("cost", "people_lost"),
)


def _in_words(read: BoardRead, answer: WhyNot) -> dict[str, Any]:
    """Fit, moves and the whole answer with people's names."""
    run, names = read.run, read.plans.names
    mentees = [names.get(pk, "") for pk in run.mentee_ids]
    mentors = [names.get(pk, "") for pk in run.mentor_ids]
    moves = [
        {
            "mentee": {"id": run.mentee_ids[move.mentee], "name": mentees[move.mentee]},
            "before": _mentor(run, mentors, move.before),
            "after": _mentor(run, mentors, move.after),
        }
        for move in answer.moves
    ]
    fit = short_word(fit_of(answer.fit).step) if answer.fit is not None else ""
    text = why_not_text(answer, language(), mentees, mentors)
    return {"fit": fit, "moves": moves, "text": text}


@router.get(f"{RUN}/fairness", response=dict[str, Any], url_name="run_fairness")
def run_fairness(request: HttpRequest, run_pk: int) -> dict[str, Any]:
    """The fairness report of the board as it stands, without names; small groups are hidden."""
    return fairness_data(board_read(calculated(request, run_pk)))


@router.post(f"{RUN}/cancel", response=RunOut, url_name="run_cancel")
def run_cancel(request: HttpRequest, run_pk: int) -> MatchRun:
    """Stop a run that waits or is being calculated."""
    return act(request, run_pk, match_run_cancel)


@router.post(f"{RUN}/restart", response=RunOut, url_name="run_restart")
def run_restart(request: HttpRequest, run_pk: int) -> MatchRun:
    """Start a stopped run again."""
    return act(request, run_pk, match_run_restart)


def _mentor(run: MatchRun, names: list[str], column: int) -> dict[str, Any] | None:
    return {"id": run.mentor_ids[column], "name": names[column]} if column >= 0 else None
