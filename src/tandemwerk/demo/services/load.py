"""Loading the demo: the whole story lived through again, from its first day to today."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from tandemwerk.demo.errors import DemoNotAlone, DemoRefused
from tandemwerk.demo.password import ACCOUNTS
from tandemwerk.demo.services import people as who
from tandemwerk.demo.services import programmes as where
from tandemwerk.demo.services import tandems as what
from tandemwerk.demo.story import Diary, Entry, Story, story
from tandemwerk.notifications.enums import MailState
from tandemwerk.notifications.jobs import mail_send, mails_send
from tandemwerk.notifications.models import OutboxMail
from tandemwerk.pairing.jobs import match_run_calculate, match_run_weigh
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ParticipationState
from tandemwerk.programmes.models import Cohort, Organisation, Participation
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.reminders import reminders_send

# The hours of a day in the story, in the order in which things of one day follow each other.
FOUNDED, OPENED, INVITED, JOINED = time(8), time(8, 30), time(9), time(10)
MATCHED, REMINDED, ANSWERED, MET, SETTLED, CHANGED = (
    time(11), time(13), time(15), time(17), time(18), time(19),
)  # fmt: skip
DAYS_BEFORE_INVITING = 10
PAUSED_ON = -2
ROLES = ("mentee", "mentor")
Place = tuple[str, str, str]  # person, cohort, role


@dataclass(slots=True)
class Rows:
    """The rows that stand for the entries of the story, by key."""

    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    places: dict[Place, Participation] = field(default_factory=dict)
    tandems: dict[str, Tandem] = field(default_factory=dict)


def is_loaded() -> bool:
    """Is the demo in this installation? One query."""
    return User.objects.filter(email__in=ACCOUNTS).exists()


@transaction.atomic
def demo_load(*, password: str, now: datetime) -> bool:
    """Load the story, all or nothing; False if it is there already and nothing was changed.

    Every act goes through the services of its app at its own instant in the past, so seats, audit
    chain and histories are what they would be. The mails of that time count as sent.
    Raises DemoRefused outside a demo, DemoNotAlone if there are other people.
    About two seconds.
    """
    if not settings.DEMO:
        raise DemoRefused
    if is_loaded():
        return False
    if User.objects.exists():
        raise DemoNotAlone
    last_mail = OutboxMail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    diary, rows, told = Diary(now), Rows(), story()
    _founding(told, rows, diary)
    _taking_part(told, rows, diary)
    _matching(told, rows, diary)
    for tandem in told.tandems:
        _course(tandem, rows, diary)
    diary.live()
    who.passwords_set(people=rows.people, password=password)
    OutboxMail.objects.filter(pk__gt=last_mail).update(
        state=MailState.SENT, sent_at=F("created_at"), subject="", text="", html=""
    )
    # Whoever tries an import at once must not wait behind jobs that have nothing left to do.
    idle = (mail_send, mails_send, match_run_calculate, match_run_weigh)
    done = [work.module_path for work in idle]
    DBTaskResult.objects.filter(task_path__in=done).delete()
    return True


def _founding(told: Story, rows: Rows, diary: Diary) -> None:
    """Coordination, organisations, programmes and cohorts."""
    entries = {entry["key"]: entry for entry in told.people}
    first_day = told.first_invitation(told.cohorts) - DAYS_BEFORE_INVITING
    invited = {place["person"] for place in told.participations}

    def coordination(now: datetime) -> None:
        for key in entries.keys() - invited:
            rows.people[key] = who.coordinator_create(entry=entries[key], now=now)

    def organisation(now: datetime, entry: Entry) -> None:
        owners = [rows.people[key] for key in entry["owners"]]
        rows.organisations[entry["key"]] = where.organisation_found(
            entry=entry, owners=owners, now=now
        )

    def programme(now: datetime, entry: Entry, first: Entry) -> None:
        rows.cohorts[first["key"]] = where.programme_found(
            entry=entry,
            first_cohort=first,
            organisation=rows.organisations[entry["organisation"]],
            coordinators=[rows.people[key] for key in entry["coordinators"]],
            diary=diary,
            now=now,
        )

    def cohort(now: datetime, entry: Entry, first: str, by: str) -> None:
        rows.cohorts[entry["key"]] = where.cohort_open(
            entry=entry, first=rows.cohorts[first], by=rows.people[by], diary=diary, now=now
        )

    diary.note(first_day, FOUNDED, coordination)
    for entry in told.organisations:
        diary.note(first_day, FOUNDED, partial(organisation, entry=entry))
    for entry in told.programmes:
        first, *later = sorted(told.cohorts_of(entry["key"]), key=lambda cohort: cohort["starts"])
        day = told.first_invitation([first]) - DAYS_BEFORE_INVITING
        diary.note(day, FOUNDED, partial(programme, entry=entry, first=first))
        for round_ in later:
            day = told.first_invitation([round_]) - DAYS_BEFORE_INVITING
            by = entry["coordinators"][0]
            diary.note(day, OPENED, partial(cohort, entry=round_, first=first["key"], by=by))


def _taking_part(told: Story, rows: Rows, diary: Diary) -> None:
    """Invitations, accounts and profiles."""
    entries = {entry["key"]: entry for entry in told.people}

    def invite(now: datetime, place: Entry) -> None:
        key, cohort = place["person"], rows.cohorts[place["cohort"]]
        by = _coordinator(cohort)
        participation = where.person_invite(
            entry=place, person=entries[key], cohort=cohort, by=by, now=now
        )
        if key not in rows.people:
            rows.people[key] = participation.user
            who.person_describe(user=participation.user, entry=entries[key], by=by, now=now)
        rows.places[_key(place)] = participation

    def join(now: datetime, place: Entry) -> None:
        where.person_join(participation=rows.places[_key(place)], now=now)

    def pause(now: datetime, place: Entry) -> None:
        where.person_pause(participation=rows.places[_key(place)], now=now)

    for place in told.participations:
        diary.note(place["invited"], INVITED, partial(invite, place=place))
        if "joined" in place:
            diary.note(place["joined"], JOINED, partial(join, place=place))
        if place["state"] == ParticipationState.PAUSED:
            diary.note(PAUSED_ON, CHANGED, partial(pause, place=place))


def _matching(told: Story, rows: Rows, diary: Diary) -> None:
    """One run for all tandems of a cohort that were proposed on the same day."""
    together: defaultdict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in told.tandems:
        together[entry["cohort"], entry["proposed"]].append(entry)

    def match(now: datetime, cohort: str, entries: list[Entry]) -> None:
        found = rows.cohorts[cohort]
        pairs = {_pair(entry, rows): entry["key"] for entry in entries}
        tandems = what.run_tell(cohort=found, pairs=list(pairs), by=_coordinator(found), now=now)
        rows.tandems |= {pairs[pair]: tandem for pair, tandem in tandems.items()}

    def remind(now: datetime) -> None:
        reminders_send(now=now)

    for (cohort, day), entries in together.items():
        diary.note(day, MATCHED, partial(match, cohort=cohort, entries=entries))
    for day in sorted({entry["reminded"] for entry in told.tandems if "reminded" in entry}):
        diary.note(day, REMINDED, remind)


def _course(entry: Entry, rows: Rows, diary: Diary) -> None:
    """What became of one tandem after it was proposed."""

    def tandem() -> Tandem:
        return rows.tandems[entry["key"]]

    def person(role: str) -> User:
        return rows.people[entry[role]]

    def answer(now: datetime, role: str) -> None:
        what.proposal_answer(
            tandem=tandem(), by=person(role), answer=entry["answers"][role], now=now
        )

    def meet(now: datetime) -> None:
        met_on = diary.day(entry["chemistry_met"])
        what.chemistry_meet(tandem=tandem(), by=person("mentee"), met_on=met_on, now=now)

    def settle(now: datetime, role: str) -> None:
        said = entry["chemistry_answers"][role]
        what.chemistry_answer(tandem=tandem(), by=person(role), answer=said, now=now)

    def advance(now: datetime) -> None:
        what.closing_advance(tandem=tandem(), by=person("mentee"), now=now)

    def dissolve(now: datetime) -> None:
        what.end_early(tandem=tandem(), by=person("mentee"), now=now)

    for role in ROLES:
        if said := entry.get("answers", {}).get(role):
            diary.note(said["day"], ANSWERED, partial(answer, role=role))
        if said := entry.get("chemistry_answers", {}).get(role):
            diary.note(said["day"], SETTLED, partial(settle, role=role))
    if "chemistry_met" in entry:
        diary.note(entry["chemistry_met"], MET, meet)
    if "closing_since" in entry:
        diary.note(entry["closing_since"], CHANGED, advance)
    if entry["state"] == "closed":
        diary.note(entry["ended"], CHANGED, advance)
    if entry["state"] == "dissolved":
        diary.note(entry["ended"], CHANGED, dissolve)


def _key(place: Entry) -> Place:
    return place["person"], place["cohort"], place["role"]


def _pair(entry: Entry, rows: Rows) -> what.Pair:
    mentee, mentor = (rows.places[entry[role], entry["cohort"], role].pk for role in ROLES)
    return mentee, mentor


def _coordinator(cohort: Cohort) -> User:
    """Whoever runs the programme first."""
    return cohort.programme.coordinators.select_related("user").order_by("pk")[0].user
