"""The main job on the sample lists, with the pages people see and the worker that serves them.

A coordinator sets up a programme, brings in people, matches, adjusts by hand and publishes; two of
the people say yes, meet and begin.
"""

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from tandemwerk.audit.services import audit_verify
from tandemwerk.people.models import Profile, ProfileTopic
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.tandems.models import Tandem
from tests.browser.demo.conftest import SAMPLES
from tests.browser.demo.person import Person, let_the_worker_work, link_from_mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW_PASSWORD = "a quiet morning by the lake"
FOREIGN_MENTEES = {
    "Given name": "first_name",
    "Surname": "last_name",
    "Mail address": "email",
    "Goals": "topics",
    "Speaks": "languages",
    "Years in job": "experience_years",
    "Department": "function",
    "Job title": "position",
    "Sector": "industry",
    "Office": "site",
    "Cost centre": "",
    "Reports to": "reports_to",
    "Meets": "formats",
    "Free slots": "availability",
    "About me": "text",
}
ONLY_MENTEES = {"Goals", "Cost centre", "Reports to"}
FOREIGN_MENTORS = {
    **{name: key for name, key in FOREIGN_MENTEES.items() if name not in ONLY_MENTEES},
    "Employee no.": "",
    "Can help with": "topics",
    "Capacity": "seats",
    "Lunch preference": "",
}


def set_up_programme(me: Person, name: str) -> Cohort:
    """From the first page through the wizard to the page of the new cohort."""
    me.follow("Programmes")
    me.follow("Set up a programme")
    me.page.get_by_label("Nordlicht Werke").check()
    me.press("Continue")
    me.picture("wizard-template")
    me.page.locator("[name=template][value=company-mentoring]").check()
    me.press("Continue")
    for language in ("de", "en"):
        me.page.locator(f"[name^=name][lang={language}], #id_name_{language}").first.fill(name)
    me.picture("wizard-texts")
    for step in ("texts", "dates", "criteria", "agreement", "invitation"):
        expect(me.page).to_have_url(re.compile(f"/programmes/new/{step}/"))
        me.picture(f"wizard-{step}")
        me.press("Continue")
    me.picture("wizard-review")
    me.press("Create the programme")
    expect(me.page).to_have_url(re.compile(r"/cohorts/\d+/$"))
    return Cohort.objects.get(pk=int(me.page.url.rstrip("/").rsplit("/", 1)[1]))


def import_list(me: Person, file: str, role: str, mapping: dict[str, str] | None = None) -> None:
    """Upload, columns, preview, take over; ends on the page of the finished import."""
    me.follow("Import a list")
    me.page.locator("input[type=file]").set_input_files(SAMPLES / file)
    me.page.locator(f"[name=role][value={role}]").check()
    me.picture(f"upload-{file}")
    me.press("Upload and look at it")
    for heading, meaning in (mapping or {}).items():
        me.page.get_by_role("row").filter(
            has=me.page.get_by_role("rowheader", name=heading, exact=True)
        ).get_by_role("combobox").select_option(meaning)
    me.picture(f"columns-{file}")
    me.press("Check the rows")
    let_the_worker_work()
    expect(me.page.get_by_role("heading", name=me.text("Look at every row"))).to_be_visible()
    me.picture(f"preview-{file}")
    me.page.get_by_role("button", name=re.compile(r"\d")).first.click()
    let_the_worker_work()
    expect(me.page.get_by_role("heading", name=me.text("The list is taken over"))).to_be_visible()
    me.picture(f"taken-over-{file}")


def match(me: Person) -> None:
    """From the cohort's page to the board of its first run."""
    me.follow("Get ready to match")
    me.picture("before-matching")
    me.press("Start the first run")
    let_the_worker_work()
    expect(me.page.locator("tw-board")).to_be_visible()


def pairs(me: Person) -> Locator:
    return me.page.locator("#board-list .board-grid .row[data-row]")


def both(row: Locator) -> tuple[str, str]:
    """Names of mentee and mentor of a row."""
    mentee, mentor = row.locator(".who").all()
    return mentee.locator("a").inner_text(), mentor.locator("b").inner_text()


def row_of(me: Person, mentee: str) -> Locator:
    return pairs(me).filter(has=me.page.get_by_role("link", name=mentee, exact=True))


def lock_first(me: Person) -> tuple[str, str]:
    """Keep the first pair of the list by its key; returns their names."""
    row = pairs(me).first
    names = both(row)
    row.focus()
    me.page.keyboard.press("l")
    expect(row_of(me, names[0])).to_have_class(re.compile("locked"))
    return names


def swap_two(me: Person) -> tuple[str, str]:
    """Swap the mentors of two mentees by keyboard alone; returns the two mentees' names.

    Goes down the list until a swap is allowed by the rules, as a person would.
    """
    start = pairs(me).nth(2)
    first, first_mentor = both(start)
    start.focus()
    me.page.keyboard.press("s")
    preview = me.page.locator("#board-preview .preview")
    for place in range(3, 40):
        me.page.keyboard.press("j")
        target = pairs(me).nth(place)
        expect(target).to_be_focused()
        expect(preview).to_have_attribute("data-to", target.get_attribute("data-drop") or "")
        if preview.get_attribute("data-allowed") == "true":
            break
    second, second_mentor = both(target)
    me.picture("swap-preview")
    me.page.keyboard.press("Enter")
    expect(row_of(me, first)).to_contain_text(second_mentor)
    expect(row_of(me, second)).to_contain_text(first_mentor)
    return first, second


