"""More than two: all say yes first, all are named, and who leaves ends nothing for others."""

import json
from datetime import timedelta
from itertools import product

import pytest
from django.http import Http404

from tandemwerk.audit.models import AuditEntry
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.selectors.pool import history_pairs
from tandemwerk.people.export import export_data
from tandemwerk.people.services.accounts import account_erase
from tandemwerk.people.services.blocks import block_put
from tandemwerk.programmes.models import Participation
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.tandems.errors import (
    GroupFull,
    JoiningSettled,
    JoiningUnderWay,
    NobodyToAdd,
    TandemNotRunning,
    TandemOver,
)
from tandemwerk.tandems.jobs import closing_after_leaving
from tandemwerk.tandems.models import Joining, Tandem
from tandemwerk.tandems.selectors.cohort import cohort_overview
from tandemwerk.tandems.selectors.joining import candidates_for, joinings_for
from tandemwerk.tandems.selectors.mine import tandems_mine
from tandemwerk.tandems.selectors.page import tandem_page, tandems_with_profiles
from tandemwerk.tandems.selectors.signals import signals_of
from tandemwerk.tandems.selectors.visible import tandems_run_by, tandems_visible_to
from tandemwerk.tandems.services import joining as joining_services
from tandemwerk.tandems.services.blocking import tandem_block
from tandemwerk.tandems.services.closing import closing_begin, closing_confirm, closing_settle
from tandemwerk.tandems.services.ending import tandem_dissolve
from tandemwerk.tandems.services.joining import (
    joining_accept,
    joining_decline,
    joining_propose,
    joining_withdraw,
    joinings_expire,
)
from tests.factories.people import UserFactory
from tests.factories.programmes import CoordinatorFactory, ParticipationFactory
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.signals import grown
from tests.integration.tandems.conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def tandem(db):
    found = active_tandem(NOW)
    Participation.objects.update(seats_taken=1)
    return found


@pytest.fixture
def coordinator(tandem):
    return CoordinatorFactory(programme=tandem.cohort.programme).user


@pytest.fixture
def new(tandem):
    return ParticipationFactory(cohort=tandem.cohort, role="mentee", seats=1)


def propose(tandem, new, by, now=NOW):
    return joining_propose(tandem=tandem, participation=new, by=by, now=now)


def everybody(tandem, new):
    return [person_of(tandem, "mentee"), person_of(tandem, "mentor"), new.user]


def test_somebody_joins_with_the_last_yes_whoever_gives_it(tandem, new, coordinator):
    action_item_add(room=room_for(tandem), text="Vorher", now=NOW)
    joining = propose(tandem, new, coordinator)
    new.refresh_from_db()
    assert (new.proposals_open, new.seats_taken) == (1, 0)
    people = everybody(tandem, new)
    for user in people[:2]:
        assert joining_accept(joining=joining, by=user, now=NOW).state == "open"
        with pytest.raises(Http404):
            room_or_404(new.user, tandem.pk)
    assert joining_accept(joining=joining, by=new.user, now=NOW).state == "joined"
    new.refresh_from_db()
    assert (new.proposals_open, new.seats_taken) == (0, 1)
    assert len(room_or_404(new.user, tandem.pk).members) == 3
    for kind in ("joining_asked", "member_joined"):
        to = set(OutboxMail.objects.filter(kind=kind).values_list("to", flat=True))
        assert to == {user.email for user in people}
    with pytest.raises(JoiningSettled):
        joining_decline(joining=joining, by=people[0], now=NOW)


def test_one_no_is_enough_and_nobody_learns_whose(tandem, new, coordinator):
    joining = propose(tandem, new, coordinator)
    people = everybody(tandem, new)
    joining_accept(joining=joining, by=people[0], now=NOW)
    joining_decline(joining=joining, by=people[1], now=NOW)
    new.refresh_from_db()
    assert (new.proposals_open, tandem.members.count()) == (0, 2)
    entry = AuditEntry.objects.get(action="joining.declined")
    assert (entry.actor_id, entry.details) == (None, {})
    assert not OutboxMail.objects.filter(kind="member_joined").exists()


def test_the_coordination_may_take_it_back_and_time_may_pass(tandem, new, coordinator):
    joining_withdraw(joining=propose(tandem, new, coordinator), by=coordinator, now=NOW)
    joining = propose(tandem, new, coordinator)
    with pytest.raises(JoiningUnderWay):
        propose(tandem, new, coordinator)
    assert joinings_expire(joining.answer_by - DAY) == 0
    assert joinings_expire(joining.answer_by) == 1
    assert joinings_expire(joining.answer_by) == 0
    propose(tandem, new, coordinator)
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentee"), now=NOW)
    assert joinings_expire(NOW) == 1
    new.refresh_from_db()
    assert new.proposals_open == 0


