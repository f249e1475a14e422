import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.core.markdown import markdown_html
from tandemwerk.programmes.course import ROLES, next_unread, shipped_steps
from tandemwerk.programmes.services.materials import sample_pages

TOPICS = (
    "expectations",
    "boundaries",
    "confidentiality",
    "first-meeting",
    "feedback",
    "ending-well",
)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_six_steps_of_a_phones_length_in_both_languages(role):
    steps = shipped_steps(role)
    assert tuple(step.key for step in steps) == TOPICS
    for step in steps:
        for code in ("de", "en"):
            assert 100 <= len(step.text[code].split()) <= 180, (role, step.key, code)
            assert step.question[code].endswith("?")
            assert "!" not in step.text[code] + step.title[code] + step.question[code]


@given(read=st.frozensets(st.sampled_from(TOPICS)))
def test_one_goes_on_with_the_first_unread_step(read):
    found = next_unread(TOPICS, read)
    if found is None:
        assert read == frozenset(TOPICS)
    else:
        assert found not in read
        assert set(TOPICS[: TOPICS.index(found)]) <= read


def test_shipped_pages_are_there_in_both_languages():
    for page in sample_pages():
        for part in ("title", "hint", "text"):
            assert set(page[part]) == {"de", "en"}
        assert "!" not in page["text"]["de"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Head", "<h2>Head</h2>"),
        ("#### Deep", "<h2>Deep</h2>"),
        ("## Head\n\n#### Deep", "<h3>Deep</h3>"),
        ("# 1\n## 2\n### 3\n#### 4", "<h5>4</h5>"),
        ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("![x](https://example.org/a.png)", "!<a "),
        ("[x](https://example.org)", 'rel="noopener noreferrer nofollow"'),
    ],
)
def test_markdown_becomes_harmless_html(text, html):
    found = markdown_html(text)
    assert html in found
    assert "<script" not in found
    assert "<img" not in found
    assert 'href="javascript' not in found
