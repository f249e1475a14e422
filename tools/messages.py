"""Translations: `compile` makes the .mo files, `extract` collects new texts into the .po files.

Compiling needs only polib, because it happens on every machine that runs the product. Extracting
needs gettext and happens where texts are written.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

from tools.shared import SOURCE, catalogues

HEAD = {
    "Language": "de",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def compile_catalogue(source: Path) -> Path:
    """Write the .mo file beside `source`; fuzzy and obsolete entries stay out."""
    target = source.with_suffix(".mo")
    polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(target))
    return target


def tidy(path: Path) -> None:
    """Give a catalogue a plain head and no dates, so that only changed texts show in a diff."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.header = ""
    catalogue.metadata = dict(HEAD)
    catalogue.metadata_is_fuzzy = False
    catalogue.save()


def extract(package: Path = SOURCE) -> None:
    """Bring the German catalogues under `package` up to date with the texts in the code.

    One run for the whole package: every text goes to the nearest `locale` folder above it, which is
    the app's own. Raises CalledProcessError if gettext finds something it can't read.
    """
    homes = [path.parent / "locale" for path in package.glob("*/apps.py")] + [package / "locale"]
    for folder in homes:
        folder.mkdir(exist_ok=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "--locale=de",
            "--no-location",
            "--no-wrap",
            "--verbosity=0",
            "--ignore=frontend/*",
            "--ignore=static/*",
        ],
        cwd=package,
        check=True,
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )
    for folder in homes:
        for path in folder.rglob("*.po"):
            tidy(path)
        if not any(folder.rglob("*.po")):
            shutil.rmtree(folder)


def main(arguments: list[str]) -> int:
    """Run the named actions in the given order."""
    actions = {"extract": extract, "compile": lambda: list(map(compile_catalogue, catalogues()))}
    if not arguments or not set(arguments) <= set(actions):
        print("usage: python -m tools.messages [extract] [compile]", file=sys.stderr)
        return 2
    for name in arguments:
        actions[name]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
