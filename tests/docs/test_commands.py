"""What `docs/reference/commands.md` says exists, and what exists is there."""

import re
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from tandemwerk.cli import COMMANDS, main
from tests.docs.shell import ROOT

TEXT = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^##+ (.+?)$\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
SECTIONS: dict[str, str] = dict(SECTION.findall(TEXT))
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def section(name: str) -> str:
    (body,) = [body for heading, body in SECTIONS.items() if f"`{name}`" in heading]
    return body


def ours() -> dict[str, BaseCommand]:
    """Our own management commands by name."""
    return {
        name: load_command_class(app, name)
        for name, app in get_commands().items()
        if isinstance(app, str) and app.startswith("tandemwerk.")
    }


def test_every_part_of_the_command_is_described() -> None:
    described = {
        name.split()[1] for name in re.findall(r"`(tandemwerk [\w-]+)`", " ".join(SECTIONS))
    }
    assert described == {*COMMANDS, "manage", "--version", "--help"}


def test_every_management_command_is_described() -> None:
    described = re.findall(r"^### `tandemwerk manage (\w+)`$", TEXT, re.MULTILINE)
    assert described == sorted(ours())


def test_the_options_of_management_commands_are_described() -> None:
    usual = {o for a in BaseCommand().create_parser("", "")._actions for o in a.option_strings}
    for name, command in ours().items():
        actions = command.create_parser("", name)._actions
        has = {o for a in actions for o in a.option_strings} - usual
        text = section(f"tandemwerk manage {name}")
        assert set(OPTION.findall(text)) - usual == has, name
        for action in actions:
            if not action.option_strings:
                assert re.search(rf"`{name} [A-Z]+`", text), f"{name} takes {action.dest}"


@pytest.mark.parametrize("name", ["serve", "match", "generate", "learn"])
def test_the_options_of_our_commands_are_described(name: str, capsys: Any) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    has = set(OPTION.findall(capsys.readouterr().out)) - {"--help"}
    rows = re.findall(r"^\| `(--[a-z-]+)", section(f"tandemwerk {name}"), re.MULTILINE)
    assert set(rows) == has
