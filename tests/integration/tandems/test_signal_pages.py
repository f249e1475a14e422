"""The pages around signals, as people click through them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.people.models import Block
from tandemwerk.programmes.services.participations import (
    participation_pause,
    participation_resume,
)
from tandemwerk.tandems.models import CheckIn, HelpRequest, Joining, Tandem
from tandemwerk.tandems.services import help as help_services
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.help import help_ask
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory
from tests.factories.rooms import active_tandem, person_of
from tests.factories.signals import grown

CANARY = "kanarienvogel"


@pytest.fixture
def tandem(db):
    return active_tandem(timezone.now() - timedelta(days=33))


@pytest.fixture
def coordinator(tandem, settings):
    settings.DEMO = True  # without a second factor
    return CoordinatorFactory(programme=tandem.cohort.programme).user


@pytest.fixture
def mentee(client, tandem, coordinator):
    client.force_login(person_of(tandem, "mentee"))
    return client


def url(name, tandem):
    return reverse(f"tandems:{name}", args=[tandem.pk])


def main(response):
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_one_tap_from_the_tandem_s_page_answers_the_question(mentee, tandem, coordinator):
    page = main(mentee.get(url("tandem_detail", tandem)))
    assert url("tandem_check_in", tandem) in page
    assert page.count("csrfmiddlewaretoken") >= 3
    data = {"key": "first-month-check", "answer": "on_track"}
    answer = mentee.post(url("tandem_check_in", tandem), data, follow=True)
    page = main(answer)
    assert "We are on track" in page
    assert coordinator.name in page, "it says who reads it"
    assert "only counted" in page
    assert CheckIn.objects.get().answer == "on_track"
    assert url("tandem_check_in", tandem) not in main(mentee.get(url("tandem_detail", tandem)))
    mentee.post(url("tandem_check_in", tandem), {**data, "answer": "help"})
    assert CheckIn.objects.get().answer == "help"
    mentee.post(url("tandem_check_in", tandem), {**data, "answer": "sideways"})
    assert CheckIn.objects.get().answer == "help"


def test_help_is_previewed_word_for_word_before_it_is_sent(mentee, tandem, coordinator):
    address = url("tandem_help", tandem)
    assert mentee.post(address, {"step": "preview"}).status_code == 422
    data = {"topics": ["dates", "fit"], "words": CANARY}
    page = main(mentee.post(address, {**data, "step": "preview"}))
    assert "We find no time that suits us both." in page
    assert "I would like another tandem." not in page
    assert coordinator.name in page
    assert HelpRequest.objects.count() == 0
    page = main(mentee.post(address, {**data, "step": "change"}))
    assert CANARY in page
    assert "checked" in page
    answer = mentee.post(address, {**data, "step": "send"}, follow=True)
    assert CANARY in main(answer)
    assert HelpRequest.objects.count() == 1


@pytest.mark.parametrize("data", [{"topics": ["no-such"]}, {"words": "x" * 2001}, {"words": " "}])
def test_bad_requests_for_help_say_what_to_do(mentee, tandem, data):
    response = mentee.post(url("tandem_help", tandem), {**data, "step": "send"})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("state", ["proposed", "chemistry", "declined", "dissolved"])
def test_help_can_be_reached_in_every_state(client, coordinator, tandem, state):
    later = timezone.now() + timedelta(days=9)
    times = {"chemistry": {"chemistry_since": timezone.now(), "chemistry_by": later}}
    ended = {"ended_at": timezone.now(), "end_code": "early"}
    given = times.get(state, ended if state in {"declined", "dissolved"} else {"answer_by": later})
    Tandem.objects.filter(pk=tandem.pk).update(state=state, **given)
    client.force_login(person_of(tandem, "mentor"))
    assert url("tandem_signals", tandem) in main(client.get(url("tandem_detail", tandem)))
    page = main(client.get(url("tandem_signals", tandem)))
    assert url("tandem_help", tandem) in page
    assert url("tandem_pause", tandem) not in page


def test_a_pause_in_one_tap_is_ended_by_the_other(client, mentee, tandem):
    mentee.post(url("tandem_pause", tandem), {"weeks": "2"})
    client.force_login(person_of(tandem, "mentor"))
    assert url("tandem_resume", tandem) in main(client.get(url("tandem_detail", tandem)))
    assert "Go on today" in main(client.get(url("tandem_signals", tandem)))
    client.post(url("tandem_resume", tandem))
    assert Tandem.objects.get().pauses == []


@pytest.mark.parametrize("data", [{}, {"until": "2020-01-01"}, {"until": "soon"}, {"weeks": "99"}])
def test_a_bad_pause_says_what_to_do(mentee, tandem, data):
    response = mentee.post(url("tandem_pause", tandem), data)
    assert response.status_code == 422
    assert Tandem.objects.get().pauses == []


def test_a_block_ends_it_and_is_lifted_in_the_settings(mentee, tandem):
    page = main(mentee.get(url("tandem_block", tandem)))
    mentor = tandem.members.get(role="mentor")
    assert f'value="{mentor.pk}"' in page
    assert mentee.post(url("tandem_block", tandem), {"person": "999999"}).status_code == 422
    answer = mentee.post(url("tandem_block", tandem), {"person": mentor.pk}, follow=True)
    assert mentor.user.name in main(answer)
    assert Tandem.objects.get().state == "dissolved"
    block = Block.objects.get()
    mentee.force_login(mentor.user)
    assert mentee.post(reverse("people:block_end", args=[block.pk])).status_code == 404
    assert mentor.user.name not in main(mentee.get(reverse("people:blocks")))
    mentee.force_login(person_of(tandem, "mentee"))
    mentee.post(reverse("people:block_end", args=[block.pk]))
    assert not Block.objects.exists()


def test_after_an_end_a_new_proposal_is_one_tap_away(mentee, tandem):
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentor"), now=timezone.now())
    member = tandem.members.get(role="mentee")
    type(member.participation).objects.update(state="joined", joined_at=timezone.now())
    assert "Would you like a new proposal?" in main(mentee.get(url("tandem_detail", tandem)))
    for wanted, state in (("no", "paused"), ("no", "paused"), ("yes", "joined"), ("yes", "joined")):
        page = main(mentee.post(url("tandem_again", tandem), {"wanted": wanted}, follow=True))
        member.participation.refresh_from_db()
        assert member.participation.state == state
    assert "You are back among those who wait" in page


def test_a_pause_of_the_coordination_is_theirs_to_lift(mentee, tandem, coordinator):
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentor"), now=timezone.now())
    mine = tandem.members.get(role="mentee").participation
    type(mine).objects.update(state="joined", joined_at=timezone.now())
    mine.refresh_from_db()
    participation_pause(participation=mine, by=coordinator, now=timezone.now())
    page = main(mentee.get(url("tandem_detail", tandem)))
    assert "Your coordination has set you to pause" in page
    assert url("tandem_again", tandem) not in page
    answer = mentee.post(url("tandem_again", tandem), {"wanted": "yes"})
    assert answer.status_code == 409
    mine.refresh_from_db()
    assert mine.state == "paused"
    participation_resume(participation=mine, by=coordinator, now=timezone.now())
    mentee.post(url("tandem_again", tandem), {"wanted": "no"})
    mentee.post(url("tandem_again", tandem), {"wanted": "yes"})
    mine.refresh_from_db()
    assert mine.state == "joined", "their own pause they lift themself"


def test_the_coordination_reads_takes_up_and_settles(client, tandem, coordinator):
    person = person_of(tandem, "mentee")
    row = help_ask(tandem=tandem, by=person, topics=[], words=CANARY, now=timezone.now())
    client.force_login(coordinator)
    cohort = reverse("tandems:cohort_tandems", args=[tandem.cohort_id])
    assert "1 asks for help" in main(
        client.get(reverse("programmes:cohort_detail", args=[tandem.cohort_id]))
    )
    listing = main(client.get(cohort))
    assert person.name in listing
    assert CANARY not in listing
    address = reverse("tandems:help_detail", args=[row.pk])
    assert CANARY in main(client.get(address))
    client.post(address, {"act": "take_up"})
    assert "Taken up" in main(client.get(cohort))
    assert client.post(address, {"act": "answer", "reply": "x" * 2001}).status_code == 422
    client.post(address, {"act": "answer", "reply": "Ich rufe an."})
    assert address not in main(client.get(cohort))
    assert "Ich rufe an." in main(client.get(address))
    client.force_login(person)
    assert "Ich rufe an." in main(client.get(url("tandem_signals", tandem)))
    assert client.get(address).status_code == 404


def test_an_answer_is_taken_up_from_the_list(client, mentee, tandem, coordinator):
    data = {"key": "first-month-check", "answer": "end"}
    mentee.post(url("tandem_check_in", tandem), data)
    client.force_login(coordinator)
    address = reverse("tandems:check_in_take_up", args=[CheckIn.objects.get().pk])
    cohort = reverse("tandems:cohort_tandems", args=[tandem.cohort_id])
    listing = main(client.get(cohort))
    assert address in listing
    assert "I would prefer to end it" in listing
    client.post(address)
    assert address not in main(client.get(cohort))


def test_a_group_grows_and_is_left_by_pages(client, tandem, coordinator):
    new = ParticipationFactory(cohort=tandem.cohort, role="mentee", seats=1)
    client.force_login(coordinator)
    grow = reverse("tandems:tandem_grow", args=[tandem.cohort_id, tandem.pk])
    assert grow in main(
        client.get(reverse("tandems:cohort_tandems", args=[tandem.cohort_id]) + "?group=active")
    )
    assert new.user.name in main(client.get(grow))
    assert client.post(grow, {}).status_code == 422
    client.post(grow, {"person": new.pk})
    joining = Joining.objects.get()
    address = reverse("tandems:joining_detail", args=[joining.pk])
    assert client.get(address).status_code == 404
    for user in (person_of(tandem, "mentee"), person_of(tandem, "mentor"), new.user):
        client.force_login(user)
        assert "able to read everything" in main(client.get(address))
        client.post(address, {"answer": "yes"})
    assert client.get(address).status_code == 404
    assert "Leave the group" in main(client.get(url("tandem_signals", tandem)))
    assert "go on without you" in main(client.get(url("tandem_end", tandem)))
    page = main(client.get(url("tandem_block", tandem)))
    assert page.count('type="radio"') == 2
    client.post(url("tandem_end", tandem))
    assert client.get(url("tandem_detail", tandem)).status_code == 404
    assert Tandem.objects.get().state == "active"


def test_a_proposal_to_grow_is_declined_or_taken_back(client, tandem, coordinator):
    new = ParticipationFactory(cohort=tandem.cohort, role="mentor", seats=1)
    grow = reverse("tandems:tandem_grow", args=[tandem.cohort_id, tandem.pk])
    client.force_login(coordinator)
    client.post(grow, {"person": new.pk})
    page = main(client.get(reverse("tandems:cohort_tandems", args=[tandem.cohort_id])))
    back = reverse("tandems:joining_withdraw", args=[Joining.objects.get().pk])
    assert back in page
    client.post(back)
    client.post(grow, {"person": new.pk})
    client.force_login(person_of(tandem, "mentor"))
    address = reverse("tandems:joining_detail", args=[Joining.objects.first().pk])
    assert address in main(client.get(url("tandem_detail", tandem)))
    client.post(address, {"answer": "no"})
    assert set(Joining.objects.values_list("state", flat=True)) == {"withdrawn", "declined"}


def test_the_pages_of_a_group_name_everybody(client, tandem, coordinator):
    third = grown(tandem, "mentee", coordinator, timezone.now())
    client.force_login(person_of(tandem, "mentor"))
    for name in ("tandem_detail", "tandem_signals"):
        page = main(client.get(url(name, tandem)))
        assert third.user.short_name in page
    assert third.user.email in main(client.get(url("tandem_detail", tandem)))
    assert third.user.name in main(client.get(reverse("tandems:tandem_list")))


def test_too_many_requests_for_help_are_refused_on_the_page(client, tandem, monkeypatch):
    monkeypatch.setattr(help_services, "MOST_A_DAY", 0)
    client.force_login(person_of(tandem, "mentee"))
    place = reverse("tandems:tandem_help", args=[tandem.pk])
    answer = client.post(place, {"topics": [], "words": CANARY, "step": "send"})
    assert answer.status_code == 429
    page = answer.content.decode()
    assert CANARY in page
    assert "112" in page
    assert reverse("safeguarding:report_new") in page
    assert not HelpRequest.objects.exists()
