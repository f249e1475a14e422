import json

from tandemwerk.people.export import export_data
from tandemwerk.people.services.accounts import account_erase
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.proposals import proposal_decline
from tests.integration.tandems.conftest import NOW


def test_the_export_holds_my_side_only(pair):
    proposal_decline(
        tandem=pair.tandem, by=pair.mentee, code=DeclineCode.TOPIC, note="my own words", now=NOW
    )
    mine = json.dumps(export_data(pair.mentee)["tandems"], default=str)
    theirs = json.dumps(export_data(pair.mentor)["tandems"], default=str)
    assert "my own words" in mine
    assert "topic" in mine
    assert "my own words" not in theirs
    assert pair.mentee.email not in theirs


def test_who_deletes_their_account_ends_what_is_open(pair, make_pair):
    other = make_pair(mentor=pair.mentor_side)
    account_erase(user=pair.mentee, now=NOW)
    tandem = Tandem.objects.get(pk=pair.tandem.pk)
    assert (tandem.state, tandem.end_code) == ("declined", "withdrawn")
    assert list(tandem.members.values_list("user", flat=True)) == [pair.mentor.pk]
    assert other.state == "proposed"
    account_erase(user=pair.mentor, now=NOW)
    assert not TandemMember.objects.filter(user__isnull=True).exists()
    assert other.state == "declined"
