"""Letting somebody read a case that was not sent to them, and what follows when readers go."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Organisation
from tandemwerk.safeguarding.enums import CaseState
from tandemwerk.safeguarding.errors import CaseReaderUnfit
from tandemwerk.safeguarding.models import Case, CaseReader
from tandemwerk.safeguarding.selectors.people import LEAST
from tandemwerk.safeguarding.selectors.readers import may_be_reader, readers_now, reporters_waiting
from tandemwerk.safeguarding.services.mails import report_arrived_mail, report_readers_mail


@transaction.atomic
def case_hand_over(*, case: Case, to: User, by: User, now: datetime) -> None:
    """`by`, who reads the case, lets `to` read it as well; the reporter is told that it happened.

    `case`: out of `cases_of_reader(by)`. Twice changes nothing. Raises CaseReaderUnfit. About
    fifteen queries.
    """
    if _added(case, to, by, now):
        audit_record(action="case.hand_over", about=case, by=by, now=now, details={"user": to.pk})
        _arrived(case, [to], now)
        if case.reporter_id is not None:
            report_readers_mail(reporters=[case.reporter_id], now=now)


@transaction.atomic
def report_readers_add(*, case: Case, users: Iterable[User], now: datetime) -> None:
    """The reporter lets more safeguarding people read their report; the log does not say who.

    `case`: out of `reports_of(reporter)`. Twice changes nothing. Raises CaseReaderUnfit.
    About twelve queries a person.
    """
    for user in users:
        if _added(case, user, None, now):
            audit_record(action="case.readers", about=case, now=now, details={"user": user.pk})
    _arrived(case, users, now)


def readers_leave(*, user: User, organisation: Organisation | None, now: datetime) -> None:
    """Close the cases to somebody whose role ends, and tell those who sent the open ones.

    `organisation` None: everywhere. A case that nobody reads and whose reporter is gone is closed
    by the clock. Three queries, and those of the mails.
    """
    rows = CaseReader.objects.filter(user=user)
    if organisation is not None:
        rows = rows.filter(case__organisation=organisation)
    told = rows.filter(case__reporter__isnull=False).exclude(case__state=CaseState.CLOSED)
    reporters = set(told.values_list("case__reporter", flat=True)) - {user.pk}
    rows.delete()
    report_readers_mail(reporters=reporters, now=now)


def readers_there(*, user: User, organisation: Organisation, now: datetime) -> None:
    """Tell those whose reports too few can read that there is somebody new to choose."""
    report_readers_mail(reporters=reporters_waiting(organisation) - {user.pk}, now=now)


def _added(case: Case, user: User, by: User | None, now: datetime) -> bool:
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not may_be_reader(case, user):
        raise CaseReaderUnfit
    _row, is_new = CaseReader.objects.get_or_create(
        case=case, user=user, defaults={"added_by": by, "added_at": now}
    )
    return is_new


def _arrived(case: Case, new: Iterable[User], now: datetime) -> None:
    """Mail to the new readers; to all of them if the case could not be read before."""
    readers = [row.user for row in readers_now().filter(case=case).select_related("user")]
    fresh = {user.pk for user in new}
    before = len(readers) - sum(user.pk in fresh for user in readers)
    if len(readers) >= LEAST:
        for user in readers:
            if user.pk in fresh or before < LEAST:
                report_arrived_mail(to=user, now=now)
