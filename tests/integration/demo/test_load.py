"""The demo as it stands after loading: whole, consistent, silent, and only where it may be."""

import os
import stat
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import TestCase, override_settings
from django_tasks_db.models import DBTaskResult

from tandemwerk.audit.models import AuditEntry
from tandemwerk.audit.services import audit_verify
from tandemwerk.core.jobs import enqueue_due
from tandemwerk.demo.password import ACCOUNTS, kept_password
from tandemwerk.demo.services import tandems as told_tandems
from tandemwerk.demo.services.load import demo_load
from tandemwerk.demo.story import story
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.enums import RunState
from tandemwerk.pairing.models import MatchRun
from tandemwerk.pairing.selectors.pool import readiness
from tandemwerk.pairing.services.calculation import run_repeat
from tandemwerk.people.models import Profile, User
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.selectors.visible import organisations_owned_by
from tandemwerk.tandems.enums import TandemState
from tandemwerk.tandems.jobs import expire_due
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.services.reasons import reason_note

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PASSWORD = "willow-harbour-lantern"
SEATED = {TandemState.CHEMISTRY, TandemState.ACTIVE, TandemState.CLOSING}


def number_of_rows() -> Counter[str]:
    """Rows per table of ours."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("tandemwerk.")]
    return Counter({m._meta.label: m._default_manager.count() for m in ours})


@override_settings(DEMO=True)
class LoadedDemo(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        assert demo_load(password=PASSWORD, now=NOW)

    def test_everybody_and_everything_of_the_story_is_there(self) -> None:
        told = story()
        assert User.objects.count() == len(told.people)
        assert Participation.objects.count() == len(told.participations)
        assert Cohort.objects.count() == len(told.cohorts)
        assert Tandem.objects.count() == len(told.tandems)
        states = Counter(Participation.objects.values_list("state", flat=True))
        assert states == Counter(place["state"] for place in told.participations)

    def test_there_is_a_tandem_in_every_state(self) -> None:
        expected = {
            (t["mentee"], t["mentor"]): (t["state"], t.get("end_code", "")) for t in story().tandems
        }
        mails = {p["email"]: p["key"] for p in story().people}
        found = {}
        for tandem in Tandem.objects.prefetch_related("members__user"):
            mentee, mentor = (mails[member.user.email] for member in tandem.members.all())
            found[mentee, mentor] = (tandem.state, tandem.end_code)
        assert found == expected
        assert {state for state, _code in found.values()} == set(TandemState)

    def test_days_are_those_of_the_story(self) -> None:
        tandem = Tandem.objects.get(members__user__email="mentee@demo.example")
        entry = next(t for t in story().tandems if t["key"] == "lena-petra")
        assert tandem.activated_at is not None
        assert (NOW - tandem.activated_at).days in {-entry["activated"], -entry["activated"] - 1}
        assert tandem.chemistry_met_on == NOW.date() + timedelta(days=entry["chemistry_met"])
        assert tandem.journey["phases"]
        assert tandem.reasons["reasons"], "it came out of a real run"

    def test_the_accounts_open_and_no_other(self) -> None:
        for account in ACCOUNTS:
            user = User.objects.get(email=account)
            assert user.check_password(PASSWORD)
            assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
        others = User.objects.exclude(email__in=ACCOUNTS)
        assert [user.email for user in others if user.has_usable_password()] == []
        assert User.objects.get(email="mentee@demo.example").locale == "de"
        assert User.objects.filter(locale="en").exists()
        assert Profile.objects.count() == len({p["person"] for p in story().participations})

    def test_the_coordinator_may_set_up_programmes(self) -> None:
        coordinator = User.objects.get(email="coordinator@demo.example")
        assert organisations_owned_by(coordinator).count() == 2

    def test_one_cohort_waits_to_be_matched(self) -> None:
        cohort = Cohort.objects.get(programme__is_open=True)
        ready = readiness(cohort)
        assert (ready.mentees, ready.mentors, ready.seats, ready.incomplete) == (6, 5, 6, 0)

    def test_seats_counted_again_are_the_seats_written_down(self) -> None:
        taken: Counter[int] = Counter()
        promised: Counter[int] = Counter()
        for member in TandemMember.objects.select_related("tandem"):
            counter = taken if member.tandem.state in SEATED else promised
            if member.tandem.state in SEATED | {TandemState.PROPOSED}:
                counter[member.participation_id] += 1
            if member.tandem.state == TandemState.CLOSED and member.role == Role.MENTEE:
                taken[member.participation_id] += 1  # completed: not waiting for another
        for place in Participation.objects.all():
            assert (place.seats_taken, place.proposals_open) == (
                taken[place.pk],
                promised[place.pk],
            )
        assert sum(taken.values()) == 2 * 7 + 1

    def test_the_chain_of_acts_verifies_and_runs_forward(self) -> None:
        assert audit_verify() == AuditEntry.objects.count() > 100
        moments = list(AuditEntry.objects.order_by("pk").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] <= NOW

    def test_no_mail_waits_or_keeps_its_words(self) -> None:
        assert OutboxMail.objects.count() > 50
        assert not OutboxMail.objects.exclude(state="sent").exists()
        assert not OutboxMail.objects.exclude(subject="", text="", html="").exists()
        assert not OutboxMail.objects.exclude(sent_at=F("created_at")).exists()

    def test_every_run_can_be_calculated_again(self) -> None:
        runs = MatchRun.objects.all()
        assert {run.state for run in runs} == {RunState.PUBLISHED}
        for run in runs:
            assert run_repeat(run) == run.inputs_digest

    def test_a_reason_shared_as_code_keeps_its_words_sealed(self) -> None:
        (member,) = TandemMember.objects.exclude(decline_code="")
        assert member.is_reason_shared
        assert "Messe" in reason_note(member)
        assert b"Messe" not in bytes(member.decline_note)

    def test_nothing_is_due_at_once(self) -> None:
        assert expire_due(NOW) == 0
        assert "tandemwerk.tandems.jobs.tandem_clock" in enqueue_due(NOW)

    def test_loading_again_changes_nothing(self) -> None:
        before = number_of_rows()
        head = AuditEntry.objects.order_by("-pk").values("hash").first()
        assert demo_load(password="another-password-entirely", now=NOW) is False
        assert number_of_rows() == before
        assert AuditEntry.objects.order_by("-pk").values("hash").first() == head
        assert User.objects.get(email=ACCOUNTS[0]).check_password(PASSWORD)


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    settings.DEMO = True
    return tmp_path


def load(**options: Any) -> str:
    out = StringIO()
    call_command("demo_load", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 28, 0, 10, tzinfo=UTC),  # the night an hour is missing
        datetime(2028, 2, 29, 22, 59, tzinfo=UTC),  # a minute before midnight, leap day
        datetime(2026, 12, 31, 23, 5, tzinfo=UTC),  # already next year in Berlin
    ],
)
def test_it_loads_on_any_day_at_any_hour(data: Path, now: datetime) -> None:
    assert demo_load(password=PASSWORD, now=now)
    assert AuditEntry.objects.filter(at__gt=now).count() == 0


@pytest.mark.django_db
def test_no_job_is_left_to_the_worker(data: Path, django_capture_on_commit_callbacks: Any) -> None:
    """Somebody who tries an import at once must not wait behind the mails of a whole year."""
    with django_capture_on_commit_callbacks(execute=True):
        load()
    assert DBTaskResult.objects.count() == 0


@pytest.mark.django_db
def test_the_command_makes_a_password_shows_it_and_keeps_it(data: Path) -> None:
    text = load()
    password = kept_password(data)
    assert len(password) >= 16
    assert password in text
    assert all(account in text for account in ACCOUNTS)
    kept = data / "keys" / "demo_password"
    assert stat.S_IMODE(os.stat(kept).st_mode) == 0o600
    assert User.objects.get(email=ACCOUNTS[0]).check_password(password)
    assert "nothing was changed" in load()
    assert kept_password(data) == password


@pytest.mark.django_db
def test_a_chosen_password_is_taken_and_kept(data: Path, settings: Any) -> None:
    settings.DEMO_PASSWORD = PASSWORD
    load(verbosity=0)
    assert User.objects.get(email=ACCOUNTS[2]).check_password(PASSWORD)
    assert kept_password(data) == PASSWORD


@pytest.mark.django_db
def test_all_or_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lightning(**_anything: Any) -> None:
        raise RuntimeError("struck in the middle")

    monkeypatch.setattr(told_tandems, "end_early", lightning)
    with pytest.raises(RuntimeError, match="struck"):
        load()
    assert number_of_rows() - Counter({"audit.AuditHead": 1}) == Counter()
    assert not (data / "keys").exists()


@pytest.mark.django_db
def test_refused_outside_the_demo(data: Path, settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="TANDEMWERK_DEMO"):
        load()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_refused_beside_real_people(data: Path) -> None:
    User.objects.create_user("somebody@firm.example")
    with pytest.raises(CommandError, match="TANDEMWERK_DATA"):
        load()
    assert User.objects.count() == 1
