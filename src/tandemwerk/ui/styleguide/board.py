"""A cohort of invented people for the board's styleguide; the same for the same size."""

from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandemwerk.ui import board as shapes
from tandemwerk.ui.styleguide import people

DAYS, PARTS = 7, 4


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented pair; `score` in [0, 1]."""

    pk: int
    mentee: shapes.Face
    mentor: shapes.Face
    score: float
    topic: str
    kind: int
    locked: bool
    hand: bool
    wish: bool
    watch: bool


@dataclass(frozen=True, slots=True)
class Cohort:
    pairs: list[Sample]
    lone: list[shapes.Face]
    mentors: list[shapes.Face]


def _faces(lines: list[str], count: int, rng: Random, start: int) -> list[shapes.Face]:
    known = [line.split("|") for line in lines][:count]
    names = {line[0] for line in known}
    while len(known) < count:
        name = f"{rng.choice(people.GIVEN)} {rng.choice(people.FAMILY)}"
        if len(known) > len(people.GIVEN) * len(people.FAMILY) // 3:
            name += f"-{rng.choice(people.FAMILY)}"
        if name not in names:
            names.add(name)
            known.append([name, rng.choice(people.WORK), rng.choice(people.PLACES)])
    return [
        shapes.Face(pk=start + at, name=name, sub=f"{work} · {place}")
        for at, (name, work, place) in enumerate(known)
    ]


@lru_cache(maxsize=4)
def cohort(count: int) -> Cohort:
    """`count` pairs, four people without a mentor and five mentors with room."""
    rng = Random(7)  # noqa: S311 - sample content, not a secret
    mentees = _faces(people.MENTEES, count + 4, rng, 1)
    mentors = _faces(people.MENTORS, max(count * 6 // 10, 16), rng, 5001)
    scores = sorted(rng.betavariate(5, 2.2) for _at in range(count))
    rng.shuffle(scores)
    pairs = [
        Sample(
            pk=at + 1,
            mentee=mentees[at],
            mentor=rng.choice(mentors),
            score=scores[at],
            topic=rng.choice(people.TOPICS),
            kind=rng.randrange(5),
            locked=rng.random() < 0.06,
            hand=rng.random() < 0.03,
            wish=rng.random() < 0.08,
            watch=rng.random() < 0.05,
        )
        for at in range(count)
    ]
    return Cohort(pairs=pairs, lone=mentees[count:], mentors=mentors)


def level(score: float) -> int:
    return 3 if score >= 0.72 else 2 if score >= 0.5 else 1


def _reason(pair: Sample) -> str:
    topic = pair.topic
    return [
        _("Looks for and offers: %(topic)s") % {"topic": topic},
        _("Same goal: %(topic)s, both free Tuesday afternoon") % {"topic": topic},
        _("Made that step themself: %(topic)s") % {"topic": topic},
        _("On each other's wish list; %(topic)s") % {"topic": topic},
        _("Same site, %(topic)s, both free Thursday morning") % {"topic": topic},
    ][pair.kind]


def row(pair: Sample) -> shapes.PairRow:
    flags = []
    if pair.wish:
        flags.append(shapes.Flag("star", _("First wish fulfilled"), "soft"))
    if pair.watch:
        flags.append(shapes.Flag("flag", _("Only one hour in common"), "accent"))
    return shapes.PairRow(
        pk=pair.pk,
        mentee=pair.mentee,
        mentor=pair.mentor,
        level=level(pair.score),
        reason=_reason(pair),
        is_locked=pair.locked,
        is_by_hand=pair.hand,
        flags=flags,
    )


def summary(count: int) -> shapes.Summary:
    pairs = cohort(count).pairs
    bins = [0] * 16
    counts = {3: 0, 2: 0, 1: 0}
    for pair in pairs:
        bins[min(int((pair.score - 0.2) / 0.05), 15) if pair.score > 0.2 else 0] += 1
        counts[level(pair.score)] += 1
    return shapes.Summary(
        matched=count,
        mentees=count + 4,
        bins=[(level(0.225 + 0.05 * at), number) for at, number in enumerate(bins)],
        counts=counts,
        weakest=row(min(pairs, key=lambda pair: pair.score)),
        free_seats=7,
        free_mentors=5,
        whole=_("Just below the best possible"),
        is_best=False,
        changes=sum(pair.hand for pair in pairs),
    )


def seats(count: int) -> list[shapes.SeatRow]:
    mentors = cohort(count).mentors
    return [
        shapes.SeatRow(mentor, free, of)
        for mentor, free, of in zip(mentors[1:6], (1, 2, 1, 2, 1), (2, 3, 1, 2, 3), strict=True)
    ]


def lone(count: int) -> list[shapes.LoneRow]:
    reasons = [
        _("Every mentor for the topic Controlling is taken."),
        _("Nobody with room speaks a language in common."),
        _("Only free on Saturday; nobody else is."),
        _("The only fitting mentor is the own line manager."),
    ]
    people_alone = cohort(count).lone
    return [
        shapes.LoneRow(face.pk, face, why) for face, why in zip(people_alone, reasons, strict=True)
    ]


def detail(count: int, pk: int, is_locked: bool | None = None) -> shapes.Detail | None:
    data = cohort(count)
    mentors = data.mentors
    others = [
        shapes.Alternative(
            f"seat:{mentors[2].pk}",
            mentors[2],
            2,
            _("2 places free"),
            _("Whole stays the same"),
        ),
        shapes.Alternative(
            "pair:2", mentors[4], 3, _("now with Aylin Yıldız"), _("Whole a little weaker"), -1
        ),
        shapes.Alternative(
            "pair:3", mentors[7], 2, _("now with Katarzyna Nowak"), _("Whole a little better"), 1
        ),
    ]
    for person in lone(count):
        if person.pk == pk:
            return shapes.Detail(
                pk=pk,
                mentee=person.mentee,
                mentor=None,
                level=0,
                why=person.why,
                alternatives=others[:2],
            )
    pair = next((pair for pair in data.pairs if pair.pk == pk), None)
    if pair is None:
        return None
    return shapes.Detail(
        pk=pk,
        mentee=pair.mentee,
        mentor=pair.mentor,
        level=level(pair.score),
        seats=_("2 of 3 places taken"),
        chemistry=shapes.Chemistry(percent=62, low=35, high=84, meetings=214, rate=58),
        is_locked=pair.locked if is_locked is None else is_locked,
        is_by_hand=pair.hand,
        checks=[
            _reason(pair),
            _("Both speak German and English"),
            _("Both free: Tuesday and Thursday afternoon"),
        ],
        differences=[_("Works in another area, good for a view from outside.")],
        compared=_compared(pair),
        week=_week(pair.pk),
        week_text=_("Both free: Tuesday and Thursday afternoon"),
        alternatives=others,
    )


def _compared(pair: Sample) -> list[shapes.Compared]:
    return [
        shapes.Compared(_("Topics"), pair.topic, f"{pair.topic}, Delegieren", "yes"),
        shapes.Compared(_("Languages"), "Deutsch, Türkçe, English", "Deutsch, English", "yes"),
        shapes.Compared(_("Experience"), _("4 years"), _("17 years"), "yes"),
        shapes.Compared(_("Format"), _("Online or on site"), _("Online"), "part"),
        shapes.Compared(_("Place"), "Hamburg", "Nürnberg", "part"),
        shapes.Compared(_("Values"), _("plans far ahead"), _("decides as it comes"), "no"),
    ]


def _week(seed: int) -> list[shapes.WeekCell]:
    rng = Random(seed)  # noqa: S311 - sample content, not a secret
    cells = []
    for at in range(DAYS * PARTS):
        day, part = divmod(at, PARTS)
        who = rng.choice(["", "", "", "mentee", "mentor"]) if day < 5 else ""
        cells.append(shapes.WeekCell(day * 24, part * 16, "both" if at in (6, 14) else who))
    return cells


def preview(count: int, mentee: int, to: str) -> shapes.Preview:
    kind, _sep, number = to.partition(":")
    data = cohort(count)
    faces = {pair.pk: pair for pair in data.pairs}
    one = faces.get(mentee)
    face = one.mentee if one else next(f for f in data.lone if f.pk == mentee)
    was = one.mentor if one else None
    was_level = level(one.score) if one else None
    if kind in {"none", "forbid"}:
        changes = [shapes.Change(face, was, was_level, None, None)]
        title, effect, trend = _("Separate the pair"), _("Whole a little weaker"), -1
    elif kind in {"seat", "mentor"}:
        mentor = next(mentor for mentor in data.mentors if mentor.pk == int(number))
        changes = [shapes.Change(face, was, was_level, mentor, 2)]
        title, effect, trend = _("Move to a free place"), _("Whole stays the same"), 0
    else:
        other = faces[int(number)]
        changes = [
            shapes.Change(face, was, was_level, other.mentor, 2),
            shapes.Change(other.mentee, other.mentor, level(other.score), was, 1 if was else None),
        ]
        title, effect, trend = _("Swap two pairs"), _("Whole a little weaker"), -1
    blocked = bool(one and one.locked)
    return shapes.Preview(
        mentee=mentee,
        to=to,
        title=title,
        changes=changes,
        effect=effect,
        trend=trend,
        warnings=[_("This pair is kept. Let it go first.")] if blocked else [],
        is_allowed=not blocked,
    )


def board(count: int, query: QueryDict) -> shapes.Board:
    """The whole board for `?n=`, filtered and sorted as asked."""
    page = reverse("ui:board")
    suffix = f"?n={count}"
    rows = [
        row(pair)
        for pair in sorted(cohort(count).pairs, key=lambda pair: pair.score)
        if query.get("level", "") in ("", str(level(pair.score)))
    ]
    word = query.get("q", "").lower()
    rows = [
        item
        for item in rows
        if word in f"{item.mentee.name} {item.mentor.name} {item.mentee.sub} {item.reason}".lower()
    ]
    if query.get("flag") == "locked":
        rows = [item for item in rows if item.is_locked]
    if query.get("flag") == "by_hand":
        rows = [item for item in rows if item.is_by_hand]
    if query.get("sort") == "mentee":
        rows.sort(key=lambda item: item.mentee.name)
    elif query.get("sort") == "mentor":
        rows.sort(key=lambda item: item.mentor.name)
    elif query.get("sort") == "-fit":
        rows.reverse()
    asked = query.get("pair", "")
    chosen = int(asked) if asked.isdecimal() else None
    return shapes.Board(
        title=_("Women in leadership 2027"),
        lead=_("Run 4 · calculated 12 minutes ago · nothing is sent before you publish"),
        urls=shapes.Urls(
            page=page,
            preview=reverse("ui:board_preview"),
            act=reverse("ui:board_act"),
            move=reverse("ui:board_move"),
            undo=reverse("ui:board_move"),
            redo=reverse("ui:board_move"),
            rerun=page + suffix,
            compare=page + suffix,
            publish=page + suffix,
        ),
        summary=summary(count),
        tools=shapes.Tools(undo=_("Undo: Lena Hofmann kept"), version=3),
        query=shapes.Query(
            q=query.get("q", ""),
            level=query.get("level", ""),
            flag=query.get("flag", ""),
            sort=query.get("sort", "fit"),
            shown=len(rows),
            total=count,
        ),
        pairs=rows,
        lone=lone(count),
        seats=seats(count),
        detail=detail(count, chosen) if chosen else None,
        selected=chosen,
    )


def after(count: int, pk: int, is_locked: bool | None, changed: list[int]) -> shapes.Board:
    """The pieces that an act answers with: detail, summary and the touched rows."""
    everything = board(count, QueryDict())
    rows = [item for item in everything.pairs if item.pk in changed]
    if is_locked is not None:
        rows = [replace(item, is_locked=is_locked) for item in rows]
    return replace(everything, pairs=rows, detail=detail(count, pk, is_locked), selected=pk)


def done(number: int) -> str:
    return ngettext("%(n)s pair changed.", "%(n)s pairs changed.", number) % {"n": number}
