"""Mails of safeguarding: that there is something to look at, never what."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.notifications.services.mail import mail_queue
from tandemwerk.people.models import User
from tandemwerk.safeguarding.models import Case
from tandemwerk.safeguarding.selectors.readers import cases_staffed, readers_now

TOLD_WITHIN = timedelta(days=2)


def report_arrived_mail(*, to: User, now: datetime) -> None:
    """To a reader, at most once an hour however much arrives. Three queries.

    What comes after they looked, within the same hour, is told by `reports_tell` later.
    """
    url = settings.BASE_URL + reverse("safeguarding:case_list")
    once = f"report_arrived:{to.pk}:{_hour(now)}"
    mail_queue(kind="report_arrived", to=to, context={"url": url}, now=now, once_key=once)


def report_readers_mail(*, reporters: Iterable[int], now: datetime) -> None:
    """To people whose reports have other readers now, or none; once an hour and number.

    The subject says nothing: somebody may look over their shoulder. Four queries a person.
    """
    url = settings.BASE_URL + reverse("safeguarding:report_list")
    for user in User.objects.filter(pk__in=set(reporters)).order_by("pk"):
        # With how many read by now, so that the last one's going is never taken for told.
        left = readers_now().filter(case__reporter=user).count()
        once = f"report_readers:{user.pk}:{_hour(now)}:{left}"
        kind = "report_readers_changed"
        mail_queue(kind=kind, to=user, context={"url": url}, now=now, once_key=once)


def reports_tell(*, now: datetime) -> int:
    """Mail to readers about unopened reports of two days they got no mail after; how many.

    One query, two a report.
    """
    count = 0
    fresh = Case.objects.filter(opened_at__isnull=True, created_at__gt=now - TOLD_WITHIN)
    for case in fresh.filter(pk__in=cases_staffed()).order_by("pk"):
        told = OutboxMail.objects.filter(
            kind="report_arrived", user=OuterRef("user"), created_at__gte=case.created_at
        )
        for row in readers_now().filter(~Exists(told), case=case).select_related("user"):
            report_arrived_mail(to=row.user, now=now)
            count += 1
    return count


def _hour(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%d%H")
