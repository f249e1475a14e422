"""The register of personal data: each field of each table with class, purpose and fate.

Apps describe their tables in ``data_register.toml``. A key names ``Model.field``, or ``Model`` with
a list `fields`; other packages' tables are written with their app label, ``account.EmailAddress``.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.db import models

CLASSES = ("public", "operational", "personal", "confidential")
TEXTS = ("class", "purpose", "retention", "readers", "erase")
FATES = ("delete", "anonymise", "keep")


@dataclass(frozen=True, slots=True)
class Entry:
    model: str  # app_label.Model
    field: str
    data_class: str
    purpose: str
    retention: str
    readers: str
    erase: str


class RegisterError(ValueError):
    """An entry is incomplete or names something that doesn't exist."""


@lru_cache(maxsize=1)
def data_register() -> dict[tuple[str, str], Entry]:
    """All entries by (model, field). Reads one small file an app, once per process."""
    entries: dict[tuple[str, str], Entry] = {}
    for config in apps.get_app_configs():
        path = Path(config.path) / "data_register.toml"
        if not config.name.startswith("tandemwerk.") or not path.exists():
            continue
        for key, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for entry in _entries(config.label, key, table):
                entries[entry.model, entry.field] = entry
    return entries


def _entries(label: str, key: str, table: dict[str, object]) -> list[Entry]:
    parts = key.split(".")
    at = next((i for i, part in enumerate(parts) if part[:1].isupper()), None)
    if at is None:
        raise RegisterError(f"{label}: {key} names no model")
    model = ".".join([*(parts[:at] or [label]), parts[at]])
    listed = table.get("fields", [])
    fields = [
        *parts[at + 1 :],
        *(str(name) for name in (listed if isinstance(listed, list) else [])),
    ]
    texts = {
        n: str(table.get(n, "")) for n in ("class", "purpose", "retention", "readers", "erase")
    }
    if missing := [name for name, text in texts.items() if not text]:
        raise RegisterError(f"{label}: {key} lacks {', '.join(missing)}")
    if texts["class"] not in CLASSES or texts["erase"] not in FATES:
        raise RegisterError(f"{label}: {key} has an unknown class or fate")
    return [
        Entry(
            model,
            field,
            texts["class"],
            texts["purpose"],
            texts["retention"],
            texts["readers"],
            texts["erase"],
        )
        for field in fields
    ]


def all_fields() -> set[tuple[str, str]]:
    """(model, field) of every column that exists, tables of other packages included."""
    found: set[tuple[str, str]] = set()
    for model in apps.get_models(include_auto_created=True):
        name = f"{model._meta.app_label}.{model._meta.object_name}"
        found |= {(name, f.name) for f in model._meta.get_fields() if isinstance(f, models.Field)}
    return found


def as_markdown() -> str:
    """The register as a table for docs/reference/data-register.md."""
    lines = [
        "# Data register",
        "",
        "Every column of the database with its class, purpose, retention, readers and what happens",
        "to it when a person leaves. Written by `tandemwerk manage data_register`; a test fails",
        "when a column is missing or this page is out of date.",
    ]
    current = ""
    for (model, field), entry in sorted(data_register().items()):
        if model != current:
            current = model
            lines += [
                "",
                f"## {model}",
                "",
                "| Field | Class | Purpose | Kept | Readers | On erasure |",
            ]
            lines += ["|---|---|---|---|---|---|"]
        lines.append(
            f"| `{field}` | {entry.data_class} | {entry.purpose} | {entry.retention} "
            f"| {entry.readers} | {entry.erase} |"
        )
    return "\n".join(lines) + "\n"
