"""What coordinators do and see: publish a run, follow states and dates. Never a room's content."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from tandemwerk.pairing.selectors.visible import runs_run_by
from tandemwerk.people.requests import person
from tandemwerk.programmes.selectors.visible import cohorts_run_by
from tandemwerk.tandems.api.schemas import LinesWanted, PublishedOut, PublishIn, TandemLinesOut
from tandemwerk.tandems.api.schemas_journey import JourneyMovedOut, JourneyMoveIn, MovePreviewOut
from tandemwerk.tandems.selectors.cohort import cohort_overview
from tandemwerk.tandems.selectors.journey import MovePreview, move_preview
from tandemwerk.tandems.services.journey import journey_move
from tandemwerk.tandems.services.publish import run_publish

router = Router()
JOURNEY = "/cohorts/{int:cohort_pk}/journey"


@router.get("/cohorts/{int:cohort_pk}/tandems", response=TandemLinesOut, url_name="cohort_tandems")
def cohort_tandems(
    request: HttpRequest, cohort_pk: int, wanted: Query[LinesWanted]
) -> dict[str, Any]:
    """States and dates of a cohort's tandems, for its coordinators. Never a room's content."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    found = cohort_overview(cohort, wanted.group, str(wanted.page), timezone.now())
    return {
        "total": found.page.paginator.count,
        "page": found.page.number,
        "pages": found.page.paginator.num_pages,
        "counts": {group.key: group.count for group in found.groups},
        "items": found.lines,
    }


@router.post("/runs/{int:run_pk}/publish", response=PublishedOut, url_name="run_publish")
def publish(request: HttpRequest, run_pk: int, data: PublishIn | None = None) -> dict[str, int]:
    """Turn a run's pairs into proposals and send the mails. Can't be undone."""
    run = get_object_or_404(runs_run_by(person(request)), pk=run_pk)
    version = data.version if data else None
    count = run_publish(run=run, by=person(request), now=timezone.now(), version=version)
    return {"proposals": count}


@router.get(JOURNEY, response=MovePreviewOut, url_name="cohort_journey")
def cohort_journey(request: HttpRequest, cohort_pk: int) -> MovePreview:
    """How many running tandems follow an earlier journey, and what moving them would change."""
    return move_preview(get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk))


@router.post(JOURNEY, response=JourneyMovedOut, url_name="cohort_journey")
def cohort_journey_move(
    request: HttpRequest, cohort_pk: int, data: JourneyMoveIn
) -> dict[str, int]:
    """Move the running tandems of a cohort to the newest version, which you name."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    now = timezone.now()
    return {"moved": journey_move(cohort=cohort, number=data.number, by=person(request), now=now)}
