"""Options of `tandemwerk serve`, and the order in which everything starts."""

import argparse
import ctypes
import fcntl
import http.client
import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from tandemwerk.console import gettext as _
from tandemwerk.console import say, stop
from tandemwerk.serve.address import Address, address, is_loopback, listen
from tandemwerk.serve.demo import ACCOUNTS, VARIABLE, kept_password, new_password
from tandemwerk.serve.supervisor import Child, Supervisor

LAST_PORT = 65_535


def options(arguments: list[str]) -> argparse.Namespace:
    """Read the options; `PORT` of the environment is the default port."""
    parser = argparse.ArgumentParser(
        prog="tandemwerk serve", description=_("Runs the web server and the job worker.")
    )
    parser.add_argument("--host", default="127.0.0.1", help=_("address to listen on"))
    parser.add_argument("--port", help=_("port to listen on; default: PORT, else 8000"))
    parser.add_argument("--demo", action="store_true", help=_("load the demo at first start"))
    parser.add_argument(
        "--no-worker", action="store_true", help=_("web only; the jobs are run elsewhere")
    )
    parser.add_argument("--end-with-parent", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def port_of(text: str) -> int:
    """The port as a number; stops with a sentence when it is none."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LAST_PORT):
        stop(_("PORT must be a number from 1 to 65535, not “%s”.") % text)
    return int(text)


def data_folder() -> Path:
    """The data folder, made if it is new; stops with a sentence when it can't be used."""
    folder = Path(os.environ.get("TANDEMWERK_DATA") or "var").expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "serve.lock").touch()
    except OSError as error:
        stop(
            _("The data folder %(folder)s can't be used: %(reason)s. TANDEMWERK_DATA names it.")
            % {"folder": folder, "reason": error.strerror}
        )
    return folder


def lock(folder: Path) -> IO[str]:
    """Make sure one server only works in the data folder; the lock ends with this process."""
    handle = (folder / "serve.lock").open("r+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stop(
            _(
                "A Tandemwerk is already running on the data folder %s. Stop it first, or choose "
                "another folder with TANDEMWERK_DATA."
            )
            % folder
        )
    return handle


def end_with_parent() -> None:
    """Have the kernel end us when the program that started us (make) is killed. Linux only."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def is_ready(where: Address) -> bool:
    """Whether the web child answers; database and files were seen to by `prepare`."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where.host, where.host)  # noqa: S104  # asks
    connection = http.client.HTTPConnection(host, where.port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(where.base_url).netloc})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def prepared(supervisor: Supervisor, *, demo: bool) -> dict[str, Any] | None:
    """Run the preparing child and read its report; None if it failed or we were stopped."""
    reading, writing = os.pipe()
    child = Child(
        name="prepare",
        arguments=["prepare", "--descriptor", str(writing), *(["--demo"] if demo else [])],
        pass_fds=(writing,),
    )
    code = supervisor.finished(child)
    os.close(writing)
    with os.fdopen(reading) as source:
        if code != 0:
            return None
        supervisor.children.remove(child)
        report: dict[str, Any] = json.load(source)
        return report


def announce(where: Address, folder: Path, *, report: dict[str, Any], password: str) -> None:
    """Tell where it runs, who can log in and how to stop."""
    say()
    say(_("Tandemwerk is running: %s") % where.base_url)
    if report.get("demo") == "there":
        say()
        say(_("Demo accounts, all with the password %s") % password)
        for account in ACCOUNTS:
            say(f"  {account}")
    elif report.get("demo") == "refused":
        say(_("The demo was not loaded: this data folder already holds people."))
    say()
    say(_("Data: %(folder)s. Stop with Ctrl-C.") % {"folder": folder})


def main(arguments: list[str]) -> int:
    """Serve until asked to stop; 0 after a clean end, 1 with a sentence otherwise."""
    chosen = options(arguments)
    if chosen.end_with_parent:
        end_with_parent()
    port = port_of(chosen.port or os.environ.get("PORT") or "8000")
    where = address(chosen.host, port, os.environ.get("TANDEMWERK_BASE_URL", ""))
    if chosen.demo and not where.is_private:
        public = where.base_url if is_loopback(where.host) else where.host
        stop(_("The demo has known accounts and runs on this machine only, not on %s.") % public)
    folder = data_folder()
    held = lock(folder)
    sock = listen(where)
    password = os.environ.get(VARIABLE) or kept_password(folder) or new_password()
    env = {**os.environ, "TANDEMWERK_DATA": str(folder), "TANDEMWERK_BASE_URL": where.base_url}
    if chosen.demo:
        env |= {"TANDEMWERK_DEMO": "true", VARIABLE: password}
    supervisor = Supervisor(env=env)
    supervisor.listen_to_signals()
    try:
        report = prepared(supervisor, demo=chosen.demo)
        if report is None:
            return 0 if supervisor.is_stopping else 1
        if report["has_demo"] and not where.is_private:
            stop(
                _(
                    "The data folder %s holds the demo with its known accounts; it is served on "
                    "this machine only. Start a real installation with a folder of its own."
                )
                % folder
            )
        supervisor.add(
            Child(
                name=_("web server"),
                arguments=["web", "--descriptor", str(sock.fileno())],
                pass_fds=(sock.fileno(),),
            )
        )
        if not supervisor.watch(until=lambda: is_ready(where)):
            return 1
        if not chosen.no_worker:
            # In SQLite nobody else can be working: take over what a killed worker left.
            only = [] if os.environ.get("TANDEMWERK_DATABASE_URL") else ["--only"]
            supervisor.add(Child(name=_("job worker"), arguments=["worker", *only]))
        if not supervisor.is_stopping:
            announce(where, folder, report=report, password=password)
        if not supervisor.watch():
            return 1
        say()
        say(_("Tandemwerk is stopping …"))
        return 0
    finally:
        supervisor.end()
        sock.close()
        held.close()
