"""The demo's accounts and password, as `tandemwerk serve` shows them at each start."""

from tandemwerk.demo.password import (
    ACCOUNTS,
    VARIABLE,
    keep_password,
    kept_password,
    new_password,
)

__all__ = ["ACCOUNTS", "VARIABLE", "keep_password", "kept_password", "new_password"]
