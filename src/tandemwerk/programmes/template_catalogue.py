"""The programme templates a coordinator starts from: criteria, journey, agreement, dates, mail.

Pure: no Django, no database. One TOML file per template lies in `templates_catalogue/`; its name
is the slug. All texts are there in German and English. Only the invitation speaks to the reader
and therefore exists with "du" and with "Sie"; everything else is written without address. Form:

    name, promise, description = { de, en }
    duration_weeks, seats_per_mentor, response_days, chemistry_days = whole numbers > 0
    address_form = "du" | "sie"      what the programme starts with
    [dates]       registration_end, matching, kick_off, midpoint, closing: weeks from kick-off
    [criteria]    as `matching.Criteria.from_dict` reads it
    [why]         one sentence { de, en } for each criterion with a weight above 0, and for
                  same_team_forbidden where that holds
    [[phase]]     key, title, summary { de, en }, start_week, end_week (from the tandem's start),
                  questions { de = [3 to 5], en = [as many] },
                  starters { de = [2 to 4], en = [as many] }: ways into a conversation, as sentences
                  to finish or things to do together; left out where the two do not meet yet
    [[phase.due]] key, who = "mentee" | "mentor" | "both", week (inside the phase), title { de, en }
    [agreement]   de, en: Markdown with the blanks of AGREEMENT_BLANKS, each once
    [invitation]  subject { de, de_sie where it differs, en }, du, sie, en: plain text with the
                  placeholders of INVITATION_PLACEHOLDERS
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

from tandemwerk.matching.criteria import Criteria, Criterion
from tandemwerk.matching.errors import CriteriaError

Texts = Mapping[str, str]  # "de" and "en" -> words
Who = Literal["mentee", "mentor", "both"]

LANGUAGES = ("de", "en")
ADDRESS_FORMS = ("du", "sie")
WHO: tuple[Who, ...] = ("mentee", "mentor", "both")
DATE_KEYS = ("registration_end", "matching", "kick_off", "midpoint", "closing")
QUESTIONS_PER_PHASE = (3, 5)
STARTERS_PER_PHASE = (2, 4)
AGREEMENT_BLANKS = ("frequency", "place", "confidentiality_extra", "off_limits", "ending")
INVITATION_PLACEHOLDERS = ("name", "programme", "link", "coordinator")
SLUGS = (  # the order in which the wizard offers them
    "company-mentoring",
    "women-in-leadership",
    "onboarding-buddy",
    "university-career",
    "cross-company",
    "open-programme",
)
SAME_TEAM = "same_team_forbidden"

_BLANK = re.compile(r"\{\{(\w*)\}\}")


class TemplateError(ValueError):
    """A template file is not usable; `template`, `place` and `problem` say which, where and why."""

    def __init__(self, template: str, place: str, problem: str) -> None:
        super().__init__(f"{template}: {place}: {problem}")
        self.template = template
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something to do in a phase. `week` counts from the tandem's start and may be negative."""

    key: str
    who: Who
    week: int
    title: Texts = field(hash=False)


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the journey, weeks from the tandem's start; texts by "de"/"en".

    `starters`: empty in a phase before the two meet.
    """

    key: str
    title: Texts = field(hash=False)
    summary: Texts = field(hash=False)
    start_week: int
    end_week: int
    due: tuple[DueItem, ...]
    questions: Mapping[str, tuple[str, ...]] = field(hash=False)
    starters: Mapping[str, tuple[str, ...]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class SuggestedDates:
    """Weeks from the cohort's kick-off; negative before it."""

    registration_end: int
    matching: int
    kick_off: int
    midpoint: int
    closing: int


@dataclass(frozen=True, slots=True)
class Invitation:
    """Subject and text of the mail, each as address form -> "de" and "en" -> words."""

    subject: Mapping[str, Texts] = field(hash=False)
    text: Mapping[str, Texts] = field(hash=False)


