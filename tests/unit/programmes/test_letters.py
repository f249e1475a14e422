from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.programmes.services.letters import NAMES, fill_blanks, unknown_blanks


def test_blanks_are_filled_in_both_languages():
    text = "Hallo {{vorname}}, willkommen bei {{ programm }}. Bis {{END}}"
    filled = fill_blanks(text, {"name": "Łukasz", "programme": "Weitblick", "end": "30. Juni"})
    assert filled == "Hallo Łukasz, willkommen bei Weitblick. Bis 30. Juni"


def test_a_value_that_looks_like_a_blank_is_not_filled_again():
    assert fill_blanks("{{name}}", {"name": "{{link}}", "link": "secret"}) == "{{link}}"


def test_misspelt_blanks_are_named_once():
    assert unknown_blanks("{{nmae}} {{name}} {{nmae}} {{x_y}}") == ["nmae", "x_y"]


@given(st.text(), st.dictionaries(st.sampled_from(sorted(set(NAMES.values()))), st.text()))
def test_text_without_blanks_stays_as_it_is(text, values):
    plain = text.replace("{", "(")
    assert fill_blanks(plain, values) == plain
    assert unknown_blanks(plain) == []
