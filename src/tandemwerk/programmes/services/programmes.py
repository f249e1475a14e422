"""Founding, changing and putting away programmes and cohorts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_record
from tandemwerk.core.events import publish
from tandemwerk.matching import Criteria
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ProgrammeState
from tandemwerk.programmes.errors import (
    CohortDatesInvalid,
    CohortNameTaken,
    ProgrammeArchived,
)
from tandemwerk.programmes.events import ChemistryLearningSwitched
from tandemwerk.programmes.models import Cohort, Organisation, Programme, ProgrammeCoordinator
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.services.letters import require_known_blanks
from tandemwerk.programmes.services.materials import sample_pages_add

EDITABLE = frozenset(
    {
        "name",
        "promise",
        "description",
        "address_form",
        "criteria",
        "agreement_text",
        "invitation_text",
        "response_days",
        "chemistry_days",
        "default_seats",
        "room_days",
        "is_open",
        "hides_sensitive",
        "learns_from_chemistry",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortDates:
    """The dates of a cohort, in the order in which they come."""

    registration_ends_on: date
    matching_on: date
    starts_on: date
    midpoint_on: date
    ends_on: date

    @classmethod
    def of(cls, cohort: Cohort, **changed: date) -> "CohortDates":
        """The cohort's dates, some of them changed."""
        names = cls.__dataclass_fields__
        return cls(**{**{name: getattr(cohort, name) for name in names}, **changed})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeValues:
    """Everything a new programme needs; texts in both languages, criteria checked."""

    template: str
    name: LazyI18nString
    promise: LazyI18nString
    description: LazyI18nString
    address_form: str
    criteria: Criteria
    journey: Mapping[str, Any]
    agreement_text: LazyI18nString
    invitation_text: LazyI18nString
    response_days: int
    chemistry_days: int
    default_seats: int
    is_open: bool


@transaction.atomic
def programme_create(
    *,
    organisation: Organisation,
    values: ProgrammeValues,
    cohort_name: str,
    dates: CohortDates,
    by: User,
    now: datetime,
) -> Cohort:
    """Found a programme with its first cohort and `by` as coordinator: all of it or nothing.

    Raises BlankUnknown, CohortDatesInvalid.
    """
    require_known_blanks(values.invitation_text)
    programme = Programme.objects.create(
        organisation=organisation,
        template=values.template,
        name=values.name,
        promise=values.promise,
        description=values.description,
        address_form=values.address_form,
        state=ProgrammeState.RUNNING,
        criteria=values.criteria.to_dict(),
        journey=dict(values.journey),
        agreement_text=values.agreement_text,
        invitation_text=values.invitation_text,
        response_days=values.response_days,
        chemistry_days=values.chemistry_days,
        default_seats=values.default_seats,
        is_open=values.is_open,
    )
    ProgrammeCoordinator.objects.create(programme=programme, user=by)
    sample_pages_add(programme=programme, now=now)
    audit_record(
        action="programme.create",
        about=programme,
        by=by,
        now=now,
        programme_id=programme.pk,
        details={"template": values.template},
    )
    return cohort_create(programme=programme, name=cohort_name, dates=dates, by=by, now=now)


@transaction.atomic
def programme_update(
    *, programme: Programme, changes: Mapping[str, Any], by: User, now: datetime
) -> Programme:
    """Change settings of a programme; one audit entry with the names of what changed.

    Learning from first meetings, switched on or off, is told upwards after commit.

    Raises ProgrammeArchived, BlankUnknown, and ValueError for a field that is not a setting.
    """
    if unknown := changes.keys() - EDITABLE:
        raise ValueError(f"not settings of a programme: {sorted(unknown)}")
    require_editable(programme)
    if "invitation_text" in changes:
        require_known_blanks(changes["invitation_text"])
    changed = [name for name, value in changes.items() if _differs(programme, name, value)]
    if not changed:
        return programme
    for name in changed:
        setattr(programme, name, changes[name])
    programme.save(update_fields=changed)
    audit_record(
        action="programme.update",
        about=programme,
        by=by,
        now=now,
        programme_id=programme.pk,
        details=_told(programme, changed),
    )
    if "learns_from_chemistry" in changed:
        publish(ChemistryLearningSwitched(organisation_pk=programme.organisation_id))
    return programme


