"""Keep a few child processes alive and end them together.

Children die with their parent, however it dies: each holds the reading end of a pipe whose only
writing end is the parent's. When the pipe closes, the child stops itself (see `child`).
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tandemwerk.console import gettext as _
from tandemwerk.console import say

LOOK_SECONDS = 0.1
STOP_SECONDS = 4.0
LONGEST_PAUSE_SECONDS = 30.0
# Having run this long, a child counts as healthy again and its next fall starts the pauses anew.
HEALTHY_SECONDS = 60.0
# So many falls in a row without ever having been healthy: it will not get better by itself.
GIVE_UP_AFTER = 5


@dataclass
class Child:
    """One process that should always run."""

    name: str
    arguments: Sequence[str]
    pass_fds: tuple[int, ...] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    falls: int = 0
    next_start_at: float = 0.0


@dataclass
class Supervisor:
    """Starts, watches, restarts and ends its children. Used from the main thread only."""

    env: dict[str, str]
    clock: Callable[[], float] = time.monotonic
    children: list[Child] = field(default_factory=list)
    is_stopping: bool = False

    def __post_init__(self) -> None:
        self._pipe, self._lifeline = os.pipe()

    def on_signal(self, number: int, frame: object) -> None:
        """Signal handler: finish after the next look."""
        self.is_stopping = True

    def listen_to_signals(self) -> None:
        """End on Ctrl-C, on a polite kill and when the terminal closes."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)

    def add(self, child: Child) -> None:
        """Look after `child` from now on, which starts it; nothing when we are stopping."""
        if not self.is_stopping:
            self.children.append(child)
            self.start(child)

    def start(self, child: Child) -> "subprocess.Popen[bytes]":
        """Start `child` as a process in our group, with the reading end of the lifeline.

        Ctrl-C reaches the whole group, but only we listen to it: the child is born with it blocked
        and is ended by us, politely and once.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        child.process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
            [
                *(sys.executable, "-P", "-m", "tandemwerk.serve.child"),
                *("--lifeline", str(self._pipe)),
                *child.arguments,
            ],
            env=self.env,
            stdin=subprocess.DEVNULL,
            pass_fds=(self._pipe, *child.pass_fds),
        )
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        child.started_at = self.clock()
        return child.process

    def finished(self, child: Child) -> int | None:
        """Run `child` to its end; its exit code, or None when we were asked to stop meanwhile."""
        self.children.append(child)
        process = self.start(child)
        while (code := process.poll()) is None and not self.is_stopping:
            time.sleep(LOOK_SECONDS)
        return None if self.is_stopping else code

    def watch(self, until: Callable[[], bool] = lambda: False) -> bool:
        """Look after the children until asked to stop, or until `until` says so.

        Returns False when a child keeps falling and there is no point in going on.
        """
        while not self.is_stopping and not until():
            for child in self.children:
                if not self._look_after(child):
                    return False
            time.sleep(LOOK_SECONDS)
        return True

    def _look_after(self, child: Child) -> bool:
        now = self.clock()
        if child.process is None:
            if now >= child.next_start_at:
                self.start(child)
            return True
        code = child.process.poll()
        if code is None:
            return True
        child.process = None
        if now - child.started_at >= HEALTHY_SECONDS:
            child.falls = 0
        child.falls += 1
        if child.falls >= GIVE_UP_AFTER:
            say(
                _("The %(name)s ended %(count)s times in a row; the reason stands above.")
                % {"name": child.name, "count": child.falls}
            )
            return False
        pause = min(2.0 ** (child.falls - 1), LONGEST_PAUSE_SECONDS)
        child.next_start_at = now + pause
        say(
            _("The %(name)s ended unexpectedly (%(code)s); starting it again in %(seconds)g s.")
            % {"name": child.name, "code": code, "seconds": pause}
        )
        return True

    def end(self) -> None:
        """End all children: politely, then after four seconds by force. Leaves none behind."""
        self.is_stopping = True
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = self.clock() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, until - self.clock()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.children = []
