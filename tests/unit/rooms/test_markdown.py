import pytest

from tandemwerk.rooms.markdown import markdown


def test_ordinary_markdown():
    html = markdown(
        "# Ziel\n\n**wichtig**\n\n- [ ] offen\n- [x] getan\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert "<h2>Ziel</h2>" in html
    assert "<strong>wichtig</strong>" in html
    assert "☐ offen" in html
    assert "☑ getan" in html
    assert "<td>1</td>" in html


def test_links_open_without_giving_anything_away():
    html = markdown("[Buch](https://example.org/a?b=c)")
    assert 'href="https://example.org/a?b=c"' in html
    assert 'rel="noopener noreferrer nofollow"' in html


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ('<div hx-get="/x" hx-trigger="load">a</div>', "<div"),
        ('<p style="color:red" id="main" class="btn" onclick="x()">a</p>', "<p style"),
        ("[a](javascript:alert(1))", "<a"),
        ("[a](data:text/html;base64,AA)", "<a"),
        ("![Bild](https://example.org/spy.png)", "<img"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("<iframe src='https://example.org'></iframe>", "<iframe"),
    ],
)
def test_nothing_acts_loads_or_leads_astray(text, forbidden):
    assert forbidden not in markdown(text)
