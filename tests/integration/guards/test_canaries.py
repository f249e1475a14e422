"""No word of a room is seen outside it: every content field × every way out of the program."""

import base64
import io
import json
import logging
import pickle
import re
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tandemwerk.audit.services import audit_record
from tandemwerk.core.access import Actor, declared
from tandemwerk.core.jobs import _periodic, enqueue
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.programmes.models import Programme
from tandemwerk.rooms.models import RoomKey, content_models
from tandemwerk.rooms.selectors.disclosable import _kinds
from tandemwerk.rooms.selectors.room import room_or_404
from tandemwerk.safeguarding.models import CaseKey
from tandemwerk.safeguarding.models.cases import CaseContent
from tandemwerk.safeguarding.selectors.cases import case_opened
from tandemwerk.safeguarding.selectors.report import desk_of
from tandemwerk.safeguarding.services.cases import case_note_add
from tandemwerk.safeguarding.services.reports import report_create
from tandemwerk.tandems.jobs import chemistry_learn
from tests.factories.canaries import FILLERS, WORDLESS, texts_in
from tests.integration.guards.test_access_matrix import PARTS
from tests.integration.guards.urls import addresses
from tests.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
OUTSIDE = (
    Actor.COORDINATOR,
    Actor.OWNER,
    Actor.OPERATOR,
    Actor.STRANGER,
    Actor.PEER,
    Actor.ANONYMOUS,
)
INSIDE = (Actor.MENTEE, Actor.MENTOR)


class Boom(Exception):
    """What breaks in the middle of a page."""


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.DEMO = True  # staff without a second factor: rights alone keep them out
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.ADMINS = [("Operator", "operator@example.org")]
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def mark():
    return f"Kanarie{uuid.uuid4().hex}"


@pytest.fixture
def world(mark, caplog):
    """A room in which both members have filled every kind of content with canaries."""
    world = build_world(tandem_state="active", with_tokens=True)
    caplog.set_level(logging.DEBUG)
    for actor in INSIDE:
        for fill in FILLERS.values():
            fill(room_or_404(world.people[actor], world.tandem.pk), mark, timezone.now())
    disclose(world, mark)
    return world


def disclose(world, mark):
    """A report in which the mentee shows all of it, and a note of those who read it."""
    now, mentee = timezone.now(), world.people[Actor.MENTEE]
    organisation = world.tandem.cohort.programme.organisation
    rows = [row for room in desk_of(mentee).rooms for row in room.rows]
    assert len({row.kind for row in rows}) == len(_kinds)
    case = report_create(
        by=mentee, organisation=organisation, words=f"{mark} words", rows=rows, now=now
    )
    case_note_add(case=case, text=f"{mark} note", by=world.people[Actor.SAFEGUARD], now=now)


def test_every_kind_of_content_has_a_filler():
    assert set(FILLERS) == set(content_models())


def test_every_text_of_a_room_holds_its_canary(world, mark):
    """Otherwise the other tests here would look for what is not there."""
    rooms = {actor: room_or_404(world.people[actor], world.tandem.pk) for actor in INSIDE}
    for model in content_models():
        seen = 0
        own = model._base_manager.filter(tandem=world.tandem)
        for row in own.order_by("created_at"):
            room = rooms[Actor.MENTEE]
            for field in model.SEALED:
                data = room.open_bytes(row, getattr(row, field), field)
                texts = [text for text in texts_in(row, field, data) if text]
                seen += any(mark in text for text in texts)
                if any(mark in text for text in texts):
                    assert all(mark in text for text in texts), (model.__name__, texts)
        assert seen or model in WORDLESS, f"{model.__name__} holds no canary"


def test_every_sealed_field_of_a_case_holds_its_canary(world, mark):
    """What was reported is content, too: in each field of each model somewhere."""
    models = CaseContent.__subclasses__()
    assert len(models) >= 2
    for model in models:
        for field in model.SEALED:
            rows = model._base_manager.exclude(**{field: None}).select_related("case")
            opened = (
                case_opened(row.case).open_bytes(row, getattr(row, field), field) for row in rows
            )
            assert any(mark.encode() in data for data in opened), (model.__name__, field)


def url_of(view_name, kwargs, world):
    given = {
        name: world.objects.get(name, PARTS.get(name, PARTS.get(f"{view_name}.{name}", 999_999)))
        for name in kwargs
    }
    return reverse(view_name, kwargs=given)


