"""The library: who may read what, and what goes into it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.enums import MaterialKind
from tandemwerk.programmes.errors import MaterialIncomplete
from tandemwerk.programmes.models import Material
from tandemwerk.programmes.selectors.materials import materials_in_phase, materials_visible_to
from tandemwerk.programmes.services.materials import (
    Words,
    material_add,
    material_remove,
    materials_forget,
    sample_pages_add,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
pytestmark = pytest.mark.django_db


def text(words):
    return LazyI18nString({"de": words, "en": words})


def page(programme, title="Guide", **more):
    words = Words(title=text(title), text=text("## Read\n\nthis"), **more)
    by = UserFactory()
    return material_add(programme=programme, kind=MaterialKind.PAGE, words=words, by=by, now=NOW)


def pdf(programme, **more):
    return material_add(
        programme=programme,
        kind=MaterialKind.FILE,
        words=Words(title=text("Leaflet"), **more),
        file=("Leaflet.pdf", PDF),
        by=UserFactory(),
        now=NOW,
    )


def url(name, *args):
    return reverse(f"programmes:{name}", args=args)


def test_a_page_a_link_and_a_file_are_put_in(desk):
    new = {"title_en": "Better questions", "who": "both"}
    made = [
        ("page", {"text_en": "# Ask\n\n<b>well</b>"}),
        ("link", {"url": "https://example.org/guide"}),
        ("file", {"file": SimpleUploadedFile("plan.pdf", PDF)}),
    ]
    for kind, more in made:
        place = url("material_new", desk.programme.pk, kind)
        assert desk.get(place).status_code == 200
        assert desk.post(place, {**new, **more}).status_code == 302, kind
    listed = desk.get(url("material_list", desk.programme.pk)).content.decode()
    assert listed.count("Better questions") >= 3
    one, link, file = Material.objects.order_by("pk")
    shown = desk.get(url("material", one.pk)).content.decode()
    assert "<h2>Ask</h2>" in shown
    assert "&lt;b&gt;well" in shown
    assert desk.get(url("material", link.pk)).url == "https://example.org/guide"
    answer = desk.get(url("material", file.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        "application/pdf",
        "nosniff",
    )


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("page", {"title_en": "x"}, "in one language at least"),
        ("page", {"text_en": "x"}, "in one language at least"),
        ("link", {"title_en": "x", "url": "javascript:alert(1)"}, "This is no address"),
        ("link", {"title_en": "x", "url": "ftp://example.org"}, "must begin with https"),
        ("file", {"title_en": "x"}, "Please choose a file"),
    ],
)
def test_a_fault_is_said_at_its_field(desk, kind, data, words):
    answer = desk.post(url("material_new", desk.programme.pk, kind), {"who": "both", **data})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Material.objects.exists()


def test_a_file_is_what_its_bytes_say(desk):
    file = SimpleUploadedFile("plan.pdf", b"<html><script>alert(1)</script>")
    data = {"title_en": "x", "who": "both", "file": file}
    answer = desk.post(url("material_new", desk.programme.pk, "file"), data)
    assert answer.status_code == 422
    assert "Only PDF files and pictures" in answer.content.decode()
    assert desk.get(url("material_new", desk.programme.pk, "film")).status_code == 404


def test_an_entry_is_changed_taken_out_and_brought_back(desk):
    found = page(desk.programme, phases=["gone"])
    assert "gone" in desk.get(url("material_edit", found.pk)).content.decode()
    data = {"title_de": "Neu", "text_de": "Lies", "who": "mentor"}
    assert desk.post(url("material_edit", found.pk), {**data, "title_de": ""}).status_code == 422
    assert desk.post(url("material_edit", found.pk), data).status_code == 302
    found.refresh_from_db()
    assert (str(found.title), found.who, found.phases) == ("Neu", "mentor", [])
    desk.post(url("material_remove", found.pk))
    assert desk.get(url("material", found.pk)).status_code == 404
    desk.post(url("material_restore", found.pk))
    assert desk.get(url("material", found.pk)).status_code == 200


def test_only_participants_in_the_right_role_and_coordinators_read_it(desk, log_in):
    found = page(desk.programme, who="mentor")
    mentor = ParticipationFactory(cohort=desk.cohort, role="mentor").user
    for user in (
        UserFactory(),
        ParticipationFactory(cohort=desk.cohort).user,
        ParticipationFactory(cohort=desk.cohort, role="mentor", state="withdrawn").user,
        ParticipationFactory(role="mentor").user,
        CoordinatorFactory().user,
    ):
        assert log_in(user).get(url("material", found.pk)).status_code == 404
    assert log_in(mentor).get(url("material", found.pk)).status_code == 200
    assert log_in(mentor).get(url("material_edit", found.pk)).status_code == 404


def test_each_phase_and_role_gets_its_own(desk):
    page(desk.programme, "Always")
    page(desk.programme, "At work", phases=["work-1", "work-2"])
    page(desk.programme, "For mentors", who="mentor")

    def titles(*where):
        return [entry.title for entry in materials_in_phase(desk.programme, *where)]

    assert titles("mentee", "work-1") == ["Always", "At work"]
    assert titles("mentor", "closure") == titles("mentor", None) == ["Always", "For mentors"]


def test_an_empty_library_takes_our_pages_once(desk):
    listed = url("material_list", desk.programme.pk)
    assert "Take our pages" in desk.get(listed).content.decode()
    desk.post(url("material_samples", desk.programme.pk))
    assert Material.objects.count() == 3
    assert sample_pages_add(programme=desk.programme, now=NOW) == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("link", Words(title=text("x"))),
        ("page", Words(title=text("x"))),
        ("page", Words(title=text(""), text=text("x"))),
        ("page", Words(title=text("x"), text=text("x"), url="https://example.org")),
    ],
)
def test_what_is_not_whole_is_refused(desk, kind, words):
    with pytest.raises(MaterialIncomplete):
        material_add(
            programme=desk.programme,
            kind=MaterialKind(kind),
            words=words,
            by=UserFactory(),
            now=NOW,
        )


def test_a_day_after_it_was_taken_out_it_is_gone_with_its_file(desk):
    found, kept = pdf(desk.programme), pdf(desk.programme)
    path = Path(found.file.path)
    assert path.exists()
    material_remove(material=found, by=UserFactory(), now=NOW)
    assert materials_forget(now=NOW + timedelta(hours=23)) == 0
    assert materials_forget(now=NOW + timedelta(hours=25)) == 1
    assert not path.exists()
    assert Path(kept.file.path).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_one_query(desk, count, django_assert_num_queries):
    for _ in range(count):
        page(desk.programme)
    reader = ParticipationFactory(cohort=desk.cohort).user
    with django_assert_num_queries(1):
        assert len(list(materials_visible_to(reader))) == count
    with django_assert_num_queries(1):
        assert len(materials_in_phase(desk.programme, "mentee", None)) == count
