"""What a child of `tandemwerk serve` runs: `prepare`, `web` or `worker`."""

import argparse
import gc
import os
import signal
import socket
import sys
import threading

GRACE_SECONDS = 3
WARM_UP_AFTER_SECONDS = 2  # the worker goes first, and so do the first pages


def hold_lifeline(descriptor: int) -> None:
    """Stop this process when the parent is gone: the pipe then closes, however the parent died."""

    def wait() -> None:
        os.read(descriptor, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        threading.Event().wait(GRACE_SECONDS + 1)
        os._exit(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def web(descriptor: int) -> None:
    """Serve HTTP on the socket the parent has opened."""
    import uvicorn

    config = uvicorn.Config(
        "tandemwerk.config.asgi:application",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        # 64 kB a socket for a saving that chat messages don't have.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    later = threading.Timer(WARM_UP_AFTER_SECONDS, warm_up)
    later.daemon = True
    later.start()
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def warm_up() -> None:
    """Load what the first "why not …?" would otherwise wait for; the worker compiles it before."""
    from tandemwerk.core.jobs import warm_up_all

    warm_up_all(pages=True)
    # What is there now stays for good: searches for cycles need not look through it any more.
    gc.freeze()


def manage(*arguments: str) -> None:
    """Run a management command."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tandemwerk manage", *arguments])


def main(arguments: list[str]) -> int:
    """Become the child that the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=["prepare", "web", "worker"])
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("--descriptor", type=int)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--only", action="store_true")
    options = parser.parse_args(arguments)
    hold_lifeline(options.lifeline)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandemwerk.config.settings")
    if options.role == "web":
        web(options.descriptor)
    elif options.role == "worker":
        manage("worker", *(["--only"] if options.only else []))
    else:
        from tandemwerk.serve.prepare import prepare

        prepare(report=options.descriptor, demo=options.demo)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
