"""`docs/how-to/use-the-api.md`, typed against a running server with a working worker."""

import subprocess
from dataclasses import replace
from pathlib import Path
from signal import SIGINT, SIGTERM, getsignal, signal
from typing import Any

import pytest
from django.core.management import call_command

from tandemwerk.people.models import ApiToken
from tandemwerk.programmes.models import Cohort
from tandemwerk.tandems.models import Tandem
from tests.docs.shell import blocks, compare, start

PASSWORD = "willow-harbour-lantern"


@pytest.mark.django_db(transaction=True)
def test_the_way_through_the_api(settings: Any, live_server: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.DEMO_PASSWORD = PASSWORD
    call_command("demo_load", verbosity=0)
    commands = blocks("how-to/use-the-api.md")
    here = commands[0].commands.replace("http://127.0.0.1:8000", live_server.url)
    commands[0] = replace(commands[0], commands=here.replace("the printed password", PASSWORD))
    assert PASSWORD in commands[0].commands
    shell = start(commands, tmp_path, {})
    handlers = {number: getsignal(number) for number in (SIGINT, SIGTERM)}
    try:
        while shell.poll() is None:
            call_command("worker", batch=True)
            try:
                shell.wait(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
    finally:
        shell.kill()
        for number, handler in handlers.items():
            signal(number, handler)
    output, _none = shell.communicate()
    compare(commands, output, shell.returncode)
    cohort = Cohort.objects.get(name="First group", programme__template="company-mentoring")
    assert Tandem.objects.filter(cohort=cohort).count() == 60
    assert Tandem.objects.get(cohort__name="The two of us").state == "active"
    assert not ApiToken.objects.filter(revoked_at=None).exists()
