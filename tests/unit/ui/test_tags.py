import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.ui.board import SeatRow, Summary
from tandemwerk.ui.templatetags import ui


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lena Hofmann", "LH"),
        ("Prof. Dr. Renate Falk", "RF"),
        ("Karl-Heinz Lüdenscheidt-Oberhausen", "KL"),
        ("Łukasz Şahin", "ŁŞ"),
        ("lena@demo.example", "L"),
        ("Ö", "Ö"),
        ("", "?"),
        ("Dr.", "?"),
        ("( )", "?"),
    ],
)
def test_initials_leave_titles_out(name, expected):
    assert ui.initials(name) == expected


@given(st.text())
def test_every_name_has_a_face(name):
    assert 1 <= len(ui.initials(name)) <= 6  # some letters become two or three in upper case
    assert ui.tone(name) == ui.tone(name)
    assert ui.tone(name) in range(4)


def test_tones_differ_between_people():
    assert {ui.tone(f"Person {at}") for at in range(40)} == {0, 1, 2, 3}


@pytest.mark.parametrize("level", [0, 1, 2, 3])
def test_fit_has_a_word_and_as_many_steps(level):
    html = ui.fit(level)
    assert html.count('class="on"') == level
    assert str(ui.fit_word(level)) in html
    assert not any(sign in html for sign in ("%", "None"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_fit_speaks_the_language_of_the_page(language):
    with translation.override(language):
        assert str(ui.fit_word(3)) in ui.fit(3)
        assert str(ui.fit_word(3, "short")) in ui.fit(3, short=True)


def _summary(bins):
    return Summary(
        matched=3, mentees=5, bins=bins, counts={}, weakest=None, free_seats=0, free_mentors=0,
        whole="", is_best=True,
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10_000)), max_size=40))
def test_bars_stay_inside_their_box(bins):
    for bar in _summary(bins).bars:
        assert 0 <= bar["x"] <= 240
        assert bar["x"] + bar["width"] <= 240.2
        assert bar["y"] >= 0
        assert bar["y"] + bar["height"] <= 54.2


def test_lone_is_what_is_not_matched():
    assert _summary([]).lone == 2


def test_taken_places_come_first():
    assert SeatRow(mentor=None, free=1, seats=3).dots == [True, True, False]


@pytest.mark.parametrize(
    ("label", "expected"), [("Name:", "Name"), ("Ready?", "Ready"), ("A", "A")]
)
def test_labels_lose_their_closing_mark(label, expected):
    assert ui.bare(label) == expected
