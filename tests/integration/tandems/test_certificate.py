"""The certificate, its text read back out of the PDF as a reader's program does it."""

import re
import zlib
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tandemwerk.tandems.errors import CertificateNotYet
from tandemwerk.tandems.services.certificate import certificate_of, certificate_pdf
from tests.factories.people import UserFactory
from tests.factories.rooms import active_tandem, person_of

BEGUN = datetime(2026, 11, 4, 9, tzinfo=UTC)
ENDED = datetime(2027, 6, 30, 16, tzinfo=UTC)


def text_of(pdf: bytes) -> str:
    """Words of a PDF with embedded fonts: strings of the page through each font's own table."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"\n(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)
    }

    def stream(body):
        data = re.search(rb"stream\n(.*)\nendstream", body, re.DOTALL)[1]
        return zlib.decompress(data) if b"FlateDecode" in body else data

    tables = {}
    resources = re.search(rb"/Font <<(.*?)>>", pdf, re.DOTALL)[1]
    for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", resources):
        to_unicode = int(re.search(rb"/ToUnicode (\d+) 0 R", objects[int(number)])[1])
        table = stream(objects[to_unicode]).decode()
        pairs = re.findall(r"<([0-9A-F]{2,4})> <([0-9A-F]{4,})>\n", table)
        tables[name.decode()] = {
            int(code, 16): bytes.fromhex(words).decode("utf-16-be") for code, words in pairs
        }
    page = next(int(n) for n in re.findall(rb"/Contents (\d+) 0 R", pdf))
    found, font = [], ""
    for part in re.finditer(
        rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) ?Tj|(ET)", stream(objects[page]), re.DOTALL
    ):
        if part[1]:
            font = part[1].decode()
        elif part[2] is not None:
            raw = re.sub(rb"\\([()\\rn])", _plain, part[2])
            codes = [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]
            found.append("".join(tables[font].get(code, "�") for code in codes))
        else:
            found.append("\n")
    return re.sub(r"\s+", " ", "".join(found))


def _plain(match):
    return {b"r": b"\r", b"n": b"\n"}.get(match[1], match[1])


@pytest.fixture
def tandem(db):
    tandem = active_tandem(BEGUN)
    programme = tandem.cohort.programme
    programme.name.data = {"de": "Auf Augenhöhe", "en": "Eye to eye"}
    programme.save()
    programme.organisation.name = "Żółw & Söhne AG"
    programme.organisation.save()
    for role, given, family in (("mentee", "Łukasz", "Şahin"), ("mentor", "Mia", "Maier")):
        person = person_of(tandem, role)
        person.given_name, person.family_name = given, family
        person.save()
    type(tandem).objects.update(state="closed", ended_at=ENDED, end_code="completed")
    return type(tandem).objects.get()


def test_it_says_who_what_and_when_and_nothing_else(tandem):
    user = person_of(tandem, "mentee")
    text = text_of(certificate_pdf(tandem=tandem, user=user, now=ENDED, language="de"))
    for words in (
        "Teilnahmebescheinigung",
        "Łukasz Şahin",
        "Żółw & Söhne AG",
        "Auf Augenhöhe",
        "4. November 2026",
        "30. Juni 2027",
        "als Mentee",
    ):
        assert words in text, text
    assert "Maier" not in text


def test_it_speaks_english_too(tandem):
    user = person_of(tandem, "mentor")
    text = text_of(certificate_pdf(tandem=tandem, user=user, now=ENDED, language="en"))
    for words in ("Certificate of participation", "Mia Maier", "Eye to eye", "as a mentor"):
        assert words in text, text


def test_it_is_made_for_screen_readers(tandem):
    user = person_of(tandem, "mentee")
    pdf = certificate_pdf(tandem=tandem, user=user, now=ENDED, language="de")
    for mark in (b"/Lang (de", b"/MarkInfo", b"/StructTreeRoot", b"/DisplayDocTitle true", b"/H1"):
        assert mark in pdf, mark


def test_the_same_moment_gives_the_same_file_of_modest_size(tandem):
    user = person_of(tandem, "mentee")
    first, second = (
        certificate_pdf(tandem=tandem, user=user, now=ENDED, language="de") for _ in range(2)
    )
    assert first == second
    assert len(first) < 150_000


def test_a_very_long_name_stays_on_the_page(tandem):
    user = person_of(tandem, "mentee")
    user.given_name, user.family_name = "Maximiliane-Friederike " * 3, "von Hohenstein-Wartburg"
    pdf = certificate_pdf(tandem=tandem, user=user, now=ENDED, language="de")
    assert pdf.count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("state", ["active", "dissolved"])
def test_there_is_none_without_a_regular_end(tandem, state):
    ended_at = ENDED if state == "dissolved" else None
    type(tandem).objects.update(state=state, ended_at=ended_at)
    tandem.refresh_from_db()
    with pytest.raises(CertificateNotYet):
        certificate_of(tandem=tandem, user=person_of(tandem, "mentee"), now=ENDED, language="de")


def test_while_it_is_closing_it_ends_today(tandem):
    type(tandem).objects.update(state="closing", ended_at=None)
    tandem.refresh_from_db()
    user = person_of(tandem, "mentee")
    said = certificate_of(tandem=tandem, user=user, now=BEGUN.replace(year=2027), language="de")
    assert str(said.until) == "2027-11-04"


def test_everybody_gets_their_own_and_strangers_none(client, tandem):
    address = reverse("tandems:tandem_certificate", args=[tandem.pk])
    client.force_login(person_of(tandem, "mentor"))
    answer = client.get(address, {"language": "en"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Mia Maier" in text_of(answer.content)
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
