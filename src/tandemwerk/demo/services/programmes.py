"""Organisations, programmes, cohorts and who takes part."""

from collections.abc import Sequence
from datetime import datetime

from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_record
from tandemwerk.demo.story import Diary, Entry
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ParticipationState, Role
from tandemwerk.programmes.models import (
    Cohort,
    Organisation,
    OrganisationOwner,
    Participation,
    Programme,
    ProgrammeCoordinator,
)
from tandemwerk.programmes.template_catalogue import programme_templates


def organisation_found(*, entry: Entry, owners: Sequence[User], now: datetime) -> Organisation:
    """An organisation with its owners."""
    organisation = Organisation.objects.create(name=entry["name"])
    Organisation.objects.filter(pk=organisation.pk).update(created_at=now)
    for owner in owners:
        OrganisationOwner.objects.create(organisation=organisation, user=owner)
    audit_record(action="organisation.create", about=organisation, by=owners[0], now=now)
    return organisation


def programme_found(
    *, entry: Entry, organisation: Organisation, coordinators: Sequence[User], now: datetime
) -> Programme:
    """A programme as its template has it, with the name and promise of the story."""
    template = programme_templates()[entry["template"]]
    programme = Programme.objects.create(
        organisation=organisation,
        template=template.slug,
        name=LazyI18nString(dict(entry["name"])),
        promise=LazyI18nString(dict(entry["promise"])),
        description=LazyI18nString(dict(template.description)),
        state=entry["state"],
        address_form=entry["address_form"],
        criteria=template.criteria.to_dict(),
        journey=template.journey(),
        agreement_text=LazyI18nString(dict(template.agreement)),
        invitation_text=LazyI18nString(dict(template.invitation.text[entry["address_form"]])),
        response_days=template.response_days,
        chemistry_days=template.chemistry_days,
        default_seats=template.seats_per_mentor,
        is_open=entry["is_open"],
    )
    Programme.objects.filter(pk=programme.pk).update(created_at=now)
    for user in coordinators:
        ProgrammeCoordinator.objects.create(programme=programme, user=user)
    audit_record(
        action="programme.create",
        about=programme,
        by=coordinators[0],
        now=now,
        programme_id=programme.pk,
        details={"template": template.slug},
    )
    return programme


def cohort_open(
    *, entry: Entry, programme: Programme, by: User, diary: Diary, now: datetime
) -> Cohort:
    """A round of the programme with its dates counted from today."""
    cohort = Cohort.objects.create(
        programme=programme,
        name=entry["name"],
        registration_ends_on=diary.day(entry["registration_ends"]),
        matching_on=diary.day(entry["matching"]),
        starts_on=diary.day(entry["starts"]),
        midpoint_on=diary.day(entry["midpoint"]),
        ends_on=diary.day(entry["ends"]),
    )
    Cohort.objects.filter(pk=cohort.pk).update(created_at=now)
    audit_record(action="cohort.create", about=cohort, by=by, now=now, programme_id=programme.pk)
    return cohort


def person_invite(
    *, entry: Entry, user: User, cohort: Cohort, by: User, now: datetime
) -> Participation:
    """Somebody is added to a cohort and invited."""
    participation = Participation.objects.create(
        cohort=cohort,
        user=user,
        role=Role(entry["role"]),
        state=ParticipationState.INVITED,
        seats=entry.get("seats", 1),
        invited_at=now,
    )
    Participation.objects.filter(pk=participation.pk).update(created_at=now)
    _record("participation.add", participation, by, now)
    return participation


def person_join(*, participation: Participation, now: datetime) -> None:
    """The invited person says yes."""
    Participation.objects.filter(pk=participation.pk).update(
        state=ParticipationState.JOINED, joined_at=now
    )
    _record("invitation.accept", participation, participation.user, now)


def person_pause(*, participation: Participation, now: datetime) -> None:
    """A mentor takes a break from new tandems."""
    Participation.objects.filter(pk=participation.pk).update(state=ParticipationState.PAUSED)
    _record("participation.pause", participation, participation.user, now)


def _record(action: str, participation: Participation, by: User, now: datetime) -> None:
    audit_record(
        action=action,
        about=participation,
        by=by,
        now=now,
        programme_id=participation.cohort.programme_id,
    )
