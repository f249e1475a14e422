from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tandemwerk.programmes.enums import ParticipationState
from tandemwerk.programmes.models import (
    Cohort,
    ImportBatch,
    Organisation,
    Participation,
    Programme,
)
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.programmes import (
    CohortFactory,
    CoordinatorFactory,
    OwnerFactory,
    ParticipationFactory,
)

NOW = datetime(2026, 8, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"programmes:{name}", args=args)


def test_every_page_of_a_programme_is_there(desk):
    person = ParticipationFactory(cohort=desk.cohort, role="mentor", seats=2)
    pages = [
        url("programme_list"),
        url("programme_detail", desk.programme.pk),
        url("programme_settings", desk.programme.pk),
        url("programme_criteria", desk.programme.pk),
        url("programme_texts", desk.programme.pk),
        url("cohort_create", desk.programme.pk),
        url("cohort_detail", desk.cohort.pk),
        url("cohort_settings", desk.cohort.pk),
        url("participation_list", desk.cohort.pk),
        url("participation_add", desk.cohort.pk),
        url("cohort_export_csv", desk.cohort.pk) + "?role=mentor",
        url("cohort_export_xlsx", desk.cohort.pk) + "?role=mentor",
        url("import_list", desk.cohort.pk),
        url("import_upload", desk.cohort.pk),
        url("participation_detail", person.pk),
    ]
    for page in pages:
        assert desk.get(page).status_code == 200, page


def test_other_peoples_programmes_do_not_exist(log_in):
    other = CoordinatorFactory()
    cohort = CohortFactory(programme=other.programme)
    person = ParticipationFactory(cohort=cohort)
    batch = ImportBatch.objects.create(cohort=cohort, role="mentor")
    mine = CohortFactory(programme=CoordinatorFactory().programme)
    client = log_in(mine.programme.coordinators.get().user)
    pages = [
        url("programme_detail", other.programme.pk),
        url("programme_settings", other.programme.pk),
        url("cohort_detail", cohort.pk),
        url("participation_list", cohort.pk),
        url("cohort_export_csv", cohort.pk),
        url("participation_detail", person.pk),
        url("import_detail", cohort.pk, batch.pk),
        url("import_detail", mine.pk, batch.pk),
        url("wizard_start"),
        url("organisation_create"),
    ]
    for page in pages:
        assert client.get(page).status_code == 404, page
    for act in ("pause", "withdraw", "invite", "seats"):
        page = url(f"participation_{act}", person.pk)
        assert client.post(page, {"seats": 3}).status_code == 404, page
    assert Participation.objects.get(pk=person.pk).state == ParticipationState.JOINED


def test_participants_see_none_of_it(log_in, desk):
    person = ParticipationFactory(cohort=desk.cohort)
    client = log_in(person.user)
    for page in (url("programme_list"), url("cohort_detail", desk.cohort.pk)):
        assert client.get(page).status_code == 404
    assert client.post(url("criteria_summary")).status_code == 404


def test_owners_run_every_programme_of_their_organisation(desk, log_in):
    owner = OwnerFactory(organisation=desk.programme.organisation)
    assert log_in(owner.user).get(url("cohort_detail", desk.cohort.pk)).status_code == 200


def test_operators_found_an_organisation_and_then_a_programme(log_in):
    client = log_in(UserFactory(is_operator=True))
    assert client.get(url("wizard_start")).url == url("organisation_create")
    assert client.post(url("organisation_create"), {"name": ""}).status_code == 422
    response = client.post(url("organisation_create"), {"name": "Werk 3"})
    assert response.url == url("wizard_start")
    assert Organisation.objects.get().owners.get().user == client.user
    assert client.get(url("wizard_start")).url == url("wizard_step", "template")


def test_settings_texts_and_criteria_are_saved(desk):
    programme = desk.programme
    response = desk.post(
        url("programme_settings", programme.pk),
        {
            "response_days": 5,
            "chemistry_days": 14,
            "default_seats": 3,
            "room_days": 30,
            "address_form": "sie",
            "is_open": "on",
        },
    )
    assert response.status_code == 302
    page = desk.get(url("programme_texts", programme.pk))
    data = {
        name: field.initial or page.context["form"].initial[name]
        for name, field in page.context["form"].fields.items()
    }
    data["description_de"] = data["description_en"] = ""
    assert (
        desk.post(
            url("programme_texts", programme.pk), data | {"promise_de": "Neu", "promise_en": "New"}
        ).status_code
        == 302
    )
    programme.refresh_from_db()
    assert (programme.response_days, programme.is_open) == (5, True)
    assert programme.promise.localize("de") == "Neu"


