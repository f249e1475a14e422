import subprocess
import sys

import pytest

from tandemwerk import __version__, cli


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(capsys, flag):
    assert cli.main([flag]) == 0
    assert capsys.readouterr().out == f"tandemwerk {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_names_every_command(capsys, arguments):
    assert cli.main(arguments) == 0
    said = capsys.readouterr().out
    assert all(f"tandemwerk {name}" in said for name in cli.COMMANDS)


def test_an_unknown_command_is_refused_with_the_help(capsys):
    assert cli.main(["dance"]) == 2
    said = capsys.readouterr().err
    assert "“dance”" in said
    assert "tandemwerk serve" in said


def test_manage_runs_django_commands(clean_env):
    command = [sys.executable, "-m", "tandemwerk", "manage", "check"]

    ended = subprocess.run(command, env=clean_env, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "no issues" in ended.stdout


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["match", "--help"]])
def test_what_needs_no_django_imports_no_django(clean_env, arguments):
    program = (
        "import sys; from tandemwerk.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "sys.exit('django' in sys.modules)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], env=clean_env, capture_output=True, check=False
    )

    assert ended.returncode == 0


@pytest.mark.parametrize(
    ("shell", "sentence"),
    [("C.UTF-8", "missing.csv cannot be read"), ("de_DE.UTF-8", "missing.csv lässt sich nicht")],
)
def test_match_speaks_the_language_of_the_shell(clean_env, tmp_path, shell, sentence):
    lists = ["missing.csv", "missing.csv", "--output", str(tmp_path / "pairs.csv")]

    ended = subprocess.run(
        [sys.executable, "-m", "tandemwerk", "match", *lists],
        env=clean_env | {"LANG": shell, "LANGUAGE": "", "LC_ALL": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert sentence in ended.stderr
