"""Synthetic people: the same for any size, read back without loss, as often as documented."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandemwerk.matching import (
    Mentor,
    Role,
    SyntheticError,
    error_text,
    load_population,
    score,
    topics,
)
from tandemwerk.matching.synthetic import (
    GROUP_COLUMN,
    MOST,
    declared,
    population,
    stock,
    write_people,
)
from tandemwerk.matching.synthetic.files import header, line_of
from tandemwerk.matching.synthetic.phrases import BOOKS
from tandemwerk.matching.tables import defused, guess_columns

MENTEES, MENTORS = population(12_000, 12_000, seed=3)


@settings(max_examples=20)
@given(
    small=st.integers(1, 30), more=st.integers(0, 60), others=st.integers(1, 20), seed=st.integers()
)
def test_a_longer_list_begins_with_the_shorter_one(
    small: int, more: int, others: int, seed: int
) -> None:
    one = population(small, others, seed)
    two = population(small + more, others + 1, seed)
    assert two[0][:small] == one[0]
    assert two[1][:others] == one[1]
    assert list(declared(small + more, seed))[:small] == list(declared(small, seed))


def test_blocks_make_no_difference() -> None:
    assert population(5_000, 1, seed=3)[0] == MENTEES[:5_000]


def test_another_seed_makes_other_people() -> None:
    assert population(20, 20, seed=4)[0] != MENTEES[:20]
    assert len({person.email for person in (*MENTEES, *MENTORS)}) == len(MENTEES) + len(MENTORS)


@pytest.mark.parametrize("role", list(Role))
def test_the_reader_finds_exactly_the_people_made(role: Role, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as out:
        write_people(out, role, 600, seed=3)
    made = MENTEES[:600] if role is Role.MENTEE else MENTORS[:600]
    assert load_population(path, role) == made


def test_cells_are_harmless_and_the_group_is_no_field() -> None:
    assert all(defused(cell) == cell for person in MENTEES[:3000] for cell in line_of(person, "A"))
    assert GROUP_COLUMN not in {header(Role.MENTEE)[c] for c in guess_columns(header(Role.MENTEE))}
    out = io.StringIO()
    write_people(out, Role.MENTEE, 50, seed=1)
    assert out.getvalue().count("\r\n") == 51


def test_a_cohort_can_be_matched() -> None:
    scores = score(MENTEES[:80], MENTORS[:60])
    allowed = ~np.isnan(scores.total)
    assert 0.7 < allowed.mean() < 0.98
    assert len({mentee.reports_to for mentee in MENTEES} & {mentor.id for mentor in MENTORS}) > 300
    led = next(mentee for mentee in MENTEES if mentee.reports_to.startswith("MO") and mentee.site)
    leader = next(mentor for mentor in MENTORS if mentor.id == led.reports_to)
    assert leader.site in ("", led.site)


@pytest.mark.parametrize(("people", "role"), [(MENTEES, "mentee"), (MENTORS, "mentor")])
def test_unanswered_questions_are_as_often_as_documented(people: tuple, role: str) -> None:
    for field, share in stock.MISSING.items():
        empty = sum(not getattr(p, field) for p in people if field != "experience_years")
        empty += sum(p.experience_years is None for p in people if field == "experience_years")
        assert empty / len(people) == pytest.approx(getattr(share, role), abs=0.012), field


def test_answers_are_as_often_as_documented() -> None:
    count = len(MENTEES)
    sites = Counter(mentee.site for mentee in MENTEES if mentee.site)
    assert [site for site, _ in sites.most_common(3)] == list(stock.SITES[:3])
    wishing = sum(bool(mentee.wishes) for mentee in MENTEES)
    assert wishing / count == pytest.approx(stock.WISHERS, abs=0.01)
    led = sum(mentee.reports_to.startswith("MO-") for mentee in MENTEES)
    assert led / count == pytest.approx(stock.REPORTS_INSIDE, abs=0.01)
    seats = Counter(mentor.seats for mentor in MENTORS if isinstance(mentor, Mentor))
    assert {n: seats[n] / count * 100 for n in seats} == pytest.approx(stock.SEATS, abs=2)
    groups = Counter(declared(count, 3))
    assert {g: groups[g] / count * 100 for g in groups} == pytest.approx(stock.DECLARED, abs=2)


def test_mentors_are_years_ahead_and_topics_have_favourites() -> None:
    def quantile(people: tuple, share: float) -> float:
        return float(np.quantile([p.experience_years for p in people if p.experience_years], share))

    for people, role in ((MENTEES, "mentee"), (MENTORS, "mentor")):
        for share, years in stock.EXPERIENCE[role][1:-1]:
            assert quantile(people, share) == pytest.approx(years, abs=1)
    wanted = Counter(slug for mentee in MENTEES for slug in mentee.topics)
    assert wanted.keys() <= topics().keys()
    assert wanted.most_common(1)[0][1] > 20 * wanted.most_common()[-1][1]
    it = [m for m in MENTEES if m.function == stock.FUNCTIONS[0][0] and m.topics]
    digital = [m for m in MENTEES if m.topics and topics()[m.topics[0]].area == "digital"]
    assert sum(m in digital for m in it) / len(it) > 1.8 * len(digital) / count_with(MENTEES)


def count_with(people: tuple) -> int:
    return sum(bool(person.topics) for person in people)


def test_items_of_one_trait_go_together() -> None:
    full = [m.values for m in MENTEES if len(m.values) == len(stock.ITEMS)]
    table = np.array([[answers[item] for item in stock.ITEMS] for answers in full])
    alike = np.corrcoef(table.T)
    assert alike[0, 2] > 0.5  # w1 and w3: structure
    assert alike[0, 4] < -0.4  # w5: freedom
    assert abs(alike[0, 6]) < 0.1  # w7: the other trait
    assert set(np.unique(table)) == {1, 2, 3, 4, 5}


def test_phrases_suit_every_area_and_stay_in_one_language() -> None:
    for book in BOOKS.values():
        assert list(book.areas) == list(stock.AREA_WEIGHTS)
        assert all("{topic}" in frame for frame in book.topic)
        assert len({*book.openings, *book.closings}) == len(book.openings) + len(book.closings)


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 1), (-3, 1), (1, 0), (1, MOST + 1)])
def test_impossible_numbers_are_refused(mentees: int, mentors: int) -> None:
    with pytest.raises(SyntheticError, match="count_out_of_range") as told:
        population(mentees, mentors)
    assert str(MOST) in error_text(told.value, "en")
