"""One pair, or one mentee without a mentor, in full: why, side by side, and who else."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from tandemwerk.core.errors import DomainError
from tandemwerk.matching import Criterion, Mentee, Mentor, topics
from tandemwerk.matching.languages import language_name
from tandemwerk.matching.weeks import local_hours
from tandemwerk.pairing.kept import stored_of
from tandemwerk.pairing.models import MatchRun, Suggestion
from tandemwerk.pairing.plans import Effect, plan_assign, plan_swap
from tandemwerk.pairing.selectors.board import BoardRead, why_text
from tandemwerk.pairing.selectors.chemistry import chemistry_of
from tandemwerk.pairing.words import change_word, fit_of, language, texts, trend
from tandemwerk.people.selectors.words import choice_name
from tandemwerk.programmes.services.criteria_words import criterion_name
from tandemwerk.ui import board as shapes

OTHERS_SHOWN = 5
OTHERS_TRIED = 25  # a mentor whose every swap is refused is not offered
DAYS, PARTS, HOURS_PER_PART, HOURS_PER_DAY = 7, 4, 6, 24
CELL_WIDTH, CELL_HEIGHT = 24, 16
STATES = (("reasons", "yes"), ("neutral", "part"), ("differences", "no"))


def detail(read: BoardRead, line: Suggestion) -> shapes.Detail:
    """Everything about one line. One query for its reasons; once per process the stored run.

    One more where the programme learns from first meetings.
    """
    read.loaded.say([line])
    board, mentee = read.plans, read.mentee(line)
    mentor = read.mentor(line.mentor_id) if line.mentor_id else None
    names = (mentee.name, mentor.name if mentor else "")
    checks = texts(line.reasons.get("reasons", ()), names=names)
    # Nothing against a pair is hardly ever true: then what nobody answered is said.
    against = line.reasons.get("differences") or line.reasons.get("neutral", ())
    differences = texts(against, names=names)
    compared, week = _side_by_side(read.run, line) if mentor else ([], [])
    seats = ""
    if line.mentor_id:
        numbers = {"taken": board.load[line.mentor_id], "seats": board.seats[line.mentor_id]}
        seats = _("%(taken)s of %(seats)s places taken") % numbers
    return shapes.Detail(
        pk=line.pk,
        mentee=mentee,
        mentor=mentor,
        level=fit_of(line.score or 0).step,
        seats=seats,
        is_locked=line.is_locked,
        is_by_hand=line.is_by_hand,
        why="" if mentor else why_text(line),
        checks=checks,
        differences=[*(read.troubles(line) if mentor and read.is_open else []), *differences],
        compared=compared,
        week=week,
        week_text=_week_text(line, names),
        alternatives=_alternatives(read, line) if read.is_open else [],
        ruled_out=[
            read.mentor(theirs)
            for pk, theirs in sorted(board.forbidden)
            if pk == line.mentee_id and theirs in read.loaded.mentors
        ],
        chemistry=chemistry_of(read.run.cohort.programme, line),
        version=read.run.version,
        is_open=read.is_open,
    )


def target_of(read: BoardRead, mentee: int, mentor: int) -> str:
    """`to` of a preview that brings this mentee to that mentor: a free place, or the best swap."""
    if not read.plans.free_seats(mentor):
        partners = read.plans.mentees_of(mentor)
        best = max(partners, key=lambda pk: _worth(read, mentee, pk), default=None)
        if best is not None:
            return f"pair:{read.loaded.lines[best].pk}"
    return f"seat:{mentor}"


def _worth(read: BoardRead, mentee: int, other: int) -> float:
    """Total after a swap; below everything if it is refused."""
    try:
        return plan_swap(read.plans, mentee, other).effect.total_after
    except DomainError:
        return -1.0


def _alternatives(read: BoardRead, line: Suggestion) -> list[shapes.Alternative]:
    found: list[shapes.Alternative] = []
    for mentor in read.plans.ranked(line.mentee_id)[:OTHERS_TRIED]:
        to = target_of(read, line.mentee_id, mentor)
        try:
            if to.startswith("seat:"):
                effect = plan_assign(read.plans, line.mentee_id, mentor).effect
                seat = _("free place")
            else:
                other = read.by_suggestion[int(to.removeprefix("pair:"))]
                effect = plan_swap(read.plans, line.mentee_id, other.mentee_id).effect
                seat = _("swap with %(name)s") % {"name": other.mentee.user.name}
        except DomainError:
            continue
        fit = fit_of(read.plans.fit(line.mentee_id, mentor) or 0)
        found.append(
            shapes.Alternative(
                to=to,
                mentor=read.mentor(mentor),
                level=fit.step,
                seat=seat,
                effect=short_effect(effect),
                trend=trend(effect),
            )
        )
        if len(found) == OTHERS_SHOWN:
            break
    return found


def short_effect(effect: Effect) -> str:
    """The effect on the whole in two or three words."""
    lost = effect.unmatched_after - effect.unmatched_before
    if lost > 0:
        return _("One more without a mentor")
    if lost < 0:
        return _("One fewer without a mentor")
    word = change_word(effect.total_before, effect.total_after)
    return _("The whole %(change)s") % {"change": word}


def _week_text(line: Suggestion, names: tuple[str, str]) -> str:
    entries = [
        entry
        for kind, _state in STATES
        for entry in line.reasons.get(kind, ())
        if entry.get("criterion") == Criterion.AVAILABILITY
    ]
    return next(iter(texts(entries, names=names)), "")


def _side_by_side(
    run: MatchRun, line: Suggestion
) -> tuple[list[shapes.Compared], list[shapes.WeekCell]]:
    """What both said, as the run saw it, with the verdict of each counted criterion."""
    inputs = stored_of(run).inputs
    mentee = inputs.mentees[run.mentee_ids.index(line.mentee_id)]
    mentor = inputs.mentors[run.mentor_ids.index(line.mentor_id)]
    verdicts = _verdicts(line.reasons)
    shown: list[tuple[Criterion, str, str]] = [
        (Criterion.TOPICS, _topics(mentee), _topics(mentor)),
        (Criterion.LANGUAGES, _languages(mentee), _languages(mentor)),
        (Criterion.EXPERIENCE, _years(mentee), _years(mentor)),
        (Criterion.FUNCTION, *_chosen("function", mentee, mentor)),
        (Criterion.INDUSTRY, *_chosen("industry", mentee, mentor)),
        (Criterion.FORMAT, _formats(mentee), _formats(mentor)),
    ]
    compared = [
        shapes.Compared(criterion_name(criterion), left or "–", right or "–", verdicts[criterion])
        for criterion, left, right in shown
        if criterion in verdicts
    ]
    return compared, _week(mentee, mentor, run)


def _verdicts(reasons: Mapping[str, Any]) -> dict[str, str]:
    """State per criterion; a criterion that speaks both ways fits in part."""
    found: dict[str, str] = {}
    for kind, state in STATES:
        for entry in reasons.get(kind, ()):
            criterion = entry.get("criterion")
            if criterion:
                known = found.setdefault(criterion, state)
                found[criterion] = state if known == state else "part"
    return found


def _topics(person: Mentee | Mentor) -> str:
    known = topics()
    return ", ".join(known[s].name[language()] if s in known else s for s in person.topics)


def _languages(person: Mentee | Mentor) -> str:
    return ", ".join(language_name(code, language()) for code in sorted(person.languages))


def _years(person: Mentee | Mentor) -> str:
    if person.experience_years is None:
        return ""
    number = localize(round(person.experience_years, 1)).removesuffix(",0").removesuffix(".0")
    return _("%(years)s years") % {"years": number}


def _chosen(kind: str, mentee: Mentee, mentor: Mentor) -> tuple[str, str]:
    return (
        choice_name(kind, getattr(mentee, kind), language()),
        choice_name(kind, getattr(mentor, kind), language()),
    )


def _formats(person: Mentee | Mentor) -> str:
    words = {"online": _("online"), "on_site": _("on site")}
    said = ", ".join(words[name] for name in sorted(person.formats, reverse=True))
    return f"{said} ({person.site})" if person.site and "on_site" in person.formats else said


def _week(mentee: Mentee, mentor: Mentor, run: MatchRun) -> list[shapes.WeekCell]:
    if not mentee.week or not mentor.week:
        return []
    zone, on = timezone.get_current_timezone_name(), run.created_at.date()
    left, right = (set(local_hours(person.week, zone, on)) for person in (mentee, mentor))
    cells = []
    for at in range(DAYS * PARTS):
        day, part = divmod(at, PARTS)
        start = day * HOURS_PER_DAY + part * HOURS_PER_PART
        hours = set(range(start, start + HOURS_PER_PART))
        if hours & left & right:
            who = "both"
        elif hours & left:
            who = "mentee"
        else:
            who = "mentor" if hours & right else ""
        cells.append(shapes.WeekCell(day * CELL_WIDTH, part * CELL_HEIGHT, who))
    return cells
