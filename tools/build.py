"""Build the wheel into dist/."""

import subprocess
import sys

from tools.shared import ROOT


def main() -> int:
    """Build with the tools already in .venv: nothing is downloaded."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", "dist", "."]
    code = subprocess.run([*command, *options], cwd=ROOT, check=False).returncode
    if code == 0:
        newest = max(
            (ROOT / "dist").glob("tandemwerk-*.whl"), key=lambda path: path.stat().st_mtime
        )
        print(f"Built {newest.relative_to(ROOT)} ({newest.stat().st_size / 1024:.0f} kB)")
    return code


if __name__ == "__main__":
    sys.exit(main())
