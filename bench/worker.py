"""A process in the environment of one solver: reads orders from its input, answers with figures.

An order is a line of JSON: {"load": path, "solver": name} prepares, {"run": true} times one call.
Run by path, not as a module: the package around it is not installed in the peers' environments.
"""

import contextlib
import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from bench.solvers import SOLVERS


def main() -> None:
    """Answer until the input ends."""
    call = None
    for line in sys.stdin:
        order = json.loads(line)
        try:
            if "load" in order:
                with np.load(order["load"]) as arrays:
                    problem = dict(arrays)
                call = SOLVERS[order["solver"]](problem)
                _forget_peak()
                answer = {"mib": _peak()}
            elif call is not None:
                started = time.perf_counter()
                people, total, *proven = call()
                seconds = time.perf_counter() - started
                answer = {"seconds": seconds, "people": people, "total": total, "mib": _peak()}
                if proven:
                    answer["gap"] = proven[0]
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


def _peak() -> float:
    """The most memory held so far, in MiB.

    Linux counts this process's own; elsewhere the figure may begin with what its parent held.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _forget_peak() -> None:
    """Begin to count anew from what is held now, so that reading the problem is left out."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


if __name__ == "__main__":
    main()
