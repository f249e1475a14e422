from tools import debian


def test_nothing_missing_needs_no_word(monkeypatch):
    monkeypatch.setattr(debian, "NEEDED", {"chromium": lambda: True})

    assert debian.ensure_packages() is None


def test_without_rights_it_names_what_is_missing(monkeypatch):
    monkeypatch.setattr(debian, "NEEDED", {"chromium": lambda: False, "gettext": lambda: True})
    monkeypatch.setattr(debian, "_root_prefix", lambda: None)

    said = debian.ensure_packages()

    assert "sudo apt-get install --no-install-recommends chromium" in said
    assert "gettext" not in said


def test_a_failed_installation_is_told(monkeypatch, tmp_path):
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\nexit 100\n")
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(debian, "NEEDED", {"chromium": lambda: False})
    monkeypatch.setattr(debian, "_root_prefix", list)

    assert debian.ensure_packages().startswith("Could not install chromium")