@dataclass(frozen=True, slots=True)
class ProgrammeTemplate:
    """Everything a new programme starts with. `why` explains criteria by their name."""

    slug: str
    name: Texts = field(hash=False)
    promise: Texts = field(hash=False)
    description: Texts = field(hash=False)
    duration_weeks: int
    seats_per_mentor: int
    address_form: str
    response_days: int
    chemistry_days: int
    dates: SuggestedDates
    criteria: Criteria
    why: Mapping[str, Texts] = field(hash=False)
    phases: tuple[Phase, ...]
    agreement: Texts = field(hash=False)
    invitation: Invitation

    def journey(self) -> dict[str, object]:
        """The journey as JSON values, to be stored with a programme: {"phases": [...]}."""
        return {
            "phases": [
                {
                    "key": phase.key,
                    "title": dict(phase.title),
                    "summary": dict(phase.summary),
                    "start_week": phase.start_week,
                    "end_week": phase.end_week,
                    "due": [
                        {"key": d.key, "who": d.who, "week": d.week, "title": dict(d.title)}
                        for d in phase.due
                    ],
                    "questions": {code: list(phase.questions[code]) for code in LANGUAGES},
                    "starters": {code: list(said) for code, said in phase.starters.items()},
                }
                for phase in self.phases
            ]
        }


@lru_cache(maxsize=1)
def programme_templates() -> Mapping[str, ProgrammeTemplate]:
    """The shipped templates by slug, in the wizard's order. Read once per process."""
    folder = resources.files(__package__).joinpath("templates_catalogue")
    return MappingProxyType(
        {
            slug: parse_template(slug, folder.joinpath(f"{slug}.toml").read_text(encoding="utf-8"))
            for slug in SLUGS
        }
    )


