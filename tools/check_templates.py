"""What templates must not contain, read with Django's own lexer and Python's HTML parser.

No `style=` and no `on…=` (the content security policy blocks them), no inline script, a CSRF token
in every form that posts, and no words outside a translation tag. A page that shows raw words on
purpose says so in its first lines: `{# untranslated: reason #}`.
"""

import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import DebugLexer, TokenType

from tools.shared import SOURCE, fail

UNTRANSLATED = re.compile(r"\{#\s*untranslated:\s*\S.*?#\}")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in every language.
NAMES = frozenset(
    {
        "Tandemwerk",
        "Deutsch",
        "English",
        "TOTP",
        "API",
        "CSV",
        "XLSX",
        "ICS",
        "JSON",
        "OpenAPI",
        "MB",
    }
)
SPOKEN = frozenset({"alt", "title", "placeholder", "aria-label", "aria-description", "label"})
SILENT = frozenset({"script", "style", "code", "kbd", "samp", "pre"})
TRAVELS = re.compile(r"/templates/(mail|export)/")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
# Stands for what a tag or variable prints; no word, so that it is never mistaken for text.
FILLED = "\u2060"
TOKEN = "\u2061"


def words(text: str) -> list[str]:
    """Words a reader would see in `text`, without entities and names."""
    plain = re.sub(r"&#?\w+;", " ", text)
    return [word for word in WORD.findall(plain) if word not in NAMES]


def flatten(source: str) -> str:
    """Template text with every tag and translated passage replaced by a neutral mark.

    Line numbers stay right: a replaced passage keeps its line breaks.
    """
    parts = [""]
    inside = ""
    for token in DebugLexer(source).tokenize():
        text = source[token.position[0] : token.position[1]]
        if token.token_type == TokenType.BLOCK:
            inside = _passage(token.contents, inside)
        if token.token_type == TokenType.TEXT and not inside:
            parts.append(text)
            continue
        # The CSRF tag must survive, it is what a form is looked through for.
        mark = TOKEN if token.contents == "csrf_token" else FILLED
        if parts[-1].endswith(("<", "</")):
            mark = "x"  # `<{% if … %}a{% else %}button{% endif %}`: an element's name
        parts.append(mark + "\n" * text.count("\n"))
    return "".join(parts)


def _passage(contents: str, inside: str) -> str:
    """Name of the tag that ends the passage we are in after the tag `contents`, if any.

    Translated passages and comments are no words of the template; neither is a block that fills a
    `class` attribute, which by our custom has a name that ends in `_class`.
    """
    name, _, rest = contents.partition(" ")
    if inside:
        return "" if name == inside else inside
    if name in {"blocktranslate", "blocktrans", "comment"}:
        return f"end{name}"
    return "endblock" if name == "block" and rest.split()[0].endswith("_class") else ""


@dataclass
class Page(HTMLParser):
    """Walks one flattened template and collects what is wrong in it."""

    name: str
    may_be_raw: bool
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.silent = 0
        self.forms: list[tuple[int, bool]] = []

    def report(self, text: str, line: int = 0) -> None:
        """Note a problem at the parser's place or at `line`."""
        self.problems.append(f"{self.name}:{line or self.getpos()[0]}: {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name == "style":
                self.report("style= is blocked by the content security policy; use a class")
            if name.startswith("on") and name[2:].isalpha():
                self.report(f"{name}= is blocked by the content security policy; use a script file")
            if name in SPOKEN and not self.may_be_raw and words(value):
                self.report(f"{name}=“{value.strip()}” is not translated")
            if name in {"href", "src", "action"} and value.strip().lower().startswith(
                "javascript:"
            ):
                self.report("javascript: addresses are blocked by the content security policy")
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.report("inline script; put it into a file")
        # A mail or a page to take along has nothing to link to; its style sheet travels inside.
        if tag == "style" and not TRAVELS.search(self.name):
            self.report("inline style sheet; put it into a file")
        if (
            tag == "input"
            and given.get("type") in {"submit", "button"}
            and words(given.get("value", ""))
        ):
            self.report(f"value=“{given['value']}” is not translated")
        if tag == "form":
            self.forms.append((self.getpos()[0], given.get("method", "").lower() == "post"))
            self.has_token = False
        if tag in SILENT and tag not in VOID:
            self.silent += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in SILENT:
            self.silent -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent -= 1
        if tag == "form" and self.forms:
            line, is_post = self.forms.pop()
            if is_post and not self.has_token:
                self.report("a form that posts has no {% csrf_token %}", line)

    def handle_data(self, data: str) -> None:
        if TOKEN in data:
            self.has_token = True
        if not self.silent and not self.may_be_raw and (found := words(data)):
            self.report(f"“{' '.join(found[:6])}” is not translated")


def template_problems(name: str, source: str) -> list[str]:
    """All problems of one template, with file and line."""
    page = Page(name=name, may_be_raw=bool(UNTRANSLATED.search(source[:400])))
    page.feed(flatten(source))
    page.close()
    return page.problems


def main() -> int:
    """Check every template of the package."""
    paths: list[Path] = sorted(SOURCE.rglob("templates/**/*.html"))
    problems = [
        problem
        for path in paths
        for problem in template_problems(str(path.relative_to(SOURCE)), path.read_text())
    ]
    return fail(problems, passed=f"{len(paths)} templates are in order.")


if __name__ == "__main__":
    sys.exit(main())
