"""Hard rules: which pairs are not allowed, and by which rule. No weight overrules them."""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from .criteria import Criterion
from .errors import ProfileError, ScoresError
from .profiles import Mentee, Mentor, Person


class Rule(IntEnum):
    """Why a pair is not allowed; a pair under several rules carries the smallest code but 0."""

    ALLOWED = 0
    SAME_PERSON = 1
    FORBIDDEN = 2
    REPORTING_LINE = 3
    SAME_TEAM = 4
    NO_SHARED_LANGUAGE = 5
    MUST_TOPICS = 10
    MUST_EXPERIENCE = 12
    MUST_INDUSTRY = 13
    MUST_FUNCTION = 14
    MUST_VALUES = 15
    MUST_AVAILABILITY = 16
    MUST_FORMAT = 17
    MUST_WISHES = 19
    NO_SEAT = 30


# What a must asks for is written at the criterion's class in `features`.
MUST_RULES: Mapping[Criterion, Rule] = {
    Criterion.TOPICS: Rule.MUST_TOPICS,
    Criterion.LANGUAGES: Rule.NO_SHARED_LANGUAGE,
    Criterion.EXPERIENCE: Rule.MUST_EXPERIENCE,
    Criterion.INDUSTRY: Rule.MUST_INDUSTRY,
    Criterion.FUNCTION: Rule.MUST_FUNCTION,
    Criterion.VALUES: Rule.MUST_VALUES,
    Criterion.AVAILABILITY: Rule.MUST_AVAILABILITY,
    Criterion.FORMAT: Rule.MUST_FORMAT,
    Criterion.WISHES: Rule.MUST_WISHES,
}


def same_key(text: str) -> str:
    """The form in which sites, teams, functions, industries and addresses are compared."""
    return " ".join(text.casefold().split())


def check_once(people: Sequence[Person], side: str) -> None:
    """Raises ScoresError (side_empty), and ProfileError (person_twice) for an id or an e-mail that
    two of these people have: one person in two rows would take two places."""
    if not people:
        raise ScoresError("side_empty", side=side)
    ids: dict[str, int] = {}
    mails: dict[str, int] = {}
    for place, person in enumerate(people):
        for seen, key, said in (
            (ids, person.id, person.id),
            (mails, same_key(person.email), person.email),
        ):
            first = seen.setdefault(key, place) if key else place
            if first != place:
                raise ProfileError("person_twice", person=said, side=side, rows=[first, place])


def same_person_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor]
) -> Iterable[tuple[int, int]]:
    """Pairs that are one person in both roles, known by id or e-mail."""
    by_id = {mentor.id: column for column, mentor in enumerate(mentors)}
    by_mail: dict[str, list[int]] = {}
    for column, mentor in enumerate(mentors):
        if mentor.email:
            by_mail.setdefault(same_key(mentor.email), []).append(column)
    for row, mentee in enumerate(mentees):
        if mentee.id in by_id:
            yield row, by_id[mentee.id]
        for column in by_mail.get(same_key(mentee.email), ()):
            yield row, column


def reporting_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor]
) -> Iterable[tuple[int, int]]:
    """Pairs where one leads the other, directly or through people in between that are known.

    Cost: the length of the reporting lines. A circle in the data ends the walk.
    """
    known: dict[str, list[Person]] = {}
    for person in (*mentees, *mentors):
        for key in _keys(person):
            known.setdefault(key, []).append(person)
    columns = _places(mentors)
    for row, mentee in enumerate(mentees):
        for key in _line_above(mentee, known):
            yield from ((row, column) for column in columns.get(key, ()))
    rows = _places(mentees)
    for column, mentor in enumerate(mentors):
        for key in _line_above(mentor, known):
            yield from ((row, column) for row in rows.get(key, ()))


def _keys(person: Person) -> set[str]:
    return {same_key(person.id), same_key(person.email)} - {""}


def _places(people: Sequence[Person]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        for key in _keys(person):
            places.setdefault(key, []).append(place)
    return places


def _line_above(person: Person, known: Mapping[str, Sequence[Person]]) -> set[str]:
    """Keys of everyone above this person."""
    above: set[str] = set()
    ahead = [person.reports_to]
    while ahead:
        key = same_key(ahead.pop())
        if key and key not in above:
            above.add(key)
            ahead.extend(leader.reports_to for leader in known.get(key, ()))
    return above
