"""What people ask their coordination, for those who may read it."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from tandemwerk.core.shapes import Body
from tandemwerk.people.requests import person
from tandemwerk.programmes.selectors.visible import cohorts_run_by
from tandemwerk.tandems.api.signals import HelpOut
from tandemwerk.tandems.models import HelpRequest
from tandemwerk.tandems.selectors.asking import Asking, cohort_asking
from tandemwerk.tandems.selectors.coordination import check_ins_run_by, help_requests_run_by
from tandemwerk.tandems.selectors.signals import HelpRead, help_read
from tandemwerk.tandems.services.check_ins import check_in_take_up
from tandemwerk.tandems.services.help import LONGEST_WORDS, help_answer, help_take_up

router = Router()
HELP = "/help-requests/{int:help_pk}"


class AskOut(Schema):
    name: str
    tandem_id: int = Field(alias="tandem_pk")
    at: datetime
    wants_end: bool
    is_taken_up: bool
    help_request_id: int | None = Field(alias="help_pk")
    check_in_id: int | None = Field(alias="check_in_pk")


class OverdueOut(Schema):
    asked: int | None = Field(description="Null where fewer than five were asked.")
    count: int | None = Field(description="Null where it, or the rest, is below five.")


class QuietOut(Schema):
    asked: int | None = Field(description="Running tandems; null where there are fewer than five.")
    count: int | None = Field(description="Null where it, or the rest, is below five.")


class AskingOut(Schema):
    items: list[AskOut] = Field(alias="asks")
    overdue: OverdueOut
    quiet: QuietOut = Field(description="Running tandems without a word for thirteen weeks.")


class HelpReadOut(HelpOut):
    name: str


class HelpActIn(Body):
    answer: bool = Field(False, description="False: take it up. True: settle it.")
    reply: str = Field("", max_length=LONGEST_WORDS)


@router.get("/cohorts/{int:cohort_pk}/asking", response=AskingOut, url_name="cohort_asking")
def asking(request: HttpRequest, cohort_pk: int) -> Asking:
    """Who asks for help or would prefer to end, up to fifty; everything else as counts."""
    cohort = get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)
    return cohort_asking(cohort, person(request), timezone.now())


@router.get(HELP, response=HelpReadOut, url_name="help_detail")
def help_show(request: HttpRequest, help_pk: int) -> HelpRead:
    """A request with the words the person chose."""
    return help_read(_row(request, help_pk))


@router.post(HELP, response=HelpReadOut, url_name="help_detail")
def help_act(request: HttpRequest, help_pk: int, data: HelpActIn) -> HelpRead:
    """Take a request up, or settle it with a reply the person reads."""
    row, by, now = _row(request, help_pk), person(request), timezone.now()
    if data.answer:
        help_answer(request=row, by=by, reply=data.reply, now=now)
    else:
        help_take_up(request=row, by=by, now=now)
    return help_show(request, help_pk)


@router.post(
    "/check-ins/{int:check_in_pk}/take-up", response={204: None}, url_name="check_in_take_up"
)
def check_in_taken(request: HttpRequest, check_in_pk: int) -> Status[Any]:
    """Note that you take care of an answer."""
    row = get_object_or_404(check_ins_run_by(person(request)), pk=check_in_pk)
    check_in_take_up(check_in=row, by=person(request), now=timezone.now())
    return Status(204, None)


def _row(request: HttpRequest, help_pk: int) -> HelpRequest:
    return get_object_or_404(help_requests_run_by(person(request)), pk=help_pk)
