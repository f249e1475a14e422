import pytest
from django.utils import translation

from tandemwerk.people.languages import FIRST, LANGUAGES, find_language, language_choices


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "de"),
        ("Deutsch", "de"),
        (" GERMAN ", "de"),
        ("en-GB", "en"),
        ("Türkisch", "tr"),
        ("farsi", "fa"),
        ("Dari", "fa"),
        ("", None),
        ("Klingonisch", None),
    ],
)
def test_a_language_is_found_by_what_people_write(text, code):
    assert find_language(text) == code


@pytest.mark.parametrize("ui_language", ["de", "en"])
def test_choices_name_every_language_once_frequent_ones_first(ui_language):
    with translation.override(ui_language):
        codes = [code for code, _name in language_choices()]
    assert tuple(codes[: len(FIRST)]) == FIRST
    assert sorted(codes) == sorted(LANGUAGES)
