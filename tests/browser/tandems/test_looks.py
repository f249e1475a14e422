"""Every state of a tandem on phone, tablet and desktop, in both languages and appearances."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tandemwerk.tandems.models import Tandem
from tests.browser.ui.axe import overflow, violations
from tests.factories.programmes import CoordinatorFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = [(320, "light", "de"), (820, "light", "en"), (1440, "dark", "en")]


def check(page, path):
    answer = page.goto(path)
    assert answer.status == 200, path
    assert violations(page) == [], path
    assert overflow(page) == 0, path
    assert page.locator("main a:visible, main button:visible").count() >= 1, "no dead end"


def states(tandem):
    """Bring the tandem into each state in turn; yields the pages to look at."""
    now = timezone.now()
    room = f"/tandems/{tandem.pk}/"
    rows = Tandem.objects.filter(pk=tandem.pk)
    yield from ("/", "/tandems/", room, f"{room}decline/")
    tandem.members.update(answer="yes")
    yield room
    rows.update(state="chemistry", chemistry_since=now, chemistry_by=now + timedelta(days=20))
    yield from ("/", room)
    rows.update(chemistry_met_on=now.date())
    yield room
    rows.update(
        state="active",
        activated_at=now - timedelta(days=20),
        journey=tandem.cohort.programme.journey,
    )
    yield from ("/", "/tandems/", room, f"{room}end/")
    for end, state in (("declined", "declined"), ("early", "dissolved"), ("expired", "declined")):
        rows.update(state=state, end_code=end, ended_at=now)
        yield room


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_every_state_is_accessible_and_fits(proposal, person, width, scheme, locale):
    mentee = proposal.members.get(role="mentee").user
    mentee.locale = locale
    mentee.save()
    page = person(mentee, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in states(proposal):
        check(page, path)


@pytest.mark.parametrize(("width", "scheme", "locale"), LOOKS)
def test_the_coordinator_s_list(proposal, person, settings, width, scheme, locale):
    settings.DEMO = True
    user = CoordinatorFactory(programme=proposal.cohort.programme).user
    user.locale = locale
    user.save()
    page = person(user, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in (
        "/",
        *(f"/cohorts/{proposal.cohort_id}/tandems/?group={g}" for g in ("", "ended")),
    ):
        check(page, path)
