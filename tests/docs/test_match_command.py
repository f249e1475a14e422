"""The commands of `docs/how-to/match-on-the-command-line.md` print what the page shows."""

from pathlib import Path

from tests.docs.shell import blocks, compare, start


def test_commands_and_outputs(tmp_path: Path) -> None:
    commands = blocks("how-to/match-on-the-command-line.md")
    shell = start(commands, tmp_path, {"LC_ALL": "C.UTF-8", "LANGUAGE": ""})
    output, _none = shell.communicate(timeout=300)
    compare(commands, output, shell.returncode)
    assert (tmp_path / "reasons.json").stat().st_size > 10_000
    assert not (tmp_path / "never.csv").exists()
