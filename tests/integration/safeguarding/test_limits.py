"""Enough for whoever is in need, too little to bury what others report."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from tandemwerk.rooms.models import RoomFile
from tandemwerk.rooms.selectors import disclosable
from tandemwerk.rooms.selectors.disclosable import Attachment, Kind, Words
from tandemwerk.safeguarding.errors import ReportTooLarge, TooManyReports
from tandemwerk.safeguarding.models import Case
from tandemwerk.safeguarding.services import reports
from tests.factories.safeguarding import chosen, report
from tests.integration.safeguarding.conftest import NOW


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(reports, "MOST_A_DAY", 2)


def test_so_many_a_day_and_person(few, mentee, mentor, organisation, readers):
    first, _second = (report(mentee, organisation, NOW) for _ in range(2))
    with pytest.raises(TooManyReports, match="112"):
        report(mentee, organisation, NOW + timedelta(hours=23))
    again = report(mentee, organisation, NOW, reference=first.reference)
    assert again.pk == first.pk  # a repetition is no new one
    report(mentor, organisation, NOW)
    report(mentee, organisation, NOW + timedelta(hours=24))
    assert Case.objects.count() == 4


def test_the_page_keeps_the_words_and_says_whom_to_call(client, mentee, organisation, monkeypatch):
    monkeypatch.setattr(reports, "MOST_A_DAY", 0)
    client.force_login(mentee)
    place = reverse("safeguarding:report_new")
    preview = client.post(place, {"words": "Kanarienvogel", "act": "preview"}).content.decode()
    seen = preview.split('name="seen" value="')[1].split('"')[0]
    answer = client.post(place, {"words": "Kanarienvogel", "act": "send", "seen": seen})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert "Kanarienvogel" in page
    assert page.count("112") >= 2
    assert not Case.objects.exists()


def test_files_have_a_limit_together(mentee, organisation, monkeypatch):
    letter = Attachment("brief.pdf", "application/pdf", lambda: b"12345")
    words = Words(uuid.uuid4(), "Brief", [], "Mia", NOW, letter)
    monkeypatch.setitem(
        disclosable._kinds, "file", Kind("File", lambda _room: [words], of=(RoomFile,))
    )
    monkeypatch.setattr(reports, "MOST_BYTES", 4)
    with pytest.raises(ReportTooLarge):
        report(mentee, organisation, NOW, words="", rows=chosen(mentee, "file"))
    assert not Case.objects.exists()
