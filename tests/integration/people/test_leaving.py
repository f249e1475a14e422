"""Deleting an account, as the browser does it and with everything a person can leave behind."""

import uuid

import pytest

from tandemwerk.people.export import export_data
from tandemwerk.people.models import User
from tandemwerk.people.services.accounts import account_erase
from tandemwerk.programmes.errors import LastCoordinator
from tandemwerk.programmes.models import ImportBatch
from tests.factories import pairing as factory
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory

NOW = factory.NOW


@pytest.mark.django_db
def test_the_form_with_its_client_id_deletes_the_account(signed_in, member):
    page = signed_in.get("/settings/data/delete/")
    names = list(page.context["form"].fields)
    values = dict.fromkeys(names, "on") | {"client_id": str(uuid.uuid4())}
    answer = signed_in.post("/settings/data/delete/", values)
    assert answer.status_code == 302, answer.content.decode()[:300]
    assert not User.objects.filter(pk=member.pk).exists()


@pytest.mark.django_db
def test_nobody_leaves_a_running_programme_alone():
    entry = CoordinatorFactory()
    with pytest.raises(LastCoordinator):
        account_erase(user=entry.user, now=NOW)
    CoordinatorFactory(programme=entry.programme)
    account_erase(user=entry.user, now=NOW)
    assert entry.programme.coordinators.count() == 1


@pytest.mark.django_db
def test_rows_of_lists_forget_who_leaves():
    cohort = CohortFactory()
    mentee = factory.mentee(cohort)
    batch = ImportBatch.objects.create(cohort=cohort, role="mentee", file_name="people.csv")
    for number, email in enumerate((mentee.user.email, "somebody@example.org"), start=2):
        batch.rows.create(number=number, cells=[email], values={"email": email})
    account_erase(user=mentee.user, now=NOW)
    assert list(batch.rows.values_list("number", flat=True)) == [3]


@pytest.mark.django_db
def test_the_export_names_the_programmes():
    person = ParticipationFactory(state="joined", role="mentor", seats=3)
    CoordinatorFactory(user=person.user)
    told = export_data(person.user)["programmes"]
    assert [(row["role"], row["places"]) for row in told["takes_part"]] == [("mentor", 3)]
    assert len(told["runs"]) == 1
