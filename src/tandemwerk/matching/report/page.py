"""The whole report as one file: no request, no script, nothing to install."""

from functools import cache
from importlib import resources

from ..digest import ENGINE_VERSION
from . import sections
from .facts import Facts
from .markup import Safe, join, tag
from .sentences import Language, objective_name
from .told import Told

_PARTS = (
    ("summary", sections.summary),
    ("fits", sections.distribution),
    ("objectives", sections.objectives),
    ("fairness", sections.fairness),
    ("unmatched", sections.unmatched),
    ("proof", sections.proof),
    ("pairs", sections.pairs),
)


def report_html(facts: Facts, language: Language) -> str:
    """The report in German or English. Everything people wrote is escaped.

    Cost: half a millisecond per pair shown, at most `sections.PAIRS_SHOWN`.
    """
    told = Told(facts, language)
    words = told.words
    links = [tag("li", tag("a", words[key], href=f"#{key}")) for key, _part in _PARTS]
    parts = [
        tag("section", tag("h2", words[key], id=f"h-{key}"), part(told), id=key,
            aria_labelledby=f"h-{key}")
        for key, part in _PARTS
    ]  # fmt: skip
    assignment = facts.assignment
    made = told.say("made", engine=ENGINE_VERSION, seed=assignment.seed, digest=facts.digest)
    body = join(
        tag("a", words["skip"], class_="skip", href="#main"),
        tag(
            "div",
            tag("header", _brand(), tag("h1", words["title"]), _subtitle(told), class_="top"),
            tag("nav", tag("ul", *links), aria_label=words["contents"]),
            tag("main", *parts, id="main"),
            tag("footer", tag("p", words["care"]), tag("p", made, class_="digest")),
            class_="page",
        ),
    )
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        # Even a hole in the escaping could run and fetch nothing.
        tag("meta", http_equiv="Content-Security-Policy",
            content="default-src 'none'; style-src 'unsafe-inline'"),
        tag("title", words["title"]),
        tag("style", _style()),
    )  # fmt: skip
    page = tag("html", tag("head", head), tag("body", body), lang=language)
    return f"<!doctype html>\n{page}\n"


def _subtitle(told: Told) -> Safe:
    assignment, scores = told.facts.assignment, told.facts.scores
    text = told.say(
        "subtitle",
        mentees=len(scores.mentees),
        mentors=len(scores.mentors),
        seats=int(assignment.capacity.sum()),
        objective=objective_name(assignment.objective, told.language),
    )
    return tag("p", text, class_="quiet")


def _brand() -> Safe:
    rings = (
        tag("circle", cx=16, cy=14, r=10.5, class_="left"),
        tag("circle", cx=32, cy=14, r=10.5, class_="right"),
        tag("path", d="M24.4 7.7a10.5 10.5 0 0 1 2.1 6.3", class_="left"),
    )
    mark = tag(
        "svg", *rings, width=34, height=20, viewBox="0 0 48 28", fill="none", stroke_width=5,
        aria_hidden="true",
    )  # fmt: skip
    return tag("div", mark, "Tandemwerk", class_="brand")


@cache
def _style() -> Safe:
    return Safe(resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8"))
