"""Two people in two browsers, one of them without a connection: nothing is lost or doubled."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tandemwerk.rooms.models import ActionItem, Note, NoteUpdate
from tandemwerk.rooms.selectors.goals import goals_read
from tandemwerk.rooms.selectors.notes import notes_read, talks_read
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.rooms.services.notes import note_add
from tandemwerk.rooms.services.talks import talk_begin
from tests.factories.rooms import active_tandem, person_of, room_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SOON = 15_000
WAITING = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('tandemwerk-waiting', 1);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const db = opening.result;
    const asked = db.transaction('waiting').objectStore('waiting').count();
    asked.onsuccess = () => { db.close(); resolve(asked.result); };
  };
})"""


@pytest.fixture
def tandem(db):
    tandem = active_tandem(timezone.now())
    for member in tandem.members.all():
        member.user.locale = "de"
        member.user.save()
    return tandem


@pytest.fixture
def note(tandem):
    return note_add(room=room_for(tandem), title="Plan", text="Anfang\n", now=timezone.now())


def offline(page: Page, *, is_off: bool) -> None:
    page.context.set_offline(is_off)


def area(page: Page):
    return page.locator("textarea[name=text]")


def status(page: Page):
    return page.locator("[data-status]")


def write_at(page: Page, place: str, text: str) -> None:
    """Put the caret to an end of the text and type."""
    area(page).focus()
    page.keyboard.press("Control+Home" if place == "start" else "Control+End")
    page.keyboard.type(text)


def text_of(tandem) -> str:
    return notes_read(room_for(tandem))[0].text


def test_two_write_at_the_same_time_and_one_is_in_a_tunnel(tandem, note, person, console_errors):
    lena, petra = (person(person_of(tandem, role)) for role in ("mentee", "mentor"))
    for page in (lena, petra):
        page.goto(f"/tandems/{tandem.pk}/notes/{note.pk}/edit/")
        expect(area(page)).to_have_value("Anfang\n")

    write_at(lena, "end", "Lena ist da")
    expect(area(petra)).to_have_value("Anfang\nLena ist da", timeout=SOON)

    offline(lena, is_off=True)
    write_at(lena, "end", ", auch im Tunnel 🚆")
    expect(status(lena)).to_contain_text("auf diesem Gerät", timeout=SOON)
    write_at(petra, "start", "Petra: 😀\n")
    expect(status(petra)).to_contain_text("Alles ist gespeichert", timeout=SOON)
    assert "Tunnel" not in text_of(tandem)

    offline(lena, is_off=False)
    both = "Petra: 😀\nAnfang\nLena ist da, auch im Tunnel 🚆"
    for page in (lena, petra):
        expect(area(page)).to_have_value(both, timeout=SOON)
    expect(status(lena)).to_contain_text("Alles ist gespeichert", timeout=SOON)
    assert text_of(tandem) == both
    assert lena.evaluate(WAITING) == 0
    console_errors.clear()  # the browser notes every request that found no net


def test_the_caret_stays_with_its_words(tandem, note, person):
    lena, petra = (person(person_of(tandem, role)) for role in ("mentee", "mentor"))
    for page in (lena, petra):
        page.goto(f"/tandems/{tandem.pk}/notes/{note.pk}/edit/")
    area(lena).focus()
    lena.keyboard.press("Control+Home")
    lena.keyboard.press("End")
    write_at(petra, "start", "Davor\n")
    expect(area(lena)).to_have_value("Davor\nAnfang\n", timeout=SOON)
    lena.keyboard.type(" hier")
    expect(area(petra)).to_have_value("Davor\nAnfang hier\n", timeout=SOON)
    lena.keyboard.press("Control+z")
    expect(area(lena)).to_have_value("Davor\nAnfang\n")
    lena.get_by_role("button", name="Fertig").click()
    expect(lena.locator(".prose")).to_contain_text("Davor")


def test_what_was_written_offline_is_sent_from_another_page(tandem, note, person, console_errors):
    lena = person(person_of(tandem, "mentee"))
    lena.goto(f"/tandems/{tandem.pk}/notes/{note.pk}/edit/")
    offline(lena, is_off=True)
    write_at(lena, "end", "im Tunnel")
    expect(status(lena)).to_contain_text("auf diesem Gerät", timeout=SOON)
    context = lena.context
    lena.close()
    again = context.new_page()
    context.set_offline(False)
    again.goto(f"/tandems/{tandem.pk}/notes/")
    expect(again.get_by_text("wurde gesendet")).to_be_visible(timeout=SOON)
    assert text_of(tandem) == "Anfang\nim Tunnel"
    assert again.evaluate(WAITING) == 0
    again.goto(f"/tandems/{tandem.pk}/notes/{note.pk}/edit/")
    expect(area(again)).to_have_value("Anfang\nim Tunnel")
    console_errors.clear()


