"""Notes as HTML: Markdown without anything that could act, load or lead astray."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# A first heading of a note stands below the page's own; pages have one h1.
_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "strong", "em", "s", "code", "pre", "blockquote",
    "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_BOX = re.compile(r"^([ \t]*[-*] )\[([ xX])\](?= )", re.MULTILINE)
_HEADING = re.compile(r"^h([1-6])$")
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
_markdown.enable(["table", "strikethrough"]).disable("image")


def markdown(text: str) -> SafeString:
    """Safe HTML of a note. No image, style, id, class or attribute for scripts survives."""
    tokens = _markdown.parse(_BOX.sub(_box, text))
    for token in tokens:
        if match := _HEADING.match(token.tag):
            token.tag = f"h{min(6, int(match[1]) + 1)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned in the line above


def _box(match: re.Match[str]) -> str:
    return f"{match[1]}{'☐' if match[2] == ' ' else '☑'}"
