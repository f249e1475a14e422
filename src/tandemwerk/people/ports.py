"""What people needs from apps above it, which it must not import: they register here.

Upper apps call these functions in their `AppConfig.ready`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from tandemwerk.people.models import User


class Mailer(Protocol):
    """Puts one finished mail in the outbox; it leaves after commit."""

    def __call__(
        self,
        *,
        kind: str,
        to: str,
        subject: str,
        text: str,
        html: str = "",
        now: datetime,
        user: User | None = None,
    ) -> object: ...


StaffPredicate = Callable[[User], bool]
RolesOf = Callable[[User], frozenset[str]]
HiddenTopics = Callable[[User], frozenset[str]]

_mailers: list[Mailer] = []
_staff: list[StaffPredicate] = []
_roles: list[RolesOf] = []
_hidden_topics: list[HiddenTopics] = []


def register_mailer(mailer: Mailer) -> None:
    """Set who sends account mails; the last one counts."""
    _mailers[:] = [mailer]


def mailer() -> Mailer:
    """The registered mailer; without one no account mail could leave, so IndexError is right."""
    return _mailers[-1]


def register_staff(predicate: StaffPredicate) -> None:
    """Add a reason why a person counts as staff; each predicate states its queries."""
    _staff.append(predicate)


def is_staff(user: User) -> bool:
    """Does `user` run anything here? Queries: those of the predicates until one says yes."""
    return user.is_operator or any(predicate(user) for predicate in _staff)


def register_roles(roles_of: RolesOf) -> None:
    """Add a source of a person's roles ("mentee", "mentor")."""
    _roles.append(roles_of)


def roles_of(user: User) -> frozenset[str]:
    """Roles the person has in any programme; empty if nobody knows. Queries: the sources'."""
    return frozenset().union(*(source(user) for source in _roles))


def register_hidden_topics(source: HiddenTopics) -> None:
    """Add a source of topics a person is not offered, because nobody would see them."""
    _hidden_topics.append(source)


def hidden_topics_of(user: User) -> frozenset[str]:
    """Slugs of topics the person is not offered. Queries: the sources'."""
    return frozenset().union(*(source(user) for source in _hidden_topics))