def test_forms_wait_and_arrive_once_also_after_a_reload(tandem, person, console_errors):
    lena = person(person_of(tandem, "mentee"))
    lena.goto(f"/tandems/{tandem.pk}/goals/")
    lena.get_by_text("Aufgabe notieren").click()
    offline(lena, is_off=True)
    for text in ("Buch leihen", "Petra anrufen"):
        lena.get_by_label("Was ist zu tun?").fill(text)
        lena.get_by_role("button", name="Aufgabe hinzufügen").click()
        expect(lena.get_by_text("auf diesem Gerät").last).to_be_visible()
        expect(lena.get_by_label("Was ist zu tun?")).to_have_value("")
    expect(lena.locator("tw-outbox [data-count]")).to_have_text("2")
    assert ActionItem.objects.count() == 0

    offline(lena, is_off=False)
    lena.reload()
    expect(lena.get_by_text("wurde gesendet")).to_be_visible(timeout=SOON)
    expect(lena.locator("tw-outbox")).to_be_hidden()
    lena.reload()
    expect(lena.get_by_text("Petra anrufen").first).to_be_visible()
    assert ActionItem.objects.count() == 2
    console_errors.clear()


def test_a_change_and_a_removal_wait_for_the_connection(tandem, note, person, console_errors):
    room = room_for(tandem)
    goal = goal_add(room=room, words=GoalWords(title="Frei sprechen"), now=timezone.now())
    lena = person(person_of(tandem, "mentee"))
    lena.goto(f"/tandems/{tandem.pk}/goals/{goal.pk}/")
    offline(lena, is_off=True)
    lena.locator("main [name=title]").fill("Vor dem Vorstand sprechen")
    lena.get_by_role("button", name="Speichern").click()
    expect(lena.locator("tw-outbox [data-count]")).to_have_text("1")
    offline(lena, is_off=False)
    lena.goto(f"/tandems/{tandem.pk}/notes/{note.pk}/")
    expect(lena.get_by_text("wurde gesendet")).to_be_visible(timeout=SOON)
    assert [one.title for one in goals_read(room)] == ["Vor dem Vorstand sprechen"]

    offline(lena, is_off=True)
    lena.get_by_role("button", name="Mehr zu dieser Notiz").click()
    lena.get_by_role("button", name="Entfernen").click()
    expect(lena.locator("tw-outbox [data-count]")).to_have_text("1")
    offline(lena, is_off=False)
    lena.goto(f"/tandems/{tandem.pk}/notes/")
    expect(lena.get_by_text("wurde gesendet")).to_be_visible(timeout=SOON)
    assert notes_read(room_for(tandem)) == []
    console_errors.clear()


def test_with_a_connection_a_form_works_as_without_script(tandem, person):
    lena = person(person_of(tandem, "mentee"))
    lena.goto(f"/tandems/{tandem.pk}/talks/")
    lena.get_by_label("Worüber").fill("Standort")
    lena.get_by_role("button", name="Auf die Themenliste").click()
    expect(lena.get_by_text("steht auf der Themenliste")).to_be_visible()
    expect(lena.locator(".tick").get_by_text("Standort", exact=True)).to_be_visible()
    lena.get_by_role("button", name="Erledigt: Standort").click()
    expect(lena.get_by_role("button", name="Wieder öffnen: Standort")).to_be_visible()
    assert len(talks_read(room_for(tandem))[0].points) == 1


def test_logging_out_and_another_person_leave_nothing_behind(tandem, person, console_errors):
    talk_begin(room=room_for(tandem), more=["A"], now=timezone.now())
    lena = person(person_of(tandem, "mentee"))

    def keep_something() -> None:
        lena.goto(f"/tandems/{tandem.pk}/talks/")
        offline(lena, is_off=True)
        lena.get_by_label("Worüber").fill("Vertraulich")
        lena.get_by_role("button", name="Auf die Themenliste").click()
        expect(lena.locator("tw-outbox [data-count]")).to_have_text("1")
        assert lena.evaluate(WAITING) == 1

    keep_something()
    lena.locator("tw-outbox").evaluate("element => { element.dataset.person = 'x'; }")
    lena.locator("tw-outbox").evaluate("element => element.begin()")
    assert lena.evaluate(WAITING) == 0

    offline(lena, is_off=False)
    keep_something()
    with lena.expect_event("requestfailed", lambda request: "logout" in request.url):
        leave = lena.locator("form[action$='/accounts/logout/']").first
        leave.evaluate("form => form.requestSubmit()")
    offline(lena, is_off=False)
    lena.goto("/")
    assert lena.evaluate(WAITING) == 0
    assert "Vertraulich" not in [p.text for p in talks_read(room_for(tandem))[0].points]
    console_errors.clear()


def test_steps_are_numbered_without_gaps(tandem, note, person):
    lena = person(person_of(tandem, "mentee"))
    lena.goto(f"/tandems/{tandem.pk}/notes/{note.pk}/edit/")
    for word in ("eins ", "zwei ", "drei "):
        write_at(lena, "end", word)
        expect(status(lena)).to_contain_text("Alles ist gespeichert", timeout=SOON)
    there = Note.objects.get()
    numbers = list(NoteUpdate.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(there.snapshot_seq + 1, there.seq + 1))
    assert notes_read(room_for(tandem))[0].text == "Anfang\neins zwei drei "
