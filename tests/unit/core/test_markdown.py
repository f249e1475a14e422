import pytest

from tandemwerk.core.markdown import markdown_html


def test_ordinary_markdown():
    html = markdown_html(
        "# Ziel\n\n**wichtig**\n\n- [ ] offen\n- [x] getan\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert "<h2>Ziel</h2>" in html
    assert "<strong>wichtig</strong>" in html
    assert "☐ offen" in html
    assert "☑ getan" in html
    assert "<td>1</td>" in html


def test_links_open_without_giving_anything_away():
    html = markdown_html("[Buch](https://example.org/a?b=c)")
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
    assert forbidden not in markdown_html(text)


def test_headings_follow_the_page_s_own_without_a_gap():
    html = markdown_html("### Klein\n\n# Groß\n\n###### Winzig")
    assert "<h3>Klein</h3>" in html
    assert "<h2>Groß</h2>" in html
    assert "<h4>Winzig</h4>" in html


def test_lines_are_kept_where_people_write_as_they_talk():
    assert "<br>" in markdown_html("eins\nzwei", keeps_lines=True)
    assert "<br>" not in markdown_html("eins\nzwei")
