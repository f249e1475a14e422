"""`tandemwerk serve` as a person at the shell sees it: real processes, real ports, real signals."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tools.messages import compile_catalogue
from tools.shared import SOURCE

START_SECONDS = 60
STOP_SECONDS = 5.0


class Server:
    """A started `tandemwerk serve` and everything it said."""

    def __init__(self, env: dict[str, str], port: int, *arguments: str) -> None:
        self.port = port
        self.output: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tandemwerk", "serve", "--port", str(port), *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def read_until(self, text: str) -> None:
        """Read what it prints up to a line with `text`; fails when it ends before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output.append(line)
            if text in line:
                return
        pytest.fail(f"{text!r} was never printed:\n{''.join(self.output)}")

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def cpu_seconds(self) -> float:
        """Processor time that the server and its children, living and ended, have used so far."""
        parent = psutil.Process(self.process.pid)
        used = [parent.cpu_times(), *(child.cpu_times() for child in self.children())]
        ended = used[0].children_user + used[0].children_system
        return float(ended + sum(times.user + times.system for times in used))

    def get(self, path: str) -> int:
        """Status of a page; waits in the queue of the open port while the web child starts."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
            return int(response.status)


Start = Callable[..., Server]


@pytest.fixture
def start(clean_env: dict[str, str], free_port: int) -> Iterator[Start]:
    """Start servers that are gone when the test is over, whatever happened."""
    servers: list[Server] = []

    def run(*arguments: str, port: int = free_port, **more: str) -> Server:
        servers.append(Server({**clean_env, **more}, port, *arguments))
        return servers[-1]

    yield run
    for server in servers:
        # The group outlives its first process, so this finds children that were left behind too.
        with suppress(ProcessLookupError):
            os.killpg(server.process.pid, signal.SIGKILL)
        server.process.communicate()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


@pytest.mark.parametrize(
    ("number", "whole_group"),
    [(signal.SIGINT, True), (signal.SIGTERM, False)],
    ids=["ctrl-c", "kill"],
)
def test_it_serves_and_ends_everything_when_asked(
    start: Start, number: signal.Signals, whole_group: bool
) -> None:
    server = start()
    server.read_until("Stop with Ctrl-C")
    assert server.get("/healthz") == 200
    children = server.children()
    assert len(children) == 2

    with at_most(STOP_SECONDS):
        if whole_group:
            os.killpg(server.process.pid, number)
        else:
            server.process.send_signal(number)
        code = server.process.wait(STOP_SECONDS)
        _, alive = psutil.wait_procs(children, timeout=STOP_SECONDS)

    assert (code, alive) == (0, [])
    assert "Traceback" not in server.process.stdout.read()


def test_children_end_when_the_parent_is_killed(start: Start) -> None:
    server = start()
    server.read_until("Tandemwerk is running")
    children = server.children()
    assert len(children) == 2

    server.process.kill()
    _, alive = psutil.wait_procs(children, timeout=STOP_SECONDS)

    assert alive == []


def test_children_end_when_the_parent_is_killed_while_preparing(start: Start) -> None:
    server = start()
    server.read_until("Creating the database")
    children = server.children()
    assert len(children) == 1

    server.process.kill()
    _, alive = psutil.wait_procs(children, timeout=STOP_SECONDS)

    assert alive == []


def test_a_killed_child_is_started_again(start: Start) -> None:
    server = start()
    server.read_until("Tandemwerk is running")
    before = {child.pid for child in server.children()}

    for child in server.children():
        child.kill()
    server.read_until("ended unexpectedly (-9); starting it again in 1 s.")
    server.read_until("ended unexpectedly (-9); starting it again in 1 s.")

    assert server.get("/healthz") == 200
    after = {child.pid for child in server.children()}
    assert len(after) == 2
    assert before.isdisjoint(after)


def test_the_second_start_is_quick_and_keeps_the_data(start: Start, clean_env) -> None:
    first = start()
    first.read_until("Tandemwerk is running")
    first.process.terminate()
    first.process.wait(STOP_SECONDS)
    key = Path(clean_env["TANDEMWERK_DATA"], "keys", "secret_key").read_text()

    second = start()
    second.read_until("Tandemwerk is running")

    # Starting is all computing, so on an idle machine this bounds the seconds on the clock too.
    assert second.cpu_seconds() < 10
    assert not any("Creating the database" in line for line in second.output)
    assert Path(clean_env["TANDEMWERK_DATA"], "keys", "secret_key").read_text() == key


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture(scope="session")
def german() -> None:
    """The shell's texts in German, as `make setup` compiles them."""
    compile_catalogue(SOURCE / "locale" / "de" / "LC_MESSAGES" / "django.po")


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en_GB.UTF-8", "is taken: another program"), ("de_DE.UTF-8", "ist belegt")],
)
def test_a_taken_port_is_explained(start: Start, taken_port: int, lang: str, sentence: str) -> None:
    server = start(port=taken_port, LANG=lang, LC_ALL=lang)

    said, _ = server.process.communicate(timeout=START_SECONDS)

    assert server.process.returncode == 1
    assert f"Port {taken_port} {sentence}" in said
    assert f"make run PORT={taken_port + 1}" in said


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "²"])
def test_an_impossible_port_is_explained(start: Start, port: str) -> None:
    server = start(port=port)

    said, _ = server.process.communicate(timeout=START_SECONDS)

    assert server.process.returncode == 1
    assert f"PORT must be a number from 1 to 65535, not “{port}”." in said


@pytest.mark.parametrize(
    "environment",
    [
        {"host": "0.0.0.0", "url": "http://127.0.0.1:8000", "named": "0.0.0.0"},
        {"host": "0.0.0.0", "url": "https://mentoring.example.org", "named": "0.0.0.0"},
        {
            "host": "127.0.0.1",
            "url": "https://mentoring.example.org",
            "named": "https://mentoring.example.org",
        },
    ],
)
def test_the_demo_is_refused_where_others_could_reach_it(start: Start, environment) -> None:
    server = start("--demo", "--host", environment["host"], TANDEMWERK_BASE_URL=environment["url"])

    said, _ = server.process.communicate(timeout=START_SECONDS)

    assert server.process.returncode == 1
    assert f"runs on this machine only, not on {environment['named']}." in said


def test_listening_to_the_world_needs_a_name(start: Start) -> None:
    server = start("--host", "0.0.0.0")

    said, _ = server.process.communicate(timeout=START_SECONDS)

    assert server.process.returncode == 1
    assert "TANDEMWERK_BASE_URL" in said


def test_one_data_folder_has_one_server(start: Start, free_port: int) -> None:
    start().read_until("Tandemwerk is running")

    second = start(port=free_port + 1)
    said, _ = second.process.communicate(timeout=START_SECONDS)

    assert second.process.returncode == 1
    assert "already running on the data folder" in said


def test_an_unusable_data_folder_is_explained(start: Start, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    server = start(TANDEMWERK_DATA=str(tmp_path / "file" / "data"))

    said, _ = server.process.communicate(timeout=START_SECONDS)

    assert server.process.returncode == 1
    assert "TANDEMWERK_DATA names it" in said


def test_wrong_settings_end_the_start_with_their_name(start: Start) -> None:
    server = start(TANDEMWERK_BASE_URL="http://127.0.0.1", TANDEMWERK_LOG_LEVEL="LOUD")

    said, _ = server.process.communicate(timeout=START_SECONDS)

    assert server.process.returncode == 1
    assert "log_level" in said
