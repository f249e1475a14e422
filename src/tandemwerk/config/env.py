"""What an installation may set from outside, typed and checked before anything starts."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Env(BaseSettings):
    """Environment variables with the prefix ``TANDEMWERK_``; every one has a safe default."""

    model_config = SettingsConfigDict(env_prefix="TANDEMWERK_", extra="ignore")

    data: Path = Field(default=Path("var"), description="Folder of database, files and keys.")
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Public address: scheme, host and port, exactly as people type it.",
    )
    database_url: str = Field(
        default="", description="postgresql://user:password@host:port/name; empty means SQLite."
    )
    debug: bool = False
    demo: bool = Field(default=False, description="Demo data and accounts; loopback only.")
    demo_password: str = ""
    open_signup: bool = Field(default=False, description="May anybody create an account?")
    secret_key: str = ""
    email_url: str = Field(
        default="", description="smtp://user:password@host:port, smtps://…; empty keeps a folder."
    )
    email_from: str = "Tandemwerk <noreply@localhost>"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("base_url")
    @classmethod
    def _origin_only(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("TANDEMWERK_BASE_URL must look like https://mentoring.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("data")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @model_validator(mode="after")
    def _demo_stays_at_home(self) -> "Env":
        """Known accounts with one shared password must not be reachable from elsewhere."""
        if self.demo and not self.is_loopback:
            raise ValueError(
                "TANDEMWERK_DEMO is for this machine only: TANDEMWERK_BASE_URL must be a loopback "
                "address such as http://127.0.0.1:8000"
            )
        return self

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        host = urlsplit(self.base_url).hostname or ""
        return host in {"localhost", "::1"} or host.startswith("127.")

    @property
    def hosts(self) -> list[str]:
        """Host names that requests may carry; a loopback address answers to all its names."""
        own = urlsplit(self.base_url).hostname or ""
        return ["127.0.0.1", "localhost", "[::1]"] if self.is_loopback else [own]

    @property
    def origins(self) -> list[str]:
        """Exact origins (scheme, host, port) from which a browser may write."""
        if not self.is_loopback:
            return [self.base_url]
        port = urlsplit(self.base_url).port
        suffix = f":{port}" if port else ""
        scheme = urlsplit(self.base_url).scheme
        return [f"{scheme}://{host}{suffix}" for host in self.hosts]

    @cached_property
    def keys_folder(self) -> Path:
        folder = self.data / "keys"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    @cached_property
    def effective_secret_key(self) -> str:
        """The secret of the environment, or one made at first start and kept beside the data."""
        return self.secret_key or kept_secret(self.keys_folder / "secret_key")


def kept_secret(path: Path) -> str:
    """Read the secret in `path`, making it first if it is not there (two starters agree)."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()
