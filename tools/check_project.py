"""Small promises about the files of the project itself.

Locks name every requirement, with hashes and without addresses; no file names a package registry or
a folder of somebody's machine; modules stay short enough to read. A view selects, asks a form or a
service and renders: short, and never at the tables itself.
"""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.shared import ROOT, fail, project_files

# The other extras are large and for few installations; the development list has them for tests.
LOCKED_EXTRAS = ("postgresql",)
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
# Written in parts, so that this file does not name what it forbids.
HOSTS = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("yarnpkg", "com"))
]
PLACES = re.compile(r"(?<![\w.])/(?:work|root|home/[a-z]+|Users/[A-Za-z]+)/")
# In our own modules only; catalogues of data and lists of requirements may be long.
LONGEST_MODULE = 400
TOO_LONG = "{name}: {count} lines; a module has at most {most}. Split it by act."
LONGEST_VIEW = 15
LONG_VIEW = (
    "{name}:{line}: {function} has {count} lines; a function of a view has at most {most} without "
    "its docstring. Move the decision to a form, a selector or a service."
)
TABLE_IN_VIEW = "{name}:{line}: a view reads tables through selectors only, not by .objects"


def pins(text: str) -> dict[str, Version]:
    """Locked version of each package in one requirements list."""
    return {
        canonicalize_name(match["name"]): Version(match["version"]) for match in PIN.finditer(text)
    }


def lock_problems(name: str, text: str, wanted: list[Requirement]) -> list[str]:
    """Why one lock does not fit the requirements it was made from."""
    locked = pins(text)
    problems = []
    for requirement in wanted:
        version = locked.get(canonicalize_name(requirement.name))
        if version is None:
            problems.append(f"{name}: {requirement.name} is missing; run `make lock`")
        elif not requirement.specifier.contains(version, prereleases=True):
            problems.append(f"{name}: {requirement.name} {version} is not {requirement.specifier}")
    blocks = re.split(r"\n(?=\S)", text)
    problems += [
        f"{name}: {block.split()[0]} has no hash"
        for block in blocks
        if PIN.match(block) and "--hash=sha256:" not in block
    ]
    if "://" in text or re.search(
        r"^\s*-(?!-hash)-?[a-z]", text.replace("    --hash", ""), re.MULTILINE
    ):
        problems.append(f"{name}: contains an address or an option")
    return problems


def requirements_in(path: Path) -> list[Requirement]:
    """Requirements of one .in file."""
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def python_lock_problems() -> list[str]:
    """Are the lists what pyproject.toml and the .in files ask for?"""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = (project["optional-dependencies"][name] for name in LOCKED_EXTRAS)
    wanted = [Requirement(text) for group in (project["dependencies"], *extras) for text in group]
    problems = []
    for name in ("run", "build", "dev"):
        source = ROOT / "requirements" / f"{name}.in"
        wanted = [*wanted, *(requirements_in(source) if source.exists() else [])]
        lock = ROOT / "requirements" / f"{name}.txt"
        problems += lock_problems(f"requirements/{name}.txt", lock.read_text(), wanted)
    for source in sorted((ROOT / "requirements").glob("bench-*.in")):
        lock = source.with_suffix(".txt")
        problems += lock_problems(
            f"requirements/{lock.name}", lock.read_text(), requirements_in(source)
        )
    return problems


def npm_lock_problems() -> list[str]:
    """Does package-lock.json belong to package.json, with hashes and without addresses?"""
    lock_file = ROOT / "package-lock.json"
    if not lock_file.exists():
        return []
    lock = json.loads(lock_file.read_text())
    manifest = json.loads((ROOT / "package.json").read_text())
    problems = []
    for kind in ("dependencies", "devDependencies"):
        if lock["packages"][""].get(kind, {}) != manifest.get(kind, {}):
            problems.append(f"package-lock.json: other {kind} than package.json; run `npm install`")
    for name, package in lock["packages"].items():
        if name and "resolved" in package:
            problems.append(f"package-lock.json: {name} has an address")
        if name and "integrity" not in package:
            problems.append(f"package-lock.json: {name} has no hash")
    return problems


def text_problems(path: Path) -> list[str]:
    """Registries, machine paths and overlong modules in one file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    name = str(path.relative_to(ROOT))
    problems = [f"{name}: names the registry {host}" for host in HOSTS if host in text]
    problems += [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: names a folder of one machine"
        for match in PLACES.finditer(text)
    ]
    length = text.count("\n")
    if path.suffix == ".py" and length > LONGEST_MODULE and "migrations" not in path.parts:
        problems.append(TOO_LONG.format(name=name, count=length, most=LONGEST_MODULE))
    if path.suffix == ".py" and is_view(path):
        problems += view_problems(name, text)
    return problems


def is_view(path: Path) -> bool:
    """Does the module hold views of our program: `views.py`, or a file in a folder `views`?"""
    is_ours = "src" in path.relative_to(ROOT).parts
    return is_ours and (path.name == "views.py" or "views" in path.parent.parts)


def view_problems(name: str, text: str) -> list[str]:
    """Functions that are too long, and tables that are read past the selectors."""
    problems = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = lines_of(node)
            if count > LONGEST_VIEW:
                about = {"function": node.name, "count": count, "most": LONGEST_VIEW}
                problems.append(LONG_VIEW.format(name=name, line=node.lineno, **about))
        elif isinstance(node, ast.Attribute) and node.attr == "objects":
            problems.append(TABLE_IN_VIEW.format(name=name, line=node.lineno))
    return problems


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    said = (first.end_lineno or 0) - first.lineno + 1 if is_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - said


def main() -> int:
    """Check everything; a run that saw no file fails."""
    files = list(project_files())
    problems = [problem for path in files for problem in text_problems(path)]
    problems += python_lock_problems() + npm_lock_problems()
    if not files:
        problems.append("No file was found at all: the check itself is broken.")
    return fail(problems, passed=f"{len(files)} files and the locks are in order.")


if __name__ == "__main__":
    sys.exit(main())
