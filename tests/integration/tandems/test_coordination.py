from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tandemwerk.pairing.models import Suggestion
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.cohort import cohort_overview
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory
from tests.factories.tandems import TandemFactory
from tests.integration.tandems.test_publish import make_run


@pytest.fixture
def pair(make_pair):
    return make_pair(proposed_at=timezone.now() - timedelta(days=1))


@pytest.fixture
def coordinator(pair, client, settings):
    settings.DEMO = True  # without a second factor
    user = CoordinatorFactory(programme=pair.tandem.cohort.programme).user
    client.force_login(user)
    return user


def listing(client, cohort, group=""):
    address = reverse("tandems:cohort_tandems", args=[cohort.pk])
    return client.get(address, {"group": group})


def test_states_and_dates_and_nothing_else(client, pair, coordinator):
    canary = "canary in the note"
    pair.mentor_side.user.profile.about = "canary in the profile"
    proposal_decline(
        tandem=pair.tandem,
        by=pair.mentee,
        code=DeclineCode.TOPIC,
        note=canary,
        now=timezone.now(),
    )
    text = listing(client, pair.tandem.cohort, "ended").content.decode()
    assert pair.mentee.name in text
    assert "One of the two said no" in text
    for hidden in (canary, "The topic is not mine", "canary"):
        assert hidden not in text


def test_a_shared_reason_comes_without_a_name(client, pair, coordinator):
    proposal_decline(
        tandem=pair.tandem,
        by=pair.mentee,
        code=DeclineCode.TOPIC,
        is_shared=True,
        now=timezone.now(),
    )
    assert (
        "shared: The topic is not mine"
        in listing(client, pair.tandem.cohort, "ended").content.decode()
    )


def test_the_page_looks_the_same_whoever_has_answered(client, pair, coordinator):
    before = listing(client, pair.tandem.cohort).content
    proposal_accept(tandem=pair.tandem, by=pair.mentee, now=timezone.now())
    assert client.get(reverse("home")).status_code == 200

    def body(content):
        return content.decode().split("<main")[1].split("</main>")[0]

    assert body(listing(client, pair.tandem.cohort).content) == body(before)


def test_what_runs_out_soon_is_first(client, pair, coordinator):
    Tandem.objects.update(answer_by=timezone.now() + timedelta(days=2))
    text = listing(client, pair.tandem.cohort).content.decode()
    assert "Deadline near" in text
    assert 'href="?group=soon" aria-current="page"' in text


def test_other_coordinators_see_nothing(client, pair, settings):
    settings.DEMO = True
    client.force_login(CoordinatorFactory().user)
    assert listing(client, pair.tandem.cohort).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_three_queries_for_one_and_three(pair, count, django_assert_num_queries):
    for _ in range(count - 1):
        TandemFactory(cohort=pair.tandem.cohort)
    with django_assert_num_queries(3):
        overview = cohort_overview(pair.tandem.cohort, "proposed", "1", timezone.now())
    assert len(overview.lines) == count


def test_the_list_is_paged(pair):
    ids = TandemFactory.create_batch(50, cohort=pair.tandem.cohort)
    assert len(ids) == 50
    overview = cohort_overview(pair.tandem.cohort, "proposed", "2", timezone.now())
    assert (len(overview.lines), overview.total, overview.page.paginator.num_pages) == (1, 51, 2)


def test_an_empty_cohort_teaches(client, pair, coordinator):
    TandemMember.objects.all().delete()
    Tandem.objects.all().delete()
    assert 'class="empty"' in listing(client, pair.tandem.cohort).content.decode()


def test_publishing_from_the_page(client, pair, coordinator):
    cohort = pair.tandem.cohort
    run = make_run(cohort)
    mentee = ParticipationFactory(cohort=cohort)
    Suggestion.objects.create(
        run=run, mentee=mentee, mentor=ParticipationFactory(cohort=cohort, role="mentor"), score=0.6
    )
    address = reverse("tandems:run_publish", args=[run.pk])
    refused = client.post(address, {"version": run.version + 3})
    assert refused.status_code == 409
    answer = client.post(address, {"version": run.version}, follow=True)
    assert "1 proposal is on its way" in answer.content.decode()
    assert client.post(address, {"version": run.version}).status_code == 409
    client.force_login(UserFactory())
    assert client.post(address).status_code == 404


def test_the_cohort_s_page_has_a_box_and_says_what_is_urgent(client, pair, coordinator):
    Tandem.objects.update(answer_by=timezone.now() + timedelta(days=2))
    cohort = pair.tandem.cohort
    address = reverse("programmes:cohort_detail", args=[cohort.pk])
    text = client.get(address).content.decode()
    assert "The time of 1 tandem runs out within three days" in text
    assert f"{reverse('tandems:cohort_tandems', args=[cohort.pk])}?group=proposed" in text
    TandemMember.objects.all().delete()
    Tandem.objects.all().delete()
    assert "Tandems begin when a run is published" in client.get(address).content.decode()
