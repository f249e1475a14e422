"""A new master key for everything sealed under it."""

import os
import select
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from tandemwerk.core import rotation
from tandemwerk.core.crypto import SealBroken, key_version, master_key_file, seal, unseal
from tandemwerk.core.key_file import key_add, keys_locked, read_keys
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.core.sealed import sealed_fields
from tandemwerk.people.adapters import MfaAdapter
from tandemwerk.rooms.models import RoomKey
from tandemwerk.rooms.selectors.goals import goals_read
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.safeguarding.models import CaseKey, CaseNote
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read
from tandemwerk.safeguarding.services.cases import case_note_add
from tandemwerk.tandems.enums import DeclineCode
from tandemwerk.tandems.selectors.signals import help_place
from tandemwerk.tandems.services.help import help_ask
from tandemwerk.tandems.services.reasons import reason_keep, reason_note
from tests.factories.people import UserFactory
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.safeguarding import case_with_file, report, safeguarder

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)
# Bytes in the clear: what the engine keeps of a run, and logos. Everything else binary is sealed.
OPEN_BYTES = {
    "pairing.MatchRun.inputs",
    "pairing.MatchRun.scores",
    "pairing.MatchRun.blocked",
    "pairing.MatchRun.proof",
    "programmes.Branding.logo",
}


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.KEYS_FOLDER = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def rotate(*options):
    out = StringIO()
    call_command("keys_rotate", *options, stdout=out)
    return out.getvalue()


def versions():
    return set(read_keys(master_key_file()))


def test_every_binary_column_is_registered_room_content_or_open():
    """A new sealed column that rotation does not know fails here."""
    known = {entry.name for entry in sealed_fields()} | OPEN_BYTES
    binary = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField)
        and field.name not in getattr(model, "SEALED", ())  # under a key of a room or a case
    }
    assert sorted(binary - known) == []


@pytest.fixture
def everything(db):
    """One value of every kind that is sealed under the master key, and a way to read it."""
    user = UserFactory()
    TOTP.activate(user, generate_totp_secret())
    factor = Authenticator.objects.get()
    adapter = MfaAdapter()
    codes = {"seed": adapter.encrypt("a seed"), "used_mask": 3, "migrated_codes": []}
    codes["migrated_codes"] = [adapter.encrypt("first"), adapter.encrypt("second")]
    Authenticator.objects.create(user=user, type="recovery_codes", data=codes)
    tandem = active_tandem(NOW)
    goal_add(room=room_for(tandem), words=GoalWords("Frei sprechen"), now=NOW)
    member = tandem.members.get(role="mentor")
    reason_keep(member=member, code=next(iter(DeclineCode)), note="keine Zeit", is_shared=False)
    asked = help_ask(tandem=tandem, by=member.user, topics=[], words="Bitte rufen", now=NOW)
    asked.reply = seal("Gern", place=help_place(asked, "reply"))
    asked.save()
    write = ProcessedWrite.objects.create(user=user, client_id="x", where="y")
    write.answer = seal("answer", place=f"processed_write.answer:{write.pk}")
    write.save()
    secret = adapter.decrypt(factor.data["secret"])

    def read():
        write.refresh_from_db()
        member.refresh_from_db()
        factor.refresh_from_db()
        data = Authenticator.objects.get(type="recovery_codes").data
        assert adapter.decrypt(factor.data["secret"]) == secret
        assert adapter.decrypt(data["seed"]) == "a seed"
        assert [adapter.decrypt(code) for code in data["migrated_codes"]] == ["first", "second"]
        assert data["used_mask"] == 3
        assert unseal(write.answer, place=f"processed_write.answer:{write.pk}") == "answer"
        assert reason_note(member) == "keine Zeit"
        asked.refresh_from_db()
        assert "Bitte rufen" in unseal(asked.body, place=help_place(asked, "body"))
        assert unseal(asked.reply, place=help_place(asked, "reply")) == "Gern"
        assert [goal.title for goal in goals_read(room_for(tandem))] == ["Frei sprechen"]

    return read


