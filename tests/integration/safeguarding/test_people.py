"""Naming safeguarding people, their answer, and the words about emergencies."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.people.models import User
from tandemwerk.people.ports import is_staff
from tandemwerk.people.services.accounts import NewAccount
from tandemwerk.safeguarding.errors import (
    EnoughSafeguarders,
    OwnerNamesThemself,
    SafeguarderNeedsLogin,
    SafeguarderNotOpen,
)
from tandemwerk.safeguarding.models import SafeguardingPerson
from tandemwerk.safeguarding.selectors.people import addressees_of, asked, people_of
from tandemwerk.safeguarding.services import people
from tandemwerk.safeguarding.services.people import (
    emergency_text_set,
    safeguarder_accept,
    safeguarder_name,
    safeguarder_remove,
)
from tests.factories.people import UserFactory, give_second_factor
from tests.factories.programmes import CoordinatorFactory, OwnerFactory
from tests.factories.safeguarding import report, safeguarder
from tests.integration.safeguarding.conftest import NOW


@pytest.fixture
def owner(organisation):
    return OwnerFactory(organisation=organisation).user


def name(organisation, owner, email="mia@example.org"):
    return safeguarder_name(organisation=organisation, email=email, by=owner, now=timezone.now())


def test_a_named_person_reads_once_they_said_yes_and_needs_a_second_factor(organisation, owner):
    mia = UserFactory(email="mia@example.org")
    row = name(organisation, owner, " Mia@example.org ")
    assert name(organisation, owner).pk == row.pk
    mail = OutboxMail.objects.latest("pk")
    assert (mail.to, mail.user) == ("mia@example.org", None)
    assert "/safeguarding/question/" in mail.text
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


def test_owners_do_not_name_themselves(client, organisation, owner):
    for own in (owner.email, f" {owner.email.upper()} "):
        with pytest.raises(OwnerNamesThemself):
            name(organisation, owner, own)
    client.force_login(owner)
    place = reverse("safeguarding:safeguarder_name", args=[organisation.pk])
    assert client.post(place, {"email": owner.email}).status_code == 409
    assert not SafeguardingPerson.objects.exists()


def test_there_are_few(organisation, owner, monkeypatch):
    monkeypatch.setattr(people, "MOST", 1)
    name(organisation, owner)
    with pytest.raises(EnoughSafeguarders):
        name(organisation, owner, "noch@example.org")


def test_who_also_coordinates_or_owns_is_marked(tandem, organisation, mentee, readers):
    CoordinatorFactory(programme=tandem.cohort.programme, user=readers[0])
    OwnerFactory(organisation=organisation, user=readers[1])
    marks = {r.user: (r.also_coordinates, r.also_owns) for r in addressees_of(mentee)[0].readers}
    assert marks == {readers[0]: (True, False), readers[1]: (False, True)}


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


PASSWORD = "vier-raben-auf-dem-dach-7"


def link():
    mail = OutboxMail.objects.filter(kind="safeguarder_asked").latest("pk")
    return re.search(r"http\S+?(/safeguarding/question/\S+/)", mail.text)[1]


def test_somebody_without_an_account_comes_from_the_letter_to_reading_reports(
    client, tandem, organisation, owner, mentee, settings
):
    settings.OPEN_SIGNUP = False
    other = safeguarder(organisation, NOW)
    case = report(mentee, organisation, NOW)
    client.force_login(owner)
    client.post(
        reverse("safeguarding:safeguarder_name", args=[organisation.pk]),
        {"email": "Neu@Example.org"},
    )
    client.logout()
    place = link()
    page = client.get(place).content.decode()
    assert organisation.name in page
    assert "neu@example.org" in page
    for wrong in ({}, {"given_name": "Nina", "family_name": "Neu", "password": "kurz"}):
        assert client.post(place, wrong).status_code in {200, 422}
        assert not User.objects.filter(email="neu@example.org").exists()
    data = {"given_name": "Nina", "family_name": "Neu", "password": PASSWORD}
    assert client.post(place, data)["Location"] == reverse("safeguarding:case_list")
    nina = User.objects.get(email="neu@example.org")
    assert nina.emailaddress_set.get().verified
    assert nina.reads_reports
    # Signed in already; a second factor comes first, then the reports.
    assert client.get(reverse("safeguarding:case_list"))["Location"].startswith(
        reverse("mfa_index")
    )
    give_second_factor(nina)
    assert client.get(reverse("safeguarding:case_list")).status_code == 200
    # What was sent before they came is not theirs, what comes now is.
    place_of = "safeguarding:case_detail"
    assert client.get(reverse(place_of, args=[case.reference])).status_code == 404
    new = report(mentee, organisation, NOW)
    assert client.get(reverse(place_of, args=[new.reference])).status_code == 200
    assert {reader.user for reader in addressees_of(mentee)[0].readers} == {other, nina}
    client.logout()
    assert client.get(place).status_code == 404
    assert client.post(place, data).status_code == 404


def test_the_link_enters_no_account_that_exists(client, organisation, owner):
    mia = UserFactory(email="mia@example.org", last_login=NOW)
    name(organisation, owner)
    place = link()
    assert "?next=" in client.get(place).content.decode()
    data = {"given_name": "X", "family_name": "Y", "password": PASSWORD}
    assert client.post(place, data).status_code == 422
    row = SafeguardingPerson.objects.get()
    with pytest.raises(SafeguarderNeedsLogin):
        people.safeguarder_join(row=row, account=NewAccount("X", "Y", PASSWORD), now=NOW)
    client.force_login(UserFactory())
    assert client.post(place, {"x": "y"}).status_code == 422
    client.force_login(mia)
    assert client.post(place)["Location"] == reverse("safeguarding:case_list")
    assert SafeguardingPerson.objects.get().user == mia


def test_a_letter_ends_and_a_new_one_ends_the_old(client, organisation, owner):
    name(organisation, owner)
    first = link()
    SafeguardingPerson.objects.update(expires_at=NOW)
    assert client.get(first).status_code == 404
    safeguarder_name(
        organisation=organisation, email="mia@example.org", by=owner, now=timezone.now()
    )
    assert SafeguardingPerson.objects.count() == 1
    assert client.get(first).status_code == 404
    assert client.get(link()).status_code == 200
    safeguarder_remove(row=SafeguardingPerson.objects.get(), by=owner, now=NOW)
    assert client.get(link()).status_code == 404
