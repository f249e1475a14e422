"""Mentee and mentor side by side, on phones, from the proposal on."""

import re

import pytest
from playwright.sync_api import Page, expect

from tandemwerk.notifications.models import OutboxMail
from tandemwerk.tandems.models import Tandem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_from_proposal_to_active_tandem(proposal, person):
    mentee, mentor = (member.user for member in proposal.members.all())
    lena, petra = person(mentee), person(mentor)

    lena.goto("/")
    lena.get_by_role("link", name=re.compile("Vorschlag ansehen")).click()
    expect(lena.get_by_role("heading", level=1)).to_contain_text("Dr. Petra Sommer")
    expect(lena.get_by_text("Ich höre gern zu")).to_be_visible()
    expect(lena.get_by_text("Delegieren und loslassen").first).to_be_visible()
    expect(lena.get_by_text(mentor.email)).to_have_count(0)
    press(lena, "Ja, gern")
    expect(lena.get_by_role("heading", level=1)).to_contain_text("notiert")

    petra.goto(f"/tandems/{proposal.pk}/")
    expect(petra.get_by_text("Lena hat geantwortet")).to_be_visible()
    press(petra, "Ja, gern")
    expect(petra.get_by_role("link", name=mentee.email)).to_be_visible()

    lena.reload()
    expect(lena.get_by_role("link", name=mentor.email)).to_be_visible()
    press(lena, "Wir haben uns getroffen")
    press(lena, "Ja, lass uns anfangen")
    expect(lena.get_by_role("heading", name="Dein Ja ist notiert")).to_be_visible()

    petra.reload()
    press(petra, "Ja, lass uns anfangen")
    expect(petra.get_by_role("heading", level=1)).to_have_text("Dein Tandem mit Lena")
    expect(petra.locator(".journey [aria-current=step]")).to_contain_text("Vereinbaren")

    lena.reload()
    expect(lena.get_by_role("heading", level=1)).to_have_text("Dein Tandem mit Petra")
    assert Tandem.objects.get().state == "active"
    kinds = OutboxMail.objects.values_list("kind", flat=True)
    assert sorted(kinds) == ["chemistry", "chemistry", "tandem_active", "tandem_active"]


def test_a_no_is_calm_private_and_kind(proposal, person):
    mentee, mentor = (member.user for member in proposal.members.all())
    lena, petra = person(mentee), person(mentor)
    petra.goto(f"/tandems/{proposal.pk}/")
    press(petra, "Ja, gern")

    lena.goto(f"/tandems/{proposal.pk}/")
    lena.get_by_role("link", name="Nein, danke").click()
    lena.get_by_text("einen Grund festhalten").click()
    lena.get_by_label("Das Thema ist nicht meins").check()
    lena.get_by_label("Eine Notiz für dich selbst").fill("Sie kennt meine Chefin.")
    press(lena, "Nein, danke")
    expect(lena.get_by_role("heading", level=1)).to_have_text("Dein Nein ist notiert")
    expect(lena.get_by_text("Sie kennt meine Chefin.")).to_be_visible()

    petra.reload()
    expect(petra.get_by_role("heading", level=1)).to_contain_text("diesmal nichts daraus geworden")
    expect(petra.get_by_text("Chefin")).to_have_count(0)
    expect(petra.get_by_text("Das Thema ist nicht meins")).to_have_count(0)
    expect(petra.get_by_text("wieder unter denen, die auf einen Vorschlag warten")).to_be_visible()


def test_a_day_to_come_is_explained_at_its_field(proposal, person, console_errors):
    mentee, mentor = (member.user for member in proposal.members.all())
    lena, petra = person(mentee), person(mentor)
    for page in (lena, petra):
        page.goto(f"/tandems/{proposal.pk}/")
        press(page, "Ja, gern")
    petra.get_by_label("Wir haben uns getroffen am").fill("2999-01-01")
    press(petra, "Wir haben uns getroffen")
    expect(petra.get_by_role("alert")).to_contain_text("kommt erst noch")
    field = petra.get_by_label("Wir haben uns getroffen am")
    expect(field).to_have_attribute("aria-invalid", "true")
    console_errors.clear()  # the browser notes every 422


def test_two_presses_of_yes_are_one(proposal, person):
    mentee = proposal.members.get(role="mentee").user
    lena = person(mentee)
    lena.goto(f"/tandems/{proposal.pk}/")
    lena.get_by_role("button", name="Ja, gern").dblclick()
    expect(lena.get_by_role("heading", level=1)).to_contain_text("notiert")
    assert Tandem.objects.get().state == "proposed"


def test_by_keyboard_alone(proposal, person):
    mentee = proposal.members.get(role="mentee").user
    lena = person(mentee, viewport={"width": 1280, "height": 800})
    lena.goto(f"/tandems/{proposal.pk}/")

    def tab_to(name: str) -> None:
        for _ in range(40):
            lena.keyboard.press("Tab")
            focused = lena.evaluate("document.activeElement.textContent.trim()")
            if focused == name:
                outline = lena.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline != "none", "the focus must be seen"
                return
        raise AssertionError(f"{name} is not reachable")

    tab_to("Nein, danke")
    lena.keyboard.press("Enter")
    expect(lena.get_by_role("heading", level=1)).to_contain_text("Das ist in Ordnung")
    tab_to("Zurück")
    lena.keyboard.press("Enter")
    expect(lena.get_by_role("heading", level=1)).to_contain_text("vorstellen")
    tab_to("Ja, gern")
    lena.keyboard.press("Enter")
    expect(lena.get_by_role("heading", level=1)).to_contain_text("notiert")
