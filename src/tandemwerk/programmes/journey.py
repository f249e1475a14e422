"""A programme's journey as a document: what coordinators do with it, what is wrong, what changed.

Pure: no Django, no database. It is the document that tandems follow: ``{"phases": [phase, …]}``
with ``key``, ``title``, ``summary``, ``start_week``, ``end_week``, ``due`` (items with ``key``,
``title``, ``week``, ``who``), ``questions`` and ``starters`` (lists by language). Every act returns
a new document and leaves the old one as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Journey = Mapping[str, Any]
Phase = Mapping[str, Any]

LANGUAGES = ("de", "en")
WHO = ("mentee", "mentor", "both")
KINDS = (  # what a phase may be; several of a kind are numbered
    "preparation",
    "getting-to-know",
    "agreement",
    "work",
    "midpoint",
    "closure",
    "afterwards",
)
FIRST_WEEK, LAST_WEEK = -52, 260
NEW_PHASE_WEEKS = 4
MOST_PHASES = 20
WORDS = ("title", "summary", "questions", "starters")


class Problem(StrEnum):
    """What keeps a journey from being laid over a calendar, or from being understood."""

    NO_PHASES = "no_phases"
    TOO_MANY = "too_many"
    KEY_TWICE = "key_twice"
    NO_TITLE = "no_title"
    ENDS_TOO_EARLY = "ends_too_early"
    WEEK_OUTSIDE = "week_outside"
    NO_DUE_TITLE = "no_due_title"
    DUE_KEY_TWICE = "due_key_twice"


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem and where it is; `phase` and `item` are keys, empty where it is about all."""

    problem: Problem
    phase: str = ""
    item: str = ""


class Kind(StrEnum):
    """What became of a phase from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One phase that is not as it was; `title` by language; `parts`: what of it changed."""

    kind: Kind
    key: str
    title: Mapping[str, str]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A text of a phase that one language has and the other has not."""

    phase: str
    part: str
    language: str


def phases_of(journey: Journey) -> Sequence[Phase]:
    """The phases in the order of the list."""
    phases: Sequence[Phase] = journey.get("phases", ())
    return phases


def phase_of(journey: Journey, key: str) -> Phase | None:
    """The phase with this key."""
    return next((phase for phase in phases_of(journey) if phase["key"] == key), None)


def key_for(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, numbered if somebody has it."""
    known = set(taken)
    if wanted not in known:
        return wanted
    number = 2
    while f"{wanted}-{number}" in known:
        number += 1
    return f"{wanted}-{number}"


def due_keys(journey: Journey, but: str = "") -> set[str]:
    """Keys of everything that is due, without those of the phase `but`."""
    return {
        item["key"] for phase in phases_of(journey) if phase["key"] != but for item in phase["due"]
    }


def phase_added(journey: Journey, kind: str, title: Mapping[str, str]) -> dict[str, Any]:
    """A phase of four weeks after the last one. `kind`: one of KINDS."""
    phases = list(phases_of(journey))
    start = max((phase["end_week"] for phase in phases), default=0)
    start = min(start, LAST_WEEK - NEW_PHASE_WEEKS)
    phase: Phase = {
        "key": key_for(kind, (phase["key"] for phase in phases)),
        "title": dict(title),
        "summary": {},
        "start_week": start,
        "end_week": start + NEW_PHASE_WEEKS,
        "due": [],
        "questions": {},
        "starters": {},
    }
    return _with(journey, [*phases, phase])


def phase_replaced(journey: Journey, key: str, phase: Phase) -> dict[str, Any]:
    """The journey with another phase in the place of the one with this key."""
    return _with(journey, [phase if old["key"] == key else old for old in phases_of(journey)])


def phase_removed(journey: Journey, key: str) -> dict[str, Any]:
    """The journey without one phase; the weeks of the others stay, a gap may be left."""
    return _with(journey, [phase for phase in phases_of(journey) if phase["key"] != key])


def phase_moved(journey: Journey, key: str, *, is_up: bool) -> dict[str, Any]:
    """The phase changes places with its neighbour; both keep their length, what is due goes along.

    At the edge nothing happens.
    """
    phases = list(phases_of(journey))
    at = next((n for n, phase in enumerate(phases) if phase["key"] == key), None)
    if at is None or not 0 <= (at - 1 if is_up else at + 1) < len(phases):
        return _with(journey, phases)
    first = at - 1 if is_up else at
    early, late = phases[first], phases[first + 1]
    begin = early["start_week"]
    length = late["end_week"] - late["start_week"]
    phases[first] = _shifted(late, begin - late["start_week"])
    gap = late["start_week"] - early["end_week"]
    phases[first + 1] = _shifted(early, begin + length + gap - early["start_week"])
    return _with(journey, phases)


