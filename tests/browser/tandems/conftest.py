from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from tandemwerk.programmes.template_catalogue import programme_templates
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory, ProgrammeFactory
from tests.factories.tandems import TandemFactory

REASONS = {
    "reasons": [
        {"code": "topic_shared", "params": {"topic": "delegation", "first": True}, "points": 0.4,
         "criterion": "topics", "possible": 0.4},
        {"code": "languages_shared", "params": {"languages": ["de"]}, "points": 0.1,
         "criterion": "languages", "possible": 0.1},
    ],
    "differences": [],
}  # fmt: skip


@pytest.fixture
def proposal(db):
    """Lena and Petra, proposed to each other in a programme of the shipped template."""
    template = programme_templates()["company-mentoring"]
    programme = ProgrammeFactory(
        journey=template.journey(), agreement_text=dict(template.agreement)
    )
    cohort = CohortFactory(programme=programme)
    lena = UserFactory(given_name="Lena", family_name="Hoffmann", locale="de")
    petra = UserFactory(title="Dr.", given_name="Petra", family_name="Sommer", locale="de")
    ProfileFactory(user=lena, wanted=["delegation"], position="Ingenieurin", site="Kiel")
    ProfileFactory(
        user=petra,
        offered=["delegation", "changing-jobs"],
        position="Leiterin Produktentwicklung",
        site="Hamburg",
        about="Ich höre gern zu und sage dann, was ich denke.",
    )
    places = {
        "members__mentee": ParticipationFactory(cohort=cohort, user=lena, proposals_open=1),
        "members__mentor": ParticipationFactory(
            cohort=cohort, user=petra, role="mentor", seats=2, proposals_open=1
        ),
    }
    now = timezone.now()
    return TandemFactory(
        cohort=cohort,
        reasons=REASONS,
        proposed_at=now - timedelta(days=1),
        answer_by=now + timedelta(days=9),
        **places,
    )


@pytest.fixture
def person(browser: Browser, base_url: str, console_errors: list[str]):
    """Open a browser of their own for a person; several may be open side by side."""
    contexts: list[BrowserContext] = []

    def run(user, **options) -> Page:
        kept = {"locale": "de-DE", "viewport": {"width": 390, "height": 844}, **options}
        context = browser.new_context(base_url=base_url, **kept)
        contexts.append(context)
        context.set_default_timeout(10_000)
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                console_errors.append(message.text) if message.type == "error" else None
            ),
        )
        return page

    yield run
    for context in contexts:
        context.close()
    assert console_errors == []


PersonOpens = Callable[..., Page]
