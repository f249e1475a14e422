"""Logo and colour of a programme, on its page and on certificates."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tandemwerk.audit.models import AuditEntry
from tandemwerk.programmes.models import Branding
from tandemwerk.programmes.selectors.branding import branding_of
from tandemwerk.programmes.services.branding import branding_set
from tandemwerk.programmes.services.programmes import programme_archive
from tandemwerk.tandems.services.certificate import certificate_of, certificate_pdf
from tests.factories.rooms import active_tandem, person_of
from tests.unit.programmes.test_branding import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(desk):
    return reverse("programmes:branding", args=[desk.programme.pk])


def send(desk, place, data, name="logo.png", **more):
    logo = {"logo": SimpleUploadedFile(name, data)} if data is not None else {}
    return desk.post(place, {**logo, **more})


def test_a_coordinator_sets_looks_and_takes_away(desk, place):
    logo = reverse("programmes:logo", args=[desk.programme.pk])
    assert desk.get(logo).status_code == 404
    assert send(desk, place, picture(), accent="#0B5D63").status_code == 302
    row = Branding.objects.get()
    assert row.accent == "#0b5d63"
    answer = desk.get(logo)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer.content.startswith(b"\x89PNG")
    assert logo in desk.get(place).text
    send(desk, place, None, accent="")  # the colour alone: the logo stays
    assert desk.get(logo).status_code == 200
    send(desk, place, None, accent="", is_without_logo="on")
    assert desk.get(logo).status_code == 404
    assert AuditEntry.objects.filter(action="programme.branding").count() == 3


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (b"MZ program", {}),
        (b"x" * (1024 * 1024 + 1), {}),
        (None, {"accent": "#ffee00"}),
        (None, {"accent": "url(//elsewhere)"}),
    ],
)
def test_what_does_not_fit_is_said_and_changes_nothing(desk, place, data, more):
    answer = send(desk, place, data, **more)
    assert answer.status_code == 422
    assert "error" in answer.text
    assert not Branding.objects.exists()


def test_an_archived_programme_keeps_its_looks(desk, place):
    programme_archive(programme=desk.programme, by=desk.user, now=timezone.now())
    assert send(desk, place, picture(), accent="").status_code == 409
    assert not Branding.objects.exists()


@pytest.mark.parametrize(
    ("accent", "has_logo"), [("", False), ("#7a1fa2", True), ("#7a1fa2", False)]
)
def test_the_certificate_carries_them(accent, has_logo):
    now = timezone.now()
    tandem = active_tandem(now)
    type(tandem).objects.filter(pk=tandem.pk).update(state="closing")
    tandem.refresh_from_db()
    user, programme = person_of(tandem, "mentee"), tandem.cohort.programme
    if accent:
        branding_set(
            programme=programme,
            accent=accent,
            logo=picture() if has_logo else None,
            by=user,
            now=now,
        )
    said = certificate_of(tandem=tandem, user=user, now=now, language="de")
    assert (said.accent, bool(said.logo)) == (accent, has_logo)
    pdf = certificate_pdf(tandem=tandem, user=user, now=now, language="de")
    assert (b"/Subtype /Image" in pdf) == has_logo
    assert branding_of(programme).accent == accent
