"""Why two people fit, and what does not: the score of a pair taken apart.

Every counted criterion yields entries whose points are what it adds to the total, so all points of
an explanation add up to the total. Words come from `wording.reason_text`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from . import fits
from .catalogue import fold, topics
from .criteria import Criterion
from .profiles import Mentee, Mentor
from .rules import Rule, same_key
from .scoring import Scores
from .texts import named_topics
from .weeks import hours_of, to_hex

Kind = Literal["reason", "difference", "neutral"]
CLOSE_VALUES = 0.65
COUNTED_ANSWERS = 3  # with fewer answers a count says nothing
CLOSE_TEXTS = 0.4
ENOUGH_AVAILABILITY = 0.5


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say about a pair, or about someone who stayed unmatched.

    code: stable name; params: JSON values for the words. points: what it adds to the total of the
    pair; possible: what it could have added. criterion: None for rules and for unmatched people.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)
    points: float = 0.0
    criterion: Criterion | None = None
    possible: float = 0.0

    def to_dict(self) -> dict[str, object]:
        """JSON form, for storing; `from_dict` gives it back."""
        return {
            "code": self.code,
            "params": dict(self.params),
            "points": self.points,
            "criterion": None if self.criterion is None else str(self.criterion),
            "possible": self.possible,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Reason":
        """Raises KeyError, ValueError or TypeError for anything `to_dict` did not write."""
        criterion = data["criterion"]
        params, points, possible = data["params"], data["points"], data["possible"]
        if not isinstance(params, Mapping):
            raise TypeError("params is not a table")
        if not isinstance(points, (int, float)) or not isinstance(possible, (int, float)):
            raise TypeError("points and possible are not numbers")
        return cls(
            code=str(data["code"]),
            params=dict(params),
            points=points,
            criterion=None if criterion is None else Criterion(str(criterion)),
            possible=possible,
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair in words to be: what speaks for it, what doesn't, and what nobody answered.

    reasons: most points first. differences: most lost points first. neutral: unanswered
    questions, which earn middling points, and texts without anything in common. The points of all
    three add up to `total`, which is also given for a pair that is not allowed; then `blocked`
    says which rule forbids it.
    """

    reasons: tuple[Reason, ...]
    differences: tuple[Reason, ...]
    neutral: tuple[Reason, ...]
    total: float
    blocked: Reason | None


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one criterion says; `share` of its points goes here, `of` is how much was possible."""

    kind: Kind
    code: str
    params: Mapping[str, object]
    share: float = 1.0
    of: float = 1.0


def explain(scores: Scores, mentee_index: int, mentor_index: int) -> Explanation:
    """Take a pair's score apart. Costs well under a millisecond; IndexError outside the matrix."""
    row, column = mentee_index, mentor_index
    mentee, mentor = scores.mentees[row], scores.mentors[column]
    found: dict[Kind, list[Reason]] = {"reason": [], "difference": [], "neutral": []}
    for criterion in Criterion:
        counted = criterion in scores.shares
        if not counted and criterion is not Criterion.LANGUAGES:
            continue
        part = scores.part(criterion, row, column) if counted else 0.0
        points = scores.points(criterion, row, column)
        whole = scores.shares.get(criterion, 0.0)
        for entry in _SPEAKERS[criterion](scores, mentee, mentor, part):
            found[entry.kind].append(
                Reason(entry.code, entry.params, points * entry.share, criterion, whole * entry.of)
            )
    rule = Rule(int(scores.blocked[row, column]))
    return Explanation(
        reasons=tuple(sorted(found["reason"], key=lambda r: -r.points)),
        differences=tuple(sorted(found["difference"], key=lambda r: r.points - r.possible)),
        neutral=tuple(found["neutral"]),
        total=scores.full_total(row, column),
        blocked=None if rule is Rule.ALLOWED else Reason(f"blocked_{rule.name.lower()}"),
    )


def _unknown(criterion: str, mentee_known: bool, mentor_known: bool) -> list[_Entry]:
    """One neutral entry naming who did not answer."""
    who = "both" if not (mentee_known or mentor_known) else "mentor" if mentee_known else "mentee"
    return [_Entry("neutral", f"{criterion}_unknown", {"who": who})]


