"""The kept figures as a Markdown table and a picture, in the docs."""

from collections.abc import Iterator, Mapping

from bench.measure import shown
from bench.picture import factor, picture
from bench.results import Comparison, Section
from tools.shared import ROOT

PAGE, PICTURE = ROOT / "docs/explanation/matching.md", ROOT / "docs/images/bench.svg"
BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def main(sections: Mapping[str, Section], *, write: bool) -> int:
    """Print the table, or put it and the picture where the docs have them."""
    text = rendered(sections)
    if not write:
        print(text)
        return 0
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    PICTURE.write_text(picture(sections), encoding="utf-8")
    return 0


def replaced(page: str, text: str) -> str:
    """The page with `text` between the markers. Raises ValueError without exactly one place."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise ValueError(f"the page needs {BEGIN} and {END} once")
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}"


def rendered(sections: Mapping[str, Section]) -> str:
    """One table per section, with date, machine and load."""
    return "\n\n".join("\n".join(_section(section)) for section in sections.values())


def _section(section: Section) -> Iterator[str]:
    low, high = section.load
    yield f"### {section.title}"
    yield ""
    yield f"{section.day}, {section.machine}; load {low:g} before, {high:g} after."
    yield ""
    yield "| Case | Tandemwerk | Beside it | Their time | Ratio |"
    yield "|---|---|---|---|---|"
    for comparison in section.comparisons:
        yield from _rows(comparison)


def _rows(found: Comparison) -> Iterator[str]:
    ours = shown(found.ours) if found.ours else "–"
    case = f"{found.case} ({found.note})" if found.note else found.case
    beside = {**found.peers, **found.floors}
    if not beside:
        yield f"| {case} | {ours} | | | |"
    for name, times in beside.items():
        theirs = times if isinstance(times, str) else shown(times)
        yield f"| {case} | {ours} | {name} | {theirs} | {_ratio(found, name)} |"
        case, ours = "", ""


def _ratio(found: Comparison, name: str) -> str:
    ratio = found.ratio(name)
    if ratio is None:
        return ""
    if name in found.floors:
        return f"**{factor(ratio)} ×** the floor"
    return f"**{factor(ratio)} ×** as fast"
