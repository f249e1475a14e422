"""Who may call which URL: every named URL is declared in its app's `access.py`, or nobody may.

The declaration is data. `DeclaredAccess` enforces what can be known from the request alone (known
URL, method, signed in or not); selectors decide about rows. The access matrix test walks all URLs
with all actors and compares what happens with what is declared here.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


class Actor(StrEnum):
    """The people of the access matrix, seen from one object (a programme, a tandem, …)."""

    ANONYMOUS = "anonymous"
    STRANGER = "stranger"  # signed in, no role anywhere
    MENTEE = "mentee"  # of the tandem; participant of the cohort
    MENTOR = "mentor"  # of the tandem; participant of the cohort
    PEER = "peer"  # another participant of the same cohort
    COORDINATOR = "coordinator"  # of the programme
    FOREIGN_COORDINATOR = "foreign_coordinator"  # of another organisation's programme
    OWNER = "owner"  # of the organisation
    OPERATOR = "operator"  # runs the installation
    SAFEGUARD = "safeguard"  # safeguarding person of the organisation, nothing else


EVERYONE = frozenset(Actor)
SIGNED_IN = EVERYONE - {Actor.ANONYMOUS}
STAFF = frozenset({Actor.COORDINATOR, Actor.OWNER})
ALL_STAFF = STAFF | {Actor.FOREIGN_COORDINATOR, Actor.OPERATOR}
MEMBERS = frozenset({Actor.MENTEE, Actor.MENTOR})
PARTICIPANTS = MEMBERS | {Actor.PEER}


@dataclass(frozen=True, slots=True)
class Access:
    """`allow`: actors for whom the URL exists; everybody else gets 404 (anonymous: login).

    `only_reads`: whatever the method, nothing changes; it is asked by POST so that words stand in
    no address.
    """

    allow: frozenset[Actor]
    methods: frozenset[str]
    only_reads: bool = False

    @property
    def is_public(self) -> bool:
        return Actor.ANONYMOUS in self.allow


def access(allow: frozenset[Actor], *methods: str, only_reads: bool = False) -> Access:
    """Shorthand for the tables; GET brings HEAD and OPTIONS along."""
    extra = {"HEAD", "OPTIONS"} if "GET" in methods else set()
    return Access(frozenset(allow), frozenset(methods) | extra, only_reads)


@lru_cache(maxsize=1)
def declared() -> dict[str, Access]:
    """All declarations by view name (``namespace:name``). Computed once per process."""
    table: dict[str, Access] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.access"
        if not config.name.startswith("tandemwerk.") or find_spec(name) is None:
            continue
        own: dict[str, Access] = import_module(name).ACCESS
        if twice := table.keys() & own.keys():
            raise RuntimeError(f"declared twice: {sorted(twice)}")
        table |= own
    return table


ACCESS: dict[str, Access] = {
    "healthz": access(EVERYONE, "GET"),
    "readyz": access(EVERYONE, "GET"),
}
