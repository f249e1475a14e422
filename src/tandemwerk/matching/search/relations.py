"""Who knows whom among mentors: one person in two roles, reporting lines, wishes; kept by id."""

from collections.abc import Iterable
from typing import Protocol

from .. import fits
from ..profiles import Mentee, Mentor, Person
from ..rules import same_key


class Mentors(Protocol):
    """Mentors by id, as a Population gives them."""

    def __contains__(self, name: object) -> bool: ...

    def get(self, name: str) -> Mentor: ...


class Relations:
    """Lists from a key (id or e-mail as `rules.same_key` spells it) to ids of mentors.

    named: whose id or e-mail this is. led: who reports to it. wished: mentee id -> mentors who
    wish for them. Cost of a change: O(profile).
    """

    def __init__(self) -> None:
        self.named: dict[str, tuple[str, ...]] = {}
        self.led: dict[str, tuple[str, ...]] = {}
        self.wished: dict[str, tuple[str, ...]] = {}

    def note(self, person: Person) -> None:
        for lists, keys in self._lists(person):
            for key in keys:
                lists[key] = (*lists.get(key, ()), person.id)

    def forget(self, person: Person) -> None:
        for lists, keys in self._lists(person):
            for key in keys:
                left = tuple(name for name in lists[key] if name != person.id)
                if left:
                    lists[key] = left
                else:
                    del lists[key]

    def _lists(self, person: Person) -> Iterable[tuple[dict[str, tuple[str, ...]], Iterable[str]]]:
        yield self.named, keys_of(person)
        leader = same_key(person.reports_to)
        yield self.led, (leader,) if leader else ()
        yield self.wished, person.wishes


def keys_of(person: Person) -> set[str]:
    """What others call this person."""
    return {same_key(person.id), same_key(person.email)} - {""}


class Lines:
    """Reporting lines through mentors and through the mentees of a cohort."""

    def __init__(
        self,
        mentors: Mentors,
        relations: Relations,
        mentees: Iterable[Mentee],
    ) -> None:
        self.mentors, self.relations = mentors, relations
        self.mentees: dict[str, Mentee] = {}
        self.among_mentees = Relations()
        for mentee in mentees:
            self.mentees[mentee.id] = mentee
            self.among_mentees.note(mentee)

    def barred(self, mentee: Mentee) -> set[str]:
        """Ids of the mentors above or below a mentee, and of the mentee as a mentor.

        The same pairs as `rules.reporting_pairs` and `rules.same_person_pairs`.
        Cost: the length of the lines. A circle in the data ends the walk.
        """
        found = {mentee.id} if mentee.id in self.mentors else set()
        mail = same_key(mentee.email)
        if mail:
            for name in self.relations.named.get(mail, ()):
                if same_key(self.mentors.get(name).email) == mail:
                    found.add(name)
        above: set[str] = set()
        ahead = [mentee.reports_to]
        while ahead:
            key = same_key(ahead.pop())
            if key and key not in above:
                above.add(key)
                found.update(self.relations.named.get(key, ()))
                ahead.extend(person.reports_to for person in self._named(key))
        below: set[str] = set()
        keys = keys_of(mentee)
        while keys:
            key = keys.pop()
            below.add(key)
            for name in self.relations.led.get(key, ()):
                found.add(name)
                keys |= keys_of(self.mentors.get(name)) - below
            for name in self.among_mentees.led.get(key, ()):
                keys |= keys_of(self.mentees[name]) - below
        return found

    def _named(self, key: str) -> Iterable[Person]:
        yield from (self.mentors.get(name) for name in self.relations.named.get(key, ()))
        yield from (self.mentees[name] for name in self.among_mentees.named.get(key, ()))


def wish_worths(
    mentee: Mentee, mentors: Mentors, relations: Relations
) -> dict[str, tuple[float, float]]:
    """Mentors whom a wish touches: id -> worth of the mentee's and of the mentor's wish."""
    nothing = float(fits.NOT_WISHED)
    found = {
        name: [fits.wish_value(rank), nothing]
        for rank, name in enumerate(mentee.wishes)
        if name in mentors
    }
    for name in relations.wished.get(mentee.id, ()):
        worth = fits.wish_value(mentors.get(name).wishes.index(mentee.id))
        found.setdefault(name, [nothing, nothing])[1] = worth
    return {name: (own, other) for name, (own, other) in found.items()}
