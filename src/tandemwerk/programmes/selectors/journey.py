"""A programme's journey for those who run it: the draft, the newest version, older ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from tandemwerk.programmes.journey import (
    Difference,
    Gap,
    Kind,
    differences,
    faults,
    phase_gaps,
    phases_of,
)
from tandemwerk.programmes.journey_words import sentence
from tandemwerk.programmes.models import JourneyDraft, JourneyVersion, Programme

__all__ = [  # apps above this one come in here
    "Desk",
    "Difference",
    "Kind",
    "PhaseRow",
    "differences",
    "journey_content",
    "journey_desk",
    "journey_versions",
]


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase in the editor's list."""

    phase: Mapping[str, Any]
    gaps: tuple[Gap, ...]
    gap_before: int  # weeks that belong to no phase; below zero: weeks that belong to two


@dataclass(frozen=True, slots=True)
class Desk:
    """The journey as its coordinators have it open."""

    content: Mapping[str, Any]
    rows: tuple[PhaseRow, ...]
    is_draft: bool
    is_changed: bool  # the draft differs from the newest version
    may_undo: bool
    problems: tuple[str, ...]


def journey_desk(programme: Programme) -> Desk:
    """Draft or newest version, with what is wrong and what is missing. One query."""
    draft = JourneyDraft.objects.filter(programme=programme).first()
    content = draft.content if draft else programme.journey
    before: int | None = None
    rows = []
    for phase in phases_of(content):
        gap = 0 if before is None else phase["start_week"] - before
        rows.append(PhaseRow(phase, tuple(phase_gaps(phase)), gap))
        before = phase["end_week"]
    return Desk(
        content=content,
        rows=tuple(rows),
        is_draft=draft is not None,
        is_changed=bool(draft and differences(programme.journey, draft.content)),
        may_undo=bool(draft and draft.before is not None),
        problems=tuple(sentence(fault, content) for fault in faults(content)),
    )


def journey_versions(programme: Programme) -> QuerySet[JourneyVersion]:
    """All versions, the newest first, with who made them. One query.

    A programme that never changed its journey has no row: its only version is on the programme.
    """
    return JourneyVersion.objects.filter(programme=programme).select_related("made_by")


def journey_content(programme: Programme, wanted: str) -> Mapping[str, Any]:
    """The journey of the version with this number; for "" the draft, or the newest without one.

    Http404 for a number that does not exist. At most one query.
    """
    if not wanted:
        return journey_desk(programme).content
    if wanted == str(programme.journey_number):
        found: Mapping[str, Any] = programme.journey
        return found
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 9 else 0
    version = get_object_or_404(JourneyVersion, programme=programme, number=number)
    content: Mapping[str, Any] = version.content
    return content
