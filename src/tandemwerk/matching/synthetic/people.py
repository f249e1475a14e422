"""Synthetic people, a block at a time: draws become answers, answers become profiles."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from ..catalogue import areas, fold, topics
from ..profiles import Mentee, Mentor, Person, Role
from ..weeks import HOURS_PER_DAY
from . import stock
from .draws import Draws, Floats, Ints, bell, chosen, zipf
from .names import BACKGROUNDS
from .phrases import BOOKS

# People made at a time: large enough for NumPy, small enough for flat memory.
BLOCK = 4096
# Nobody is wished for or reported to only because the list is long: numbers up to one's own,
# but at least this many, so that short lists have them too.
NEAREST = 20

PREFIX: Mapping[Role, str] = {Role.MENTEE: "ME", Role.MENTOR: "MO"}
OTHER: Mapping[Role, Role] = {Role.MENTEE: Role.MENTOR, Role.MENTOR: Role.MENTEE}


def people(role: Role, count: int, seed: int) -> Iterator[Person]:
    """The people numbered 1 to `count` of a role; flat memory, some 30 µs a person.

    Each depends only on seed, role and number, so a longer list begins with the shorter one.
    """
    for first in range(1, count + 1, BLOCK):
        yield from _block(Draws(seed, role, np.arange(first, min(first + BLOCK, count + 1))))


def declared(count: int, seed: int, role: Role = Role.MENTEE) -> Iterator[str]:
    """What the same people declare for statistics, "" for nothing; independent of all answers."""
    values, weights = list(stock.DECLARED), _weights(stock.DECLARED)
    for first in range(1, count + 1, BLOCK):
        draws = Draws(seed, role, np.arange(first, min(first + BLOCK, count + 1)))
        yield from (values[place] for place in draws.choice("declared", weights).tolist())


def person_id(role: Role, number: int) -> str:
    """ "ME-000001" for the first mentee, "MO-000001" for the first mentor."""
    return f"{PREFIX[role]}-{number:06d}"


def _block(draws: Draws) -> Iterator[Person]:
    role, side = draws.role, int(draws.role is Role.MENTOR)
    numbers = draws.numbers.tolist()
    gone = _unanswered(draws)
    name, mail, backgrounds = _names(draws)
    company, site, function, team, superior = _workplaces(draws)
    years = _years(draws)
    languages = _languages(draws, side, backgrounds)
    chosen_topics, area = _topics(draws, side, function)
    answers = _values(draws)
    weeks = _weeks(draws, side)
    formats = [frozenset(key) for key in stock.FORMATS]
    meets = draws.choice("formats", _weights(stock.FORMATS)).tolist()
    seats = (draws.choice("seats", _weights(stock.SEATS)) + 1).tolist()
    wishes = _wishes(draws)
    texts = _texts(draws, area, languages, chosen_topics)
    companies, sites, functions = company.tolist(), site.tolist(), function.tolist()
    teams, kind = team.tolist(), Mentor if role is Role.MENTOR else Mentee
    for n, number in enumerate(numbers):
        firm, industry = stock.COMPANIES[companies[n]]
        where, what = stock.SITES[sites[n]], stock.FUNCTIONS[functions[n]][0]
        extra = {"seats": seats[n]} if role is Role.MENTOR else {}
        yield kind(
            id=person_id(role, number),
            name=name[n],
            email=f"{mail[n]}.{PREFIX[role].lower()}{number}@{_domain(firm)}",
            topics=() if gone["topics"][n] else chosen_topics[n],
            languages=frozenset() if gone["languages"][n] else languages[n],
            experience_years=None if gone["experience_years"][n] else years[n],
            function="" if gone["function"][n] else what,
            industry="" if gone["industry"][n] else industry,
            values={} if gone["values"][n] else answers[n],
            week=0 if gone["week"][n] else weeks[n],
            formats=frozenset() if gone["formats"][n] else formats[meets[n]],
            site="" if gone["site"][n] else where,
            text="" if gone["text"][n] else texts[n],
            team="" if gone["team"][n] else f"{firm}, {what}, {where} {teams[n]}",
            reports_to=superior[n] or "",
            wishes=wishes[n],
            **extra,
        )


def _unanswered(draws: Draws) -> Mapping[str, list[bool]]:
    missing = draws.many("missing")
    return {
        field: (missing[:, place] < getattr(share, draws.role.value)).tolist()
        for place, (field, share) in enumerate(stock.MISSING.items())
    }


def _weights(table: Mapping[Any, float]) -> Floats:
    return np.array(list(table.values()), dtype=np.float64)


def _names(draws: Draws) -> tuple[list[str], list[str], list[int]]:
    """Full name, its form in the mail address, place of the background."""
    shares = np.array([background.weight for background in BACKGROUNDS])
    places = draws.choice("background", shares)
    other = draws.many("other_name")
    families = np.where(other[:, 0] < stock.OTHER_LAST_NAME, chosen(other[:, 1], shares), places)
    first, last = draws.one("first_name"), draws.one("last_name")
    full, mails = [], []
    for one, two, family, background in zip(
        first.tolist(), last.tolist(), families.tolist(), places.tolist(), strict=True
    ):
        given, surnames = BACKGROUNDS[background].first, BACKGROUNDS[family].last
        fore, sur = given[int(one * len(given))], surnames[int(two * len(surnames))]
        full.append(f"{fore} {sur}")
        mails.append(f"{_ascii(fore)}.{_ascii(sur)}")
    return full, mails, places.tolist()


@cache
def _ascii(name: str) -> str:
    return fold(name.replace("ı", "i").replace("ł", "l").replace("Ł", "l")).replace(" ", "-")


@cache
def _domain(company: str) -> str:
    return f"{_ascii(company)}.example"


def _places(draws: Draws) -> tuple[Ints, Ints, Ints, Ints]:
    """Company, site, function and team number by themselves."""
    return (
        draws.choice("industry", stock.INDUSTRY_WEIGHTS),
        draws.choice("site", stock.SITE_WEIGHTS),
        draws.choice("function", stock.FUNCTION_WEIGHTS),
        (draws.one("team") * stock.TEAMS_PER_PLACE).astype(np.int64) + 1,
    )


def _workplaces(draws: Draws) -> tuple[Ints, Ints, Ints, Ints, list[str | None]]:
    """Where people work and who leads them; whoever is led by a mentor works beside them."""
    company, site, function, team = _places(draws)
    reports, role = draws.one("reports"), draws.role
    superior: list[str | None] = [None] * len(reports)
    inside = np.zeros(len(reports), dtype=bool)
    if role is Role.MENTEE:
        inside = reports < stock.REPORTS_INSIDE
        leaders = _nearby(draws.one("superior"), draws.numbers)[inside]
        own = _places(Draws(draws.seed, Role.MENTOR, leaders))
        for mine, theirs in zip((company, site, function, team), own, strict=True):
            mine[inside] = theirs
        for place, leader in zip(np.flatnonzero(inside).tolist(), leaders.tolist(), strict=True):
            superior[place] = person_id(Role.MENTOR, leader)
    outside = ~inside & (reports < stock.REPORTS_INSIDE + stock.REPORTS_OUTSIDE)
    for place in np.flatnonzero(outside).tolist():
        firm = stock.COMPANIES[int(company[place])][0]
        town, field = stock.SITES[int(site[place])], stock.FUNCTIONS[int(function[place])][0]
        superior[place] = f"leitung.{_ascii(field)}.{_ascii(town)}@{_domain(firm)}"
    return company, site, function, team, superior


def _nearby(uniform: Floats, numbers: Ints) -> Ints:
    return (uniform * np.maximum(numbers, NEAREST)).astype(np.int64) + 1


def _years(draws: Draws) -> list[float]:
    """Whole years, below three halves too."""
    points = stock.EXPERIENCE[draws.role.value]
    years = np.interp(draws.one("experience"), [p[0] for p in points], [p[1] for p in points])
    rounded: list[float] = np.where(years < 3, np.round(years * 2) / 2, np.round(years)).tolist()
    return rounded


def _languages(draws: Draws, side: int, backgrounds: list[int]) -> list[frozenset[str]]:
    german, english, mother, further = draws.many("languages").T
    speaks = np.stack(
        [german < stock.GERMAN[side], english < stock.ENGLISH[side],
         mother < stock.MOTHER_TONGUE, further < stock.FURTHER_LANGUAGE], axis=1,
    )  # fmt: skip
    # Spread the small numbers below the threshold over the further languages.
    place = (further / stock.FURTHER_LANGUAGE * len(stock.FURTHER_LANGUAGES)).astype(np.int64)
    bits = (speaks @ np.array([1, 2, 4, 8])).tolist()
    others = np.minimum(place, len(stock.FURTHER_LANGUAGES) - 1).tolist()
    return [_spoken(*person) for person in zip(bits, backgrounds, others, strict=True)]


@cache
def _spoken(bits: int, background: int, other: int) -> frozenset[str]:
    tongue = BACKGROUNDS[background].language
    spoken = {
        "de": bits & 1,
        "en": bits & 2,
        tongue: bits & 4,
        stock.FURTHER_LANGUAGES[other]: bits & 8,
    }
    return frozenset(code for code, said in spoken.items() if said and code) or frozenset({"de"})


@cache
def _catalogue() -> tuple[tuple[tuple[str, ...], ...], Floats]:
    """Topics by area, and per area their cumulated popularity, float64 (areas, most topics)."""
    lists = tuple(
        tuple(slug for slug, topic in topics().items() if topic.area == area) for area in areas()
    )
    edges = np.ones((len(lists), max(map(len, lists))))
    for place, slugs in enumerate(lists):
        popularity = zipf(len(slugs), stock.TOPIC_EXPONENT)
        edges[place, : len(slugs)] = np.cumsum(popularity) / popularity.sum()
        edges[place, len(slugs) - 1 :] = 1.0
    return lists, edges


@cache
def _area_edges(side: int) -> Floats:
    """Per function the cumulated weights of the areas, float64 (functions, areas)."""
    rows = [
        [
            stock.AREA_WEIGHTS[area][side] * (stock.AFFINITY if area in liked else 1.0)
            for area in areas()
        ]
        for _name, liked in stock.FUNCTIONS
    ]
    edges = np.cumsum(rows, axis=1)
    return np.asarray(edges / edges[:, -1:])


def _topics(draws: Draws, side: int, function: Ints) -> tuple[list[tuple[str, ...]], list[int]]:
    """Topics, and the area of the first one."""
    lists, popularity = _catalogue()
    uniform = draws.many("areas")
    edges = _area_edges(side)[function]
    first = (edges <= uniform[:, :1]).sum(axis=1)
    area = np.repeat(first[:, None], uniform.shape[1], axis=1)
    for place in range(1, uniform.shape[1]):
        rest = (uniform[:, place] - stock.SAME_AREA) / (1 - stock.SAME_AREA)
        other = (edges <= rest[:, None]).sum(axis=1)
        area[:, place] = np.where(rest < 0, first, other)
    within = (popularity[area] <= draws.many("topics")[:, :, None]).sum(axis=2)
    counts = draws.choice("topic_count", _weights(stock.TOPIC_COUNTS)) + 1
    found = [
        tuple(dict.fromkeys(lists[a][t] for a, t in zip(rows[:k], places[:k], strict=True)))
        for rows, places, k in zip(area.tolist(), within.tolist(), counts.tolist(), strict=True)
    ]
    return found, first.tolist()


def _values(draws: Draws) -> list[dict[str, int]]:
    traits = draws.many("traits")
    latent = np.stack([bell(traits[:, :4]), bell(traits[:, 4:])], axis=1)
    weights = np.array(list(stock.ITEMS.values()))
    noise = (draws.many("noise") - 0.5) * np.sqrt(12.0) * stock.ITEM_NOISE
    raw = stock.ITEM_MEAN + latent @ weights.T + noise
    answers = np.clip(np.round(raw), 1, 5).astype(np.int64)
    answers[draws.many("unanswered") < stock.ITEM_UNANSWERED] = 0
    items = list(stock.ITEMS)
    return [
        {item: value for item, value in zip(items, row, strict=True) if value}
        for row in answers.tolist()
    ]


def _weeks(draws: Draws, side: int) -> list[int]:
    weights = np.array([weight[side] for weight in stock.WINDOWS.values()])
    hours = [sum(1 << hour for hour in range(*window)) for window in stock.WINDOWS]
    days = chosen(draws.many("days"), stock.DAY_WEIGHTS).tolist()
    windows = chosen(draws.many("windows"), weights).tolist()
    counts = (draws.choice("window_count", _weights(stock.WINDOW_COUNTS)) + 1).tolist()
    masks = [[bits << day * HOURS_PER_DAY for bits in hours] for day in range(len(stock.DAYS))]
    weeks = []
    for day, window, count in zip(days, windows, counts, strict=True):
        week = 0
        for d, w in zip(day[:count], window[:count], strict=True):
            week |= masks[d][w]
        weeks.append(week)
    return weeks


def _wishes(draws: Draws) -> list[tuple[str, ...]]:
    """One or two people of the other side, for the few who name anybody."""
    count, other = draws.one("wish_count"), OTHER[draws.role]
    numbers = [_nearby(column, draws.numbers) for column in draws.many("wishes").T]
    found: list[tuple[str, ...]] = [()] * len(count)
    for place in np.flatnonzero(count < stock.WISHERS).tolist():
        some = 1 if count[place] < stock.WISHERS / 2 else 2
        names = (person_id(other, int(column[place])) for column in numbers[:some])
        found[place] = tuple(dict.fromkeys(names))
    return found


def _texts(
    draws: Draws, area: list[int], languages: list[frozenset[str]], wanted: list[tuple[str, ...]]
) -> list[str]:
    """Two to four sentences in a language the person speaks."""
    slugs, catalogue = list(areas()), topics()
    english = (draws.one("tongue") < stock.TEXT_IN_ENGLISH).tolist()
    texts = []
    for place, (opening, about, frame, ending, which, ends) in enumerate(
        draws.many("phrases").tolist()
    ):
        spoken = languages[place]
        prefers_english = "en" in spoken and (english[place] or "de" not in spoken)
        language = "en" if prefers_english else "de"
        book = BOOKS[draws.role.value, language]
        parts = [book.openings[int(opening * len(book.openings))]]
        if about < 0.7:
            parts.append(book.areas[slugs[area[place]]])
        if which < 0.5:
            topic = catalogue[wanted[place][0]].name[language]
            parts.append(book.topic[int(frame * len(book.topic))].format(topic=topic))
        if ends < 0.6:
            parts.append(book.closings[int(ending * len(book.closings))])
        texts.append(" ".join(parts))
    return texts
