"""Naming safeguarding people, their answer, and the words about emergencies."""

import pytest
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.ports import is_staff
from tandemwerk.safeguarding.errors import EnoughSafeguarders, SafeguarderNotOpen
from tandemwerk.safeguarding.models import SafeguardingPerson
from tandemwerk.safeguarding.selectors.people import addressees_of, asked, people_of
from tandemwerk.safeguarding.services import people
from tandemwerk.safeguarding.services.people import (
    emergency_text_set,
    safeguarder_accept,
    safeguarder_name,
    safeguarder_remove,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, OwnerFactory
from tests.factories.safeguarding import safeguarder
from tests.integration.safeguarding.conftest import NOW


@pytest.fixture
def owner(organisation):
    return OwnerFactory(organisation=organisation).user


def name(organisation, owner, email="mia@example.org"):
    return safeguarder_name(organisation=organisation, email=email, by=owner, now=NOW)


def test_a_named_person_reads_once_they_said_yes_and_needs_a_second_factor(organisation, owner):
    mia = UserFactory(email="mia@example.org")
    row = name(organisation, owner, " Mia@example.org ")
    assert name(organisation, owner).pk == row.pk
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.user) == ("mia@example.org", None)
    assert reverse("safeguarding:role", args=[row.pk]) in mail.text
    assert not is_staff(mia)
    for _ in range(2):
        safeguarder_accept(row=asked(mia).get(), by=mia, now=NOW)
    mia.refresh_from_db()
    assert is_staff(mia)


def test_nobody_answers_for_somebody_else(organisation, owner):
    row, stranger = name(organisation, owner), UserFactory()
    assert not asked(stranger).exists()
    with pytest.raises(SafeguarderNotOpen):
        safeguarder_accept(row=row, by=stranger, now=NOW)


def test_a_role_ends_at_once(organisation, owner):
    mia = safeguarder(organisation, NOW)
    [row] = people_of(organisation)
    for _ in range(2):
        safeguarder_remove(row=row, by=owner, now=NOW)
    mia.refresh_from_db()
    assert not mia.reads_reports
    assert not is_staff(mia)


def test_there_are_few(organisation, owner, monkeypatch):
    monkeypatch.setattr(people, "MOST", 1)
    name(organisation, owner)
    with pytest.raises(EnoughSafeguarders):
        name(organisation, owner, "noch@example.org")


def test_who_also_coordinates_is_marked(tandem, organisation, mentee, readers):
    CoordinatorFactory(programme=tandem.cohort.programme, user=readers[0])
    marks = {r.user: r.also_coordinates for r in addressees_of(mentee)[0].readers}
    assert marks == {readers[0]: True, readers[1]: False}


def test_emergency_words_come_from_the_house_until_the_owner_writes_some(
    organisation, owner, mentee
):
    assert "112" in addressees_of(mentee)[0].emergency
    for words, wanted in (({"de": "Ruf an", "en": "Ring us"}, "Ruf an"), ({}, "112")):
        text = LazyI18nString({"de": "", "en": "", **words})
        emergency_text_set(organisation=organisation, text=text, by=owner, now=NOW)
        assert wanted in addressees_of(mentee)[0].emergency


def test_the_owner_manages_on_one_page(client, organisation, owner):
    client.force_login(owner)
    page = reverse("safeguarding:people", args=[organisation.pk])
    assert "no answer yet" not in client.get(page).content.decode()
    bad = client.post(
        reverse("safeguarding:safeguarder_name", args=[organisation.pk]), {"email": "x"}
    )
    assert bad.status_code == 422
    client.post(
        reverse("safeguarding:safeguarder_name", args=[organisation.pk]), {"email": "a@example.org"}
    )
    assert "no answer yet" in client.get(page).content.decode()
    row = SafeguardingPerson.objects.get()
    place = reverse("safeguarding:safeguarder_remove", args=[organisation.pk, row.pk])
    assert client.post(place).status_code == 302
    assert not SafeguardingPerson.objects.exists()
    place = reverse("safeguarding:emergency", args=[organisation.pk])
    assert client.post(place, {"text_de": "Nur deutsch"}).status_code == 422
    assert client.post(place, {"text_de": "Ruf an", "text_en": "Ring"}).status_code == 302
    assert "Ring" in client.get(page).content.decode()


def test_a_coordinator_sees_who_it_is_and_can_change_nothing(client, tandem, organisation, readers):
    programme = tandem.cohort.programme
    client.force_login(CoordinatorFactory(programme=programme).user)
    page = client.get(reverse("safeguarding:people", args=[organisation.pk])).content.decode()
    assert readers[0].name in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    box = client.get(reverse("programmes:programme_detail", args=[programme.pk])).content.decode()
    assert readers[1].name in box


def test_the_letter_leads_to_yes_or_no(client, organisation, owner):
    mia = UserFactory(email="mia@example.org")
    row = name(organisation, owner)
    client.force_login(mia)
    page = reverse("safeguarding:role", args=[row.pk])
    assert organisation.name in client.get(page).content.decode()
    assert client.post(page)["Location"] == reverse("safeguarding:case_list")
    # From now on a second factor comes first, as for everybody who runs something.
    assert client.get(reverse("safeguarding:case_list"))["Location"].startswith(
        reverse("mfa_index")
    )
    safeguarder_remove(row=SafeguardingPerson.objects.get(), by=owner, now=NOW)
    again = name(organisation, owner)
    client.post(reverse("safeguarding:role_give_up", args=[again.pk]))
    assert not SafeguardingPerson.objects.exists()