def test_a_letter_with_a_misspelt_blank_is_refused(desk):
    page = desk.get(url("programme_texts", desk.programme.pk))
    data = dict(page.context["form"].initial)
    data |= {"invitation_text_de": "Hallo {{nmae}}", "promise_de": "a", "promise_en": "b"}
    response = desk.post(url("programme_texts", desk.programme.pk), data)
    assert response.status_code == 422
    assert "{{nmae}}" in response.text


def test_criteria_stay_valid(desk):
    address = url("programme_criteria", desk.programme.pk)
    initial = desk.get(address).context["form"].initial
    data = {name: value for name, value in initial.items() if value is not False}
    wrong = data | {"experience_min": 20, "experience_ideal": 5}
    assert desk.post(address, wrong).status_code == 422
    nothing = data | {name: 0 for name in data if name.startswith("weight_")}
    assert desk.post(address, nothing).status_code == 422
    right = data | {"weight_values": 10, "must_languages": "on", "industry": "different"}
    assert desk.post(address, right).status_code == 302
    desk.programme.refresh_from_db()
    assert desk.programme.criteria["weights"]["values"] == 10
    assert desk.programme.criteria["musts"] == ["languages"]


def test_the_sentence_follows_the_choice(desk):
    initial = desk.get(url("programme_criteria", desk.programme.pk)).context["form"].initial
    data = {name: value for name, value in initial.items() if value is not False}
    response = desk.post(
        url("criteria_summary"), data | {"weight_topics": 10}, HTTP_HX_REQUEST="true"
    )
    assert "Topics count most" in response.text
    assert desk.post(url("criteria_summary"), {"weight_topics": "viel"}).status_code == 200


def test_a_cohort_with_wrong_dates_says_where(desk):
    data = {
        "name": "2028",
        "registration_ends_on": "2028-01-01",
        "matching_on": "2027-12-01",
        "starts_on": "2028-02-01",
        "midpoint_on": "2028-02-01",
        "ends_on": "2028-01-15",
    }
    response = desk.post(url("cohort_create", desk.programme.pk), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"matching_on", "midpoint_on", "ends_on"}
    right = data | {
        "matching_on": "2028-01-10",
        "midpoint_on": "2028-04-01",
        "ends_on": "2028-07-01",
    }
    assert desk.post(url("cohort_create", desk.programme.pk), right).status_code == 302
    again = desk.post(url("cohort_create", desk.programme.pk), right)
    assert "name" in again.context["form"].errors
    cohort = Cohort.objects.get(name="2028")
    same = desk.post(url("cohort_settings", cohort.pk), right | {"name": "2028"})
    assert same.status_code == 302


def test_people_are_found_by_the_words_a_coordinator_may_know(desk):
    seen = ProfileFactory(user__given_name="Aylin", user__family_name="Şahin").user
    ParticipationFactory(cohort=desk.cohort, user=seen, joined_at=NOW)
    hidden = ProfileFactory(
        user__given_name="Secret", user__email="hidden@example.org", user__last_login=NOW
    ).user
    ParticipationFactory(cohort=desk.cohort, user=hidden, state="invited")
    address = url("participation_list", desk.cohort.pk)
    assert "Aylin" in desk.get(address, {"q": "ayl"}).text
    assert "hidden@" not in desk.get(address, {"q": "Secret"}).text
    page = desk.get(address, {"q": "hidden"}).text
    assert "hidden@example.org" in page
    assert "Secret" not in page
    assert "Nobody found" in desk.get(address, {"role": "mentor"}).text
    assert "Aylin" in desk.get(address, {"sort": "-name", "page": "99", "state": "nonsense"}).text


