"""The report: complete, escaped, self-contained, honest about small groups."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from tandemwerk.matching import (
    OBJECTIVES,
    Mentee,
    Mentor,
    assign,
    rematch,
    resolve_wishes,
    score,
)
from tandemwerk.matching.report import (
    Declared,
    check,
    facts_of,
    price_text,
    proof_of,
    proof_text,
    report_html,
    sections,
)
from tandemwerk.matching.report.charts import Number, spans
from tandemwerk.matching.report.markup import Safe, join, tag
from tandemwerk.matching.report.sentences import Language, Proof
from tandemwerk.matching.report.words import WORDS
from tandemwerk.matching.synthetic import declared, population

HOSTILE = "<script>alert(1)</script>\"'&"
LANGUAGES: tuple[Language, ...] = ("de", "en")


class Reader(HTMLParser):
    """Elements, attributes and text; fails where tags do not close in order."""

    void = frozenset({"meta", "br"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, name: str, attributes: Any) -> None:
        self.names.append(name)
        self.attributes += attributes
        if name not in self.void:
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        self.text += data


def scores_of(mentees: int, mentors: int, seed: int = 8) -> Any:
    one, two = population(mentees, mentors, seed)
    return score(resolve_wishes(one, two), resolve_wishes(two, one))


def group_of(scores: Any, seed: int = 8) -> Declared:
    answers = [answer or None for answer in declared(len(scores.mentees), seed)]
    named = zip(scores.mentees, answers, strict=True)
    return Declared("Gruppe", answers, {p.id: a for p, a in named if a is not None})


@pytest.fixture(scope="module")
def tight() -> Any:
    return scores_of(60, 24)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_whole_page(tight: Any, objective: str, language: Language) -> None:
    facts = facts_of(tight, assign(tight, objective=objective, floor=0.4), group_of(tight))
    page = report_html(facts, language)
    read = Reader(page)
    assert page == report_html(facts, language)
    assert {"script", "img", "link", "iframe"}.isdisjoint(read.names)
    assert not [a for a in read.attributes if a[0] in ("src", "style") or a[0].startswith("on")]
    assert all((value or "").startswith("#") for name, value in read.attributes if name == "href")
    assert "http://" not in page
    assert "https://" not in page
    assert "url(" not in page
    assert read.names.count("details") == len(facts.assignment.pairs) + 1
    assert read.names.count("title") == 4  # the page and its three pictures
    for row in facts.assignment.unmatched:
        assert tight.mentees[row].name in read.text
    assert proof_text(facts.proof, language) in read.text
    assert price_text(facts.assignment, language) in read.text
    assert WORDS[language]["swap"].format(people=len(group_of(tight).everybody)) in read.text
    ids = [value for name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_what_people_write_stays_text() -> None:
    everybody = {"languages": frozenset({"de"}), "function": HOSTILE, "industry": HOSTILE}
    mentees = [
        Mentee(id=f"a{n}", name=HOSTILE, topics=(HOSTILE, f"b{n}"), **everybody) for n in range(9)
    ]
    mentors = [Mentor(id="m", name=HOSTILE, topics=(HOSTILE,), seats=3, **everybody)]
    scores = score(mentees, mentors)
    groups = [HOSTILE] * 8 + [None]
    facts = facts_of(
        scores, assign(scores), Declared(HOSTILE, groups, dict.fromkeys(["a1", "a2"], HOSTILE))
    )
    assert facts.swap is None  # one value alone can't be swapped
    for language in LANGUAGES:
        page = report_html(facts, language)
        read = Reader(page)
        assert "<script" not in page
        assert read.text.count(HOSTILE) > 10
        assert WORDS[language]["hidden"] in read.text


def test_nobody_matched_and_a_single_pair() -> None:
    strangers = score(
        [Mentee(id="a", languages=frozenset({"ja"}))], [Mentor(id="b", languages=frozenset({"de"}))]
    )
    page = report_html(facts_of(strangers, assign(strangers)), "en")
    assert Reader(page).text.count(WORDS["en"]["no_pairs"]) == 2
    alone = score([Mentee(id="a")], [Mentor(id="b", seats=1), Mentor(id="c", seats=0)])
    read = Reader(report_html(facts_of(alone, assign(alone)), "de"))
    assert "1 von 1" in read.text
    assert WORDS["de"]["nobody"] in read.text
    assert WORDS["de"]["no_group"] in read.text


def test_long_lists_end_with_how_many_more(tight: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "PAIRS_SHOWN", 5)
    monkeypatch.setattr(sections, "PEOPLE_SHOWN", 3)
    facts = facts_of(tight, assign(tight))
    read = Reader(report_html(facts, "en"))
    assert f"the first 5 of {len(facts.assignment.pairs)} pairs" in read.text
    assert f"and {len(facts.unmatched) - 3} more" in read.text


def test_one_visible_group_alone_is_no_comparison(tight: Any) -> None:
    answers = ["one"] * len(tight.mentees)
    facts = facts_of(tight, assign(tight), Declared("Gruppe", answers, {}))
    for language in LANGUAGES:
        text = Reader(report_html(facts, language)).text
        assert WORDS[language]["nothing_to_compare"] in text
        assert WORDS[language]["no_four_fifths"] not in text


def test_groups_close_together_are_told_as_such(tight: Any) -> None:
    made = assign(tight)
    matched = [row for row, place in enumerate(made.mentor_of.tolist()) if place >= 0]
    left = [row for row, place in enumerate(made.mentor_of.tolist()) if place < 0]
    answers = [""] * len(tight.mentees)
    for rows in (matched, left):
        for place, row in enumerate(rows):
            answers[row] = ("odd", "even")[place % 2]
    text = Reader(report_html(facts_of(tight, made, Declared("lot", answers, {})), "en")).text
    assert WORDS["en"]["no_four_fifths"] in text


def test_a_rematch_tells_what_changed(tight: Any) -> None:
    first = assign(tight, objective="fair")
    again = rematch(tight, first.mentor_of)
    facts = facts_of(tight, again.assignment, rematch=again)
    page = report_html(facts, "en")
    assert f"{len(again.kept)} of {len(first.pairs)} stay" in Reader(page).text
    assert ">chosen<" not in page
    assert facts.proof.kind == "kept"


def test_groups_far_apart_and_a_failed_swap_ask_for_a_look(tight: Any) -> None:
    made = assign(tight)
    lot = ["lucky" if place >= 0 else "left" for place in made.mentor_of.tolist()]
    facts = facts_of(tight, made, Declared("lot", lot, {}))
    failed = replace(facts_of(tight, made, group_of(tight)).swap, pairs_changed=3)  # type: ignore[type-var]  # there is one
    text = Reader(report_html(replace(facts, swap=failed), "en")).text
    assert WORDS["en"]["four_fifths"] in text
    assert WORDS["en"]["below"] in text
    assert "3 mentees have another mentor" in text


def test_the_check_tells_what_does_not_hold(tight: Any) -> None:
    made = assign(tight)
    assert check(tight, made).sound
    greedy = assign(tight, objective="stable")
    assert check(tight, greedy).sound
    assert not check(tight, replace(made, objective="stable")).sound
    wrong = replace(made, mentor_of=np.zeros_like(made.mentor_of))
    assert check(tight, wrong).kind == "wrong"
    page = report_html(replace(facts_of(tight, made), proof=check(tight, wrong)), "en")
    assert "must not be" in Reader(page).text
    worse = replace(made, mentor_of=greedy.mentor_of, objective="total")
    assert "below the best possible whole" in proof_text(check(tight, worse), "en")
    free = assign(tight, cardinality="free")
    assert "could be matched" not in report_html(facts_of(tight, free), "en")


def test_the_solvers_own_word_where_all_pairs_are_too_many(tight: Any) -> None:
    made = assign(tight)
    assert proof_of(made).sound
    assert not proof_of(replace(made, gap=0.5)).sound


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_proof_has_its_sentence(tight: Any, language: Language) -> None:
    verdict = check(tight, assign(tight)).verdict
    kinds = ("total", "balanced", "stable", "fair", "kept", "wrong")
    said = {proof_text(Proof(kind, True, 0.0, verdict), language) for kind in kinds}
    assert len(said) == len(kinds)
    for kind in ("total", "balanced", "stable"):
        text = proof_text(Proof(kind, False, 3.0, verdict), language)
        assert "3" in text


@pytest.mark.parametrize(
    ("lost", "said"),
    [
        ((0, 0.0, 0.0), "costs nothing against the best whole."),
        ((1, 0.0, None), "one more person without a mentor."),
        ((4, 0.0, 0.0), "4 more people without a mentor."),
        ((0, 0.5, -0.1), "5.0% less fit in all, in return the weakest pair is better by 0.10."),
        ((0, 0.5, 0.1), "5.0% less fit in all, and the weakest pair is worse by 0.10."),
    ],
)
def test_the_price_in_a_sentence(tight: Any, lost: tuple[Any, ...], said: str) -> None:
    made = assign(tight, objective="fair")
    assert made.price is not None
    people, total, worst = lost
    price = replace(made.price, total=10.0, people_lost=people, total_lost=total, worst_lost=worst)
    assert price_text(replace(made, price=price), "en").endswith(said)
    assert price_text(replace(made, price=replace(price, total=0.0, total_lost=0.0)), "de")
    assert price_text(assign(tight), "de") == ""


def test_both_languages_have_every_word_and_placeholder() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    assert WORDS["de"].keys() == WORDS["en"].keys()
    for key in WORDS["de"]:
        assert places(WORDS["de"][key]) == places(WORDS["en"][key]), key


def test_markup_escapes_all_but_itself() -> None:
    assert join("<a>", Safe("<b>")) == "&lt;a&gt;<b>"
    assert tag("p", "x", class_='a"b', aria_label=None, x=0.5) == (
        '<p class="a&quot;b" x="0.5">x</p>'
    )
    assert tag("meta", name="a") == '<meta name="a">'


def test_numbers_and_pictures_without_pairs() -> None:
    assert Number("de")(-0.001) == "0,00"
    assert Number("en")(-1.5) == "−1.50"
    assert Number("en", down=True)(0.498) == "0.49"
    assert Number("en", down=True)(0.29 + 0.21) == "0.50"
    assert "<circle" not in spans([], Number("en"), "nothing", "–")
