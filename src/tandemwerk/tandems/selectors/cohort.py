"""The coordinator's view of a cohort's tandems: states and dates, never what the two share.

Nothing here says who has answered and who has not: only what became of the pair. A reason is shown
only if its author shared it, and without a name.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Cohort
from tandemwerk.tandems.enums import DeclineCode, EndCode, TandemState
from tandemwerk.tandems.journey import pause_now
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.names import listed
from tandemwerk.tandems.selectors.signals import pauses_of

PER_PAGE = 50
SOON = timedelta(days=3)  # so late the coordinator may still ring somebody up
ENDED = (TandemState.CLOSED, TandemState.DECLINED, TandemState.DISSOLVED)

GROUPS: dict[str, str | Promise] = {
    "soon": _("Deadline near"),
    "proposed": _("Proposed"),
    "chemistry": _("Getting to know each other"),
    "active": _("Running"),
    "ended": _("Ended"),
}


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One tandem: names, state and dates."""

    pk: int
    mentee: str
    mentor: str
    state: TandemState
    label: str
    since: datetime
    deadline: datetime | None
    is_soon: bool
    end: str
    shared_reason: str
    paused_until: date | None

    @property
    def is_running(self) -> bool:
        return self.state in {TandemState.ACTIVE, TandemState.CLOSING}


@dataclass(frozen=True, slots=True)
class Overview:
    groups: list[Group]
    chosen: str
    page: Page[Any]
    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(group.count for group in self.groups if group.key != "soon")


def cohort_overview(cohort: Cohort, group: str, number: str, now: datetime) -> Overview:
    """Counts of all groups and one page of the chosen one. Three queries."""
    counts = cohort_counts(cohort, now)
    groups = [Group(key, label, counts[key]) for key, label in GROUPS.items()]
    chosen = group if group in GROUPS else next((g.key for g in groups if g.count), "proposed")
    rows = _rows(cohort).filter(_filters(now)[chosen])
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = counts[chosen]  # known already, saves a query
    page = paginator.get_page(number)
    return Overview(groups, chosen, page, [_line(tandem, now) for tandem in page])


def cohort_counts(cohort: Cohort, now: datetime) -> dict[str, int]:
    """How many tandems are in each group. One query."""
    filters = _filters(now)
    counted: dict[str, int] = Tandem.objects.filter(cohort=cohort).aggregate(
        **{key: Count("pk", filter=condition) for key, condition in filters.items()}
    )
    return counted


def _filters(now: datetime) -> dict[str, Q]:
    near = now + SOON
    return {
        "soon": Q(state=TandemState.PROPOSED, answer_by__lte=near)
        | Q(state=TandemState.CHEMISTRY, chemistry_by__lte=near),
        "proposed": Q(state=TandemState.PROPOSED),
        "chemistry": Q(state=TandemState.CHEMISTRY),
        "active": Q(state__in=[TandemState.ACTIVE, TandemState.CLOSING]),
        "ended": Q(state__in=ENDED),
    }


def _rows(cohort: Cohort) -> QuerySet[Tandem]:
    members = TandemMember.objects.select_related("user").only(
        "tandem", "role", "decline_code", "is_reason_shared", "left_at",
        "user__title", "user__given_name", "user__family_name", "user__email",
    )  # fmt: skip
    return (
        Tandem.objects.filter(cohort=cohort)
        .defer("journey", "reasons")
        .prefetch_related(Prefetch("members", members))
        .order_by("-proposed_at", "-pk")
    )


def _line(tandem: Tandem, now: datetime) -> Line:
    names: dict[str, list[str]] = {role: [] for role in Role}
    for member in tandem.members.all():
        if member.left_at is None:
            names[member.role].append(member.user.name)
    state = TandemState(tandem.state)
    deadlines = {TandemState.PROPOSED: tandem.answer_by, TandemState.CHEMISTRY: tandem.chemistry_by}
    deadline = deadlines.get(state)
    gone = gettext("Account deleted")
    shared = [m.decline_code for m in tandem.members.all() if m.is_reason_shared and m.decline_code]
    return Line(
        pk=tandem.pk,
        mentee=listed(names[Role.MENTEE]) if names[Role.MENTEE] else gone,
        mentor=listed(names[Role.MENTOR]) if names[Role.MENTOR] else gone,
        state=state,
        label=str(state.label),
        since=tandem.ended_at
        or tandem.activated_at
        or tandem.chemistry_since
        or tandem.proposed_at,
        deadline=deadline,
        is_soon=deadline is not None and deadline <= now + SOON,
        end=str(EndCode(tandem.end_code).label) if tandem.end_code else "",
        shared_reason=str(DeclineCode(shared[0]).label) if shared else "",
        paused_until=pause.end if (pause := pause_now(pauses_of(tandem), now.date())) else None,
    )