def test_a_seat_that_went_elsewhere_ends_it(tandem, new, coordinator):
    joining = propose(tandem, new, coordinator)
    Participation.objects.filter(pk=new.pk).update(seats_taken=1)
    for user in everybody(tandem, new):
        done = joining_accept(joining=joining, by=user, now=NOW)
    assert done.state == "declined"
    assert tandem.members.count() == 2


def test_nobody_joins_a_tandem_that_has_ended_meanwhile(tandem, coordinator):
    """Not even between the end and the clock, when everybody had said yes before."""
    new = ParticipationFactory(cohort=tandem.cohort, role="mentee", seats=1)
    joining = propose(tandem, new, coordinator)
    for member in tandem.members.all():
        joining_accept(joining=joining, by=member.user, now=NOW)
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentor"), now=NOW)
    assert not joinings_for(new.user).exists()
    me = Tandem.objects.get(pk=tandem.pk).members.get(user=person_of(tandem, "mentee"))
    assert signals_of(me.tandem, me, NOW).joining is None
    with pytest.raises(JoiningSettled):
        joining_accept(joining=joining, by=new.user, now=NOW)
    assert tandem.members.count() == 2
    assert joinings_expire(NOW) == 1


def test_who_may_be_asked(tandem, coordinator, monkeypatch):
    cohort = tandem.cohort
    known = active_tandem(NOW, cohort=cohort)
    fine = ParticipationFactory(cohort=cohort, role="mentor", seats=1)
    blocker = ParticipationFactory(cohort=cohort, role="mentee", seats=1)
    block_put(by=blocker.user, whom=person_of(tandem, "mentor"), now=NOW)
    ParticipationFactory(cohort=cohort, role="mentee", state="paused")
    ParticipationFactory(role="mentee")
    Participation.objects.filter(tandem_memberships__tandem=known).update(seats_taken=1)
    found = tandems_run_by(coordinator).get(pk=tandem.pk)
    assert list(candidates_for(found)) == [fine]
    with pytest.raises(NobodyToAdd):
        propose(tandem, blocker, coordinator)
    monkeypatch.setattr(joining_services, "MOST_MEMBERS", 2)
    with pytest.raises(GroupFull):
        propose(tandem, fine, coordinator)


def test_only_running_tandems_grow(pair, coordinator, new):
    with pytest.raises(TandemNotRunning):
        propose(pair.tandem, new, coordinator)


def test_only_those_concerned_see_the_question(tandem, new, coordinator):
    propose(tandem, new, coordinator)
    for user in everybody(tandem, new):
        assert joinings_for(user).count() == 1
    assert not joinings_for(UserFactory()).exists()
    tandem.members.filter(role="mentor").update(left_at=NOW)
    assert not joinings_for(person_of(tandem, "mentor")).exists()


def test_groups_show_all_names(tandem, coordinator):
    third = grown(tandem, "mentee", coordinator, NOW)
    mentor, mentee = person_of(tandem, "mentor"), tandem.members.order_by("pk")[0].user
    page = tandem_page(tandems_with_profiles(mentor).get(), mentor, NOW)
    assert {other.name for other in page.others} == {mentee.name, third.user.name}
    for name in (mentee.name, third.user.name):
        assert name in page.other.name
        assert name in tandems_mine(mentor, NOW)[0].other_name
        assert name in cohort_overview(tandem.cohort, "active", "1", NOW).lines[0].mentee
        assert name in json.dumps(export_data(mentor)["tandems"], default=str, ensure_ascii=False)
    assert page.other.mail == ",".join(other.mail for other in page.others)


def test_who_leaves_a_group_ends_it_for_themself_alone(tandem, coordinator):
    third = grown(tandem, "mentee", coordinator, NOW)
    first = tandem.members.order_by("pk")[0].user
    tandem_dissolve(tandem=tandem, by=first, now=NOW)
    tandem.refresh_from_db()
    assert tandem.state == "active"
    assert not tandems_visible_to(first).exists()
    left = Participation.objects.get(user=first)
    assert left.seats_taken == 0
    mentor = person_of(tandem, "mentor")
    assert (first.pk, mentor.pk) in list(history_pairs(tandem.cohort))
    to = set(OutboxMail.objects.filter(kind="member_left").values_list("to", flat=True))
    assert to == {mentor.email, third.user.email}
    with pytest.raises(TandemOver):
        tandem_dissolve(tandem=tandem, by=first, now=NOW)
    names = [other.name for other in tandem_page(
        tandems_with_profiles(mentor).get(), mentor, NOW).others]  # fmt: skip
    assert names == [third.user.name]
    assert export_data(first)["tandems"][0]["left_at"] == NOW
    tandem_dissolve(tandem=tandem, by=mentor, now=NOW)
    tandem.refresh_from_db()
    assert tandem.state == "dissolved"
    assert not Participation.objects.filter(seats_taken__gt=0).exists()


