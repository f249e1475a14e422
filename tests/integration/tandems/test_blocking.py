"""A block: instant, silent, for good – and nothing gives it away."""

from datetime import timedelta

import pytest

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.errors import PairsNoLongerPossible
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.selectors.pool import history_pairs
from tandemwerk.people.models import Block
from tandemwerk.people.selectors.blocks import blocked_around, blocks_of
from tandemwerk.people.services.blocks import block_lift, block_put
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.selectors.page import tandem_page, tandems_with_profiles
from tandemwerk.tandems.services.blocking import tandem_block
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.joining import joining_propose
from tandemwerk.tandems.services.proposals import proposal_accept
from tandemwerk.tandems.services.publish import run_publish
from tests.factories.people import UserFactory
from tests.factories.programmes import CohortFactory, ParticipationFactory
from tests.factories.rooms import active_tandem, person_of
from tests.integration.tandems.conftest import NOW


@pytest.fixture
def tandem(db):
    return active_tandem(NOW)


@pytest.fixture
def both(tandem):
    return person_of(tandem, "mentee"), person_of(tandem, "mentor")


def block(tandem, by, whom, now=NOW):
    return tandem_block(tandem=tandem, by=by, whom=whom, now=now)


def test_it_ends_the_tandem_like_any_other_end(tandem, both):
    other = active_tandem(NOW)
    block(tandem, *both)
    tandem_dissolve(tandem=other, by=person_of(other, "mentee"), now=NOW)
    ends = Tandem.objects.order_by("pk").values_list("state", "end_code", "ended_at")
    assert ends[0] == ends[1]
    actions = AuditEntry.objects.filter(object_type="tandems.tandem")
    said = {pk: list(actions.filter(object_id=pk).values_list("action", "actor_id", "details"))
            for pk in (tandem.pk, other.pk)}  # fmt: skip
    assert said[tandem.pk] == said[other.pk]
    assert not AuditEntry.objects.filter(action__contains="block").exists()
    texts = {
        mail.text.replace(name, "…")
        for mail, name in (
            (OutboxMail.objects.get(to=both[1].email), both[0].name),
            (OutboxMail.objects.get(to=person_of(other, "mentor").email),
             person_of(other, "mentee").name),
        )
    }  # fmt: skip
    assert len({text.split("\n", 1)[1].split("/tandems/")[0] for text in texts}) == 1


def test_neither_sees_profile_or_address_and_it_looks_like_every_end(tandem, both):
    for user in both:
        user.profile.about = "about me"
        user.profile.save()
    block(tandem, *both)
    for user in both:
        found = tandems_with_profiles(user).get(pk=tandem.pk)
        other = tandem_page(found, user, NOW).other
        assert (other.about, other.mail, other.topics, other.position) == ("", "", (), "")


def test_never_proposed_again_in_any_cohort_and_either_role(tandem, both):
    mentee, mentor = both
    cohort = CohortFactory()
    ParticipationFactory(cohort=cohort, user=mentor, role="mentee")
    ParticipationFactory(cohort=cohort, user=mentee, role="mentor")
    assert list(history_pairs(cohort)) == []
    block(tandem, mentor, mentee)
    assert list(history_pairs(cohort)) == [(mentor.pk, mentee.pk)]
    block_lift(block=blocks_of(mentor).get())
    assert list(history_pairs(cohort)) == []
    assert list(history_pairs(tandem.cohort)) == [(mentee.pk, mentor.pk)], "history stays"


def test_open_proposals_and_other_tandems_of_the_two_end_too(tandem, both, make_pair):
    mentee, mentor = both
    pair = make_pair(
        mentor=ParticipationFactory(role="mentor", user=mentor, seats=2, proposals_open=1)
    )
    TandemMember.objects.filter(tandem=pair.tandem, role="mentee").update(user=mentee)
    late = make_pair(
        mentor=ParticipationFactory(role="mentor", user=mentor, seats=2, proposals_open=1)
    )
    TandemMember.objects.filter(tandem=late.tandem, role="mentee").update(user=mentee)
    Tandem.objects.filter(pk=late.tandem.pk).update(answer_by=NOW - timedelta(hours=1))
    block(tandem, mentee, mentor)
    assert {tandem.state for tandem in Tandem.objects.all()} == {"dissolved", "declined"}
    assert late.fresh.end_code == "expired"


def test_in_the_time_to_get_to_know_each_other(pair):
    for user in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=user, now=NOW)
    block(pair.tandem, pair.mentor, pair.mentee)
    assert pair.state == "declined"


def test_who_has_left_a_group_answers_nothing_for_it_by_a_block(tandem, both, make_pair):
    """Otherwise the group would lose the person everybody else wants, and guess why."""
    mentee, mentor = both
    group = active_tandem(NOW)
    gone = ParticipationFactory(cohort=group.cohort, user=mentee)
    TandemMember.objects.create(
        tandem=group, participation=gone, user=mentee, role="mentee", left_at=NOW
    )
    asked = ParticipationFactory(cohort=group.cohort, role="mentor", user=mentor)
    joining = joining_propose(tandem=group, participation=asked, by=UserFactory(), now=NOW)
    block(tandem, mentee, mentor)
    joining.refresh_from_db()
    assert joining.state == "open"


def test_a_run_calculated_before_the_block_can_not_be_published_after_it(db):
    cohort = CohortFactory()
    mentee, mentor = (ParticipationFactory(cohort=cohort, role=r) for r in ("mentee", "mentor"))
    run = MatchRun.objects.create(cohort=cohort, number=1, state="ready", created_at=NOW)
    Suggestion.objects.create(run=run, mentee=mentee, mentor=mentor, score=0.7)
    block_put(by=mentor.user, whom=mentee.user, now=NOW)
    with pytest.raises(PairsNoLongerPossible):
        run_publish(run=run, by=UserFactory(), now=NOW)
    assert not Tandem.objects.exists()


def test_only_people_of_the_tandem_and_only_once(tandem, both):
    with pytest.raises(TandemMember.DoesNotExist):
        block(tandem, both[0], UserFactory())
    block(tandem, *both)
    block(tandem, *both)
    assert Block.objects.count() == 1
    with pytest.raises(ValueError, match="themself"):
        block_put(by=both[0], whom=both[0], now=NOW)


def test_around_somebody_are_both_directions(db):
    first, second, third, fourth = (UserFactory() for _ in range(4))
    block_put(by=first, whom=second, now=NOW)
    block_put(by=third, whom=first, now=NOW)
    assert blocked_around([first.pk]) == {second.pk, third.pk}
    assert blocked_around([fourth.pk]) == set()
    assert blocked_around([first.pk, second.pk]) == {first.pk, second.pk, third.pk}
