"""Who can read what: computed from the data registers and from the declared access.

A `Kind` only gathers: which columns of the database belong together (patterns over the registers)
and at which addresses they are shown. Who reads them is not written here; it is what `access.py` of
the apps declares for these addresses, and that is what the access matrix tests on every address
with everybody. A column that holds something about people and belongs to no kind fails a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.urls import get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.core.access import MEMBERS, Actor, declared
from tandemwerk.core.data_register import data_register

ABOUT_PEOPLE = frozenset({"personal", "confidential"})
ROOMS = "rooms"


@dataclass(frozen=True, slots=True)
class Kind:
    """Data that belongs together.

    `fields`: patterns over ``app.Model.field``; the first kind that fits has the column. `shown`:
    addresses at which others than the person themself may meet it. `own`: addresses that show
    everybody only what is theirs.
    """

    key: str
    label: str | Promise
    note: str | Promise
    fields: tuple[str, ...]
    shown: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


TANDEM, COHORT = "tandems:tandem_detail", "tandems:cohort_tandems"
PERSON = "programmes:participation_detail"
KINDS: tuple[Kind, ...] = (
    Kind(
        "keys",
        _("Keys and passwords"),
        _("No page shows them. The master key lies outside the database and its backup."),
        (
            "*Key.*", "*.digest", "people.User.password", "mfa.Authenticator.data",
            "core.ProcessedWrite.*", "sessions.*", "account.EmailConfirmation.*",
        ),
    ),
    Kind(
        "room",
        _("What you write in your room"),
        _("Goals, notes, files and whatever else; sealed. Private notes are yours alone."),
        ("rooms.*",),
        shown=(f"{ROOMS}:",),
    ),
    Kind(
        "case",
        _("What you report to the safeguarding people"),
        _("Your words and what you chose to show; sealed with a key of its own."),
        ("safeguarding.Case*",),
        shown=("safeguarding:case_detail",),
        own=("safeguarding:report_detail",),
    ),
    Kind(
        "readers",
        _("Who the safeguarding people are"),
        _("Everybody who can report sees their names; their addresses only who runs something."),
        ("safeguarding.SafeguardingPerson.*",),
        shown=("safeguarding:people",),
        own=("safeguarding:report_new",),
    ),
    Kind(
        "decline_note",
        _("What you write when you say no"),
        _("For yourself, sealed."),
        ("tandems.TandemMember.decline_note",),
        own=(TANDEM,),
    ),
    Kind(
        "decline_code",
        _("The reason you tick when you say no"),
        _("The coordination sees it only if you share it, and without your name."),
        ("tandems.TandemMember.decline_code", "tandems.TandemMember.is_reason_shared"),
        shown=(COHORT,),
        own=(TANDEM,),
    ),
    Kind(
        "answers",
        _("Your answers to a proposal and after the first meeting"),
        _("Others only learn what both answers together led to."),
        ("tandems.TandemMember.*answer*", "tandems.JoiningAnswer.*"),
        own=(TANDEM,),
    ),
    Kind(
        "help",
        _("What you tell the programme when you ask for help"),
        _("Only what you chose to write; a coordinator who is in your tandem does not see it."),
        ("tandems.HelpRequest.*",),
        shown=("tandems:help_detail",),
        own=("tandems:tandem_help",),
    ),
    Kind(
        "check_in",
        _("Your answers to check-ins"),
        _("“On track” is only counted; who would like help or prefers to end is named."),
        ("tandems.CheckIn.*",),
        shown=(COHORT,),
        own=(TANDEM,),
    ),
    Kind(
        "met_on",
        _("The day you first met"),
        _("For the two of you."),
        ("tandems.Tandem.chemistry_met_on", "tandems.TandemMember.left_at"),
        shown=(TANDEM,),
    ),
    Kind(
        "tandem",
        _("That your tandem exists, how far it is, and why you were proposed"),
        _("State and dates, never a word of what you talk about."),
        ("tandems.*",),
        shown=(TANDEM, COHORT),
    ),
    Kind(
        "matching",
        _("Matching: suggestions, rules and what the engine calculated"),
        _("The two people see their own proposal once it is published."),
        ("pairing.*",),
        shown=("pairing:run_board",),
    ),
    Kind(
        "profile_closed",
        _("Your free hours and your answers about values"),
        _("Others only see what two people have in common."),
        ("people.Profile.week", "people.Profile.values_answers"),
        own=("people:profile",),
    ),
    Kind(
        "profile_line",
        _("Your team and your line manager"),
        _("So that unsuitable pairs are not proposed."),
        ("people.Profile.team", "people.Profile.reports_to_email"),
        shown=(PERSON,),
        own=("people:profile",),
    ),
    Kind(
        "profile",
        _("Your profile"),
        _("People you are proposed to see what the proposal says."),
        ("people.Profile*",),
        shown=(PERSON, TANDEM),
        own=("people:profile",),
    ),
    Kind(
        "name",
        _("Your name and your mail address"),
        _("Your tandem sees the address once both of you said yes."),
        (
            "people.User.email", "people.User.given_name", "people.User.family_name",
            "people.User.title",
        ),
        shown=(PERSON, TANDEM),
        own=("people:settings",),
    ),
    Kind(
        "account",
        _("Your account: language, second factor, tokens"),
        _("Only you."),
        ("people.*", "account.*", "mfa.*"),
        own=("people:settings",),
    ),
    Kind(
        "roles",
        _("Who runs a programme"),
        _("Participants see the names."),
        (
            "programmes.OrganisationOwner.*", "programmes.ProgrammeCoordinator.*",
            "programmes.CoordinatorInvitation.*",
        ),
        shown=("programmes:programme_detail",),
    ),
    Kind(
        "participation",
        _("That you take part, in which role, and the lists that brought you here"),
        _("The programme needs it to invite and to match."),
        ("programmes.*",),
        shown=(PERSON,),
        own=("home",),
    ),
    Kind(
        "mails",
        _("Mails on their way to you"),
        _("Without a word of what people write; emptied as soon as they are sent."),
        ("notifications.*",),
    ),
    Kind(
        "log",
        _("The log of acts"),
        _("Numbers and codes; nothing of what happens in a room."),
        ("audit.*",),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of data for one kind of reader."""

    column: str | Promise
    is_read: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    key: str
    label: str | Promise
    note: str | Promise
    cells: tuple[Cell, ...]
    fields: tuple[str, ...]  # columns of the database, for those who want to know exactly


