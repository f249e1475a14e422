"""Every page of accounts, profile and settings: axe is content, nothing sticks out."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from playwright.sync_api import Page

from tandemwerk.matching.catalogue import topics
from tandemwerk.people.enums import Scope
from tandemwerk.people.forms.steps import STEPS
from tandemwerk.people.services.profile import ProfileValues, profile_apply
from tandemwerk.people.services.tokens import token_create
from tests.browser.ui.axe import overflow, violations
from tests.integration.people.helpers import give_app, give_codes, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
    "/accounts/inactive/",
    "/goodbye/",
)
OWN = (
    "/settings/",
    "/settings/tokens/",
    "/settings/data/",
    "/profile/",
    *(f"/profile/{step.slug}/" for step in STEPS),
    "/profile/topics/search?kind=wanted&q=qqqq",
    "/profile/week/hours/",
    "/accounts/2fa/?required=1",
    "/accounts/2fa/webauthn/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
)
SMALL, PHONE, DESK = ("de", 320, "light"), ("en", 390, "dark"), ("de", 1440, "dark")


def look(page: Page, paths) -> None:
    found = {}
    for path in paths:
        response = page.goto(path)
        assert response is not None
        assert response.status == 200, path
        wrong = violations(page)
        if sticks_out := overflow(page):
            wrong.append(f"{sticks_out} px too wide")
        if wrong:
            found[path] = wrong
    assert found == {}


@pytest.fixture
def variant(request):
    """Language, width and colour scheme; tests choose theirs by parametrising."""
    return request.param


def seen_as(*variants):
    names = ["-".join(map(str, variant)) for variant in variants]
    return pytest.mark.parametrize("variant", variants, ids=names, indirect=True)


@pytest.fixture
def browser_context_args(browser_context_args, variant):
    language, width, scheme = variant
    size = {"width": width, "height": 844}
    return {**browser_context_args, "locale": language, "color_scheme": scheme, "viewport": size}


@seen_as(SMALL, DESK)
def test_public_pages(page: Page, settings, live_server):
    look(page, PUBLIC)
    settings.OPEN_SIGNUP = True
    look(page, ["/accounts/signup/"])


@seen_as(SMALL)
def test_pages_of_somebody_new(page: Page, log_in, variant):
    log_in(make_member(locale=variant[0]))
    look(page, OWN)


@seen_as(PHONE, DESK)
def test_pages_of_somebody_who_has_everything(page: Page, log_in, variant):
    member = make_member(locale=variant[0], given_name="Maximiliane-Theodora")
    values = ProfileValues(
        position="Leitende Wissenschaftsmanagerin im Donaudampfschifffahrtsverbund",
        week=(1 << 168) - 1,
        about="Ein Satz.\n" * 20,
        wanted=list(topics())[:5],
        offered=list(topics())[5:13],
        languages={"de": "fluent", "en": "conversation"},
        experience_years=12.5,
        site="Köln",
        team="Netze",
        reports_to_email="sehr.lange.adresse.der.fuehrungskraft@beispielunternehmen.example",
    )
    now = timezone.now()
    profile_apply(user=member, values=values, now=now)
    token_create(user=member, name="Intranet", scopes=[Scope.READ], now=now)
    give_app(member)
    give_codes(member)
    Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Telefon", "credential": {"clientExtensionResults": {}}},
    )
    log_in(member)
    look(page, OWN)
