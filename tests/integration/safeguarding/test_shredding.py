"""A destroyed case leaves no byte of its key in the database's files."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from tandemwerk.core.wiping import StillBusy
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tandemwerk.safeguarding import jobs
from tandemwerk.safeguarding.enums import Outcome
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseNote
from tandemwerk.safeguarding.selectors.cases import case_opened, items_read
from tandemwerk.safeguarding.services.cases import case_close, case_note_add
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.safeguarding import case_with_file, chosen, report, safeguarder
from tests.integration.rooms.test_shredding import hits, on_disk


@pytest.mark.django_db(transaction=True)
def test_not_one_byte_of_key_or_words_is_left(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    now = datetime.now(UTC) - timedelta(days=2)
    tandem = active_tandem(now)
    goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen"), now=now)
    organisation = tandem.cohort.programme.organisation
    readers = [safeguarder(organisation, now) for _ in range(2)]
    mentee = person_of(tandem, "mentee")
    canary = f"Kanarie{uuid.uuid4().hex}"
    cases = []
    for _ in range(9):
        rows = chosen(mentee, "goal")
        case = report(mentee, organisation, now, words=canary * 40, rows=rows)
        case_note_add(case=case, text=canary, by=readers[0], now=now)
        case_with_file(case, canary.encode() * 100)
        cases.append(case)
    gone, kept = cases[1::2], cases[::2]
    needles = [("canary", canary.encode())]
    sought = []
    for case in gone:
        for key in CaseKey.objects.filter(case=case):
            needles.append((f"bare {key.pk}", key.key))
            sought.append((f"wrapped {key.pk}", bytes(key.wrapped)))
        for model in (CaseItem, CaseNote):
            for row in model.objects.filter(case=case):
                sought.append((f"{model.__name__} {row.pk}", bytes(row.body)[:48]))
    before = on_disk(tmp_path)
    assert hits(needles, before) == set()
    assert {what for what, _where in hits(sought, before)} == {what for what, _n in sought}
    day = (now + timedelta(days=1)).date()
    for case in gone:
        case_close(case=case, outcome=Outcome.ADVISED, delete_on=day, by=readers[0], now=now)
    jobs.cases_shred.func()
    call_command("worker", batch=True)
    assert hits(needles + sought, on_disk(tmp_path)) == set()
    assert set(Case.objects.all()) == set(kept)
    assert items_read(case_opened(kept[0]))[0].text == canary * 40


@pytest.mark.django_db
def test_the_wipe_is_tried_again_while_somebody_reads(monkeypatch):
    def busy(*_tables):
        raise StillBusy

    monkeypatch.setattr(jobs, "traces_wipe", busy)
    jobs.case_traces_wipe.func()
    with pytest.raises(StillBusy):
        jobs.case_traces_wipe.func(attempt=99)