def parse_template(slug: str, text: str) -> ProgrammeTemplate:
    """The template written in `text`, in the form at the top of this module.

    Raises TemplateError naming template, place and problem.
    """
    try:
        return _Reader(slug).template(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(slug, "file", str(error)) from error


class _Reader:
    """Reads one file; knows its slug, so that every error can name it."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def error(self, place: str, problem: str) -> TemplateError:
        return TemplateError(self.slug, place, problem)

    def template(self, data: Mapping[str, Any]) -> ProgrammeTemplate:
        criteria = self.criteria(self.table(data, "criteria"))
        address_form = data.get("address_form")
        if address_form not in ADDRESS_FORMS:
            raise self.error("address_form", "must be du or sie")
        return ProgrammeTemplate(
            slug=self.slug,
            name=self.texts(data, "name"),
            promise=self.texts(data, "promise"),
            description=self.texts(data, "description"),
            duration_weeks=self.positive(data, "duration_weeks"),
            seats_per_mentor=self.positive(data, "seats_per_mentor"),
            address_form=address_form,
            response_days=self.positive(data, "response_days"),
            chemistry_days=self.positive(data, "chemistry_days"),
            dates=self.dates(self.table(data, "dates")),
            criteria=criteria,
            why=self.why(self.table(data, "why"), criteria),
            phases=self.phases(data.get("phase", [])),
            agreement=self.agreement(data),
            invitation=self.invitation(self.table(data, "invitation")),
        )

    def criteria(self, table: Mapping[str, Any]) -> Criteria:
        missing = [c for c in Criterion if c not in table.get("weights", {})]
        if missing:
            raise self.error("criteria.weights", f"{', '.join(missing)} is missing")
        try:
            return Criteria.from_dict(table)
        except CriteriaError as error:
            raise self.error("criteria", str(error)) from error

    def why(self, table: Mapping[str, Any], criteria: Criteria) -> Mapping[str, Texts]:
        expected = [str(c) for c in Criterion if criteria.weights[c] > 0]
        if criteria.same_team_forbidden:
            expected.append(SAME_TEAM)
        for name in table:
            if name not in expected:
                raise self.error(f"why.{name}", "explains nothing this template counts")
        return MappingProxyType({name: self.texts(table, name, "why.") for name in expected})

    def dates(self, table: Mapping[str, Any]) -> SuggestedDates:
        weeks = [self.whole(table, key, "dates.") for key in DATE_KEYS]
        if weeks != sorted(set(weeks)) or table["kick_off"] != 0:
            raise self.error("dates", "must follow each other, with kick_off in week 0")
        return SuggestedDates(*weeks)

    def phases(self, rows: list[Mapping[str, Any]]) -> tuple[Phase, ...]:
        phases = tuple(self.phase(row) for row in rows)
        keys = [phase.key for phase in phases]
        due_keys = [due.key for phase in phases for due in phase.due]
        if not phases:
            raise self.error("phase", "there are no phases")
        for found in (keys, due_keys):
            for key in found:
                if found.count(key) > 1:
                    raise self.error(f"phase.{key}", "the key is used twice")
        for before, after in pairwise(phases):
            if before.end_week != after.start_week:
                raise self.error(
                    f"phase.{after.key}",
                    f"must start in week {before.end_week}, where the last ends",
                )
        return phases

    def phase(self, row: Mapping[str, Any]) -> Phase:
        key = self.key(row, "phase")
        place = f"phase.{key}."
        start, end = self.whole(row, "start_week", place), self.whole(row, "end_week", place)
        if start >= end:
            raise self.error(f"{place}end_week", "must come after start_week")
        due = tuple(self.due(item, place) for item in row.get("due", []))
        for item in due:
            if not start <= item.week <= end:
                raise self.error(f"{place}{item.key}", f"week {item.week} lies outside the phase")
        return Phase(
            key=key,
            title=self.texts(row, "title", place),
            summary=self.texts(row, "summary", place),
            start_week=start,
            end_week=end,
            due=due,
            questions=self.lists(row, "questions", place, QUESTIONS_PER_PHASE),
            starters=self.lists(row, "starters", place, STARTERS_PER_PHASE)
            if "starters" in row
            else MappingProxyType({}),
        )

    def due(self, row: Mapping[str, Any], place: str) -> DueItem:
        key = self.key(row, f"{place}due")
        place = f"{place}{key}."
        if row.get("who") not in WHO:
            raise self.error(f"{place}who", f"must be one of {', '.join(WHO)}")
        return DueItem(
            key, row["who"], self.whole(row, "week", place), self.texts(row, "title", place)
        )

    def lists(
        self, row: Mapping[str, Any], name: str, place: str, count: tuple[int, int]
    ) -> Mapping[str, tuple[str, ...]]:
        """So many texts in each language, none of them empty."""
        table, (fewest, most) = self.table(row, name, place), count
        found = {code: tuple(table.get(code, ())) for code in LANGUAGES}
        for code, said in found.items():
            if not fewest <= len(said) <= most or not all(one.strip() for one in said):
                raise self.error(f"{place}{name}.{code}", f"must be {fewest} to {most} {name}")
        if len({len(said) for said in found.values()}) > 1:
            raise self.error(f"{place}{name}", "must be as many in both languages")
        return MappingProxyType(found)

    def agreement(self, data: Mapping[str, Any]) -> Texts:
        texts = self.texts(data, "agreement")
        for code, text in texts.items():
            self.blanks(f"agreement.{code}", text, AGREEMENT_BLANKS)
        return texts

    def invitation(self, table: Mapping[str, Any]) -> Invitation:
        titles = self.table(table, "subject", "invitation.")
        subject, text = {}, {}
        for form in ADDRESS_FORMS:
            wording = titles.get("de_sie", titles.get("de")) if form == "sie" else titles.get("de")
            subject[form] = self.texts(
                {"subject": {"de": wording, "en": titles.get("en")}}, "subject", "invitation."
            )
            words = {"de": table.get(form), "en": table.get("en")}
            text[form] = self.texts({form: words}, form, "invitation.")
            for code in LANGUAGES:
                place = f"invitation.{form if code == 'de' else code}"
                self.blanks(place, text[form][code], INVITATION_PLACEHOLDERS)
        return Invitation(MappingProxyType(subject), MappingProxyType(text))

    def blanks(self, place: str, text: str, expected: tuple[str, ...]) -> None:
        found = _BLANK.findall(text)
        for name in expected:
            if name not in found:
                raise self.error(place, f"{{{{{name}}}}} is missing")
        for name in found:
            if name not in expected:
                raise self.error(place, f"{{{{{name}}}}} is not known")

    def table(self, row: Mapping[str, Any], name: str, place: str = "") -> Mapping[str, Any]:
        table = row.get(name)
        if not isinstance(table, Mapping):
            raise self.error(f"{place}{name}", "is missing")
        return table

    def texts(self, row: Mapping[str, Any], name: str, place: str = "") -> Texts:
        table = self.table(row, name, place)
        for code in LANGUAGES:
            if not isinstance(table.get(code), str) or not table[code].strip():
                raise self.error(f"{place}{name}.{code}", "is missing")
        return MappingProxyType({code: table[code].strip() for code in LANGUAGES})

    def key(self, row: Mapping[str, Any], place: str) -> str:
        key = row.get("key")
        if not isinstance(key, str) or not key:
            raise self.error(place, "the key is missing")
        return key

    def whole(self, row: Mapping[str, Any], name: str, place: str = "") -> int:
        value = row.get(name)
        if type(value) is not int:
            raise self.error(f"{place}{name}", "must be a whole number")
        return value

    def positive(self, row: Mapping[str, Any], name: str) -> int:
        value = self.whole(row, name)
        if value < 1:
            raise self.error(name, "must be above 0")
        return value