def pages(world, actors):
    """Every address that can be looked at, as everybody outside: name and bytes of the answer."""
    for actor in actors:
        client = Client(raise_request_exception=False)
        user = world.people[actor]
        if user is not None:
            client.force_login(user)
        for address in addresses():
            if "GET" not in declared()[address.view_name].methods or "logout" in address.view_name:
                continue
            headers = {}
            if address.view_name.startswith("api:") and user is not None:
                headers["Authorization"] = f"Bearer {world.tokens[actor]}"
            answer = client.get(url_of(address.view_name, address.kwargs, world), headers=headers)
            yield f"{actor} {address.view_name}", whole(answer)


def whole(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = f"{sorted(answer.items())} {answer.cookies.output()}"
    return head.encode() + unpacked(body)


def unpacked(body):
    """Spreadsheets and exports are zips: what is in them counts."""
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())


def use_as_member(world, mark, monkeypatch):
    """The two look at everything and write; in between every page of the room breaks once."""
    seen = [name for name, body in pages(world, INSIDE) if mark.encode() in body]
    assert len(seen) >= 2 * 5, seen  # members do see their words
    client = Client(raise_request_exception=False)
    client.force_login(world.people[Actor.MENTEE])
    sent = {"title": f"{mark} neu", "text": f"{mark} neu", "query": mark}
    headers = {"Authorization": f"Bearer {world.tokens[Actor.MENTEE]}"}
    key = str(uuid.uuid4())
    tandem_pk = world.tandem.pk
    found = [
        client.post(
            f"/api/v1/tandems/{tandem_pk}/search",
            json.dumps({"query": mark}),
            content_type="application/json",
            headers=headers,
        ),
        # What does not fit is named without being repeated.
        client.post(
            f"/api/v1/tandems/{tandem_pk}/notes",
            json.dumps({"body": mark, "kind": mark, mark: mark}),
            content_type="application/json",
            headers=headers,
        ),
    ]
    assert [answer.status_code for answer in found] == [200, 422]
    client.post(
        f"/api/v1/tandems/{tandem_pk}/goals",
        json.dumps({"title": f"{mark} neu"}),
        content_type="application/json",
        headers={**headers, "Idempotency-Key": key},
    )
    assert ProcessedWrite.objects.filter(client_id=key).exists()

    def breaks(*_args, **_kwargs):
        raise Boom("on purpose")

    monkeypatch.setattr("tandemwerk.rooms.selectors.room.Room.is_writable", property(breaks))
    monkeypatch.setattr("tandemwerk.rooms.services.goals.row_add", breaks)
    monkeypatch.setattr("tandemwerk.rooms.views.search.room_find", breaks)
    broken = [
        client.get(reverse("rooms:goal_list", args=[tandem_pk])),
        client.post(reverse("rooms:goal_new", args=[tandem_pk]), sent),
        client.post(reverse("rooms:room_search", args=[tandem_pk]), sent),
        client.post(
            f"/api/v1/tandems/{tandem_pk}/goals",
            json.dumps({"title": f"{mark} neu"}),
            content_type="application/json",
            headers=headers,
        ),
    ]
    monkeypatch.undo()
    assert [answer.status_code for answer in broken] == [500] * 4
    return b"".join(map(whole, broken))


def sinks(world, caplog, tmp_path):
    """Everything that keeps or tells something, besides pages: name and bytes."""
    yield "log", "\n".join(caplog.handler.format(record) for record in caplog.records).encode()
    messages = [message.message().as_string() for message in mail.outbox]
    yield "mail", "\n".join(messages).encode()
    yield "cache", pickle.dumps(getattr(cache, "_cache", {}))
    for model in apps.get_models():
        rows = list(model._base_manager.values_list())
        binary = [bytes(v) for row in rows for v in row if isinstance(v, (bytes, memoryview))]
        yield model._meta.label, b"\n".join([*(repr(row).encode() for row in rows), *binary])
    sessions = [session.get_decoded() for session in Session.objects.all()]
    yield "sessions", repr(sessions).encode()
    if connection.vendor == "sqlite":
        for part in ("", "-wal", "-shm"):
            path = Path(f"{connection.settings_dict['NAME']}{part}")
            yield f"database{part}", path.read_bytes() if path.exists() else b""
    backup = tmp_path / f"{uuid.uuid4().hex}.backup"
    call_command("backup", backup)
    yield "backup", backup.read_bytes()
    for folder in (settings.DATA, settings.MEDIA_ROOT):
        for path in Path(folder).rglob("*"):
            if path.is_file() and path.parent.name != "keys":
                yield f"file {path.name}", path.read_bytes()
    out = io.StringIO()
    for command in ("data_register", "audit_verify", "outbox"):
        call_command(command, stdout=out)
    yield "commands", out.getvalue().encode()


