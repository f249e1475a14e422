"""From a coordinator's click to the board: a real server and worker on a data folder of their own.

`python -m bench.click_to_board` starts `tandemwerk serve` on a free port, fills a cohort, sends the
form that starts a run as a browser does, asks for its progress as the page does, and loads the
board. Prints how long each stage took, the time of the worker's processor, and the sizes.
"""

import argparse
import itertools
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.results import Comparison

ROUNDS = 5
LOOK_EVERY = 0.005
STAGES = ("queued", "reading", "scoring", "assigning", "explaining", "ready")


class Browser:
    """Cookies, the hidden fields of forms, and nothing else of a browser."""

    def __init__(self, base: str, session: str) -> None:
        self.base = base
        self.cookies = CookieJar()
        self.cookies.set_cookie(_cookie("tandemwerk_session", session))
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str, **headers: str) -> tuple[str, Any]:
        """Text and headers of a page."""
        request = urllib.request.Request(self.base + path, headers=headers)
        with self.opener.open(request, timeout=600) as answer:
            return answer.read().decode(), answer

    def post(self, path: str, page: str, **values: str) -> tuple[str, Any]:
        """Send a form of `page`; follows the redirect."""
        fields = {
            name: re.findall(rf'name="{name}" value="([^"]+)"', page)[-1]
            for name in ("csrfmiddlewaretoken", "client_id")
        }
        body = urlencode({**fields, **values}).encode()
        headers = {"Origin": self.base, "Referer": self.base + path}
        request = urllib.request.Request(self.base + path, data=body, headers=headers)
        with self.opener.open(request, timeout=600) as answer:
            return answer.read().decode(), answer


def _cookie(name: str, value: str) -> Cookie:
    return Cookie(
        0, name, value, None, False, "127.0.0.1", True, False, "/", True, False, None, False,
        None, None, {},
    )  # fmt: skip


class Server:
    """`tandemwerk serve` on a folder; ends with the `with` block."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        env = {**os.environ, "TANDEMWERK_DATA": str(folder), "PORT": str(port)}
        env.pop("TANDEMWERK_BASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tandemwerk", "serve", "--end-with-parent"],
            env=env,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Server":
        for line in self.process.stdout or ():
            if self.base in line:
                return self
        raise SystemExit("the server did not start")

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def processor_seconds(self, role: str) -> float:
        """Seconds the processor spent for our child with this role (Linux)."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                numbers = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            is_ours = int(numbers[1]) == self.process.pid
            if is_ours and b"tandemwerk.serve.child" in words and role.encode() in words:
                return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0


def watched(run_pk: int, seen: dict[str, float], stop: threading.Event) -> None:
    """Note when each stage of a run began, by looking into its row."""
    from django.db import connection

    from tandemwerk.pairing.models import MatchRun

    row = MatchRun.objects.filter(pk=run_pk).values_list("state", "stage")
    while not stop.wait(LOOK_EVERY):
        state, stage = row.get()
        name = stage or ("ready" if state == "ready" else "queued")
        seen.setdefault(name, time.perf_counter())
        if state not in ("queued", "running"):
            break
    connection.close()


def settle() -> None:
    """Wait until the worker has nothing left to do, as it has nothing when somebody clicks."""
    from django_tasks_db.models import DBTaskResult

    while DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
        time.sleep(0.2)


def click(server: Server, browser: Browser, cohort_pk: int, objective: str) -> dict[str, float]:
    """Start one run and wait for its board; seconds by stage."""
    from tandemwerk.pairing.models import MatchRun

    path = f"/cohorts/{cohort_pk}/runs/"
    settle()
    page, _ = browser.get(path)
    worker = server.processor_seconds("worker")
    clicked = time.perf_counter()
    waiting, answer = browser.post(path, page, objective=objective)
    answered = time.perf_counter()
    run_pk = int(re.findall(r"/runs/(\d+)/", answer.url)[0])
    seen: dict[str, float] = {"queued": answered}
    stop = threading.Event()
    looker = threading.Thread(target=watched, args=(run_pk, seen, stop))
    looker.start()
    fragment = waiting
    while True:
        asked = re.findall(r'hx-trigger="every (\d+)(ms|s)"', fragment)
        if not asked:
            break
        number, unit = asked[0]
        time.sleep(float(number) / (1000 if unit == "ms" else 1))
        fragment, answer = browser.get(f"/runs/{run_pk}/progress/", **{"HX-Request": "true"})
        if answer.headers.get("HX-Redirect"):
            break
    known = time.perf_counter()
    board, _ = browser.get(f"/runs/{run_pk}/")
    shown = time.perf_counter()
    stop.set()
    looker.join()
    state = MatchRun.objects.values_list("state", flat=True).get(pk=run_pk)
    if state != "ready" or "<tw-board" not in board:
        raise SystemExit(f"no board: the run is {state}")
    found = {"click to answer": answered - clicked}
    order = [name for name in STAGES if name in seen]
    for name, following in itertools.pairwise(order):
        found[name] = seen[following] - seen[name]
    found["page notices"] = known - seen["ready"]
    found["board page"] = shown - known
    found["click to board"] = shown - clicked
    found["worker's processor"] = server.processor_seconds("worker") - worker
    found["kB of HTML"] = len(board.encode()) / 1000
    return found


def rounds(
    folder: Path, *, mentees: int, mentors: int, repeats: int, objective: str
) -> list[dict[str, float]]:
    """Seconds by stage of the first run in a fresh data folder and of `repeats` more."""
    os.environ["TANDEMWERK_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandemwerk.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from bench.seed import cohort_made, programme_made

    programme, session = programme_made()
    cohort = cohort_made(programme, mentees, mentors)
    with Server(folder) as server:
        browser = Browser(server.base, session)
        time.sleep(2)  # the worker warms up, as it has long done when somebody clicks
        return [click(server, browser, cohort.pk, objective) for _ in range(repeats + 1)]


def lines(folder: Path, *, repeats: int, size: int) -> Iterator[str | Comparison]:
    """From the click to the board, and the parts of it that take longest."""
    data = folder / "click"
    data.mkdir()
    found = rounds(data, mentees=size, mentors=size, repeats=repeats, objective="total")[1:]
    yield "A real server and worker; the browser asks for the progress as the page does."
    for name in ("click to board", "reading", "scoring", "assigning", "explaining", "board page"):
        seconds = tuple(stages.get(name, 0.0) for stages in found)
        yield Comparison(f"{size:,} × {size:,}, {name}", seconds)


def main(arguments: list[str]) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.click_to_board")
    parser.add_argument("--mentees", type=int, default=2000)
    parser.add_argument("--mentors", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--objective", default="total")
    parser.add_argument("--keep", type=Path, help="a folder to leave the data in")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        first, *more = rounds(
            options.keep or Path(temporary),
            mentees=options.mentees,
            mentors=options.mentors,
            repeats=options.rounds,
            objective=options.objective,
        )
    print(f"{options.mentees} mentees x {options.mentors} mentors, {options.objective}, seconds")
    print(f"{'stage':20} {'first':>8} {'median':>8}   of {options.rounds} more (least-most)")
    for name in first:
        values = [found.get(name, 0.0) for found in more] or [first[name]]
        low, middle, high = (f(values) for f in (min, statistics.median, max))
        print(f"{name:20} {first[name]:8.2f} {middle:8.2f}   ({low:.2f}-{high:.2f})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