def test_everything_is_brought_under_the_new_key_and_the_old_one_can_go(everything):
    everything()
    said = rotate()
    assert "Added key 2" in said
    assert "a second" in said
    assert rotation.versions_used().keys() == {2}
    everything()
    assert "too new to drop" in rotate("--retire")
    assert versions() == {1, 2}
    assert "Dropped: 1" in rotate("--retire", "--at-once")
    assert versions() == {2}
    everything()
    rotate()
    assert versions() == {2, 3}


def test_every_registered_field_has_a_value_in_these_tests(everything):
    counts = {}
    for entry in sealed_fields():
        for row in entry.model._base_manager.all():
            counts[entry.name] = counts.get(entry.name, 0) + len(
                entry.versions(getattr(row, entry.field))
            )
    assert {name for name, count in counts.items() if not count} == set()


def test_an_interrupted_change_is_finished_without_another_key(everything):
    key_add(master_key_file())
    said = rotate()
    assert "Going on with key 2" in said
    assert versions() == {1, 2}
    everything()
    assert "0 rows resealed" in rotate("--resume")


def test_the_old_key_stays_while_anything_needs_it(everything):
    rotate()
    RoomKey.objects.update(wrapped=b"\x01" + b"x" * 60)  # as somebody would write it meanwhile
    with pytest.raises(CommandError, match=r"rooms\.RoomKey\.wrapped, row \d+"):
        rotate("--retire", "--at-once")
    assert versions() == {1, 2}


def test_a_value_that_does_not_open_is_named_and_nothing_skipped(everything):
    write = ProcessedWrite.objects.get()
    ProcessedWrite.objects.update(answer=b"\x01" + b"x" * 60)
    with pytest.raises(CommandError, match=rf"core\.ProcessedWrite\.answer, row {write.pk}"):
        rotate()
    assert versions() == {1, 2}


def test_two_changes_at_once_are_refused(everything):
    with keys_locked(master_key_file()), pytest.raises(CommandError, match="Another"):
        rotate()


def test_without_versions_left_it_says_what_to_do(db):
    master_key_file().write_text("255:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    with pytest.raises(CommandError, match="--retire"):
        rotate()


def test_old_keys_that_keep_coming_are_told(everything, monkeypatch):
    monkeypatch.setattr(rotation, "swap", lambda *_given: 0)
    with pytest.raises(CommandError, match="keep coming"):
        rotate()


def test_a_row_changed_meanwhile_is_not_overwritten(everything):
    write = ProcessedWrite.objects.get()
    old = bytes(write.answer)
    ProcessedWrite.objects.update(answer=b"newer")
    assert rotation.swap(ProcessedWrite, "answer", [(write.pk, old, b"resealed")]) == 0
    assert bytes(ProcessedWrite.objects.get().answer) == b"newer"


def wrapped_rows(count):
    """Recorded answers, all sealed under the newest key."""
    user = UserFactory()
    rows = ProcessedWrite.objects.bulk_create(
        (ProcessedWrite(user=user, client_id=str(n), where="x") for n in range(count)),
        batch_size=1000,
    )
    for row in rows:
        row.answer = seal(f"answer {row.pk}", place=f"processed_write.answer:{row.pk}")
    ProcessedWrite.objects.bulk_update(rows, ["answer"], batch_size=500)


def all_open(version):
    for row in ProcessedWrite.objects.iterator():
        assert key_version(row.answer) == version
        assert unseal(row.answer, place=f"processed_write.answer:{row.pk}") == f"answer {row.pk}"


@pytest.mark.parametrize("count", [2500, pytest.param(100_000, marks=pytest.mark.slow)])
def test_many_rows(db, count):
    wrapped_rows(count)
    begun = time.perf_counter()
    said = rotate()
    print(f"\n{count:,} rows in {time.perf_counter() - begun:.1f} s: {said}")  # noqa: T201
    assert f"core.ProcessedWrite.answer: {count:,} rows" in said
    all_open(2)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on():
    wrapped_rows(3000)
    for _again in range(2):
        kill_after_one_batch()
    assert versions() == {1, 2}
    used = rotation.versions_used()
    assert used[1] > 0
    assert used[2] > 0
    rotate()
    assert versions() == {1, 2}
    all_open(2)


def kill_after_one_batch():
    connection.close()
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        _rotate_until_killed(writes)
    os.close(writes)
    ready, _w, _x = select.select([reads], [], [], 60)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert ready, "the child never came to the middle"
    assert os.read(reads, 1) == b"x"
    os.close(reads)


def _rotate_until_killed(writes):
    real = rotation.swap

    def swap(*given):
        done = real(*given)
        if done:
            os.write(writes, b"x")
            time.sleep(120)  # waits for its own end
        return done

    rotation.swap = swap
    try:
        rotate()
    finally:
        os._exit(1)


@pytest.mark.django_db(transaction=True)
def test_people_write_on_meanwhile_and_nothing_is_lost():
    """Threads of one process stand for web processes: all read the same key file."""
    tandems = [active_tandem(NOW) for _n in range(3)]
    titles = [f"Ziel {number}" for number in range(15)]
    faults, begun = [], threading.Barrier(4)

    def write(tandem):
        try:
            begun.wait()
            for title in titles:
                goal_add(room=room_for(tandem), words=GoalWords(title), now=NOW)
        except Exception as error:  # looked at below
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[tandem]) for tandem in tandems]
    for thread in threads:
        thread.start()
    begun.wait()
    for _n in range(3):
        rotate("--rooms")
    for thread in threads:
        thread.join()
    rotate("--rooms")
    rotate("--retire", "--at-once")
    assert faults == []
    for tandem in tandems:
        there = [goal.title for goal in goals_read(room_for(tandem))]
        assert sorted(there) == sorted(titles)