def test_at_the_end_nobody_of_them_is_proposed_again(tandem, coordinator):
    grown(tandem, "mentee", coordinator, NOW)
    grown(tandem, "mentor", coordinator, NOW)
    grown(tandem, "mentor", coordinator, NOW)
    people = {role: [m.user_id for m in tandem.members.filter(role=role)] for role in
              ("mentee", "mentor")}  # fmt: skip
    for mentor in list(tandem.members.filter(role="mentor")):
        tandem_dissolve(tandem=tandem, by=mentor.user, now=NOW)
    tandem.refresh_from_db()
    assert tandem.state == "dissolved"
    assert set(history_pairs(tandem.cohort)) == set(product(people["mentee"], people["mentor"]))


def test_the_only_mentor_cannot_leave_a_group_behind(tandem, coordinator):
    grown(tandem, "mentee", coordinator, NOW)
    tandem_dissolve(tandem=tandem, by=person_of(tandem, "mentor"), now=NOW)
    tandem.refresh_from_db()
    assert tandem.state == "dissolved"


def test_in_a_group_the_blocker_leaves(tandem, coordinator):
    third = grown(tandem, "mentee", coordinator, NOW)
    first = tandem.members.order_by("pk")[0].user
    tandem_block(tandem=tandem, by=third.user, whom=first, now=NOW)
    assert Tandem.objects.get().state == "active"
    assert not tandems_visible_to(third.user).exists()
    assert tandems_visible_to(first).exists()


def test_a_block_settles_a_question_about_the_two(tandem, new, coordinator):
    other = active_tandem(NOW)
    mentor = person_of(tandem, "mentor")
    other.members.filter(role="mentor").update(user=mentor)
    other.members.filter(role="mentee").update(user=new.user)
    joining = propose(tandem, new, coordinator)
    tandem_block(tandem=other, by=new.user, whom=mentor, now=NOW)
    joining.refresh_from_db()
    assert joining.state == "declined"


def test_who_deletes_their_account_leaves_the_group(tandem, coordinator):
    third = grown(tandem, "mentee", coordinator, NOW)
    account_erase(user=third.user, now=NOW)
    assert Tandem.objects.get().state == "active"
    assert tandem.members.count() == 2
    assert Joining.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_candidates_take_three_queries(tandem, coordinator, count, django_assert_num_queries):
    for _ in range(count):
        ParticipationFactory(cohort=tandem.cohort, role="mentee", seats=1)
    found = tandems_run_by(coordinator).get(pk=tandem.pk)
    with django_assert_num_queries(3):
        assert len(candidates_for(found)) == count


def test_who_leaves_last_unconfirmed_leaves_a_closed_tandem(
    tandem, coordinator, django_capture_on_commit_callbacks
):
    gone = grown(tandem, "mentee", coordinator, NOW)
    mentee, mentor = (
        tandem.members.exclude(pk=gone.pk).get(role=role).user for role in ("mentee", "mentor")
    )
    closing_begin(tandem=tandem, by=mentee, now=NOW)
    closing_confirm(tandem=tandem, by=mentee, now=NOW)
    assert not closing_settle(tandem=tandem, now=NOW), "the mentor is missing too"
    closing_confirm(tandem=tandem, by=mentor, now=NOW)
    OutboxMail.objects.all().delete()
    with django_capture_on_commit_callbacks() as asked:
        tandem_dissolve(tandem=tandem, by=gone.user, now=NOW + DAY)
    assert asked
    tandem.refresh_from_db()
    assert tandem.state == "closing"
    closing_after_leaving.call(tandem_pk=tandem.pk)
    closing_after_leaving.call(tandem_pk=0)
    tandem.refresh_from_db()
    assert (tandem.state, tandem.end_code) == ("closed", "completed")
    told = OutboxMail.objects.filter(kind="tandem_closed")
    assert {mail.user for mail in told} == {mentee, mentor}
    assert not closing_settle(tandem=tandem, now=NOW + DAY)


def test_a_running_group_is_not_closed_by_leaving(tandem, coordinator):
    gone = grown(tandem, "mentee", coordinator, NOW)
    tandem_dissolve(tandem=tandem, by=gone.user, now=NOW)
    assert not closing_settle(tandem=tandem, now=NOW)
    tandem.refresh_from_db()
    assert tandem.state == "active"
