from datetime import date

import pytest
from django.urls import reverse

from tandemwerk.audit.models import AuditEntry
from tandemwerk.matching import Criteria
from tandemwerk.programmes.forms.wizard import suggested_dates
from tandemwerk.programmes.models import Cohort, Programme, WizardDraft
from tandemwerk.programmes.template_catalogue import programme_templates
from tests.factories.programmes import OwnerFactory

pytestmark = pytest.mark.django_db
STEPS = ("template", "texts", "dates", "criteria", "agreement", "invitation")


def step(name):
    return reverse("programmes:wizard_step", args=[name])


def shown(client, name):
    """What the page would send if nobody typed anything."""
    form = client.get(step(name)).context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is not None and value is not False and value != "":
            values[field.html_name] = "on" if value is True else value
    return values


def walk(client, template="company-mentoring", until="review", **changes):
    for name in STEPS:
        if name == until:
            return
        data = {"template": template} if name == "template" else shown(client, name)
        response = client.post(step(name), data | changes.get(name, {}) | {"go": "on"})
        assert response.status_code == 302, (name, response.context["form"].errors)


@pytest.mark.parametrize("template", list(programme_templates()))
def test_each_template_becomes_a_programme_without_typing(owner, template):
    walk(owner, template)
    page = owner.get(step("review"))
    assert page.status_code == 200
    response = owner.post(step("review"), {"go": "on"})
    cohort = Cohort.objects.select_related("programme").get()
    assert response.url == reverse("programmes:cohort_detail", args=[cohort.pk])
    programme, found = cohort.programme, programme_templates()[template]
    assert Criteria.from_dict(programme.criteria) == found.criteria
    assert programme.name.localize("de") == found.name["de"]
    assert programme.journey == found.journey()
    assert programme.address_form == found.address_form
    assert (
        programme.invitation_text.localize("de") == found.invitation.text[found.address_form]["de"]
    )
    assert programme.is_open == (template == "open-programme")
    assert programme.coordinators.get().user == owner.user
    assert cohort.registration_ends_on < cohort.matching_on < cohort.starts_on
    assert not WizardDraft.objects.exists()
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert actions == {"programme.create", "cohort.create"}


def test_the_wizard_can_be_left_and_gone_back_without_loss(owner):
    walk(owner, until="dates")
    assert owner.get(reverse("programmes:wizard_start")).url == step("dates")
    half = {"name": "Frühling", "starts_on": "", "ends_on": "not a day"}
    assert owner.post(step("dates"), half | {"go": "later"}).status_code == 302
    assert owner.get(step("dates")).context["form"]["name"].value() == "Frühling"
    assert owner.post(step("dates"), half | {"go": "back"}).url == step("texts")
    assert owner.get(step("dates")).context["form"]["ends_on"].value() == "not a day"
    assert not Programme.objects.exists()


def test_review_leads_to_what_is_missing(owner):
    walk(owner, until="dates")
    assert owner.get(step("review")).url == step("dates")
    assert owner.post(step("review"), {"go": "on"}).url == step("dates")


def test_dates_in_the_wrong_order_are_refused(owner):
    walk(owner, until="dates")
    data = shown(owner, "dates") | {"midpoint_on": "2020-01-01", "go": "on"}
    response = owner.post(step("dates"), data)
    assert response.status_code == 422
    assert "midpoint_on" in response.context["form"].errors


def test_dates_follow_the_kick_off(owner):
    walk(owner, until="dates")
    page = owner.get(reverse("programmes:wizard_dates"), {"starts_on": "2027-01-11", "name": "x"})
    expected = suggested_dates(programme_templates()["company-mentoring"], date(2027, 1, 11))
    for day in expected.values():
        assert day in page.text
    assert owner.get(reverse("programmes:wizard_dates"), {"starts_on": "soon"}).status_code == 200


def test_another_template_starts_the_rest_afresh(owner):
    walk(owner, texts={"name_de": "Mein Name"})
    owner.post(step("template"), {"template": "open-programme", "go": "on"})
    assert "Mein Name" not in shown(owner, "texts").values()
    owner.post(step("texts"), shown(owner, "texts") | {"name_de": "Neu", "go": "on"})
    owner.post(step("template"), {"template": "open-programme", "go": "on"})
    assert shown(owner, "texts")["name_de"] == "Neu"


def test_the_form_of_address_chooses_the_letter(owner):
    walk(owner, until="invitation", agreement={"address_form": "sie"})
    assert "Guten Tag" in shown(owner, "invitation")["invitation_text_de"]


def test_criteria_say_in_a_sentence_what_counts(owner):
    walk(owner, until="criteria")
    page = owner.get(step("criteria"))
    assert page.context["sentence"].startswith("Topics count most, then ")


def test_owners_of_several_organisations_choose_one(owner):
    other = OwnerFactory(user=owner.user).organisation
    assert owner.get(reverse("programmes:wizard_start")).url == step("organisation")
    assert owner.post(step("organisation"), {"go": "on"}).status_code == 422
    stranger = OwnerFactory().organisation
    assert owner.post(step("organisation"), {"organisation": stranger.pk}).status_code == 422
    owner.post(step("organisation"), {"organisation": other.pk, "go": "on"})
    walk(owner)
    owner.post(step("review"), {"go": "on"})
    assert Programme.objects.get().organisation == other


def test_with_one_organisation_there_is_no_step_for_it(owner):
    assert owner.get(step("organisation")).status_code == 404
    assert owner.get(step("nonsense")).status_code == 404


def test_the_draft_can_be_thrown_away(owner):
    walk(owner, until="criteria")
    assert owner.post(reverse("programmes:wizard_discard")).status_code == 302
    assert not WizardDraft.objects.exists()


def test_texts_are_needed_in_both_languages(owner):
    walk(owner, until="texts")
    response = owner.post(step("texts"), shown(owner, "texts") | {"name_en": "", "go": "on"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name_en"]