@dataclass(frozen=True, slots=True)
class Reader:
    """One kind of reader with all they read, and all they don't: the table seen from its side."""

    key: str
    label: str | Promise
    about: str | Promise
    reads: tuple[Row, ...]
    does_not: tuple[Row, ...]


COLUMNS: tuple[tuple[str, str | Promise], ...] = (
    ("you", _("You")),
    ("tandem", _("Your tandem")),
    ("coordination", _("Coordination")),
    ("owner", _("Owner")),
    ("safeguarding", _("Safeguarding")),
    ("operator", _("Operator")),
    ("others", _("Anybody else")),
)
ABOUT: dict[str, str | Promise] = {
    "you": _("The person all of this is about."),
    "tandem": _("The others in your tandem."),
    "coordination": _("Who runs your programme."),
    "owner": _("Who founded the organisation here and names the safeguarding people."),
    "safeguarding": _("The people named for reports, for the report you sent them."),
    "operator": _(
        "Who runs the installation, within the program. What they can do beside it stands below."
    ),
    "others": _("Other participants, coordinations of other programmes, and guests."),
}
OTHERS = frozenset({Actor.ANONYMOUS, Actor.STRANGER, Actor.PEER, Actor.FOREIGN_COORDINATOR})


def addresses_of(kind: Kind) -> list[str]:
    """The addresses behind `shown`: "rooms:" stands for every page below a tandem in this app."""
    return [
        name
        for shown in kind.shown
        for name in (_below_tandem(shown[:-1]) if shown.endswith(":") else [shown])
    ]


def _below_tandem(namespace: str) -> list[str]:
    """Pages of one app that belong to a tandem, read from the map of addresses."""
    inside = get_resolver().namespace_dict[namespace][1].reverse_dict
    names = {name for name in inside if isinstance(name, str)}
    return sorted(
        f"{namespace}:{name}"
        for name in names
        if any("tandem_pk" in found[3] for found in inside.getlist(name))
        and "GET" in declared()[f"{namespace}:{name}"].methods
    )


def actors_of(kind: Kind) -> frozenset[Actor]:
    """Everybody to whom one of the kind's addresses is open."""
    return frozenset().union(*(declared()[name].allow for name in addresses_of(kind)))


def kind_of(column: str) -> Kind | None:
    """The kind a column of the database (``app.Model.field``) belongs to."""
    fitting = (k for k in KINDS if any(fnmatchcase(column, pattern) for pattern in k.fields))
    return next(fitting, None)


def columns_about_people() -> list[str]:
    """Every registered column that holds something about people, sorted."""
    return sorted(
        f"{model}.{name}"
        for (model, name), entry in data_register().items()
        if entry.data_class in ABOUT_PEOPLE
    )


def who_can_read_what() -> list[Row]:
    """The table, without kinds that nothing in this installation belongs to. No query."""
    found: dict[str, list[str]] = {}
    for column in columns_about_people():
        kind = kind_of(column)
        if kind is not None:
            found.setdefault(kind.key, []).append(column)
    return [_row(kind, found[kind.key]) for kind in KINDS if kind.key in found]


def readers(rows: Iterable[Row]) -> list[Reader]:
    """The same table, a reader at a time. No query."""
    rows = list(rows)
    return [
        Reader(
            key=key,
            label=label,
            about=ABOUT[key],
            reads=tuple(row for row in rows if row.cells[number].is_read),
            does_not=tuple(row for row in rows if not row.cells[number].is_read),
        )
        for number, (key, label) in enumerate(COLUMNS)
    ]


def _row(kind: Kind, columns: Iterable[str]) -> Row:
    actors = actors_of(kind)
    reads = {
        "you": bool(kind.own) or actors >= MEMBERS,
        "tandem": actors >= MEMBERS,
        "coordination": Actor.COORDINATOR in actors,
        "owner": Actor.OWNER in actors,
        "safeguarding": Actor.SAFEGUARD in actors,
        "operator": Actor.OPERATOR in actors,
        "others": bool(actors & OTHERS),
    }
    cells = tuple(Cell(label, reads[key]) for key, label in COLUMNS)
    return Row(kind.key, kind.label, kind.note, cells, tuple(columns))
