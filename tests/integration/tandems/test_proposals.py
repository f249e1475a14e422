from datetime import timedelta

import pytest

from tandemwerk.audit.models import AuditEntry
from tandemwerk.core import events
from tandemwerk.core.crypto import SealBroken
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.models import PairRule
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.errors import AnswerTooLate, NothingToAnswer, PlaceTaken, TandemOver
from tandemwerk.tandems.events import TandemChemistryBegun, TandemEnded
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.services.proposals import proposal_accept, proposal_decline
from tandemwerk.tandems.services.reasons import reason_note
from tests.integration.tandems.conftest import NOW

SECRET = "he once shouted at my friend"


def mails(kind):
    return set(OutboxMail.objects.filter(kind=kind).values_list("to", flat=True))


def test_one_yes_waits(pair):
    done = proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    assert done.refused is None
    assert pair.state == "proposed"
    assert pair.counts(pair.mentor_side) == (0, 1)
    assert (pair.member(pair.mentor).answer, pair.member(pair.mentee).answer) == ("yes", "pending")
    assert not OutboxMail.objects.exists()


def test_two_yeses_take_both_seats_and_open_the_contact(pair):
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    proposal_accept(tandem=pair.tandem, by=pair.mentee, now=NOW)
    tandem = pair.fresh
    assert tandem.state == "chemistry"
    assert tandem.chemistry_by == NOW + timedelta(days=21)
    assert pair.counts(pair.mentor_side) == pair.counts(pair.mentee_side) == (1, 0)
    assert mails("chemistry") == {pair.mentee.email, pair.mentor.email}


def test_saying_yes_twice_changes_nothing(pair):
    for _ in range(2):
        proposal_accept(tandem=pair.tandem, by=pair.mentee, now=NOW)
    assert pair.state == "proposed"
    assert pair.member(pair.mentee).answered_at == NOW


def test_a_no_ends_it_for_both_and_for_good(pair):
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    proposal_decline(
        tandem=pair.tandem, by=pair.mentee, code=DeclineCode.TOPIC, note=SECRET, now=NOW
    )
    tandem = pair.fresh
    assert (tandem.state, tandem.end_code, tandem.ended_at) == ("declined", "declined", NOW)
    assert pair.counts(pair.mentor_side) == pair.counts(pair.mentee_side) == (0, 0)
    rule = PairRule.objects.get()
    assert (rule.mentee, rule.mentor) == (pair.mentee_side, pair.mentor_side)
    assert (rule.kind, rule.source) == ("forbidden", "history")


def test_a_lock_gives_way_to_a_no(pair):
    PairRule.objects.create(
        cohort=pair.tandem.cohort,
        mentee=pair.mentee_side,
        mentor=pair.mentor_side,
        kind="locked",
        created_at=NOW,
    )
    proposal_decline(tandem=pair.tandem, by=pair.mentee, code=DeclineCode.NONE, now=NOW)
    assert PairRule.objects.get().kind == "forbidden"


def test_the_note_is_sealed_to_its_place(pair):
    proposal_decline(
        tandem=pair.tandem, by=pair.mentee, code=DeclineCode.OTHER, note=f"  {SECRET} ", now=NOW
    )
    mine, theirs = pair.member(pair.mentee), pair.member(pair.mentor)
    assert SECRET.encode() not in bytes(mine.decline_note)
    assert reason_note(mine) == SECRET
    assert reason_note(theirs) == ""
    TandemMember.objects.filter(pk=theirs.pk).update(decline_note=bytes(mine.decline_note))
    with pytest.raises(SealBroken):
        reason_note(pair.member(pair.mentor))


def test_the_other_gets_a_mail_without_reason_or_blame(pair):
    proposal_decline(
        tandem=pair.tandem,
        by=pair.mentee,
        code=DeclineCode.TOO_CLOSE,
        note=SECRET,
        is_shared=True,
        now=NOW,
    )
    mail = OutboxMail.objects.get()
    assert (mail.kind, mail.to) == ("proposal_ended", pair.mentor.email)
    for words in (SECRET, "too well", "declined", "said no", "rejected"):
        assert words not in mail.text + mail.html + mail.subject


