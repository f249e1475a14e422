import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tandemwerk.matching.catalogue import topics
from tandemwerk.people.forms.steps import STEPS
from tandemwerk.people.models import Profile
from tandemwerk.people.questionnaire import questionnaire
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.programmes import ParticipationFactory

pytestmark = pytest.mark.django_db
SLUGS = list(topics())


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def own(client, user):
    client.force_login(user)
    return client


def save(client, step, **data):
    return client.post(f"/profile/{step}/", data)


def test_an_empty_profile_invites(own):
    page = own.get("/profile/").content.decode()
    assert "still empty" in page
    assert "/profile/about/" in page


@pytest.mark.parametrize("step", [step.slug for step in STEPS])
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_step_opens_with_at_most_three_questions(client, step, language):
    client.force_login(UserFactory(locale=language))
    response = client.get(f"/profile/{step}/")
    assert response.status_code == 200
    form = response.context["form"]
    assert form is None or len(form.visible_fields()) <= 3


def test_the_way_through(own, user):
    assert save(own, "about", position="Ingenieurin")["Location"] == "/profile/topics/"
    first = next(iter(questionnaire().items))
    save(own, "values-1", **{first: "5"})
    save(own, "week", week=["1", "6"], timezone="Europe/Lisbon")
    save(own, "place", meeting_format="online", site="Köln")
    save(own, "team", team="Netze", reports_to_email="chef@example.org")
    assert save(own, "text", about="Hallo.\nWelt.")["Location"] == "/profile/"
    profile = Profile.objects.get(user=user)
    user.refresh_from_db()
    assert (profile.position, profile.values_answers, user.timezone) == (
        "Ingenieurin",
        {first: 5},
        "Europe/Lisbon",
    )
    page = own.get("/profile/").content.decode()
    for words in (
        "Ingenieurin",
        "Monday: Morning",
        "Online",
        "Köln",
        "Netze",
        "chef@example.org",
        "Hallo.<br>Welt.",
        "1 of 12 statements",
        "These parts help most",
        "Coordination only",
    ):
        assert words in page, words


def test_one_can_stop_at_any_time_and_find_everything_again(own):
    answer = save(own, "about", position="Ingenieurin", leave="1")
    assert answer["Location"] == "/profile/"
    assert 'value="Ingenieurin"' in own.get("/profile/about/").content.decode()


