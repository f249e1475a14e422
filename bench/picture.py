"""The figures as a small picture: how many times as fast as the quickest peer, on a log scale."""

import math
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from bench.results import Section

WIDTH, LINE, HEAD, FOOT = 800, 22, 34, 40
LEFT, RIGHT = 300, 660  # where the scale begins and ends
TITLE = "Tandemwerk beside the quickest other program"
# Colours for paper and for the dark, each with enough contrast to its ground.
STYLE = """
svg { font: 13px system-ui, sans-serif; }
text { fill: #1f2328; } .soft { fill: #59636e; } .line { stroke: #d1d9e0; }
.even { stroke: #59636e; } .more { fill: #0b6e69; } .less { fill: #9a5b00; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .soft { fill: #9da7b3; } .line { stroke: #343b44; }
.even { stroke: #9da7b3; } .more { fill: #4cc2b9; } .less { fill: #e0a048; } }
"""

Bar = tuple[str, str, float]


def bars(sections: Mapping[str, Section]) -> list[tuple[str, list[Bar]]]:
    """(title, [(case, quickest peer, ratio)]) of the sections that have peers."""
    found = []
    for section in sections.values():
        rows = [(c.case, *c.fastest) for c in section.comparisons if c.fastest]
        if rows:
            found.append((section.title, rows))
    return found


def picture(sections: Mapping[str, Section]) -> str:
    """An SVG file. Ends with a newline."""
    groups = bars(sections)
    rows = sum(len(rows) + 1 for _, rows in groups)
    ratios = [ratio for _, rows in groups for _, _, ratio in rows] or [1.0]
    low = min(0, math.floor(math.log10(min(ratios))))
    high = max(1, math.ceil(math.log10(max(ratios))))
    height = HEAD + LINE * rows + FOOT
    said = "; ".join(
        f"{case}: {factor(ratio)} times as fast as {peer}"
        for _, rows in groups
        for case, peer, ratio in rows
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-labelledby="bench-title bench-desc">',
        f'<title id="bench-title">{TITLE}</title>',
        f'<desc id="bench-desc">Medians of one run, longer is faster. {escape(said)}.</desc>',
        f"<style>{STYLE}</style>",
        *_scale(low, high, height),
        *_groups(groups, low, high),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _place(ratio: float, low: int, high: int) -> float:
    share = (math.log10(ratio) - low) / (high - low)
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _scale(low: int, high: int, height: int) -> Iterator[str]:
    bottom = height - FOOT
    for power in range(low, high + 1):
        x = _place(10.0**power, low, high)
        kind = "even" if power == 0 else "line"
        yield f'<line class="{kind}" x1="{x}" x2="{x}" y1="{HEAD - 8}" y2="{bottom}"/>'
        label = "as fast" if power == 0 else f"{factor(10.0**power)} ×"
        yield f'<text class="soft" x="{x}" y="{HEAD - 14}" text-anchor="middle">{label}</text>'
    yield (
        f'<text class="soft" x="{LEFT}" y="{height - 14}">times as fast as the quickest peer, '
        "each step ten times</text>"
    )


def _groups(groups: list[tuple[str, list[Bar]]], low: int, high: int) -> Iterator[str]:
    y, even = HEAD, _place(1.0, low, high)
    for title, rows in groups:
        yield f'<text x="0" y="{y + 15}" font-weight="600">{escape(title)}</text>'
        y += LINE
        for case, peer, ratio in rows:
            x = _place(ratio, low, high)
            kind = "more" if ratio >= 1 else "less"
            left, width = min(x, even), max(abs(x - even), 1.5)
            yield f'<text x="8" y="{y + 15}">{escape(case)}</text>'
            yield (
                f'<rect class="{kind}" x="{left}" y="{y + 4}" width="{round(width, 1)}" '
                'height="14" rx="2"/>'
            )
            yield (
                f'<text x="{round(max(x, even) + 6, 1)}" y="{y + 15}">{factor(ratio)} × '
                f'<tspan class="soft">{escape(peer)}</tspan></text>'
            )
            y += LINE


def factor(ratio: float) -> str:
    """Two digits that count: 0.95, 1.2, 13, 4,400."""
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}"
