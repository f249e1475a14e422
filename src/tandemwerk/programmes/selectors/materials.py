"""The library of a programme: for those who keep it, and for those who read in it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ForWhom, MaterialKind, ParticipationState
from tandemwerk.programmes.models import Material, Participation, Programme
from tandemwerk.programmes.selectors.visible import programmes_run_by

ICONS = {
    MaterialKind.LINK: "external-link",
    MaterialKind.PAGE: "book-open",
    MaterialKind.FILE: "download",
}


@dataclass(frozen=True, slots=True)
class MaterialShown:
    """One entry in a list for readers."""

    kind: str
    icon: str
    url: str
    title: str
    hint: str


def materials_of(programme: Programme) -> QuerySet[Material]:
    """What is in the library. One query."""
    return Material.objects.filter(programme=programme, removed_at=None)


def materials_kept_by(user: User) -> QuerySet[Material]:
    """Entries of programmes `user` runs, also those just taken out, to bring back. One query."""
    return Material.objects.filter(programme__in=programmes_run_by(user)).select_related(
        "programme"
    )


def materials_visible_to(user: User) -> QuerySet[Material]:
    """What `user` may open: what is for their role, and all as coordinator. One query."""
    own = Participation.objects.filter(user=user).exclude(state=ParticipationState.WITHDRAWN)
    programmes = own.values("cohort__programme")
    is_for_me = Q(programme__in=programmes, who=ForWhom.BOTH)
    for role in (ForWhom.MENTEE, ForWhom.MENTOR):
        is_for_me |= Q(programme__in=programmes.filter(role=role.value), who=role)
    is_mine = Q(programme__in=programmes_run_by(user))
    return (
        Material.objects.filter(is_for_me | is_mine, removed_at=None)
        .select_related("programme")
        .order_by("pk")
    )


def materials_in_phase(programme: Programme, role: str, phase: str | None) -> list[MaterialShown]:
    """What somebody in this role is offered in this phase (None: between phases). One query."""
    rows = materials_of(programme).filter(who__in=[ForWhom.BOTH, role])
    return [
        MaterialShown(
            kind=row.kind,
            icon=ICONS[MaterialKind(row.kind)],
            url=row.url or reverse("programmes:material", args=[row.pk]),
            title=str(row.title),
            hint=str(row.hint),
        )
        for row in rows
        if not row.phases or phase in row.phases
    ]
