import polib
import pytest

from tools.check_messages import catalogue_problems, entry_problems, main
from tools.messages import compile_catalogue, extract


def entry(msgid: str, msgstr: str = "", **more) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        (entry("Hello", ""), "has no German text"),
        (entry("Hello", "  "), "has no German text"),
        (entry("Hello", "Hallo", flags=["fuzzy"]), "fuzzy"),
        (entry("Hello %(name)s", "Hallo"), "placeholders"),
        (entry("Hello %(name)s", "Hallo %(nam)s"), "placeholders"),
        (entry("Hello %s", "Hallo"), "placeholders"),
        (entry("Hello {name}", "Hallo {}"), "placeholders"),
        (entry("Hello", "Hallo %(name)s"), "placeholders"),
        (entry("Hello\n", "Hallo"), "line break"),
        (
            entry("%(n)s pair", msgid_plural="%(n)s pairs", msgstr_plural={0: "%(n)s Paar", 1: ""}),
            "has no German text",
        ),
    ],
)
def test_planted_slips_are_found(planted, expected):
    problems = entry_problems(planted)

    assert len(problems) == 1
    assert expected in problems[0]


@pytest.mark.parametrize(
    "sound",
    [
        entry("Hello %(name)s", "Hallo %(name)s"),
        entry("%(a)s of %(b)s", "%(b)s, davon %(a)s"),
        entry("100 % sure", "100 % sicher"),
        entry(
            "one pair", msgid_plural="%(n)s pairs", msgstr_plural={0: "ein Paar", 1: "%(n)s Paare"}
        ),
    ],
)
def test_sound_entries_pass(sound):
    assert entry_problems(sound) == []


def test_a_text_nobody_collected_is_found(tmp_path):
    app = tmp_path / "people"
    app.mkdir()
    (app / "apps.py").write_text("")
    (app / "views.py").write_text('from x import gettext as _\n\nword = _("Forgotten")\n')

    extract(tmp_path)

    path = app / "locale" / "de" / "LC_MESSAGES" / "django.po"
    assert catalogue_problems(path, "people") == ["people: “Forgotten” has no German text"]
    assert not (tmp_path / "locale").exists()


def test_extracting_twice_changes_nothing(tmp_path):
    (tmp_path / "apps.py").write_text("")
    (tmp_path / "views.py").write_text('word = _("Once")\n')
    path = tmp_path / "locale" / "de" / "LC_MESSAGES" / "django.po"
    extract(tmp_path)
    first = path.read_text()

    extract(tmp_path)

    assert path.read_text() == first
    assert "POT-Creation-Date" not in first


def test_compiled_texts_are_read_back(tmp_path):
    path = tmp_path / "django.po"
    path.write_text('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Yes"\nmsgstr "Ja"\n')

    found = polib.mofile(str(compile_catalogue(path)))

    assert found.find("Yes").msgstr == "Ja"


def test_a_run_that_sees_no_text_fails(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.check_messages.SOURCE", tmp_path)

    assert main() == 1
