from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.models import AuditEntry
from tandemwerk.matching import Criteria
from tandemwerk.programmes.errors import (
    CohortDatesInvalid,
    LastCoordinator,
    NoSuchAccount,
    ProgrammeArchived,
)
from tandemwerk.programmes.models import Cohort, Programme
from tandemwerk.programmes.selectors.visible import cohorts_run_by, programmes_run_by
from tandemwerk.programmes.services.coordinators import coordinator_add, coordinator_remove
from tandemwerk.programmes.services.organisations import organisation_create
from tandemwerk.programmes.services.programmes import (
    CohortDates,
    ProgrammeValues,
    cohort_create,
    cohort_update,
    programme_archive,
    programme_create,
    programme_restore,
    programme_update,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import (
    CohortFactory,
    CoordinatorFactory,
    OwnerFactory,
    ProgrammeFactory,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DATES = CohortDates(
    registration_ends_on=date(2026, 11, 30),
    matching_on=date(2026, 12, 10),
    starts_on=date(2027, 1, 11),
    midpoint_on=date(2027, 5, 31),
    ends_on=date(2027, 10, 18),
)
pytestmark = pytest.mark.django_db


def both(text):
    return LazyI18nString({"de": f"{text} de", "en": f"{text} en"})


def values(**changes):
    given = {
        "template": "company-mentoring",
        "name": both("Name"),
        "promise": both("Promise"),
        "description": both("Description"),
        "address_form": "du",
        "criteria": Criteria(),
        "journey": {"phases": []},
        "agreement_text": both("Agreement"),
        "invitation_text": both("Invitation"),
        "response_days": 10,
        "chemistry_days": 21,
        "default_seats": 2,
        "is_open": False,
    }
    return ProgrammeValues(**given | changes)


def test_founding_makes_programme_cohort_and_coordinator():
    owner = OwnerFactory()
    cohort = programme_create(
        organisation=owner.organisation,
        values=values(),
        cohort_name=" 2027 ",
        dates=DATES,
        by=owner.user,
        now=NOW,
    )
    assert cohort.name == "2027"
    assert list(cohorts_run_by(owner.user)) == [cohort]
    assert Criteria.from_dict(cohort.programme.criteria) == Criteria()
    assert cohort.programme.coordinators.get().user == owner.user
    acts = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["programme.create", "cohort.create"]


def test_founding_is_all_or_nothing():
    owner = OwnerFactory()
    wrong = CohortDates(
        **{**{f: getattr(DATES, f) for f in DATES.__slots__}, "ends_on": NOW.date()}
    )
    with pytest.raises(CohortDatesInvalid):
        programme_create(
            organisation=owner.organisation,
            values=values(),
            cohort_name="2027",
            dates=wrong,
            by=owner.user,
            now=NOW,
        )
    assert not Programme.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"ends_on": date(2026, 10, 1)},
        {"midpoint_on": date(2026, 10, 1)},
        {"midpoint_on": date(2027, 6, 30)},
        {"registration_ends_on": date(2027, 7, 1)},
    ],
)
def test_the_database_keeps_dates_in_order(change):
    cohort = CohortFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(**change)


def test_settings_change_with_one_entry_naming_the_fields():
    coordinator = CoordinatorFactory()
    programme = coordinator.programme
    programme_update(
        programme=programme,
        changes={"response_days": 7, "default_seats": programme.default_seats},
        by=coordinator.user,
        now=NOW,
    )
    programme.refresh_from_db()
    assert programme.response_days == 7
    assert AuditEntry.objects.get().details == {"fields": ["response_days"]}


def test_nothing_changed_leaves_no_trace():
    coordinator = CoordinatorFactory()
    programme = coordinator.programme
    same = LazyI18nString(dict(programme.name.data))
    programme_update(programme=programme, changes={"name": same}, by=coordinator.user, now=NOW)
    assert not AuditEntry.objects.exists()


def test_what_is_no_setting_is_refused():
    coordinator = CoordinatorFactory()
    with pytest.raises(ValueError, match="organisation"):
        programme_update(
            programme=coordinator.programme,
            changes={"organisation": None},
            by=coordinator.user,
            now=NOW,
        )


def test_an_archived_programme_stays_as_it_is_until_it_is_brought_back():
    coordinator = CoordinatorFactory()
    programme, by = coordinator.programme, coordinator.user
    programme_archive(programme=programme, by=by, now=NOW)
    programme_archive(programme=programme, by=by, now=NOW)
    with pytest.raises(ProgrammeArchived):
        programme_update(programme=programme, changes={"response_days": 7}, by=by, now=NOW)
    with pytest.raises(ProgrammeArchived):
        cohort_create(programme=programme, name="x", dates=DATES, by=by, now=NOW)
    programme_restore(programme=programme, by=by, now=NOW)
    assert cohort_create(programme=programme, name="x", dates=DATES, by=by, now=NOW).pk
    acts = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["programme.archive", "programme.restore", "cohort.create"]


def test_moving_dates_names_them():
    cohort = CohortFactory()
    by = UserFactory()
    cohort_update(cohort=cohort, name=cohort.name, dates=DATES, by=by, now=NOW)
    cohort_update(cohort=cohort, name=cohort.name, dates=DATES, by=by, now=NOW)
    assert AuditEntry.objects.get().details["fields"] == sorted(DATES.__slots__)


def test_whoever_founds_an_organisation_owns_it():
    operator = UserFactory(is_operator=True)
    organisation = organisation_create(name="Werk 3", by=operator, now=NOW)
    assert operator.owned_organisations.get().organisation == organisation


def test_coordinators_come_and_go():
    owner = OwnerFactory()
    programme = ProgrammeFactory(organisation=owner.organisation)
    somebody = UserFactory(last_login=NOW)
    entry = coordinator_add(
        programme=programme, email=f" {somebody.email.upper()} ", by=owner.user, now=NOW
    )
    again = coordinator_add(programme=programme, email=somebody.email, by=owner.user, now=NOW)
    assert entry == again
    assert list(programmes_run_by(somebody)) == [programme]
    coordinator_remove(programme=programme, coordinator=entry, by=owner.user, now=NOW)
    coordinator_remove(programme=programme, coordinator=entry, by=owner.user, now=NOW)
    assert list(programmes_run_by(somebody)) == []
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize("known", [False, True])
def test_coordinators_need_an_account_of_their_own(known):
    owner = OwnerFactory()
    programme = ProgrammeFactory(organisation=owner.organisation)
    email = "new@example.org"
    if known:
        user = UserFactory(email=email)
        user.set_unusable_password()
        user.save()
    with pytest.raises(NoSuchAccount):
        coordinator_add(programme=programme, email=email, by=owner.user, now=NOW)


def test_somebody_must_run_a_programme():
    coordinator = CoordinatorFactory()
    with pytest.raises(LastCoordinator):
        coordinator_remove(
            programme=coordinator.programme,
            coordinator=coordinator,
            by=coordinator.user,
            now=NOW + timedelta(hours=1),
        )
