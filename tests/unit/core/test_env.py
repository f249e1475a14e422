import pytest
from pydantic import ValidationError

from tandemwerk.config.env import Env, kept_secret


def env(**values):
    return Env(_env_file=None, **values)


def test_demo_is_refused_outside_loopback():
    with pytest.raises(ValidationError, match="loopback"):
        env(demo=True, base_url="https://mentoring.example.org")


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://localhost:9", "http://[::1]:80"])
def test_demo_is_welcome_at_home(url):
    assert env(demo=True, base_url=url).is_loopback


def test_origins_are_exact():
    assert env(base_url="https://a.example/path").origins == ["https://a.example"]
    assert "http://localhost:8123" in env(base_url="http://127.0.0.1:8123").origins


@pytest.mark.parametrize("url", ["", "mentoring.example.org", "ftp://a.example", "https://"])
def test_address_must_be_an_origin(url):
    with pytest.raises(ValidationError):
        env(base_url=url)


def test_secret_is_made_once(tmp_path):
    path = tmp_path / "secret"
    assert kept_secret(path) == kept_secret(path)
    assert path.stat().st_mode & 0o077 == 0