def test_saving_in_passing_says_so(own, user):
    answer = own.post("/profile/about/", {"position": "Neu"}, headers={"HX-Request": "true"})
    assert answer.content.decode().strip() == "Saved."
    assert Profile.objects.get(user=user).position == "Neu"
    wrong = own.post(
        "/profile/team/", {"reports_to_email": "nobody"}, headers={"HX-Request": "true"}
    )
    assert "Not saved yet" in wrong.content.decode()
    assert Profile.objects.get(user=user).reports_to_email == ""


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("about", {"position": "x" * 121}),
        ("about", {"function": "astronaut-in-chief"}),
        ("experience", {"experience_years": "61"}),
        ("experience", {"experience_years": "many"}),
        ("experience", {"language": "xx"}),
        ("values-1", {next(iter(questionnaire().items)): "6"}),
        ("week", {"week": ["28"], "timezone": "Europe/Berlin"}),
        ("week", {"timezone": "Mars/Olympus"}),
        ("place", {"meeting_format": "letter"}),
        ("team", {"reports_to_email": "nobody"}),
        ("text", {"about": "x" * 2001}),
    ],
)
def test_each_mistake_comes_back_with_its_words_and_saves_nothing(own, user, step, data):
    response = save(own, step, **data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "error-summary" in page
    assert "field-error" in page
    assert not Profile.objects.filter(user=user).exists()


def test_a_german_reads_and_writes_decimals_with_a_comma(client):
    user = UserFactory(locale="de")
    client.force_login(user)
    save(client, "experience", experience_years="7,5")
    assert float(Profile.objects.get(user=user).experience_years) == 7.5
    assert 'value="7,5"' in client.get("/profile/experience/").content.decode()
    assert "7,5 Jahre" in client.get("/profile/").content.decode()


def test_languages_are_added_and_removed(own, user):
    answer = save(own, "experience", language="tr", level="conversation", stay="1")
    assert answer["Location"] == "/profile/experience/"
    save(own, "experience", language="de")
    page = own.get("/profile/experience/").content.decode()
    assert "Turkish" in page
    own.post("/profile/languages/remove", {"code": "tr"})
    profile = Profile.objects.get(user=user)
    assert list(profile.languages.values_list("code", "level")) == [("de", "fluent")]


def test_removing_without_saying_which_changes_nothing(own):
    assert own.post("/profile/languages/remove").status_code in {302, 404}


def test_single_hours(own, user):
    assert own.get("/profile/week/hours/").status_code == 200
    own.post("/profile/week/hours/", {"hours": ["9", "33"]})
    page = own.get("/profile/").content.decode()
    assert "Monday: Morning (some hours)" in page
    save(own, "week", week=["1"], timezone="Europe/Berlin")
    assert Profile.objects.get(user=user).week == f"{1 << 9:042x}"
    assert own.post("/profile/week/hours/", {"hours": ["168"]}).status_code == 422


def pick(client, kind, **act):
    return client.post("/profile/topics/change", {"kind": kind, **act})


def chosen(user, kind):
    return list(
        Profile.objects.get(user=user).topics.filter(kind=kind).values_list("topic", flat=True)
    )


def test_topics_are_added_raised_and_removed(own, user):
    for slug in SLUGS[:3]:
        pick(own, "wanted", add=slug)
    pick(own, "wanted", add=SLUGS[0])
    pick(own, "wanted", **{"raise": SLUGS[2]})
    pick(own, "wanted", **{"raise": SLUGS[0]})
    assert chosen(user, "wanted") == [SLUGS[0], SLUGS[2], SLUGS[1]]
    assert pick(own, "wanted", remove=SLUGS[2])["Location"] == "/profile/topics/"
    assert chosen(user, "wanted") == [SLUGS[0], SLUGS[1]]
    assert chosen(user, "offered") == []


@pytest.mark.parametrize(("kind", "most"), [("wanted", 5), ("offered", 8)])
def test_one_topic_too_many_is_refused(own, user, kind, most):
    for slug in SLUGS[:most]:
        pick(own, kind, add=slug)
    assert "that is the most" in own.get("/profile/topics/").content.decode()
    assert pick(own, kind, add=SLUGS[most]).status_code == 422
    assert len(chosen(user, kind)) == most


@pytest.mark.parametrize(
    "data", [{"kind": "hated", "add": SLUGS[0]}, {"kind": "wanted"}, {"add": SLUGS[0]}]
)
def test_nonsense_is_absent(own, data):
    assert own.post("/profile/topics/change", data).status_code == 404


def test_an_unknown_topic_is_refused(own):
    assert pick(own, "wanted", add="unknown").status_code == 422


def test_search_works_as_a_fragment_and_as_a_page(own):
    topic = topics()[SLUGS[0]]
    query = {"kind": "wanted", "q": topic.name["en"]}
    fragment = own.get("/profile/topics/search", query, headers={"HX-Request": "true"})
    assert topic.name["en"] in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    page = own.get("/profile/topics/search", query).content.decode()
    assert "<html" in page
    assert topic.name["en"] in page
    nothing = own.get("/profile/topics/search", {"kind": "wanted", "q": "qqqqq"})
    assert "Nothing found" in nothing.content.decode()
    assert own.get("/profile/topics/search").status_code == 404
    area = own.get("/profile/topics/search", {"kind": "offered", "area": topic.area})
    assert topic.name["en"] in area.content.decode()


def test_the_picker_answers_htmx_in_place(own):
    answer = own.post(
        "/profile/topics/change",
        {"kind": "wanted", "add": SLUGS[0]},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert 'id="picker-wanted"' in answer
    assert topics()[SLUGS[0]].name["en"] in answer


def test_the_role_one_does_not_have_is_folded(client):
    participation = ParticipationFactory(role="mentee", user=UserFactory())
    client.force_login(participation.user)
    wanted, offered = client.get("/profile/topics/").context["pickers"]
    assert (wanted.is_open, offered.is_open) == (True, False)
    page = client.get("/profile/").content.decode()
    assert "still empty" in page


@pytest.mark.parametrize("path", ["/profile/nothing/", "/profile/values-9/"])
def test_other_steps_do_not_exist(own, path):
    assert own.get(path).status_code == 404


def test_nobody_else_sees_it(client):
    assert client.get("/profile/")["Location"].startswith("/accounts/login/")
    profile = ProfileFactory(position="Geheim")
    client.force_login(UserFactory())
    assert profile.position not in client.get("/profile/").content.decode()


@pytest.mark.parametrize("path", ["/profile/", "/profile/topics/", "/profile/experience/"])
def test_more_content_takes_no_more_queries(client, path):
    counts = []
    for number in (1, 3):
        profile = ProfileFactory(wanted=SLUGS[:number], speaks=("de", "en", "tr")[:number])
        client.force_login(profile.user)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_years_and_zones_are_said_as_people_say_them(own, user):
    user.timezone = "America/New_York"
    user.save()
    ProfileFactory(user=user, experience_years="7.0", week=f"{1 << 10:042x}")
    assert 'value="7"' in own.get("/profile/experience/").content.decode()
    assert "Times in New York" in own.get("/profile/").content.decode()
    assert "time zone, New York" in own.get("/profile/week/hours/").content.decode()


def test_hours_of_a_day_are_summed_up_and_only_one_day_is_open(own, user):
    own.post("/profile/week/hours/", {"hours": ["33", "34", "38"]})
    page = own.get("/profile/week/hours/").content.decode()
    assert "9–11, 14–15 o’clock" in page
    assert page.count('<details class="fold" open>') == 1
    assert page.index('<details class="fold" open><summary>Tuesday') > 0


def test_every_step_shows_the_parts_and_what_still_helps(own, user):
    page = own.get("/profile/values-2/").content.decode()
    assert "Step 4 of 8" in page
    assert "2 of 4" in page
    assert 'href="/profile/week/"' in page  # where skipping leads, and in the list
    assert "Skip this part" in page
    assert page.count("helps most") > 1
    assert 'href="/profile/values-1/" aria-current="step"' in page


def test_a_filled_part_is_marked_and_no_longer_missing(own, user):
    missing = own.get("/profile/week/").context["way"].missing
    own.post("/profile/week/", {"week": ["0"], "timezone": "Europe/Berlin"})
    way = own.get("/profile/week/").context["way"]
    assert way.missing == missing - 1
    assert [stop.slug for stop in way.stops if stop.is_done] == ["week", "place"]


def test_last_part_cannot_be_skipped(own):
    assert "Skip this part" not in own.get("/profile/text/").content.decode()
