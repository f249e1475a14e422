import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.rooms.points import Point, points, ticked, with_points, without_points

TEXT = "Vorab: Danke\n- [ ] Standort\n* [x] Urlaub \n- kein Punkt\n  - [X] innen\n"


def test_points_are_lines_with_a_box():
    assert points(TEXT) == [
        Point("Standort", is_done=False),
        Point("Urlaub", is_done=True),
        Point("innen", is_done=True),
    ]
    assert without_points(TEXT) == "Vorab: Danke\n- kein Punkt"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_has_none(text):
    assert points(text) == []
    assert with_points(text, []) == ""
    assert with_points(text, ["Eins", " "]) == "- [ ] Eins\n"


def test_a_point_is_added_once_and_in_one_line():
    once = with_points(TEXT, ["Standort", "Neue\nZeile"])
    assert once == TEXT.rstrip() + "\n- [ ] Neue Zeile\n"
    assert with_points(once, ["Neue Zeile"]) == once


@given(st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_added_points_are_found_again(texts):
    wanted = dict.fromkeys(" ".join(text.split()) for text in texts)
    found = {point.text for point in points(with_points("", texts))}
    assert found == {text for text in wanted if text}


def test_a_point_is_ticked_and_opened_again():
    done = ticked(TEXT, "Standort", is_done=True)
    assert points(done)[0] == Point("Standort", is_done=True)
    assert ticked(done, "Standort", is_done=True) == done
    assert ticked(done, "Standort", is_done=False) == TEXT
    assert ticked(TEXT, "nicht da", is_done=True) == TEXT
