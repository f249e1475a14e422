"""The two people's pages: who may open them, what each state shows, what it never shows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tandemwerk.people.models import Profile
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.mine import tandems_mine
from tandemwerk.tandems.selectors.page import tandem_page, tandems_with_profiles
from tandemwerk.tandems.services.chemistry import chemistry_confirm, chemistry_record
from tandemwerk.tandems.services.proposals import proposal_accept
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, OwnerFactory, ParticipationFactory
from tests.factories.tandems import TandemFactory

PAGES = ("tandem_detail", "tandem_decline", "tandem_end")
ACTS = ("tandem_accept", "tandem_meeting", "tandem_confirm")


@pytest.fixture
def pair(make_pair):
    return make_pair(proposed_at=timezone.now() - timedelta(days=1))


def url(name, tandem):
    return reverse(f"tandems:{name}", args=[tandem.pk])


def page(client, user, tandem, name="tandem_detail"):
    client.force_login(user)
    return client.get(url(name, tandem)).content.decode()


def into_chemistry(pair):
    for person in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=person, now=timezone.now())


def into_active(pair):
    into_chemistry(pair)
    now = timezone.now()
    chemistry_record(tandem=pair.tandem, by=pair.mentee, met_on=timezone.localdate(), now=now)
    for person in (pair.mentee, pair.mentor):
        chemistry_confirm(tandem=pair.tandem, by=person, now=now)


@pytest.mark.parametrize("state", ["proposed", "chemistry", "active"])
def test_nobody_but_the_two_can_open_it(client, pair, settings, state):
    settings.DEMO = True  # staff without a second factor may look around
    {"proposed": lambda p: None, "chemistry": into_chemistry, "active": into_active}[state](pair)
    programme = pair.tandem.cohort.programme
    strangers = [
        UserFactory(),
        UserFactory(is_operator=True),
        CoordinatorFactory(programme=programme).user,
        OwnerFactory(organisation=programme.organisation).user,
        ParticipationFactory(cohort=pair.tandem.cohort).user,
    ]
    before = Tandem.objects.values().get(pk=pair.tandem.pk)
    for stranger in strangers:
        client.force_login(stranger)
        for name in PAGES:
            assert client.get(url(name, pair.tandem)).status_code == 404, (stranger, name)
        for name in (*ACTS, "tandem_decline", "tandem_end"):
            assert client.post(url(name, pair.tandem)).status_code == 404, (stranger, name)
    assert Tandem.objects.values().get(pk=pair.tandem.pk) == before


def test_a_guest_is_sent_to_the_login(client, pair):
    assert "/accounts/login/" in client.get(url("tandem_detail", pair.tandem)).headers["Location"]


def test_the_proposal_tells_about_the_person_but_gives_no_contact(client, pair):
    Profile.objects.filter(user=pair.mentor).update(
        position="Head of Widgets", site="Kiel", about="I like <walks> & talks"
    )
    pair.mentor_side.user.profile.topics.create(topic="delegation", kind="offered")
    text = page(client, pair.mentee, pair.tandem)
    for words in (pair.mentor.name, "Head of Widgets", "Kiel", "&lt;walks&gt;", "Deleg"):
        assert words in text
    assert pair.mentor.email not in text
    assert "answered" not in text


def test_before_my_own_answer_i_learn_only_that_there_is_one(client, pair):
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=timezone.now())
    text = page(client, pair.mentee, pair.tandem)
    assert "has answered" in text
    assert "said yes" not in text


def test_two_yeses_open_the_contact(client, pair):
    into_chemistry(pair)
    assert pair.mentor.email in page(client, pair.mentee, pair.tandem)
    assert pair.mentee.email in page(client, pair.mentor, pair.tandem)


def test_yes_and_no_are_two_taps_at_most(client, pair):
    client.force_login(pair.mentee)
    client.post(url("tandem_accept", pair.tandem))
    assert pair.member(pair.mentee).answer == "yes"
    client.force_login(pair.mentor)
    client.post(url("tandem_decline", pair.tandem))
    assert (pair.state, pair.member(pair.mentor).decline_code) == ("declined", "none")


def test_the_whole_way_through_the_pages(client, pair):
    for person in (pair.mentor, pair.mentee):
        client.force_login(person)
        client.post(url("tandem_accept", pair.tandem))
    client.post(url("tandem_meeting", pair.tandem), {"met_on": timezone.localdate()})
    for person in (pair.mentee, pair.mentor):
        client.force_login(person)
        answer = client.post(url("tandem_confirm", pair.tandem), follow=True)
    assert pair.state == "active"
    assert f"Your tandem with {pair.mentee.short_name}" in answer.content.decode()


@pytest.mark.parametrize("day", ["", "soon", "2999-01-01", "1999-01-01"])
def test_a_wrong_day_is_explained_at_the_field(client, pair, day):
    into_chemistry(pair)
    client.force_login(pair.mentee)
    answer = client.post(url("tandem_meeting", pair.tandem), {"met_on": day})
    assert answer.status_code == 422
    assert 'id="id_met_on_error"' in answer.content.decode()


def test_a_note_is_shown_to_its_author_alone(client, pair):
    client.force_login(pair.mentee)
    secret = "a canary sings at dawn"
    client.post(url("tandem_decline", pair.tandem), {"code": "topic", "note": secret})
    assert secret in page(client, pair.mentee, pair.tandem)
    assert secret not in page(client, pair.mentor, pair.tandem)


def test_a_note_that_is_too_long_is_refused_with_a_word(client, pair):
    client.force_login(pair.mentee)
    answer = client.post(url("tandem_decline", pair.tandem), {"note": "x" * 1001})
    assert answer.status_code == 422
    assert pair.state == "proposed"


def test_every_end_has_its_own_kind_words(client, pair):
    for code, state in [("declined", "declined"), ("expired", "declined"), ("no_seat", "declined"),
                        ("no_chemistry", "declined"), ("withdrawn", "dissolved"),
                        ("early", "dissolved"), ("completed", "closed")]:  # fmt: skip
        Tandem.objects.filter(pk=pair.tandem.pk).update(
            state=state, end_code=code, ended_at=timezone.now(), activated_at=timezone.now()
        )
        text = page(client, pair.mentee, pair.tandem)
        assert "How it goes on" in text
        assert pair.mentor.email not in text


def test_a_running_tandem_can_be_ended_by_either(client, pair):
    into_active(pair)
    assert "no reason" in page(client, pair.mentor, pair.tandem, "tandem_end")
    client.post(url("tandem_end", pair.tandem))
    assert pair.state == "dissolved"
    assert client.get(url("tandem_end", pair.tandem)).status_code == 302
    assert client.get(url("tandem_decline", pair.tandem)).status_code == 302


def test_the_running_tandem_shows_its_way(client, pair):
    programme = pair.tandem.cohort.programme
    programme.agreement_text = "## Agreement\n\n**How often.** We meet {{frequency}}."
    programme.journey = {
        "phases": [
            {
                "key": "begin",
                "title": {"en": "Beginning"},
                "summary": {"en": "You agree on goals."},
                "start_week": 0,
                "end_week": 4,
                "due": [{"key": "g", "who": "mentee", "week": 2, "title": {"en": "Write goals"}}],
                "questions": {"en": ["What matters?"]},
            }
        ]
    }
    programme.save()
    into_active(pair)
    text = page(client, pair.mentee, pair.tandem)
    for words in ("Beginning", "You agree on goals.", "What matters?", "Write goals"):
        assert words in text
    assert "Write goals" not in page(client, pair.mentor, pair.tandem)


def test_the_other_may_have_left_the_installation(client, pair):
    into_active(pair)
    pair.fresh.members.get(user=pair.mentor).delete()
    assert "Somebody" in page(client, pair.mentee, pair.tandem)
    client.force_login(pair.mentee)
    assert client.get(reverse("tandems:tandem_list")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_queries_for_one_and_three(pair, count, django_assert_num_queries):
    for number in range(count - 1):
        TandemFactory(
            cohort=pair.tandem.cohort,
            members__mentee=pair.mentee_side,
            answer_by=timezone.now() + timedelta(days=number),
        )
    with django_assert_num_queries(2):
        assert len(tandems_mine(pair.mentee, timezone.now())) == count


def test_the_whole_list_page_costs_the_same_for_one_and_three(client, pair):
    client.force_login(pair.mentee)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(reverse("tandems:tandem_list")).content.decode()
        counts.append((len(queries), text.count("<article")))
        for _ in range(2):
            TandemFactory(cohort=pair.tandem.cohort, members__mentee=pair.mentee_side)
    assert counts[0][0] == counts[1][0]
    assert (counts[0][1], counts[1][1]) == (1, 3)


def test_a_page_costs_four_queries(pair, django_assert_num_queries):
    with django_assert_num_queries(4):
        tandem = tandems_with_profiles(pair.mentee).get(pk=pair.tandem.pk)
        assert tandem_page(tandem, pair.mentee, timezone.now()).other.name == pair.mentor.name


def test_an_empty_list_teaches(client, db):
    client.force_login(UserFactory())
    assert 'class="empty"' in client.get(reverse("tandems:tandem_list")).content.decode()


REASONS = {
    "reasons": [
        {"code": "topic_shared", "params": {"topic": "delegation", "first": True}, "points": 0.4,
         "criterion": "topics", "possible": 0.4},
        {"code": "said_by_an_older_engine", "params": {}, "points": 0, "criterion": None,
         "possible": 0},
        {"code": "no longer readable"},
    ],
    "differences": [
        {"code": "wish_other", "params": {}, "points": 0, "criterion": "wishes", "possible": 0.1},
    ],
}  # fmt: skip


def test_reasons_are_told_from_the_reader_s_side(pair):
    Tandem.objects.filter(pk=pair.tandem.pk).update(reasons=REASONS)

    def said(user):
        tandem = tandems_with_profiles(user).get(pk=pair.tandem.pk)
        return tandem_page(tandem, user, timezone.now())

    mentee, mentor = said(pair.mentee), said(pair.mentor)
    assert len(mentee.reasons) == len(mentor.reasons) == 1, "what can't be said is left out"
    assert mentee.reasons != mentor.reasons
    assert len(mentee.differences) == 1
    assert mentor.differences == (), "a wish for somebody else is the mentee's own business"


def test_a_place_that_was_taken_is_told_kindly(client, pair):
    pair.mentor_side.seats_taken = 2
    pair.mentor_side.save()
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=timezone.now())
    client.force_login(pair.mentee)
    answer = client.post(url("tandem_accept", pair.tandem), follow=True)
    assert "A place was taken before" in answer.content.decode()
    assert "You both said yes, but a place was taken" in answer.content.decode()


def test_the_menu_leads_straight_to_a_single_tandem(client, pair):
    own = reverse("tandems:tandem_detail", kwargs={"tandem_pk": pair.tandem.pk})
    every = reverse("tandems:tandem_list")
    client.force_login(pair.mentee)
    home = client.get("/").content.decode()
    assert f'href="{own}"' in home
    assert f'href="{every}"' not in home
