"""Debian packages the tests need: install them where we may, name them where we may not."""

import os
import shutil
import subprocess

from tools.throwaway_postgres import programs

NEEDED = {
    "chromium": lambda: shutil.which("chromium") is not None,
    "curl": lambda: shutil.which("curl") is not None,
    "gettext": lambda: all(shutil.which(name) for name in ("xgettext", "msgmerge", "msguniq")),
    "postgresql": lambda: programs() is not None,
}


def missing() -> list[str]:
    """Names of the Debian packages whose programs are not there."""
    return [name for name, is_there in NEEDED.items() if not is_there()]


def _root_prefix() -> list[str] | None:
    """How to become root without asking anybody: empty as root, None if there is no way."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def ensure_packages() -> str | None:
    """Install what is missing; returns a sentence for the person if that did not work."""
    wanted = missing()
    if not wanted:
        return None
    by_hand = f"sudo apt-get install --no-install-recommends {' '.join(wanted)}"
    prefix = _root_prefix()
    if prefix is None or shutil.which("apt-get") is None:
        return f"The tests need programs that are not installed. Please run:\n  {by_hand}"
    print(f"Installing for the tests: {', '.join(wanted)} …", flush=True)
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *wanted]):
        subprocess.run([*apt, *command], check=False, stdin=subprocess.DEVNULL)
    still = missing()
    if still:
        return f"Could not install {', '.join(still)}; see above. By hand:\n  {by_hand}"
    return None