def publish(me: Person) -> None:
    me.follow("Publish …")
    me.picture("confirm")
    me.press("Publish")
    expect(me.page).to_have_url(re.compile(r"/cohorts/\d+/tandems/"))
    me.picture("published")


def accept_invitation(me: Person, email: str) -> None:
    """Open the link of the invitation, set a password, take part."""
    me.open(link_from_mail(email, "/invitation/"))
    me.picture("invitation")
    for field in me.page.locator("main input[type=password]").all():
        field.fill(NEW_PASSWORD)
    me.press("Accept and take part")
    me.page.wait_for_load_state()
    me.picture("welcome")


def say_yes(me: Person, tandem: Tandem) -> None:
    """From the first page to the proposal, and yes."""
    me.open("/")
    me.picture("home")
    me.page.locator(f"main a[href='/tandems/{tandem.pk}/']").first.click()
    me.picture("proposal")
    me.press("Yes, I would")


def sees_the_way(person: Person) -> None:
    """The timeline is folded on a phone and open beside the rest where there is room."""
    now = person.page.locator(".journey [aria-current=step]")
    if not now.is_visible():
        person.page.locator("details:has(.journey) > summary").click()
    expect(now).to_be_visible()


def two_people_begin(cohort: Cohort, names: tuple[str, str], arrive: Any) -> None:
    """Mentee and mentor of the pair with these names accept, meet and begin, each on a phone."""
    tandem = next(
        t
        for t in Tandem.objects.filter(cohort=cohort)
        if {m.user.name for m in t.members.select_related("user")} == set(names)
    )
    mentee, mentor = (member.user for member in tandem.members.select_related("user"))
    lena = arrive("mentee", mentee.locale, phone=True)
    petra = arrive("mentor", mentor.locale, phone=True)
    for person, user in ((lena, mentee), (petra, mentor)):
        accept_invitation(person, user.email)
        say_yes(person, tandem)
    petra.picture("chemistry")
    lena.page.reload()
    lena.press("We have met")
    lena.picture("met")
    lena.press("Yes, let us begin")
    petra.page.reload()
    petra.press("Yes, let us begin")
    sees_the_way(petra)
    petra.picture("active")
    lena.page.reload()
    expect(lena.page.get_by_role("heading", level=1)).to_contain_text(mentor.given_name)
    sees_the_way(lena)
    lena.picture("active")

    tandem.refresh_from_db()
    assert tandem.state == "active"
    assert audit_verify() > 0
    for member in tandem.members.select_related("participation"):
        assert (member.participation.seats_taken, member.participation.state) == (1, "joined")


@pytest.fixture
def coordinator(demo: str, arrive: Any) -> Person:
    me = arrive("coordinator")
    me.log_in("coordinator@demo.example", demo)
    return me


def test_from_the_lists_to_a_running_tandem(coordinator: Person, arrive: Any) -> None:
    me = coordinator
    me.picture("home")
    cohort = set_up_programme(me, "Blickwechsel")
    me.picture("cohort-empty")
    for file, role in (("mentees.csv", "mentee"), ("mentors.csv", "mentor")):
        import_list(me, file, role)
        me.follow("To the cohort")
    me.picture("cohort-filled")
    people = Participation.objects.filter(cohort=cohort)
    assert (people.filter(role="mentee").count(), people.filter(role="mentor").count()) == (60, 45)

    match(me)
    me.picture("board")
    locked = lock_first(me)
    expect(me.page.get_by_role("heading", name=me.text("Why this pair"))).to_be_visible()
    assert me.page.locator("#board-detail .reasons li").count() >= 2
    me.picture("board-locked")
    swapped = swap_two(me)
    me.picture("board-swapped")
    publish(me)
    let_the_worker_work()

    tandems = Tandem.objects.filter(cohort=cohort)
    assert tandems.count() >= 55
    assert {tandem.state for tandem in tandems} == {"proposed"}
    for name in swapped:
        assert tandems.filter(members__user__family_name=name.split()[-1]).exists()
    two_people_begin(cohort, locked, arrive)
    me.open(f"/cohorts/{cohort.pk}/tandems/")
    me.picture("tandems")


def test_from_lists_with_foreign_columns_to_a_running_tandem(
    coordinator: Person, arrive: Any
) -> None:
    me = coordinator
    cohort = set_up_programme(me, "Harbourbridge")
    import_list(me, "mentees-foreign.csv", "mentee", FOREIGN_MENTEES)
    me.follow("To the cohort")
    import_list(me, "mentors-foreign.csv", "mentor", FOREIGN_MENTORS)
    me.follow("To the cohort")
    people = Participation.objects.filter(cohort=cohort)
    assert people.filter(role="mentee").count() == 25
    assert people.filter(role="mentor").count() == 20
    profile = Profile.objects.get(user__email="elodie.laurent@harbourbridge.example")
    assert profile.user.given_name == "Élodie"
    assert profile.function
    assert ProfileTopic.objects.filter(profile=profile, kind="wanted").count() == 2
    match(me)
    assert pairs(me).count() == 25
    locked = lock_first(me)
    publish(me)
    let_the_worker_work()
    two_people_begin(cohort, locked, arrive)
    assert settings.DEMO
