"""Reports over the API: send one, see how the own ones stand. Cases have no API, on purpose."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from tandemwerk.core.shapes import Body, Page, Paging, page_of
from tandemwerk.people.requests import person, require_valid
from tandemwerk.safeguarding.enums import CaseState
from tandemwerk.safeguarding.forms import ReportForm
from tandemwerk.safeguarding.models import Case
from tandemwerk.safeguarding.selectors.cases import reports_of
from tandemwerk.safeguarding.selectors.report import desk_of
from tandemwerk.safeguarding.services.reports import LONGEST_WORDS, MOST_ROWS, report_create

router = Router(tags=["reports"])


class ReportIn(Body):
    """Own words and rows of one's own room, as ``kind:id``.

    Kinds: ``goal``, ``task``, ``note``, ``note_version``, ``talk``, ``agreement``, ``review`` (the
    id of a member's answers), ``closing``, ``file``.
    """

    id: UUID | None = Field(
        None, description="A random id (UUID) of your own; sending it again is harmless."
    )
    organisation_id: int
    words: str = Field("", max_length=LONGEST_WORDS)
    rows: list[str] = Field(default_factory=list, max_length=MOST_ROWS)


class ReportOut(Schema):
    """How a report stands; what is in it comes in the person's own export."""

    id: UUID = Field(alias="reference")
    organisation_id: int
    state: CaseState
    created_at: datetime
    opened_at: datetime | None
    delete_on: date | None


@router.get("/reports", response=Page[ReportOut], url_name="report_list")
def report_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Your own reports, newest first."""
    return page_of(reports_of(person(request)), wanted)


@router.post("/reports", response={201: ReportOut}, url_name="report_list")
def report_send(request: HttpRequest, data: ReportIn) -> Status[Case]:
    """Report something to the safeguarding people; nobody else is told."""
    user = person(request)
    sent = {"organisation": data.organisation_id, "words": data.words, "rows": data.rows}
    form: ReportForm = require_valid(
        ReportForm(sent, desk=desk_of(user)), organisation="organisation_id"
    )
    case = report_create(by=user, now=timezone.now(), reference=data.id, **form.act())
    return Status(201, case)


@router.get("/reports/{uuid:report_pk}", response=ReportOut, url_name="report_detail")
def report_detail(request: HttpRequest, report_pk: UUID) -> Case:
    """How one of your reports stands."""
    return get_object_or_404(reports_of(person(request)), reference=report_pk)
