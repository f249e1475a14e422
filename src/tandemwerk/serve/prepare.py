"""Bring an installation up to date before it serves: checks, database, static files, demo."""

import hashlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import transaction

from tandemwerk.console import gettext as _
from tandemwerk.console import say
from tandemwerk.serve.demo import ACCOUNTS, VARIABLE, keep_password, kept_password


def prepare(*, report: int, demo: bool) -> None:
    """Do all of it and write what was found as JSON into the descriptor `report`.

    Exits with a readable message when Django's checks or the migrations fail. Safe to run at every
    start: a second one costs a few queries and no writing.
    """
    django.setup()
    from django.conf import settings

    data = Path(settings.DATA)
    try:
        call_command("check", stdout=io.StringIO())
        if not (data / "tandemwerk.sqlite3").exists():
            say(_("Creating the database …"))
        call_command("migrate", interactive=False, verbosity=0)
        collect_static(Path(settings.STATIC_ROOT))
        found = ensure_demo(data) if demo else {}
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None
    users = get_user_model()._default_manager
    found["has_demo"] = users.filter(email__in=ACCOUNTS).exists()
    with os.fdopen(report, "w") as sink:
        json.dump(found, sink)


def collect_static(root: Path) -> None:
    """Gather, hash and compress the static files, if any changed since the last start."""
    total = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = os.stat(storage.path(name))
            total.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    stamp = root / ".collected"
    if stamp.exists() and stamp.read_text() == total.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=root.exists(), verbosity=0)
    stamp.write_text(total.hexdigest())


def ensure_demo(data: Path) -> dict[str, Any]:
    """Load the demo into an empty installation, or find it there; one password for its accounts.

    People who are there already are somebody's real data: then nothing is loaded.
    """
    users = get_user_model()._default_manager
    password = os.environ[VARIABLE]
    if not users.filter(email__in=ACCOUNTS).exists():
        if users.exists():
            return {"demo": "refused"}
        say(_("Loading the demo …"))
        with transaction.atomic():
            call_command("demo_load", verbosity=0)
    if password != kept_password(data):
        for user in users.filter(email__in=ACCOUNTS):
            user.set_password(password)
            user.save(update_fields=["password"])
        keep_password(data, password)
    return {"demo": "there"}
