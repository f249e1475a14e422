import pytest

from tandemwerk.people.languages import FIRST, language_choices, language_codes, language_name


@pytest.mark.parametrize("reader", ["de", "en"])
def test_choices_name_every_language_once_frequent_ones_first(reader):
    codes = [code for code, _name in language_choices(reader)]
    assert tuple(codes[: len(FIRST)]) == FIRST
    assert sorted(codes) == sorted(language_codes())


def test_names_are_in_the_readers_language():
    assert (language_name("tr", "de"), language_name("tr", "en-gb")) == ("Türkisch", "Turkish")
    assert language_name("xx", "de") == "xx"
