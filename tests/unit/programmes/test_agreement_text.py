import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.programmes.services.agreement_text import GAPS, agreement_preview
from tandemwerk.programmes.template_catalogue import AGREEMENT_BLANKS, programme_templates

TEXT = "# Our agreement\n\n**How often.** We meet {{frequency}}.\n\n<b>{{nonsense}}</b>"


@pytest.mark.parametrize(("language", "gap"), [("en", "[how often]"), ("de", "[wie oft]")])
def test_gaps_are_named_in_the_readers_language(language, gap):
    with translation.override(language):
        heading, first, second = agreement_preview(TEXT)
    assert (heading.lead, heading.text) == ("Our agreement", "")
    assert (first.lead, first.text) == ("How often.", f"We meet {gap}.")
    assert second.text == "<b>…………</b>"  # plain text, which the template escapes


def test_every_blank_of_the_templates_has_a_name():
    assert set(GAPS) == set(AGREEMENT_BLANKS)


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_template_shows_braces_or_stars(language):
    for template in programme_templates().values():
        for paragraph in agreement_preview(template.agreement[language]):
            assert not {"{", "}", "*", "#"} & set(paragraph.lead + paragraph.text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "# x\nAnd everything said may be told",
            [("x", ""), ("", "And everything said may be told")],
        ),
        ("One\n## Two\nThree", [("", "One"), ("Two", ""), ("", "Three")]),
        ("#1 is no heading", [("", "#1 is no heading")]),
        ("#", [("", "#")]),
        ("  ### **Bold** {{place}}", [("Bold [where]", "")]),
        ("    # indented", [("", "# indented")]),
        ("####### seven", [("", "####### seven")]),
    ],
)
def test_whatever_is_signed_is_shown(text, shown):
    with translation.override("en"):
        found = [(each.lead, each.text) for each in agreement_preview(text)]
    assert found == shown


@given(st.text(alphabet="ab#*\n \t-{}", max_size=60))
def test_no_letter_of_a_text_is_left_out(text):
    shown = "".join(each.lead + each.text for each in agreement_preview(text))
    assert [sign for sign in shown if sign in "ab"] == [sign for sign in text if sign in "ab"]
