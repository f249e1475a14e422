"""`docs/reference/synthetic-people.md` shows the distributions that the code draws from."""

from collections.abc import Iterable, Mapping
from typing import Any

from tandemwerk.matching.catalogue import areas
from tandemwerk.matching.synthetic import GROUP_COLUMN, MOST, stock
from tandemwerk.matching.synthetic.names import BACKGROUNDS
from tests.docs.shell import ROOT

TEXT = (ROOT / "docs/reference/synthetic-people.md").read_text(encoding="utf-8")


def per_cent(share: float) -> str:
    return f"{share * 100:g} %"


def likely(weights: Mapping[Any, float], names: Iterable[str] | None = None) -> str:
    whole = sum(weights.values())
    said = names or [str(value) for value in weights]
    return ", ".join(
        f"{name} {weight / whole * 100:g} %"
        for name, weight in zip(said, weights.values(), strict=True)
    )


def quantiles(role: str) -> str:
    return ", ".join(f"{per_cent(share)}: {years:g}" for share, years in stock.EXPERIENCE[role])


def rows() -> list[str]:
    """Every row with numbers, as the page must show it."""
    windows = [f"{first}–{last}" for first, last in stock.WINDOWS]
    told = [
        f"| Background of the name | {likely({b.name: b.weight for b in BACKGROUNDS})} |",
        f"| Last name of another background | {per_cent(stock.OTHER_LAST_NAME)} |",
        f"| Company and industry | {len(stock.COMPANIES)}, weight 1 / place^0.6 |",
        f"| Site | {len(stock.SITES)}, weight 1 / place (Zipf) |",
        f"| Function | {len(stock.FUNCTIONS)}, weight 1 / place^0.5 |",
        f"| Teams per company, function and site | {stock.TEAMS_PER_PLACE}, equally likely |",
        f"| Led by a mentor (mentees only) | {per_cent(stock.REPORTS_INSIDE)} |",
        f"| Led by somebody else | {per_cent(stock.REPORTS_OUTSIDE)} |",
        f"| Years of work, mentees | {quantiles('mentee')} |",
        f"| Years of work, mentors | {quantiles('mentor')} |",
        f"| Speaks German | {per_cent(stock.GERMAN[0])} · {per_cent(stock.GERMAN[1])} |",
        f"| Speaks English | {per_cent(stock.ENGLISH[0])} · {per_cent(stock.ENGLISH[1])} |",
        f"| Speaks the mother tongue | {per_cent(stock.MOTHER_TONGUE)} |",
        f"| Speaks a further language | {per_cent(stock.FURTHER_LANGUAGE)} |",
        f"| Topics drawn | {likely(stock.TOPIC_COUNTS)} |",
        f"| Next topic from the area of the first | {per_cent(stock.SAME_AREA)} |",
        f"| Areas of one's function | weight × {stock.AFFINITY:g} |",
        f"| Popularity of a topic in its area | 1 / place^{stock.TOPIC_EXPONENT:g} |",
        f"| Item left out | {per_cent(stock.ITEM_UNANSWERED)} |",
        f"| Windows a week | {likely(stock.WINDOW_COUNTS)} |",
        "| Days | " + likely(dict(zip(stock.DAYS, stock.DAY_WEIGHTS.tolist(), strict=True))) + " |",
        "| Hours, mentees | " + likely({k: w[0] for k, w in stock.WINDOWS.items()}, windows) + " |",
        "| Hours, mentors | " + likely({k: w[1] for k, w in stock.WINDOWS.items()}, windows) + " |",
        "| Format | " + likely(stock.FORMATS, ("online", "on site", "both")) + " |",
        f"| Seats (mentors only) | {likely(stock.SEATS)} |",
        f"| Text in English | {per_cent(stock.TEXT_IN_ENGLISH)} of those who speak it |",
        f"| Wishes | {per_cent(stock.WISHERS)} name one or two people |",
        f"| {GROUP_COLUMN} | {likely(stock.DECLARED, ('A', 'B', 'C', 'nothing'))} |",
    ]
    told += [
        f"| {areas()[slug].name['en']} | {one:g} | {two:g} |"
        for slug, (one, two) in stock.AREA_WEIGHTS.items()
    ]
    told += [
        f"| `{field}` | {per_cent(share.mentee)} | {per_cent(share.mentor)} |"
        for field, share in stock.MISSING.items()
    ]
    told += [f"| {item.upper()} | {a:g} | {b:g} |" for item, (a, b) in stock.ITEMS.items()]
    return told


def test_the_page_shows_every_distribution() -> None:
    lines = set(TEXT.splitlines())
    assert [row for row in rows() if row not in lines] == []


def test_the_page_shows_nothing_else() -> None:
    numbers = [line for line in TEXT.splitlines() if line.startswith("| ") and "%" in line]
    assert set(numbers) <= set(rows())
    assert f"{MOST:,}" in TEXT
    assert list(stock.AREA_WEIGHTS) == list(areas())
