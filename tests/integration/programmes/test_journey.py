"""The journey's editor: a draft nobody else notices, and versions that stay."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tandemwerk.audit.services import audit_verify
from tandemwerk.programmes.errors import JourneyInvalid, JourneyUnchanged, ProgrammeArchived
from tandemwerk.programmes.journey import phase_added, phase_of, phase_removed, phases_of
from tandemwerk.programmes.models import JourneyDraft, JourneyVersion, Programme
from tandemwerk.programmes.selectors.journey import journey_desk, journey_versions
from tandemwerk.programmes.services.journey import (
    journey_draft_change,
    journey_draft_undo,
    journey_publish,
)
from tandemwerk.programmes.template_catalogue import programme_templates
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(desk):
    desk.programme.journey = programme_templates()["company-mentoring"].journey()
    desk.programme.save()
    return desk.programme


def url(name, programme, *args):
    return reverse(f"programmes:{name}", args=[programme.pk, *args])


def keys(journey):
    return [phase["key"] for phase in phases_of(journey)]


def content(programme):
    return journey_desk(programme).content


def with_a_phase(found):
    return phase_added(found, "work", {"en": "More work"})


def sent(programme, key, **changes):
    """What a browser sends for a phase, some fields changed."""
    phase = phase_of(content(programme), key)
    data = {"start_week": phase["start_week"], "end_week": phase["end_week"]}
    for name in ("title", "summary"):
        data |= {f"{name}_{code}": text for code, text in phase[name].items()}
    for name in ("questions", "starters"):
        data |= {f"{name}_{c}": "\n".join(said) for c, said in phase.get(name, {}).items()}
    data |= {"due-TOTAL_FORMS": len(phase["due"]) + 1, "due-INITIAL_FORMS": len(phase["due"])}
    for number, item in enumerate(phase["due"]):
        for name in ("key", "week", "who"):
            data[f"due-{number}-{name}"] = item[name]
        data |= {f"due-{number}-title_{code}": text for code, text in item["title"].items()}
    new = f"due-{len(phase['due'])}"
    data |= {f"{new}-who": "both", f"{new}-key": "", f"{new}-week": "", f"{new}-title_de": ""}
    return {**data, **changes}


def test_a_phase_is_changed_in_the_draft_only(desk, programme):
    page = url("journey_phase", programme, "agreement")
    assert desk.get(page).status_code == 200
    answer = desk.post(
        page,
        sent(
            programme,
            "agreement",
            title_en="Agreeing on terms",
            starters_de="Was brauchst du?\n\nWas stört dich?",
            starters_en="",
            **{"due-0-DELETE": "on", "due-2-title_en": "Book a room", "due-2-week": "1"},
        ),
    )
    assert answer.status_code == 302, answer.content.decode()
    phase = phase_of(content(programme), "agreement")
    assert phase["title"]["en"] == "Agreeing on terms"
    assert phase["starters"]["de"] == ["Was brauchst du?", "Was stört dich?"]
    assert [item["key"] for item in phase["due"]] == ["book-a-room", "write-goals"]
    programme.refresh_from_db()
    assert phase_of(programme.journey, "agreement")["title"]["en"] == "Agreeing"
    text = desk.get(url("journey", programme)).content.decode()
    assert "English is missing: ways into the conversation" in text
    assert "German is missing: what is to be done" in text


def test_saving_a_phase_as_it_is_changes_nothing(desk, programme):
    desk.post(url("journey_phase", programme, "work-1"), sent(programme, "work-1"))
    assert not journey_desk(programme).is_changed


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"end_week": "-9"}, "ends before it has begun"),
        ({"end_week": ""}, "Please enter a week"),
        ({"title_de": "", "title_en": ""}, "Please name the phase"),
        ({"due-0-week": "99"}, "lies outside the phase"),
        ({"due-0-title_de": "", "due-0-title_en": ""}, "Please say what is to be done"),
        ({"questions_de": "x\n" * 13}, "At most twelve lines"),
    ],
)
def test_a_fault_is_said_at_its_field(desk, programme, wrong, words):
    answer = desk.post(
        url("journey_phase", programme, "agreement"), sent(programme, "agreement", **wrong)
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not JourneyDraft.objects.exists()


def test_phases_come_go_and_change_places(desk, programme):
    before = keys(programme.journey)
    answer = desk.post(url("journey_phase_new", programme), {"kind": "work"})
    assert answer.url == url("journey_phase", programme, "work")
    assert desk.get(answer.url).status_code == 200
    assert keys(content(programme)) == [*before, "work"]
    assert phases_of(content(programme))[-1]["title"] == {"de": "Arbeiten", "en": "Working"}
    desk.post(url("journey_phase_move", programme, "work"), {"way": "up"})
    assert keys(content(programme)) == [*before[:-1], "work", "afterwards"]
    desk.post(url("journey_phase_remove", programme, "work"))
    assert keys(content(programme)) == before
    desk.post(url("journey_undo", programme))
    assert "work" in keys(content(programme))
    desk.post(url("journey_discard", programme))
    assert not JourneyDraft.objects.exists()


def test_an_unknown_phase_version_or_kind_is_not_there(desk, programme):
    assert desk.get(url("journey_phase", programme, "no-such")).status_code == 404
    assert desk.post(url("journey_take_up", programme, 7)).status_code == 404
    desk.post(url("journey_phase_new", programme), {"kind": "party"})
    desk.post(url("journey_phase_move", programme, "work-1"), {"way": "aside"})
    assert not JourneyDraft.objects.exists()


def test_publishing_makes_a_version_and_keeps_the_old_one(desk, programme):
    old = programme.journey
    journey_draft_change(programme=programme, change=with_a_phase, now=NOW)
    assert desk.post(url("journey_publish", programme), {"note": ""}).status_code == 422
    desk.post(url("journey_publish", programme), {"note": "More time to work"})
    programme.refresh_from_db()
    assert programme.journey_number == 2
    newest, first = journey_versions(programme)
    assert (newest.number, newest.note, newest.made_by) == (2, "More time to work", desk.user)
    assert (first.number, first.content) == (1, old)
    assert newest.content == programme.journey != old
    assert not JourneyDraft.objects.exists()
    audit_verify()
    page = desk.get(url("journey", programme)).content.decode()
    assert "More time to work" in page
    desk.post(url("journey_take_up", programme, 1))
    assert content(programme) == old


def test_what_no_tandem_could_follow_is_not_published(programme):
    by = UserFactory()
    journey_draft_change(programme=programme, change=lambda _: {"phases": []}, now=NOW)
    with pytest.raises(JourneyInvalid) as error:
        journey_publish(programme=programme, note="x", by=by, now=NOW)
    assert "add at least one" in str(error.value) or "mindestens eine" in str(error.value)
    with pytest.raises(JourneyUnchanged):
        journey_publish(
            programme=programme, note="x", by=by, now=NOW, content=dict(programme.journey)
        )
    assert not JourneyVersion.objects.exists()


def test_two_coordinators_do_not_undo_each_other(programme):
    stale = Programme.objects.get(pk=programme.pk)
    journey_draft_change(programme=programme, change=with_a_phase, now=NOW)
    journey_draft_change(
        programme=stale, change=lambda found: phase_removed(found, "midpoint"), now=NOW
    )
    assert "work" in keys(content(programme))
    assert "midpoint" not in keys(content(programme))
    journey_draft_undo(programme=programme, now=NOW)
    assert {"work", "midpoint"} <= set(keys(content(programme)))


def test_an_archived_programme_keeps_its_journey(programme):
    programme.state = "archived"
    programme.save()
    with pytest.raises(ProgrammeArchived):
        journey_draft_change(programme=programme, change=with_a_phase, now=NOW)
    with pytest.raises(ProgrammeArchived):
        journey_publish(programme=programme, note="x", by=UserFactory(), now=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_versions_take_one_query(programme, count, django_assert_num_queries):
    for number in range(count):
        JourneyVersion.objects.create(
            programme=programme, number=number + 2, content={}, made_at=NOW, made_by=UserFactory()
        )
    with django_assert_num_queries(1):
        assert len([v.made_by.name for v in journey_versions(programme)]) == count