def test_the_file_s_age_is_what_protects_acts_under_way(everything):
    rotate()
    later = datetime.now(UTC) + rotation.GRACE + timedelta(seconds=5)
    assert rotation.keys_retire(print, now=later) == {1}


def test_drafts_of_a_killed_change_go_under_the_lock():
    path = master_key_file()
    read_keys(path)
    stale, fresh = (path.with_name(f".{path.name}.{name}") for name in ("old", "new"))
    for draft in (stale, fresh):
        draft.write_text("1:AAAA")
    os.utime(stale, (0, 0))
    with keys_locked(path):
        assert (stale.exists(), fresh.exists()) == (False, True)
    assert path.exists()


def test_cases_get_keys_of_their_own_too(db):
    tandem = active_tandem(NOW)
    organisation = tandem.cohort.programme.organisation
    reader, _other = (safeguarder(organisation, NOW) for _ in range(2))
    Authenticator.objects.all().delete()  # the factory's hold no sealed secret
    case = report(person_of(tandem, "mentee"), organisation, NOW, words="Ich habe Angst")
    case_note_add(case=case, text="Angerufen", by=reader, now=NOW)
    item = case_with_file(case, b"Goldammer")
    before = CaseKey.objects.get().key
    for _again in range(2):
        assert "1 cases with 3 parts and notes" in rotate("--rooms")
    row = CaseKey.objects.get()
    assert (row.version, row.key != before) == (3, True)
    opened = case_opened(case)
    assert [part.text for part in items_read(opened)] == ["Ich habe Angst"]
    item.refresh_from_db()
    assert opened.open_bytes(item, item.data, "data") == b"Goldammer"
    assert opened.open(CaseNote.objects.get())["text"] == "Angerufen"
    assert "0 cases" in rotate("--resume", "--rooms")
    CaseNote.objects.update(body=b"\x03" + b"x" * 60)
    with pytest.raises(CommandError, match=r"safeguarding\.CaseNote\.body, row"):
        rotate("--rooms")
    assert CaseKey.objects.get().version == 3


def test_without_its_key_nothing_opens(everything):
    rotate()
    rotate("--retire", "--at-once")
    with pytest.raises(SealBroken):
        unseal(b"\x01" + b"x" * 60, place="a.b:1")