def _topics(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    if not mentee.topics:
        return [_Entry("neutral", "topics_open", {})]
    if not mentor.topics:
        return [_Entry("neutral", "topics_unknown", {"who": "mentor"})]
    asked = sum(fits.topic_weight(rank) for rank in range(len(mentee.topics)))
    gained: list[tuple[str, str, int, float]] = []  # wanted, offered, rank, share of the criterion
    missing: list[str] = []
    for rank, wanted in enumerate(mentee.topics):
        offered, worth = _best_offer(wanted, mentor.topics)
        if not worth:
            missing.append(wanted)
            continue
        gained.append((wanted, offered, rank, fits.topic_weight(rank) * worth))
    whole = sum(worth for *_, worth in gained)
    entries = []
    for wanted, offered, rank, worth in gained:
        of = fits.topic_weight(rank) / asked
        params: dict[str, object]
        if wanted == offered:
            first = rank == 0 and len(mentee.topics) > 1
            params = {"topic": wanted, "first": first}
            entries.append(_Entry("reason", "topic_shared", params, worth / whole, of))
        else:
            params = {"wanted": wanted, "offered": offered}
            entries.append(_Entry("reason", "topic_related", params, worth / whole, of))
    if missing:
        code = "topics_missing" if gained else "topics_none"
        of = sum(fits.topic_weight(mentee.topics.index(slug)) for slug in missing) / asked
        share = 0.0 if gained else 1.0
        entries.append(_Entry("difference", code, {"topics": missing}, share, of))
    return entries


def _best_offer(wanted: str, offered: Sequence[str]) -> tuple[str, float]:
    """The offered topic that serves a wanted one best and its worth, both sides joined."""
    catalogue = topics()
    near = catalogue[wanted].related if wanted in catalogue else frozenset()
    best, liked, name = 0, 0, ""
    for rank, slug in enumerate(offered):
        if slug == wanted or slug in near:
            related = slug != wanted
            points = fits.topic_points(rank, related=related, ranked=False)
            liked = max(liked, fits.topic_points(rank, related=related, ranked=True))
            if points > best:
                best, name = points, slug
    low = float(fits.SHARE_OF_LOWER)
    return name, (low * liked + (1 - low) * best) / fits.TOPIC_SCALE


def _languages(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    if not mentee.languages or not mentor.languages:
        return _unknown("languages", bool(mentee.languages), bool(mentor.languages))
    shared = sorted(mentee.languages & mentor.languages)
    if not shared:
        return [_Entry("difference", "languages_none", {})]
    return [_Entry("reason", "languages_shared", {"languages": shared})]


def _experience(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    if mentee.experience_years is None or mentor.experience_years is None:
        known = mentee.experience_years is not None, mentor.experience_years is not None
        return _unknown("experience", *known)
    gap = mentor.experience_years - mentee.experience_years
    years = round(abs(gap))
    params = {"years": years}
    inside = scores.criteria.experience_min <= gap <= scores.criteria.experience_max
    kind: Kind = "reason" if inside else "difference"
    if years == 0:
        return [_Entry(kind, "experience_equal", {})]
    if gap < 0:
        return [_Entry(kind, "experience_behind", params)]
    if inside:
        return [_Entry(kind, "experience_ahead", params)]
    far = gap > scores.criteria.experience_max
    return [_Entry(kind, "experience_far" if far else "experience_little", params)]


def _sameness(
    criterion: str, mentee: str, mentor: str, mode: Literal["same", "different"]
) -> list[_Entry]:
    if not same_key(mentee) or not same_key(mentor):
        return _unknown(criterion, bool(same_key(mentee)), bool(same_key(mentor)))
    equal = same_key(mentee) == same_key(mentor)
    kind: Kind = "reason" if equal == (mode == "same") else "difference"
    if equal:
        return [_Entry(kind, f"{criterion}_same_{mode}", {criterion: mentor})]
    return [_Entry(kind, f"{criterion}_other_{mode}", {"mentee": mentee, "mentor": mentor})]


def _industry(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    return _sameness("industry", mentee.industry, mentor.industry, scores.criteria.industry_mode)


def _function(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    return _sameness("function", mentee.function, mentor.function, scores.criteria.function_mode)


def _values(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    common = mentee.values.keys() & mentor.values.keys()
    if not common:
        return _unknown("values", bool(mentee.values), bool(mentor.values))
    alike = sum(abs(mentee.values[item] - mentor.values[item]) <= 1 for item in common)
    params = {"alike": alike, "common": len(common)}
    few = "_few" if len(common) < COUNTED_ANSWERS else ""
    if part >= CLOSE_VALUES:
        return [_Entry("reason", f"values_close{few}", params)]
    return [_Entry("difference", f"values_far{few}", params)]


def _availability(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    if not mentee.week or not mentor.week:
        return _unknown("availability", bool(mentee.week), bool(mentor.week))
    shared = mentee.week & mentor.week
    params: dict[str, object] = {"week": to_hex(shared), "hours": len(hours_of(shared))}
    if not shared:
        return [_Entry("difference", "availability_none", {})]
    if part >= ENOUGH_AVAILABILITY:
        return [_Entry("reason", "availability_shared", params)]
    return [_Entry("difference", "availability_little", params)]


def _format(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    if not mentee.formats or not mentor.formats:
        return _unknown("format", bool(mentee.formats), bool(mentor.formats))
    shared = mentee.formats & mentor.formats
    sites_known = bool(same_key(mentee.site) and same_key(mentor.site))
    near = sites_known and same_key(mentee.site) == same_key(mentor.site)
    here = {"site": mentor.site}
    if "online" in shared:
        both = "on_site" in shared and near
        return (
            [_Entry("reason", "format_both", here)]
            if both
            else [_Entry("reason", "format_online", {})]
        )
    if not shared:
        return [_Entry("difference", "format_none", {})]
    if near:
        return [_Entry("reason", "format_on_site", here)]
    if sites_known:
        sites = {"mentee": mentee.site, "mentor": mentor.site}
        return [_Entry("difference", "format_other_site", sites)]
    return [_Entry("neutral", "format_site_unknown", {})]


def _text(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    if not mentee.text.strip() or not mentor.text.strip():
        return _unknown("text", bool(mentee.text.strip()), bool(mentor.text.strip()))
    own = named_topics(fold(mentee.text))
    theirs = set(named_topics(fold(mentor.text)))
    shared = [slug for slug in own if slug in theirs]
    if shared:
        return [_Entry("reason", "text_topics", {"topics": shared})]
    if part >= CLOSE_TEXTS:
        return [_Entry("reason", "text_close", {})]
    # Short texts rarely resemble each other; that says little, so nobody is told it as a fault.
    return [_Entry("neutral", "text_far", {})]


def _wishes(scores: Scores, mentee: Mentee, mentor: Mentor, part: float) -> list[_Entry]:
    wanted, wanting = mentor.id in mentee.wishes, mentee.id in mentor.wishes
    if wanted and wanting:
        return [_Entry("reason", "wish_both", {"rank": mentee.wishes.index(mentor.id) + 1})]
    if wanted:
        return [_Entry("reason", "wish_mentee", {"rank": mentee.wishes.index(mentor.id) + 1})]
    if wanting:
        return [_Entry("reason", "wish_mentor", {"rank": mentor.wishes.index(mentee.id) + 1})]
    if mentee.wishes:
        return [_Entry("difference", "wish_other", {})]
    return [_Entry("neutral", "wish_none", {})]


_SPEAKERS: Mapping[Criterion, Callable[[Scores, Mentee, Mentor, float], list[_Entry]]] = {
    Criterion.TOPICS: _topics,
    Criterion.LANGUAGES: _languages,
    Criterion.EXPERIENCE: _experience,
    Criterion.INDUSTRY: _industry,
    Criterion.FUNCTION: _function,
    Criterion.VALUES: _values,
    Criterion.AVAILABILITY: _availability,
    Criterion.FORMAT: _format,
    Criterion.TEXT: _text,
    Criterion.WISHES: _wishes,
}
