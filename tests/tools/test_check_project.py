import pytest
from packaging.requirements import Requirement

from tools import check_project
from tools.check_project import lock_problems, python_lock_problems, text_problems

SOUND = """\
django==5.2.1 \\
    --hash=sha256:aa
    # via x
rules==3.5 ; python_version > '3' \\
    --hash=sha256:bb
"""


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        (SOUND, ["whitenoise"], "whitenoise is missing"),
        (SOUND, ["Django>=6"], "Django 5.2.1 is not >=6"),
        (SOUND + "tablib==3.8\n    # via y\n", ["rules"], "tablib==3.8 has no hash"),
        ("--index-url https://example.org\n" + SOUND, ["rules"], "an address or an option"),
        (SOUND + "x @ https://example.org/x.whl\n", ["rules"], "an address or an option"),
    ],
)
def test_planted_lock_faults_are_found(text, wanted, expected):
    problems = lock_problems("run.txt", text, [Requirement(name) for name in wanted])

    assert len(problems) == 1
    assert expected in problems[0]


def test_a_sound_lock_passes():
    assert lock_problems("run.txt", SOUND, [Requirement("Django>=5.2,<5.3")]) == []


def test_our_own_locks_are_fresh():
    assert python_lock_problems() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://" + "pypi" + ".org/simple", "names the registry"),
        ("cd " + "/ro" + "ot/project", "names a folder of one machine"),
        ("x = 1\n" * 401, "401 lines"),
    ],
)
def test_planted_file_faults_are_found(tmp_path, monkeypatch, text, expected):
    monkeypatch.setattr(check_project, "ROOT", tmp_path)
    path = tmp_path / "module.py"
    path.write_text(text)

    problems = text_problems(path)

    assert len(problems) == 1
    assert expected in problems[0]


LONG_VIEW = "def page(request):\n" + "    x = 1\n" * 15
FITTING_VIEW = (
    'def page(request):\n    """Says much.\n\n    In lines.\n    """\n' + "    x = 1\n" * 14
)


@pytest.mark.parametrize(
    ("place", "text", "expected"),
    [
        ("src/app/views.py", LONG_VIEW, "page has 16 lines"),
        ("src/app/views/lists.py", "async " + LONG_VIEW, "page has 16 lines"),
        ("src/app/views.py", "rows = Model.objects.all()\n", "through selectors only"),
    ],
)
def test_planted_faults_in_views_are_found(tmp_path, monkeypatch, place, text, expected):
    problems = _problems_at(tmp_path, monkeypatch, place, text)

    assert len(problems) == 1
    assert expected in problems[0]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("src/app/views.py", FITTING_VIEW),
        ("src/app/selectors/views_of.py", LONG_VIEW + "rows = Model.objects.all()\n"),
        ("tests/views/lists.py", LONG_VIEW),
    ],
)
def test_short_views_and_other_modules_pass(tmp_path, monkeypatch, place, text):
    assert _problems_at(tmp_path, monkeypatch, place, text) == []


def _problems_at(tmp_path, monkeypatch, place, text):
    monkeypatch.setattr(check_project, "ROOT", tmp_path)
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return text_problems(path)