def faults(journey: Journey) -> list[Fault]:
    """Everything that must be put right before tandems can follow it."""
    phases = phases_of(journey)
    found = [] if phases else [Fault(Problem.NO_PHASES)]
    if len(phases) > MOST_PHASES:
        found.append(Fault(Problem.TOO_MANY))
    seen: set[str] = set()
    for phase in phases:
        found += _faults(phase, phase["key"] in seen)
        seen.add(phase["key"])
    return found + _twice(phases)


def gaps(journey: Journey) -> list[Gap]:
    """Texts that are there in one language only. Allowed: the other language is shown instead."""
    return [gap for phase in phases_of(journey) for gap in phase_gaps(phase)]


def phase_gaps(phase: Phase) -> Iterator[Gap]:
    """Those of one phase."""
    texts = [(part, phase.get(part, {})) for part in WORDS]
    texts += [("due", item["title"]) for item in phase["due"]]
    said = set()
    for part, words in texts:
        for code in LANGUAGES:
            if not words.get(code) and any(words.values()) and (part, code) not in said:
                said.add((part, code))
                yield Gap(phase["key"], part, code)


def differences(old: Journey, new: Journey) -> list[Difference]:
    """What a tandem notices when it goes from `old` to `new`, phase by phase."""
    before = {phase["key"]: phase for phase in phases_of(old)}
    after = {phase["key"]: phase for phase in phases_of(new)}
    found = []
    for key, phase in after.items():
        parts = _parts(before[key], phase) if key in before else ()
        if key not in before:
            found.append(Difference(Kind.ADDED, key, phase["title"]))
        elif parts:
            found.append(Difference(Kind.CHANGED, key, phase["title"], parts))
    gone = [Difference(Kind.REMOVED, k, p["title"]) for k, p in before.items() if k not in after]
    return found + gone


def _with(journey: Journey, phases: Iterable[Phase]) -> dict[str, Any]:
    return deepcopy({**journey, "phases": list(phases)})


def _shifted(phase: Phase, weeks: int) -> dict[str, Any]:
    due = [
        {**item, "week": item["week"] + weeks} if "week" in item else item for item in phase["due"]
    ]
    start, end = phase["start_week"] + weeks, phase["end_week"] + weeks
    return {**phase, "start_week": start, "end_week": end, "due": due}


def _faults(phase: Phase, is_twice: bool) -> list[Fault]:
    key = phase["key"]
    found = [Fault(Problem.KEY_TWICE, key)] if is_twice else []
    if not any(phase["title"].values()):
        found.append(Fault(Problem.NO_TITLE, key))
    if phase["end_week"] <= phase["start_week"]:
        return [*found, Fault(Problem.ENDS_TOO_EARLY, key)]
    for item in phase["due"]:
        if not phase["start_week"] <= item.get("week", phase["end_week"]) <= phase["end_week"]:
            found.append(Fault(Problem.WEEK_OUTSIDE, key, item["key"]))
        if not any(item["title"].values()):
            found.append(Fault(Problem.NO_DUE_TITLE, key, item["key"]))
    return found


def _twice(phases: Sequence[Phase]) -> list[Fault]:
    seen: set[str] = set()
    found = []
    for phase in phases:
        for item in phase["due"]:
            if item["key"] in seen:
                found.append(Fault(Problem.DUE_KEY_TWICE, phase["key"], item["key"]))
            seen.add(item["key"])
    return found


def _parts(old: Phase, new: Phase) -> tuple[str, ...]:
    """Names of what differs: weeks, the texts, what is due."""
    weeks = ("start_week", "end_week")
    found = ["weeks"] if any(old[name] != new[name] for name in weeks) else []
    found += [part for part in WORDS if _said(old.get(part)) != _said(new.get(part))]
    if old["due"] != new["due"]:
        found.append("due")
    return tuple(found)


def _said(words: Any) -> dict[str, Any]:
    """A text that is empty in a language and one that lacks it are the same."""
    return {code: list(text) for code, text in (words or {}).items() if text}