def _told(programme: Programme, changed: list[str]) -> dict[str, Any]:
    """Names of what changed; of the switch for learning also which way."""
    details: dict[str, Any] = {"fields": sorted(changed)}
    if "learns_from_chemistry" in changed:
        details["learns_from_chemistry"] = programme.learns_from_chemistry
    return details


def _differs(programme: Programme, name: str, value: Any) -> bool:
    old = getattr(programme, name)
    if isinstance(old, LazyI18nString):
        return bool(old.data != getattr(value, "data", value))
    return bool(old != value)


@transaction.atomic
def programme_archive(*, programme: Programme, by: User, now: datetime) -> None:
    """Put a programme away: readable, unchangeable. Archiving twice changes nothing."""
    _move(programme, ProgrammeState.ARCHIVED, action="programme.archive", by=by, now=now)


@transaction.atomic
def programme_restore(*, programme: Programme, by: User, now: datetime) -> None:
    """Bring an archived programme back. Restoring twice changes nothing."""
    _move(programme, ProgrammeState.RUNNING, action="programme.restore", by=by, now=now)


def require_editable(programme: Programme) -> None:
    """Raise ProgrammeArchived for a programme that was put away. No query."""
    if not is_editable(programme):
        raise ProgrammeArchived


def _move(
    programme: Programme, state: ProgrammeState, *, action: str, by: User, now: datetime
) -> None:
    moved = Programme.objects.filter(pk=programme.pk).exclude(state=state).update(state=state)
    programme.refresh_from_db(fields=["state"])
    if moved:
        audit_record(action=action, about=programme, by=by, now=now, programme_id=programme.pk)


@transaction.atomic
def cohort_create(
    *, programme: Programme, name: str, dates: CohortDates, by: User, now: datetime
) -> Cohort:
    """Open a round of a programme.

    Raises ProgrammeArchived, CohortDatesInvalid and CohortNameTaken.
    """
    require_editable(programme)
    _require_sound(programme, name, dates)
    cohort = Cohort.objects.create(
        programme=programme,
        name=name.strip(),
        registration_ends_on=dates.registration_ends_on,
        matching_on=dates.matching_on,
        starts_on=dates.starts_on,
        midpoint_on=dates.midpoint_on,
        ends_on=dates.ends_on,
    )
    audit_record(
        action="cohort.create", about=cohort, by=by, now=now, programme_id=cohort.programme_id
    )
    return cohort


def _require_sound(
    programme: Programme, name: str, dates: CohortDates, *, but: Cohort | None = None
) -> None:
    """Dates in their order and a name of its own; locks the programme, so that both stay so."""
    if not (
        dates.registration_ends_on <= dates.matching_on <= dates.starts_on
        and dates.starts_on < dates.midpoint_on < dates.ends_on
    ):
        raise CohortDatesInvalid
    Programme.objects.select_for_update().get(pk=programme.pk)
    others = Cohort.objects.filter(programme=programme, name=name.strip())
    if others.exclude(pk=but.pk if but else 0).exists():
        raise CohortNameTaken


@transaction.atomic
def cohort_update(
    *, cohort: Cohort, name: str, dates: CohortDates, by: User, now: datetime
) -> Cohort:
    """Rename a cohort or move its dates.

    Raises ProgrammeArchived, CohortDatesInvalid and CohortNameTaken.
    """
    require_editable(cohort.programme)
    _require_sound(cohort.programme, name, dates, but=cohort)
    values = {"name": name.strip()} | {
        field: getattr(dates, field) for field in CohortDates.__dataclass_fields__
    }
    changed = [field for field, value in values.items() if getattr(cohort, field) != value]
    if changed:
        for field in changed:
            setattr(cohort, field, values[field])
        cohort.save(update_fields=changed)
        audit_record(
            action="cohort.update",
            about=cohort,
            by=by,
            now=now,
            programme_id=cohort.programme_id,
            details={"fields": sorted(changed)},
        )
    return cohort