def test_a_profile_stays_private_until_the_person_says_yes(desk):
    user = ProfileFactory(user__last_login=NOW, user__given_name="Secret", position="Chef").user
    person = ParticipationFactory(cohort=desk.cohort, user=user, state="invited")
    page = desk.get(url("participation_detail", person.pk)).text
    assert "Secret" not in page
    assert "Chef" not in page
    export = desk.get(url("cohort_export_csv", desk.cohort.pk)).content.decode()
    assert user.email in export
    assert "Secret" not in export
    Participation.objects.filter(pk=person.pk).update(state="joined", joined_at=NOW)
    assert "Chef" in desk.get(url("participation_detail", person.pk)).text


def test_one_person_is_added_by_hand(desk):
    address = url("participation_add", desk.cohort.pk)
    assert desk.post(address, {"role": "mentor"}).status_code == 422
    data = {
        "role": "mentor",
        "email": "new@example.org",
        "given_name": "Neu",
        "family_name": "Hier",
        "locale": "de",
        "seats": "",
    }
    assert desk.post(address, data).status_code == 302
    person = Participation.objects.get(user__email="new@example.org")
    assert person.seats == desk.programme.default_seats
    assert desk.post(address, data).status_code == 409


def test_acts_on_a_person(desk):
    person = ParticipationFactory(cohort=desk.cohort, role="mentor", seats=3, seats_taken=2)
    seats = url("participation_seats", person.pk)
    assert desk.post(seats, {"seats": "1"}).status_code == 409
    assert desk.post(seats, {"seats": "many"}).status_code == 422
    assert desk.post(seats, {"seats": "5"}).status_code == 302
    for act, state in (("pause", "paused"), ("resume", "joined")):
        assert desk.post(url(f"participation_{act}", person.pk)).status_code == 302
        person.refresh_from_db()
        assert person.state == state
    assert desk.post(url("participation_withdraw", person.pk)).status_code == 409
    assert desk.get(seats).status_code == 405


def test_coordinators_and_archive(desk):
    colleague = UserFactory(last_login=NOW)
    add = url("coordinator_add", desk.programme.pk)
    assert desk.post(add, {"email": "not an address"}).status_code == 422
    assert desk.post(add, {"email": colleague.email}).status_code == 302
    assert not desk.programme.coordinators.filter(user=colleague).exists()
    entry = CoordinatorFactory(programme=desk.programme, user=colleague)
    remove = url("coordinator_remove", desk.programme.pk, entry.pk)
    assert desk.post(remove).status_code == 302
    assert desk.post(url("programme_archive", desk.programme.pk)).status_code == 302
    page = desk.get(url("cohort_detail", desk.cohort.pk))
    assert url("import_upload", desk.cohort.pk) not in page.text
    assert desk.post(url("programme_restore", desk.programme.pk)).status_code == 302
    assert Programme.objects.get().state == "running"


def test_joining_an_open_programme(log_in):
    today = timezone.localdate()
    cohort = CohortFactory(programme__is_open=True, registration_ends_on=today)
    Cohort.objects.filter(pk=cohort.pk).update(
        starts_on=today,
        midpoint_on=today.replace(year=today.year + 1),
        ends_on=today.replace(year=today.year + 2),
    )
    client = log_in(UserFactory(locale="en"))
    address = url("join", cohort.programme_id)
    assert client.get(address).status_code == 200
    assert client.post(address, {"role": "mentor"}).status_code == 422
    response = client.post(address, {"cohort": cohort.pk, "role": "mentor", "seats": 2})
    assert response.status_code == 302
    assert client.user.participations.get().seats == 2
    Programme.objects.update(is_open=False)
    assert client.get(address).status_code == 404


def test_lists_take_the_same_queries_for_one_row_and_for_three(desk):
    """The pages' own; entries other apps add to the navigation cost the same on every page."""
    pages = [
        url("participation_list", desk.cohort.pk),
        url("programme_list"),
        url("programme_detail", desk.programme.pk),
        url("cohort_detail", desk.cohort.pk),
        url("cohort_export_csv", desk.cohort.pk),
        url("import_list", desk.cohort.pk),
    ]
    desk.get(pages[0])  # the session notes the second factor once
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            ParticipationFactory(cohort=desk.cohort)
            CohortFactory(programme=desk.programme)
            ImportBatch.objects.create(cohort=desk.cohort, role="mentor", created_by=desk.user)
        counts.append([])
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                desk.get(page)
            counts[-1].append(len(queries))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15  # the cohort page shows boxes of other apps
