"""A programme's library: put in, change, take out with a way back."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from i18nfield.strings import LazyI18nString

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ForWhom, MaterialKind
from tandemwerk.programmes.errors import MaterialIncomplete, ProgrammeArchived
from tandemwerk.programmes.models import Material, Programme
from tandemwerk.programmes.rules import is_editable
from tandemwerk.programmes.services.material_files import material_check

KEPT_AFTER_REMOVAL = timedelta(days=1)
SAMPLES = "sample_pages.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """What a material says and where it is shown; `phases`: keys, none for every phase."""

    title: LazyI18nString
    hint: LazyI18nString = field(default_factory=lambda: LazyI18nString({}))
    text: LazyI18nString = field(default_factory=lambda: LazyI18nString({}))
    url: str = ""
    phases: Sequence[str] = ()
    who: str = ForWhom.BOTH


@transaction.atomic
def material_add(
    *,
    programme: Programme,
    kind: MaterialKind,
    words: Words,
    by: User,
    now: datetime,
    file: tuple[str, bytes] | None = None,
) -> Material:
    """Put a link, a page or a file (its name and bytes) into the library.

    Raises ProgrammeArchived, MaterialIncomplete, MaterialTooLarge, MaterialKindRefused.
    """
    _require_editable(programme)
    _require_whole(kind, words)
    material = Material(programme=programme, kind=kind, made_at=now, **_fields(words))
    if file is not None:
        name, data = file
        checked = material_check(name, data)
        material.file_name, material.file_type = checked.name, checked.type
        material.file_size = len(data)
        material.file.save(checked.name, ContentFile(data), save=False)
    material.save()
    _told("material.add", material, by, now)
    return material


@transaction.atomic
def material_change(*, material: Material, words: Words, by: User, now: datetime) -> Material:
    """Say it differently or show it elsewhere; a file itself stays.

    Raises ProgrammeArchived, MaterialIncomplete.
    """
    _require_editable(material.programme)
    _require_whole(MaterialKind(material.kind), words)
    for name, value in _fields(words).items():
        setattr(material, name, value)
    material.save()
    _told("material.change", material, by, now)
    return material


@transaction.atomic
def material_remove(*, material: Material, by: User, now: datetime) -> None:
    """Take it out; for a day it can be brought back. Twice changes nothing."""
    _require_editable(material.programme)
    if Material.objects.filter(pk=material.pk, removed_at=None).update(removed_at=now):
        _told("material.remove", material, by, now)


@transaction.atomic
def material_restore(*, material: Material, by: User, now: datetime) -> None:
    """Bring it back. Twice changes nothing. Raises ProgrammeArchived."""
    _require_editable(material.programme)
    if Material.objects.filter(pk=material.pk).exclude(removed_at=None).update(removed_at=None):
        _told("material.restore", material, by, now)


@transaction.atomic
def sample_pages_add(*, programme: Programme, now: datetime) -> int:
    """Put our own pages into an empty library; returns how many. With any page in it: none."""
    if Material.objects.filter(programme=programme).exists():
        return 0
    rows = [
        Material(
            programme=programme,
            kind=MaterialKind.PAGE,
            title=LazyI18nString(dict(page["title"])),
            hint=LazyI18nString(dict(page["hint"])),
            text=LazyI18nString({code: text.strip() for code, text in page["text"].items()}),
            phases=list(page["phases"]),
            who=page["who"],
            made_at=now,
        )
        for page in sample_pages()
    ]
    return len(Material.objects.bulk_create(rows))


def materials_forget(*, now: datetime) -> int:
    """Delete what was taken out more than a day ago, files too; returns how many."""
    old = list(Material.objects.filter(removed_at__lt=now - KEPT_AFTER_REMOVAL))
    for material in old:
        if material.file:
            material.file.delete(save=False)
        material.delete()
    return len(old)


@lru_cache(maxsize=1)
def sample_pages() -> tuple[Mapping[str, Any], ...]:
    """The shipped pages: title, hint, text by language, phases, who. Read once per process."""
    file = resources.files("tandemwerk.programmes").joinpath("library_texts", SAMPLES)
    return tuple(tomllib.loads(file.read_text(encoding="utf-8"))["page"])


def _fields(words: Words) -> dict[str, Any]:
    names = ("title", "hint", "text", "url", "who")
    return {**{name: getattr(words, name) for name in names}, "phases": list(words.phases)}


def _require_editable(programme: Programme) -> None:
    if not is_editable(programme):
        raise ProgrammeArchived


def _require_whole(kind: MaterialKind, words: Words) -> None:
    needs_text = kind is MaterialKind.PAGE and not str(words.text)
    if not str(words.title) or bool(words.url) != (kind is MaterialKind.LINK) or needs_text:
        raise MaterialIncomplete


def _told(action: str, material: Material, by: User, now: datetime) -> None:
    audit_record(action=action, about=material, by=by, now=now, programme_id=material.programme_id)
