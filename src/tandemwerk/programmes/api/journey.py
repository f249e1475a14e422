"""The journey of a programme through its versions."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.journey import (
    JourneyVersionDetailOut,
    JourneyVersionIn,
    JourneyVersionOut,
)
from tandemwerk.programmes.api.setup import PROGRAMME, programme_detail
from tandemwerk.programmes.models import JourneyVersion
from tandemwerk.programmes.selectors.journey import journey_versions
from tandemwerk.programmes.services.journey import journey_publish

router = Router()
VERSIONS = f"{PROGRAMME}/journey-versions"


@router.get(VERSIONS, response=Page[JourneyVersionOut], url_name="journey_version_list")
def journey_version_list(
    request: HttpRequest, programme_pk: int, wanted: Query[Paging]
) -> dict[str, Any]:
    """Versions of the journey, the newest first; none as long as it never changed."""
    return page_of(journey_versions(programme_detail(request, programme_pk)), wanted)


@router.post(VERSIONS, response={201: JourneyVersionDetailOut}, url_name="journey_version_list")
def journey_version_new(
    request: HttpRequest, programme_pk: int, data: JourneyVersionIn
) -> Status[JourneyVersion]:
    """Publish a new version for tandems that begin from now on; running ones keep theirs."""
    version = journey_publish(
        programme=programme_detail(request, programme_pk),
        content=data.content(),
        note=data.note,
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, version)


@router.get(
    f"{VERSIONS}/{{int:version_number}}",
    response=JourneyVersionDetailOut,
    url_name="journey_version_detail",
)
def journey_version_detail(
    request: HttpRequest, programme_pk: int, version_number: int
) -> JourneyVersion:
    """One version with all its words."""
    versions = journey_versions(programme_detail(request, programme_pk))
    return get_object_or_404(versions, number=version_number)
