"""Organisations, programmes, cohorts and who takes part, by the services of their app."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Model
from i18nfield.strings import LazyI18nString

from tandemwerk.demo.story import Diary, Entry
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import (
    Cohort,
    Invitation,
    Organisation,
    OrganisationOwner,
    Participation,
)
from tandemwerk.programmes.services.coordinators import coordinator_add
from tandemwerk.programmes.services.invitations import invitation_accept
from tandemwerk.programmes.services.organisations import organisation_create
from tandemwerk.programmes.services.participations import participation_add, participation_pause
from tandemwerk.programmes.services.programmes import (
    CohortDates,
    ProgrammeValues,
    cohort_create,
    programme_create,
)
from tandemwerk.programmes.template_catalogue import programme_templates


def organisation_found(*, entry: Entry, owners: Sequence[User], now: datetime) -> Organisation:
    """An organisation with its owners."""
    organisation = organisation_create(name=entry["name"], by=owners[0], now=now)
    for owner in owners[1:]:
        OrganisationOwner.objects.create(organisation=organisation, user=owner)
    _backdate(organisation, now)
    return organisation


def programme_found(
    *,
    entry: Entry,
    first_cohort: Entry,
    organisation: Organisation,
    coordinators: Sequence[User],
    diary: Diary,
    now: datetime,
) -> Cohort:
    """A programme as its template has it, with the name and promise of the story."""
    template = programme_templates()[entry["template"]]
    values = ProgrammeValues(
        template=template.slug,
        name=LazyI18nString(dict(entry["name"])),
        promise=LazyI18nString(dict(entry["promise"])),
        description=LazyI18nString(dict(template.description)),
        address_form=entry["address_form"],
        criteria=template.criteria,
        journey=template.journey(),
        agreement_text=LazyI18nString(dict(template.agreement)),
        invitation_text=LazyI18nString(dict(template.invitation.text[entry["address_form"]])),
        response_days=template.response_days,
        chemistry_days=template.chemistry_days,
        default_seats=template.seats_per_mentor,
        is_open=entry["is_open"],
    )
    cohort = programme_create(
        organisation=organisation,
        values=values,
        cohort_name=first_cohort["name"],
        dates=_dates(first_cohort, diary),
        by=coordinators[0],
        now=now,
    )
    for user in coordinators[1:]:
        coordinator_add(programme=cohort.programme, email=user.email, by=coordinators[0], now=now)
    _backdate(cohort.programme, now)
    _backdate(cohort, now)
    return cohort


def cohort_open(*, entry: Entry, first: Cohort, by: User, diary: Diary, now: datetime) -> Cohort:
    """A further round of the programme that `first` belongs to."""
    cohort = cohort_create(
        programme=first.programme, name=entry["name"], dates=_dates(entry, diary), by=by, now=now
    )
    _backdate(cohort, now)
    return cohort


def _dates(entry: Entry, diary: Diary) -> CohortDates:
    return CohortDates(
        registration_ends_on=diary.day(entry["registration_ends"]),
        matching_on=diary.day(entry["matching"]),
        starts_on=diary.day(entry["starts"]),
        midpoint_on=diary.day(entry["midpoint"]),
        ends_on=diary.day(entry["ends"]),
    )


def person_invite(
    *, entry: Entry, person: Entry, cohort: Cohort, by: User, now: datetime
) -> Participation:
    """Somebody is put on the list of a cohort and gets a letter."""
    participation = participation_add(
        cohort=cohort,
        role=Role(entry["role"]),
        email=person["email"],
        title=person.get("title", ""),
        given_name=person["given_name"],
        family_name=person["family_name"],
        locale=person["locale"],
        seats=entry.get("seats", 1),
        by=by,
        now=now,
    )
    _backdate(participation, now)
    return participation


def person_join(*, participation: Participation, now: datetime) -> None:
    """The invited person comes in and says yes.

    They count as logged in, so no password is made for anybody who needs none in the demo.
    """
    User.objects.filter(pk=participation.user_id).update(last_login=now)
    invitation = Invitation.objects.select_related("participation__cohort__programme").get(
        participation=participation
    )
    invitation_accept(invitation=invitation, by=participation.user, password=None, now=now)


def person_pause(*, participation: Participation, now: datetime) -> None:
    """A mentor takes a break from new tandems."""
    participation_pause(participation=participation, by=participation.user, now=now)


def _backdate(row: Model, now: datetime) -> None:
    """Rows note by themselves when they were made; here that was long ago."""
    type(row)._default_manager.filter(pk=row.pk).update(created_at=now)