def forms_of(needle):
    """A word as it stands, and as JSON, URLs, quoted-printable or base64 might carry it."""
    wanted = {needle}
    for shift in range(3):
        middle = base64.b64encode(b"\0" * shift + needle)[2 + shift :]
        wanted.add(middle[2:-6])
    return wanted


def leaks(needles, places):
    found = []
    for where, data in places:
        plain = re.sub(rb"=\r?\n", b"", data)
        if any(form in plain for needle in needles for form in forms_of(needle)):
            found.append(where)
    return found


def run_the_clock(days):
    """Every job that runs by itself, as if so many days had gone by: reminders and tidying."""
    ran, day = 0, timezone.now() + timedelta(days=days)
    with time_machine.travel(day.replace(hour=10), tick=False):  # nobody is reminded at night
        for entry in _periodic.values():
            entry.work.func()
            ran += 1
    assert ran > 5


def test_no_word_and_no_key_leaves_the_room(world, mark, monkeypatch, caplog, tmp_path):
    broken = use_as_member(world, mark, monkeypatch)
    newest = OutboxMail.objects.latest("pk").pk
    for days in (8, 40, 75):
        run_the_clock(days)
    assert OutboxMail.objects.filter(pk__gt=newest).exists()  # the clock did write to somebody
    assert leaks([mark.encode()], [("error page", broken)]) == []
    keys = [row.key for model in (RoomKey, CaseKey) for row in model.objects.all()]
    assert keys
    needles = [mark.encode(), *keys]
    outside = list(pages(world, OUTSIDE))
    assert len(outside) > 500
    assert leaks(needles, outside) == []
    assert leaks(needles, sinks(world, caplog, tmp_path)) == []


def plant_in_audit(world, mark, _path):
    audit_record(action="goal.add", about=world.tandem, now=timezone.now(), details={"title": mark})


def plant_in_log(_world, mark, _path):
    logging.getLogger("tandemwerk.rooms").debug("a goal: %s", mark)


def plant_in_mail(_world, mark, _path):
    mail.send_mail("New goal", f"Grüße: {mark}", None, ["mentor@example.org"])


def plant_in_outbox(_world, mark, _path):
    OutboxMail.objects.create(
        to="a@example.org",
        kind="x",
        subject="x",
        text=mark,
        message_id=uuid.uuid4().hex,
        created_at=timezone.now(),
    )


def plant_in_cache(_world, mark, _path):
    cache.set("goal", mark)


def plant_in_job(_world, mark, _path):
    enqueue(chemistry_learn, organisation_pk=mark)


def plant_in_file(_world, mark, path):
    (path / "files").mkdir(exist_ok=True)
    (path / "files" / "thumbnail.txt").write_text(mark)


def plant_in_unsealed_answer(world, mark, _path):
    ProcessedWrite.objects.create(
        user=world.people[Actor.MENTEE], client_id="x", where="x", answer=mark.encode()
    )


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        (plant_in_audit, "audit.AuditEntry"),
        (plant_in_log, "log"),
        (plant_in_mail, "mail"),
        (plant_in_outbox, "notifications.OutboxMail"),
        (plant_in_cache, "cache"),
        (plant_in_job, "django_tasks_database.DBTaskResult"),
        (plant_in_file, "file thumbnail.txt"),
        (plant_in_unsealed_answer, "core.ProcessedWrite"),
    ],
)
def test_a_planted_leak_is_found(world, mark, caplog, tmp_path, plant, where):
    plant(world, mark, tmp_path)
    assert where in leaks([mark.encode()], sinks(world, caplog, tmp_path))


def test_a_word_on_a_coordinator_s_page_is_found(world, mark):
    Programme.objects.update(name={"de": mark, "en": mark})
    found = leaks([mark.encode()], pages(world, [Actor.COORDINATOR]))
    assert "coordinator programmes:programme_detail" in found
    assert len(found) > 5


def test_a_bare_key_in_the_database_is_found(world, mark, caplog, tmp_path):
    row = RoomKey.objects.get()
    key = row.key
    RoomKey.objects.update(wrapped=b"\x01" + key)
    assert "rooms.RoomKey" in leaks([key], sinks(world, caplog, tmp_path))
