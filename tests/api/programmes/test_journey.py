import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tandemwerk.programmes.models import CourseRead, JourneyVersion, Material
from tandemwerk.programmes.template_catalogue import programme_templates
from tests.api.conftest import Caller
from tests.factories.programmes import CohortFactory, CoordinatorFactory, ParticipationFactory
from tests.factories.rooms import active_tandem

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TEXT = {"de": "Neu", "en": "New"}


@pytest.fixture
def desk(client):
    """A coordinator's program, with the programme's address."""
    entry = CoordinatorFactory()
    caller = Caller(client, entry.user)
    caller.programme = entry.programme
    caller.cohort = CohortFactory(programme=entry.programme)
    caller.base = f"/programmes/{entry.programme.pk}"
    return caller


def journey():
    return programme_templates()["company-mentoring"].journey()


def test_versions_are_published_and_read(desk):
    assert desk.get(f"{desk.base}/journey-versions").json() == {"total": 0, "items": []}
    made = desk.post(f"{desk.base}/journey-versions", {"journey": journey(), "note": "Better"})
    assert made.status_code == 201, made.json()
    assert (made.json()["number"], made.json()["note"]) == (2, "Better")
    listed = desk.get(f"{desk.base}/journey-versions").json()
    assert [version["number"] for version in listed["items"]] == [2, 1]
    one = desk.get(f"{desk.base}/journey-versions/2").json()
    assert one["journey"]["phases"][0]["key"] == "preparation"
    again = desk.post(f"{desk.base}/journey-versions", {"journey": journey(), "note": "Same"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "journey_unchanged")
    assert desk.get(f"{desk.base}/journey-versions/9").status_code == 404


def test_a_journey_that_makes_no_sense_is_refused(desk):
    wrong = journey()
    wrong["phases"][1]["key"] = wrong["phases"][0]["key"]
    answer = desk.post(f"{desk.base}/journey-versions", {"journey": wrong, "note": "x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "journey_invalid")
    assert "preparation" in answer.json()["error"]["message"].lower() or "Preparing" in str(
        answer.json()
    )
    answer = desk.post(f"{desk.base}/journey-versions", {"journey": {"phases": []}, "note": "x"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
    assert not JourneyVersion.objects.exists()


def test_running_tandems_are_moved_with_a_look_before(desk):
    tandem = active_tandem(desk.programme.created_at, cohort=desk.cohort)
    desk.post(f"{desk.base}/journey-versions", {"journey": journey(), "note": "Better"})
    preview = desk.get(f"/cohorts/{desk.cohort.pk}/journey").json()
    assert (preview["number"], preview["count"]) == (2, 1)
    assert preview["groups"][0]["changes"][0]["kind"] == "added"
    old = desk.post(f"/cohorts/{desk.cohort.pk}/journey", {"number": 1})
    assert old.json()["error"]["code"] == "journey_too_old"
    assert desk.post(f"/cohorts/{desk.cohort.pk}/journey", {"number": 2}).json() == {"moved": 1}
    tandem.refresh_from_db()
    assert tandem.journey_number == 2


def test_the_library_is_kept_by_a_program(desk, client):
    page = {"kind": "page", "title": TEXT, "text": TEXT, "phases": ["work-1"], "who": "mentor"}
    made = desk.post(f"{desk.base}/materials", page)
    assert made.status_code == 201, made.json()
    pk = made.json()["id"]
    sent = client.post(
        f"/api/v1{desk.base}/material-files",
        {"file": SimpleUploadedFile("plan.pdf", PDF), "title_en": "Plan"},
        headers=desk.headers,
    )
    assert sent.status_code == 201, sent.json()
    assert (sent.json()["file_name"], sent.json()["title"]["de"]) == ("plan.pdf", "Plan")
    assert desk.get(f"{desk.base}/materials").json()["total"] == 2
    assert desk.get(f"/materials/{sent.json()['id']}/file").content == PDF
    assert desk.get(f"/materials/{pk}/file").status_code == 404
    changed = desk("put", f"{desk.base}/materials/{pk}", {"title": TEXT, "text": TEXT})
    assert (changed.json()["phases"], changed.json()["who"]) == ([], "both")
    assert desk.delete(f"{desk.base}/materials/{pk}").status_code == 204
    assert desk.get(f"/materials/{pk}").status_code == 404
    assert Material.objects.get(pk=pk).removed_at


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"url": "javascript:alert(1)"}, "invalid"),
        ({"kind": "link"}, "material_incomplete"),
        ({"kind": "file"}, "invalid"),
        ({"title": {"de": ""}}, "material_incomplete"),
    ],
)
def test_what_is_not_whole_is_refused(desk, wrong, code):
    data = {"kind": "page", "title": TEXT, "text": TEXT, **wrong}
    answer = desk.post(f"{desk.base}/materials", data)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


def test_participants_read_what_is_for_them(desk, client):
    for who in ("mentee", "mentor", "both"):
        data = {"kind": "page", "title": TEXT, "text": TEXT, "who": who}
        desk.post(f"{desk.base}/materials", data)
    mentee = Caller(client, ParticipationFactory(cohort=desk.cohort).user)
    found = mentee.get("/materials").json()["items"]
    assert [entry["who"] for entry in found] == ["mentee", "both"]
    assert mentee.get(f"/materials/{found[0]['id']}").json()["text"] == TEXT
    assert mentee.get(f"{desk.base}/materials").status_code == 404


def test_the_preparation_is_read_by_the_person_alone(desk, client):
    place = ParticipationFactory(cohort=desk.cohort)
    own = Caller(client, place.user)
    base = f"/participations/{place.pk}/preparation"
    assert own.get(base).json()["next_key"] == "expectations"
    read = own.post(f"{base}/expectations/read").json()
    assert (read["done"], read["next_key"]) == (1, "boundaries")
    assert own.post(f"{base}/no-such/read").status_code == 404
    assert desk.get(base).status_code == 404
    assert desk.post(f"{base}/boundaries/read").status_code == 404
    assert CourseRead.objects.count() == 1


def test_a_program_words_the_preparation(desk):
    texts = desk.get(f"{desk.base}/preparation").json()
    assert len(texts) == 12
    address = f"{desk.base}/preparation/mentor/feedback"
    own = desk("put", address, {"title": TEXT, "text": TEXT, "question": TEXT}).json()
    assert (own["is_own"], own["title"]) == (True, TEXT)
    assert desk.delete(address).status_code == 204
    assert not any(text["is_own"] for text in desk.get(f"{desk.base}/preparation").json())
    for wrong in ("owner/feedback", "mentor/no-such"):
        assert desk.delete(f"{desk.base}/preparation/{wrong}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_any_number(desk, count, django_assert_num_queries):
    for _ in range(count):
        desk.post(f"{desk.base}/materials", {"kind": "page", "title": TEXT, "text": TEXT})
    with django_assert_num_queries(6):
        assert desk.get(f"{desk.base}/materials").json()["total"] == count


def test_how_long_rooms_stay_readable_is_a_setting(desk):
    assert desk.get(desk.base).json()["room_days"] == 90
    assert desk.patch(desk.base, {"room_days": 30}).json()["room_days"] == 30
    assert desk.patch(desk.base, {"room_days": 5}).status_code == 422
