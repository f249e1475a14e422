"""Every relative link and picture in the documents leads to something."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+\s+(.+?)\s*#*$", re.MULTILINE)


def links(document: Path) -> list[str]:
    """Relative targets in a document, those in code left out."""
    text = CODE.sub("", document.read_text(encoding="utf-8"))
    return [t for t in LINK.findall(text) if not re.match(r"[a-z][a-z0-9+.-]*:|//", t)]


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as forges make them."""
    text = document.read_text(encoding="utf-8")
    plain = (re.sub(r"[`*_]|\[|\]\([^)]*\)", "", heading) for heading in HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    broken = []
    for target in links(document):
        path, _hash, anchor = unquote(target).partition("#")
        place = (document.parent / path) if path else document
        if not place.exists() or (
            anchor and place.suffix == ".md" and anchor not in anchors(place)
        ):
            broken.append(target)
    assert broken == []


def test_there_are_links_to_check() -> None:
    assert sum(len(links(document)) for document in DOCUMENTS) > 30


def test_every_document_can_be_found_from_the_index() -> None:
    """No page lies in a drawer: it is linked from README, the index or another document."""
    linked = {
        (document.parent / unquote(target).partition("#")[0]).resolve()
        for document in DOCUMENTS
        for target in links(document)
    }
    alone = [d for d in (ROOT / "docs").rglob("*.md") if d.resolve() not in linked]
    assert [str(d.relative_to(ROOT)) for d in alone] == []
