"""One example for everything a program sends, for the OpenAPI document; a test tries them all."""

from typing import Any

TEXT = {"de": "Auf Augenhöhe", "en": "Eye to eye"}
PASSWORD = {"password": "four quiet clouds move"}

EXAMPLES: dict[str, dict[str, Any]] = {
    # people
    "TokenIn": {
        "email": "coordinator@demo.example",
        **PASSWORD,
        "name": "Intranet",
        "scopes": ["read"],
        "lifetime_days": 30,
    },
    "SignUpIn": {
        "given_name": "Ayşe",
        "family_name": "Yılmaz",
        "email": "ayse.yilmaz@example.org",
        **PASSWORD,
        "locale": "de",
    },
    "AddressIn": {"email": "ayse.yilmaz@example.org"},
    "KeyIn": {"key": "Mg:1vNfQx:8ZbJp0v"},
    "ResetIn": {"key": "2-d0zvqk-6b1e", **PASSWORD},
    "MePatch": {"locale": "en", "theme": "dark", "timezone": "Europe/Berlin"},
    "PasswordIn": PASSWORD,
    "PasswordChangeIn": {**PASSWORD, "new_password": "nine blue stones roll"},
    "EmailIn": {**PASSWORD, "email": "ayse@example.org"},
    "EraseIn": {**PASSWORD, "confirm": True},
    "ConfirmIn": {"ticket": "eyJ1c2VyIjo3fQ:1vNfQx:8ZbJp0v", "code": "123456"},
    "ProfilePatch": {
        "wanted": ["first-leadership", "delegation"],
        "languages": {"de": "fluent", "en": "conversation"},
        "experience_years": 7.5,
        "week": [33, 34, 81],
    },
}
