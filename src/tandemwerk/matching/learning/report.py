"""The evaluation as one HTML page: tables and a reliability picture, nothing from elsewhere."""

from html import escape

from .evaluation import Evaluation
from .meetings import Dropped
from .metrics import Step
from .words import WORDS, Language, notes_on, number, rows_of, step_rows, summary

_SIZE = 320
_EDGE = 44
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2433; --quiet: #5b6577; --line: #c9cfda;
  --page: #fbfbf9; --dot: #1f6f5c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaf0; --quiet: #a3adbf; --line: #3b4454;
  --page: #14181f; --dot: #6fd0b5; } }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem; background: var(--page);
  color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .7rem; text-align: right; border-bottom: 1px solid var(--line);
  white-space: nowrap; }
tbody th { font-weight: inherit; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
tbody tr:first-child { font-weight: 600; }
.steps tbody tr:first-child { font-weight: inherit; }
p.quiet { color: var(--quiet); max-width: 44rem; }
.pictures { display: flex; flex-wrap: wrap; gap: 2rem; }
figure { margin: 0; } figcaption { font-weight: 600; }
svg { max-width: 100%; height: auto; } svg text { fill: var(--quiet); font-size: 12px; }
svg line { stroke: var(--line); } svg .diagonal { stroke-dasharray: 4 4; stroke: var(--quiet); }
svg circle { fill: var(--dot); fill-opacity: .8; } svg path { stroke: var(--dot); fill: none; }
""".strip()


def report_html(
    evaluation: Evaluation, dropped: tuple[Dropped, ...], mirrored: int, language: Language
) -> str:
    """A whole page. It holds no ids and no answers of single people, and makes no request."""
    words = WORDS[language]
    body = [f"<h1>{escape(words['title'])}</h1>", f"<p>{escape(summary(evaluation, language))}</p>"]
    body += [f"<p>{escape(line)}</p>" for line in notes_on(dropped, mirrored, language)]
    if not evaluation.shortage:
        for kind in ("side", "match"):
            body.append(f"<h2>{escape(words[kind])}</h2>")
            body.append(_table(rows_of(evaluation, kind, language), ""))
        body.append(f'<p class="quiet">{escape(words["notes"])}</p>')
        body.append(f"<h2>{escape(words['reliability'])}</h2>")
        steps = {"side": evaluation.side_steps, "match": evaluation.match_steps}
        pictures = "".join(
            f"<figure><figcaption>{escape(words[kind])}</figcaption>"
            f"{reliability_svg(found, language)}{_table(step_rows(found, language), 'steps')}"
            "</figure>"
            for kind, found in steps.items()
        )
        body.append(f'<div class="pictures">{pictures}</div>')
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(words['title'])}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _table(rows: list[list[str]], name: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    lines = []
    for row in rows[1:]:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        lines.append(f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>')
    return (
        f'<div class="wide" tabindex="0"><table class="{name}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def reliability_svg(steps: tuple[Step, ...], language: Language) -> str:
    """Said (across) against seen (upwards); a dot's area grows with its pairs."""
    words = WORDS[language]
    most = max((step.count for step in steps), default=1)

    def x(value: float) -> float:
        return round(_EDGE + value * (_SIZE - 2 * _EDGE), 1)

    def y(value: float) -> float:
        return round(_SIZE - _EDGE - value * (_SIZE - 2 * _EDGE), 1)

    parts = [
        f'<line class="diagonal" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(0)}"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(0)}" y2="{y(1)}"/>',
    ]
    for mark in (0.0, 0.5, 1.0):
        text = number(mark, language, 1)
        parts.append(f'<text x="{x(mark)}" y="{y(0) + 18}" text-anchor="middle">{text}</text>')
        parts.append(f'<text x="{x(0) - 8}" y="{y(mark) + 4}" text-anchor="end">{text}</text>')
    points = " ".join(
        f"{'M' if place == 0 else 'L'}{x(step.said)} {y(step.seen)}"
        for place, step in enumerate(steps)
    )
    parts.append(f'<path d="{points}"/>')
    for step in steps:
        radius = round(2.5 + 7 * (step.count / most) ** 0.5, 1)
        parts.append(f'<circle cx="{x(step.said)}" cy="{y(step.seen)}" r="{radius}"/>')
    middle = _SIZE / 2
    parts.append(
        f'<text x="{middle}" y="{_SIZE - 6}" text-anchor="middle">{escape(words["said"])}</text>'
        f'<text x="12" y="{middle}" text-anchor="middle" '
        f'transform="rotate(-90 12 {middle})">{escape(words["seen"])}</text>'
    )
    label = escape(words["reliability"])
    return (
        f'<svg viewBox="0 0 {_SIZE} {_SIZE}" width="{_SIZE}" height="{_SIZE}" role="img" '
        f'aria-label="{label}">{"".join(parts)}</svg>'
    )
