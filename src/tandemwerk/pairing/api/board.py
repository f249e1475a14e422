"""The board of a run: pairs, one pair in full, what a change would do, and changes by hand."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.pairing.api.runs import RUN, calculated, run_detail
from tandemwerk.pairing.api.schemas import (
    AlternativeOut,
    EffectOut,
    MoveIn,
    PairDetailOut,
    PairOut,
    PairsWanted,
    RunOut,
    VersionIn,
)
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.plans import Effect
from tandemwerk.pairing.selectors.board import board_read
from tandemwerk.pairing.selectors.report import others_ranked, run_pairs
from tandemwerk.pairing.selectors.state import board_load
from tandemwerk.pairing.services.moves import board_move, board_redo, board_undo, plan_of
from tandemwerk.pairing.services.preview import detail_with_moves
from tandemwerk.people.requests import person

router = Router()
PAIR = f"{RUN}/pairs/{{int:mentee_pk}}"


@router.get(f"{RUN}/pairs", response=Page[PairOut], url_name="run_pairs")
def pairs(request: HttpRequest, run_pk: int, wanted: Query[PairsWanted]) -> dict[str, Any]:
    """Every mentee of the run with the mentor and the reasons, or why there is none."""
    return page_of(run_pairs(run_detail(request, run_pk), wanted.matched), wanted)


@router.get(PAIR, response=PairDetailOut, url_name="run_pair")
def pair(request: HttpRequest, run_pk: int, mentee_pk: int) -> dict[str, Any]:
    """One pair in full: reasons, side by side, and the best others with what each would do."""
    run = calculated(request, run_pk)
    line = get_object_or_404(run.suggestions, mentee_id=mentee_pk)
    return detail_with_moves(board_read(run), line.pk)


@router.get(f"{PAIR}/alternatives", response=Page[AlternativeOut], url_name="run_alternatives")
def alternatives(
    request: HttpRequest, run_pk: int, mentee_pk: int, wanted: Query[Paging]
) -> dict[str, Any]:
    """All other mentors this mentee could have, the best fit first."""
    run = calculated(request, run_pk)
    get_object_or_404(run.suggestions, mentee_id=mentee_pk)
    return page_of(others_ranked(board_load(run), mentee_pk), wanted)


@router.post(f"{RUN}/preview", response=EffectOut, url_name="run_preview")
def run_preview(request: HttpRequest, run_pk: int, data: MoveIn) -> Effect:
    """What a change by hand would do to the whole. Writes nothing."""
    return plan_of(board_load(calculated(request, run_pk)), data.order()).effect


@router.post(f"{RUN}/moves", response=RunOut, url_name="run_moves")
def run_move(request: HttpRequest, run_pk: int, data: MoveIn) -> MatchRun:
    """Assign, swap, unassign, lock, unlock, forbid or allow."""
    return _change(request, run_pk, board_move, order=data.order())


@router.post(f"{RUN}/undo", response=RunOut, url_name="run_undo")
def run_undo(request: HttpRequest, run_pk: int, data: VersionIn) -> MatchRun:
    """Take back the latest change by hand."""
    return _change(request, run_pk, board_undo, version=data.version)


@router.post(f"{RUN}/redo", response=RunOut, url_name="run_redo")
def run_redo(request: HttpRequest, run_pk: int, data: VersionIn) -> MatchRun:
    """Do again what was taken back last."""
    return _change(request, run_pk, board_redo, version=data.version)


def _change(
    request: HttpRequest, run_pk: int, service: Callable[..., object], **values: object
) -> MatchRun:
    run = calculated(request, run_pk)
    service(run=run, by=person(request), now=timezone.now(), **values)
    return run_detail(request, run_pk)