def test_the_audit_chain_does_not_say_who_said_no(pair):
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    proposal_decline(
        tandem=pair.tandem, by=pair.mentee, code=DeclineCode.TOPIC, note=SECRET, now=NOW
    )
    assert set(AuditEntry.objects.values_list("actor_id", flat=True)) == {None}
    entry = AuditEntry.objects.get(action="tandem.declined")
    assert entry.details == {"end_code": "declined"}


def test_what_has_ended_stays_ended(pair):
    proposal_decline(tandem=pair.tandem, by=pair.mentee, code=DeclineCode.NONE, now=NOW)
    with pytest.raises(TandemOver):
        proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    with pytest.raises(TandemOver):
        proposal_decline(tandem=pair.tandem, by=pair.mentee, code=DeclineCode.NONE, now=NOW)
    assert pair.counts(pair.mentee_side) == (0, 0)


def test_after_the_deadline_no_answer_counts(pair):
    late = pair.tandem.answer_by
    with pytest.raises(AnswerTooLate):
        proposal_accept(tandem=pair.tandem, by=pair.mentee, now=late)
    assert pair.member(pair.mentee).answer == "pending"


def test_a_second_press_of_yes_does_not_answer_the_chemistry(pair):
    for person in (pair.mentee, pair.mentor):
        proposal_accept(tandem=pair.tandem, by=person, now=NOW)
    with pytest.raises(NothingToAnswer):
        proposal_decline(tandem=pair.tandem, by=pair.mentee, code=DeclineCode.NONE, now=NOW)
    with pytest.raises(NothingToAnswer):
        proposal_accept(tandem=pair.tandem, by=pair.mentee, now=NOW)
    assert pair.member(pair.mentee).chemistry_answer == "pending"


def test_strangers_have_no_answer(pair, make_pair):
    with pytest.raises(TandemMember.DoesNotExist):
        proposal_accept(tandem=pair.tandem, by=make_pair().mentee, now=NOW)


def test_without_a_place_the_proposal_ends_kindly_and_may_come_again(pair):
    pair.mentor_side.seats_taken = 2
    pair.mentor_side.save()
    proposal_accept(tandem=pair.tandem, by=pair.mentor, now=NOW)
    done = proposal_accept(tandem=pair.tandem, by=pair.mentee, now=NOW)
    assert isinstance(done.refused, PlaceTaken)
    assert (pair.fresh.state, pair.fresh.end_code) == ("declined", "no_seat")
    assert pair.counts(pair.mentor_side) == (2, 0)
    assert pair.counts(pair.mentee_side) == (0, 0), "no half taken pair of seats"
    assert not PairRule.objects.exists()
    assert mails("proposal_ended") == {pair.mentor.email}


def test_upper_apps_learn_of_it_after_commit(pair, django_capture_on_commit_callbacks, monkeypatch):
    heard = []
    handlers = {TandemChemistryBegun: [heard.append], TandemEnded: [heard.append]}
    for kind, functions in handlers.items():
        monkeypatch.setitem(events._handlers, kind, functions)
    with django_capture_on_commit_callbacks(execute=True):
        for person in (pair.mentee, pair.mentor):
            proposal_accept(tandem=pair.tandem, by=person, now=NOW)
        assert heard == []
    assert heard == [TandemChemistryBegun(tandem_pk=pair.tandem.pk)]


@pytest.mark.parametrize("locale", ["de", "en"])
def test_every_mail_is_written_in_the_reader_s_language(pair, locale):
    for person in (pair.mentee, pair.mentor):
        person.locale = locale
        person.save()
    proposal_decline(tandem=pair.tandem, by=pair.mentee, code=DeclineCode.NONE, now=NOW)
    text = OutboxMail.objects.get().text
    assert ("Hallo" in text) == (locale == "de")
    assert f"/tandems/{pair.tandem.pk}/" in text
