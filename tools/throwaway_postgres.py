"""A PostgreSQL of our own for one test run: fresh, on a random loopback port, gone afterwards."""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

USER = "tandemwerk"
START_SECONDS = 60


def programs() -> Path | None:
    """Folder of the newest installed server's programs (Debian keeps them off the PATH)."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    if folders:
        return folders[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _unprivileged() -> dict[str, Any]:
    """Popen arguments that leave root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _end_with_parent() -> None:
    """Let the kernel stop the server if the test run is killed and can't do it itself (Linux)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Start a cluster and yield its address as a URL; stops and removes it in any case.

    `fsync` is off: the data need not outlive the run. Raises RuntimeError with the server's log if
    it does not come up within a minute.
    """
    binaries = programs()
    if binaries is None:
        raise RuntimeError("No PostgreSQL server is installed (initdb was not found).")
    identity = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="tandemwerk-postgres-"))
    try:
        if identity:
            os.chown(folder, identity["user"], identity["group"])
        yield from _cluster(binaries, folder, identity)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cluster(binaries: Path, folder: Path, identity: dict[str, Any]) -> Iterator[str]:
    password = secrets.token_hex(16)
    word = folder / "word"
    word.write_text(password)
    word.chmod(0o644)
    data = folder / "data"
    env = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    subprocess.run(
        [
            binaries / "initdb",
            *("--pgdata", data, "--username", USER, "--auth", "scram-sha-256", "--pwfile", word),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        ],
        check=True,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **identity,
    )
    word.unlink()
    port = _free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": folder,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": 250,
    }
    log = folder / "log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [
                binaries / "postgres",
                "-D",
                data,
                *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
            ],
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            preexec_fn=_end_with_parent,
            **identity,
        )
    try:
        _wait_until_ready(binaries, server, port, log)
        yield f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        # SIGINT is the server's "fast" stop: it ends open connections itself.
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _wait_until_ready(
    binaries: Path, server: subprocess.Popen[bytes], port: int, log: Path
) -> None:
    probe = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", USER]
    until = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < until:
        if subprocess.run(probe, check=False, stdin=subprocess.DEVNULL).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start:\n" + log.read_text(errors="replace"))
