"""The pages of reports and cases, as people click through them."""

import re

import pytest
from django.urls import reverse

from tandemwerk.rooms.models import Goal
from tandemwerk.rooms.services.goals import GoalWords, goal_change
from tandemwerk.safeguarding.models import Case, CaseItem
from tandemwerk.safeguarding.services.cases import case_close
from tests.factories.people import UserFactory
from tests.factories.rooms import room_for
from tests.factories.safeguarding import case_with_file, chosen, report
from tests.integration.safeguarding.conftest import NOW

NEW = "/report/"


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def hidden(answer):
    """The fields of the form that sends what the preview shows."""
    form = answer.content.decode().split("<main")[1].split("<form")[1]
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form)
    return {
        name: [value for found, value in fields if found == name]
        for name, _ in fields
        if name != "csrfmiddlewaretoken"
    }


@pytest.fixture
def as_mentee(client, mentee):
    client.force_login(mentee)
    return client


def test_choose_look_send_and_follow(as_mentee, mentee, mentor, organisation, readers):
    row = chosen(mentee, "goal")[0]
    page = text_of(as_mentee.get(NEW, {"row": row.key}))
    assert "112" in page
    assert all(reader.name in page for reader in readers)
    assert f'value="{row.key}"' in page
    assert page.count(" checked") == 1
    sent = {"words": "Ich fühle mich bedrängt", "rows": [row.key], "act": "preview"}
    preview = as_mentee.post(NEW, sent)
    assert "Frei sprechen" in text_of(preview)
    assert "Komm abends allein vorbei" not in text_of(preview)
    assert not Case.objects.exists()
    back = as_mentee.post(NEW, {**sent, "act": "change"})
    assert "Ich fühle mich bedrängt" in text_of(back)
    answer = as_mentee.post(NEW, hidden(preview))
    case = Case.objects.get()
    assert answer["Location"] == reverse("safeguarding:report_detail", args=[case.reference])
    mine = text_of(as_mentee.get(answer["Location"]))
    assert "Not opened yet" in mine
    assert "Ich fühle mich bedrängt" in mine
    assert answer["Location"] in text_of(as_mentee.get(reverse("safeguarding:report_list")))
    as_mentee.force_login(mentor)
    assert as_mentee.get(answer["Location"]).status_code == 404


def test_what_changed_since_the_preview_is_shown_again(as_mentee, tandem, mentee, readers):
    row = chosen(mentee, "goal")[0]
    preview = as_mentee.post(NEW, {"words": "", "rows": [row.key], "act": "preview"})
    goal_change(
        room=room_for(tandem), goal=Goal.objects.get(), words=GoalWords(title="Neu"), now=NOW
    )
    again = as_mentee.post(NEW, hidden(preview))
    assert again.status_code == 422
    assert "changed in the meantime" in text_of(again)
    assert not Case.objects.exists()
    assert as_mentee.post(NEW, hidden(again)).status_code == 302
    assert Case.objects.count() == 1


def test_nothing_said_and_foreign_rows_are_refused(as_mentee, mentee):
    assert as_mentee.post(NEW, {"act": "preview"}).status_code == 422
    foreign = "goal:0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e5f"
    answer = as_mentee.post(NEW, {"words": "x", "rows": [foreign], "act": "preview"})
    assert answer.status_code == 422
    assert "not in your room any more" in text_of(answer)


def test_without_enough_safeguarding_people_the_page_says_so(as_mentee):
    assert "has not named two safeguarding people yet" in text_of(as_mentee.get(NEW))


def test_somebody_in_no_programme_hears_where_to_turn(client, db):
    client.force_login(UserFactory())
    page = text_of(client.get(NEW))
    assert "112" in page
    assert "<textarea" not in page
    assert client.post(NEW, {"words": "x", "act": "send"}).status_code == 422


def test_every_signed_in_page_has_the_link(as_mentee):
    for place in (reverse("home"), reverse("people:settings"), reverse("tandems:tandem_list")):
        assert f'href="{NEW}"' in text_of(as_mentee.get(place))
    as_mentee.logout()
    assert f'href="{NEW}"' not in text_of(as_mentee.get(reverse("account_login")))


def test_a_safeguarding_person_reads_notes_closes_and_opens_again(
    client, mentee, organisation, readers
):
    case = report(mentee, organisation, NOW, rows=chosen(mentee, "task"))
    client.force_login(readers[0])
    listed = text_of(client.get(reverse("safeguarding:case_list")))
    page = reverse("safeguarding:case_detail", args=[case.reference])
    assert page in listed
    assert mentee.name not in listed
    read = text_of(client.get(page))
    assert "Komm abends allein vorbei" in read
    assert mentee.name in read
    assert readers[0].name in read

    def post(name, data=None):
        return client.post(reverse(f"safeguarding:{name}", args=[case.reference]), data or {})

    assert post("case_begin").status_code == 302
    assert post("case_note", {"text": " "}).status_code == 422
    assert post("case_note", {"text": "Angerufen"}).status_code == 302
    assert "Angerufen" in text_of(client.get(page))
    assert post("case_close", {"outcome": "", "delete_on": "x"}).status_code == 422
    assert post("case_close", {"outcome": "agreed", "delete_on": "2020-01-01"}).status_code == 409
    assert post("case_close", {"outcome": "agreed", "delete_on": "2030-01-01"}).status_code == 302
    assert "Something was agreed" in text_of(client.get(page))
    assert post("case_note", {"text": "Noch"}).status_code == 409
    assert post("case_reopen").status_code == 302
    assert case.views.count() >= 5
    client.force_login(mentee)
    mine = client.get(reverse("safeguarding:report_detail", args=[case.reference]))
    assert "First opened on" in text_of(mine)
    assert "Angerufen" not in text_of(mine)


def test_the_reporter_sees_when_it_will_be_destroyed(client, mentee, organisation, readers):
    case = report(mentee, organisation, NOW)
    day = NOW.date().replace(year=2030)
    case_close(case=case, outcome="advised", delete_on=day, by=readers[0], now=NOW)
    client.force_login(mentee)
    page = text_of(client.get(reverse("safeguarding:report_detail", args=[case.reference])))
    assert "2030" in page


def test_a_file_is_a_download_and_nothing_else(client, mentee, organisation, readers):
    case = report(mentee, organisation, NOW)
    item = case_with_file(case, b"<script>")
    client.force_login(readers[0])
    place = reverse("safeguarding:case_file", args=[case.reference, item.pk])
    assert place in text_of(client.get(reverse("safeguarding:case_detail", args=[case.reference])))
    answer = client.get(place)
    assert answer.content == b"<script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    CaseItem.objects.update(data=None)
    assert client.get(place).status_code == 404


def test_alone_in_the_role_the_page_says_what_is_missing(client, organisation, readers):
    readers[1].safeguarding_roles.all().delete()
    client.force_login(readers[0])
    page = text_of(client.get(reverse("safeguarding:case_list")))
    assert "You are the only safeguarding person" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three(
    client, mentee, organisation, readers, count, django_assert_num_queries
):
    for _ in range(count):
        report(mentee, organisation, NOW)
    client.force_login(mentee)
    client.get(reverse("safeguarding:report_list"))
    with django_assert_num_queries(6):
        client.get(reverse("safeguarding:report_list"))
