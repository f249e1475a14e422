import pytest

from tandemwerk.matching import languages as engine
from tandemwerk.people.languages import FIRST, language_choices, language_codes, language_name


@pytest.mark.parametrize("reader", ["de", "en"])
def test_choices_name_every_language_once_frequent_ones_first(reader):
    codes = [code for code, _name in language_choices(reader)]
    assert tuple(codes[: len(FIRST)]) == FIRST
    assert sorted(codes) == sorted(language_codes())


def test_names_are_in_the_readers_language():
    assert (language_name("tr", "de"), language_name("tr", "en-gb")) == ("Türkisch", "Turkish")
    assert language_name("xx", "de") == "xx"


def test_profiles_and_engine_call_each_language_the_same():
    """Both keep a list, as the engine works without the rest; a reason must not show a code."""
    assert language_codes() == set(engine.known_languages())
    for code in language_codes():
        for reader in ("de", "en"):
            assert language_name(code, reader) == engine.language_name(code, reader)
