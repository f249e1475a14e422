import pytest
from django.utils import translation

from tandemwerk.programmes.services.agreement_text import GAPS, agreement_preview
from tandemwerk.programmes.template_catalogue import AGREEMENT_BLANKS, programme_templates

TEXT = "# Our agreement\n\n**How often.** We meet {{frequency}}.\n\n<b>{{nonsense}}</b>"


@pytest.mark.parametrize(("language", "gap"), [("en", "[how often]"), ("de", "[wie oft]")])
def test_gaps_are_named_in_the_readers_language(language, gap):
    with translation.override(language):
        first, second = agreement_preview(TEXT)
    assert (first.lead, first.text) == ("How often.", f"We meet {gap}.")
    assert second.text == "<b>…………</b>"  # plain text, which the template escapes


def test_every_blank_of_the_templates_has_a_name():
    assert set(GAPS) == set(AGREEMENT_BLANKS)


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_template_shows_braces_or_stars(language):
    for template in programme_templates().values():
        for paragraph in agreement_preview(template.agreement[language]):
            assert not {"{", "}", "*", "#"} & set(paragraph.lead + paragraph.text)
