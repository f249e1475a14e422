"""From rows to what the matching package knows: the pool of a cohort, its locks and its bans."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import QuerySet

from tandemwerk.matching import UNMATCHED, Mentee, Mentor
from tandemwerk.matching.weeks import to_utc
from tandemwerk.pairing.enums import RuleKind
from tandemwerk.pairing.models import PairRule, Suggestion
from tandemwerk.pairing.selectors.pool import history_pairs, participations_in_pool
from tandemwerk.pairing.stored import Pair, RunInputs
from tandemwerk.people.enums import MeetingFormat, TopicKind
from tandemwerk.people.models import Profile, ProfileLanguage, ProfileTopic
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.selectors.topics import hidden_topics

FORMATS: Mapping[str, frozenset[str]] = {
    MeetingFormat.BOTH: frozenset({"online", "on_site"}),
    MeetingFormat.ONLINE: frozenset({"online"}),
    MeetingFormat.ON_SITE: frozenset({"on_site"}),
}
KIND_OF = {Role.MENTEE: TopicKind.WANTED, Role.MENTOR: TopicKind.OFFERED}
HOURS_PER_WEEK = 168


@dataclass(frozen=True, slots=True)
class _Facts:
    """Rows of the whole pool, by user id."""

    topics: Mapping[tuple[int, str], tuple[str, ...]]
    languages: Mapping[int, frozenset[str]]
    user_of_mail: Mapping[str, int]
    reference_on: date


def inputs_read(cohort: Cohort, *, reference_on: date) -> RunInputs:
    """Who is to be matched in `cohort`, as the engine sees them, in the order of participation.

    The pool: invited or joined people with a usable profile (a topic of their role and a language);
    mentees without a tandem or open proposal, mentors with a free place. Weeks become UTC as they
    are in the week of `reference_on`. Locks that no longer hold (somebody left the pool, the places
    are fewer) are left out. Five queries, whatever the size.
    """
    people = list(participations_in_pool(cohort))
    facts = _facts(cohort, people, reference_on)
    usable = [p for p in people if _is_usable(p, facts)]
    mentees = [p for p in usable if p.role == Role.MENTEE and p.seats_free]
    mentors = [p for p in usable if p.role == Role.MENTOR and p.seats_free]
    rows = {p.pk: row for row, p in enumerate(mentees)}
    columns = {p.pk: column for column, p in enumerate(mentors)}
    rules = list(
        PairRule.objects.filter(cohort=cohort)
        .order_by("pk")
        .values_list("mentee_id", "mentor_id", "kind")
    )
    forbidden = _placed((p[:2] for p in rules if p[2] == RuleKind.FORBIDDEN), rows, columns)
    forbidden |= _known_before(cohort, mentees, mentors)
    locks = _placed((p[:2] for p in rules if p[2] == RuleKind.LOCKED), rows, columns)
    return RunInputs(
        mentees=tuple(Mentee(**_person(p, facts)) for p in mentees),
        mentors=tuple(Mentor(**_person(p, facts), seats=p.seats_free) for p in mentors),
        mentee_ids=tuple(rows),
        mentor_ids=tuple(columns),
        locks=_holding(locks, [p.seats_free for p in mentors], forbidden),
        forbidden=tuple(sorted(forbidden)),
    )


def previous_read(run_pk: int | None, inputs: RunInputs) -> tuple[int, ...]:
    """Per mentee of the inputs the column of the mentor on the board of a run as it stands.

    -1: none there, or somebody who is not in the inputs; for everybody if the run is gone.
    One query.
    """
    lines = Suggestion.objects.filter(run=run_pk, mentor__isnull=False)
    mentor_of = dict(lines.values_list("mentee_id", "mentor_id"))
    columns = {pk: column for column, pk in enumerate(inputs.mentor_ids)}
    return tuple(columns.get(mentor_of.get(pk) or 0, UNMATCHED) for pk in inputs.mentee_ids)


def _facts(cohort: Cohort, people: Sequence[Participation], reference_on: date) -> _Facts:
    users = participations_in_pool(cohort).order_by().values("user")
    topics: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    found: QuerySet[ProfileTopic, tuple[int, str, str]] = ProfileTopic.objects.filter(
        profile__user__in=users
    ).values_list("profile__user_id", "kind", "topic")
    shown = found.exclude(topic__in=hidden_topics(cohort.programme))
    for user, kind, topic in shown.order_by("rank", "pk"):
        topics[user, kind].append(topic)
    languages: defaultdict[int, set[str]] = defaultdict(set)
    spoken = ProfileLanguage.objects.filter(profile__user__in=users)
    for user, code in spoken.values_list("profile__user_id", "code"):
        languages[user].add(code)
    return _Facts(
        topics={key: tuple(slugs) for key, slugs in topics.items()},
        languages={user: frozenset(codes) for user, codes in languages.items()},
        user_of_mail={p.user.email.casefold(): p.user_id for p in people},
        reference_on=reference_on,
    )


def _is_usable(participation: Participation, facts: _Facts) -> bool:
    user, kind = participation.user_id, KIND_OF[Role(participation.role)]
    return bool(facts.topics.get((user, kind)) and facts.languages.get(user))


def _person(participation: Participation, facts: _Facts) -> dict[str, Any]:
    """The fields of `matching.Person`. Somebody with topics and languages has a profile."""
    user = participation.user
    profile: Profile = user.profile
    manager = profile.reports_to_email.casefold()
    return {
        "id": str(user.pk),
        "topics": facts.topics[user.pk, KIND_OF[Role(participation.role)]],
        "languages": facts.languages[user.pk],
        "experience_years": (
            None if profile.experience_years is None else float(profile.experience_years)
        ),
        "function": profile.function,
        "industry": profile.industry,
        "values": {key: int(answer) for key, answer in profile.values_answers.items()},
        "week": utc_week(profile.week, user.timezone, facts.reference_on),
        "formats": FORMATS[profile.meeting_format],
        "site": profile.site,
        "text": profile.about,
        "team": profile.team,
        # A manager who is not in the cohort can't be matched; their address is nobody's business.
        "reports_to": str(facts.user_of_mail.get(manager, "")),
    }


def utc_week(week: str, zone: str, reference_on: date) -> int:
    """The 168-bit UTC mask of a profile's local week (hexadecimal), in the week of the date.

    An unknown time zone counts as UTC.
    """
    mask, hours = int(week or "0", 16), _hours(zone, reference_on)
    utc = 0
    while mask:
        lowest = mask & -mask
        utc |= hours[lowest.bit_length() - 1]
        mask ^= lowest
    return utc


@lru_cache(maxsize=256)
def _hours(zone: str, reference_on: date) -> tuple[int, ...]:
    """UTC mask of each local hour; once per zone instead of once per person."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = "UTC"
    return tuple(to_utc(1 << hour, zone, reference_on) for hour in range(HOURS_PER_WEEK))


def _placed(
    pairs: Iterable[tuple[int, ...]], rows: Mapping[int, int], columns: Mapping[int, int]
) -> dict[Pair, None]:
    """Pairs of participations as (row, column), in order, without people outside the pool."""
    return {
        (rows[mentee], columns[mentor]): None
        for mentee, mentor in pairs
        if mentee in rows and mentor in columns
    }


def _known_before(
    cohort: Cohort, mentees: Sequence[Participation], mentors: Sequence[Participation]
) -> dict[Pair, None]:
    """Pairs that were proposed to each other in any cohort."""
    rows = {p.user_id: row for row, p in enumerate(mentees)}
    columns = {p.user_id: column for column, p in enumerate(mentors)}
    return _placed(history_pairs(cohort), rows, columns)


def _holding(
    locks: Iterable[Pair], seats: Sequence[int], forbidden: Mapping[Pair, None]
) -> tuple[Pair, ...]:
    """Locks in the order they were made, as long as there is a seat; one per mentee."""
    left, taken, kept = list(seats), set(), []
    for row, column in locks:
        if row in taken or left[column] < 1 or (row, column) in forbidden:
            continue
        taken.add(row)
        left[column] -= 1
        kept.append((row, column))
    return tuple(kept)
