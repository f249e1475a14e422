"""What a tandem's page says to one reader: the other person, the reasons, where the two stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, cast

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from tandemwerk.matching import MatchingError, fit_step, is_shown_to, reason_text
from tandemwerk.matching.languages import language_name
from tandemwerk.matching.wording.parts import topic_name
from tandemwerk.pairing.selectors.reasons import reason_read
from tandemwerk.people.enums import TopicKind
from tandemwerk.people.models import Profile, User
from tandemwerk.programmes.enums import ParticipationState, ProgrammeState, Role
from tandemwerk.programmes.selectors.topics import hidden_topics
from tandemwerk.tandems.enums import Answer, TandemState
from tandemwerk.tandems.journey import ENDED, Phase, Timeline, paused, timeline
from tandemwerk.tandems.models import Tandem, TandemMember
from tandemwerk.tandems.names import listed
from tandemwerk.tandems.selectors.signals import RUNNING, pauses_of
from tandemwerk.tandems.selectors.visible import tandems_visible_to

FIT_LEVELS = {"very_good": 3, "good": 2, "fair": 1}
MAY_WRITE = frozenset({TandemState.CHEMISTRY, TandemState.ACTIVE, TandemState.CLOSING})
Language = Literal["de", "en"]
MOVE_TOLD = timedelta(weeks=2)
MOST_REASONS, MOST_DIFFERENCES = 5, 3  # the strongest come first


@dataclass(frozen=True, slots=True)
class Other:
    """The other person as a reader may see them; `mail` is empty until both have said yes."""

    name: str
    short_name: str
    role: Role
    position: str
    site: str
    languages: tuple[str, ...]
    topics: tuple[str, ...]
    about: str
    mail: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has answered what, as far as the reader may know.

    Of the other only that they have answered, so that nobody is pushed by a yes.
    """

    i_said_yes: bool
    i_said_no: bool
    other_has_answered: bool
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class TandemPage:
    """Everything one page needs; texts in the reader's language."""

    tandem: Tandem
    me: TandemMember
    other: Other  # of several people the names and mail addresses together
    others: tuple[Other, ...]
    standing: Standing
    fit: int | None
    reasons: tuple[str, ...]
    differences: tuple[str, ...]
    way: Timeline

    @property
    def has_course(self) -> bool:
        """Can the reader open the preparation? Not once they or the programme are gone."""
        is_away = self.me.participation.state == ParticipationState.WITHDRAWN
        return not is_away and self.tandem.cohort.programme.state != ProgrammeState.ARCHIVED

    @property
    def goes_on(self) -> bool:
        """Is it a running group that keeps a mentee and a mentor without the reader?"""
        return self.tandem.state in RUNNING and {other.role for other in self.others} == set(Role)


def tandems_with_profiles(user: User) -> QuerySet[Tandem]:
    """The person's tandems, with what the other wrote about themself. Four queries."""
    return tandems_visible_to(user).prefetch_related(
        "members__user__profile__topics", "members__user__profile__languages"
    )


def tandem_page(tandem: Tandem, user: User, now: datetime) -> TandemPage:
    """The page of `tandem` for `user`, one of its people. No query on `tandems_with_profiles`."""
    me, members = sides(tandem, user)
    other = next((member for member in members if member.role != me.role), members[0])
    language: Language = "de" if (get_language() or "de").startswith("de") else "en"
    said = tandem.reasons or {}
    return TandemPage(
        tandem=tandem,
        me=me,
        other=_together(others := tuple(_other(tandem, one, language) for one in members)),
        others=others,
        standing=_standing(tandem, me, members),
        fit=None if tandem.score is None else FIT_LEVELS[fit_step(tandem.score)],
        reasons=_words(said.get("reasons", ()), tandem, me, other, language)[:MOST_REASONS],
        differences=_words(said.get("differences", ()), tandem, me, other, language)[
            :MOST_DIFFERENCES
        ],
        way=way_of(tandem, user, now),
    )


def way_of(tandem: Tandem, user: User, now: datetime) -> Timeline:
    """The journey laid over the reader's calendar, moved back by the pauses. No query."""
    way = timeline(tandem.journey, _start(tandem, user), local_today(user, now))
    return paused(way, pauses_of(tandem))


def sides(tandem: Tandem, user: User) -> tuple[TandemMember, tuple[TandemMember, ...]]:
    """The reader's membership and those of the others who are present, the mentees first.

    A nameless one if nobody's account is left. No query if the members are there.
    """
    me = next(member for member in tandem.members.all() if member.user_id == user.pk)
    present = tuple(
        member
        for member in tandem.members.all()
        if member.user_id != user.pk and member.left_at is None
    )
    if present:
        return me, present
    role = Role.MENTOR if me.role == Role.MENTEE else Role.MENTEE
    return me, (TandemMember(tandem=tandem, role=role, user=User(given_name=gettext("Somebody"))),)


def plan_moved_on(page: TandemPage) -> date | None:
    """The day the coordination gave the tandem a newer journey, for two weeks after it."""
    day: date | None = page.tandem.journey_moved_on
    return day if day and page.way.today - day <= MOVE_TOLD else None


def local_today(user: User, now: datetime) -> date:
    """Today where the person lives."""
    return now.astimezone(user.zone).date()


def phase_now(tandem: Tandem, user: User, now: datetime) -> Phase | None:
    """The phase of the journey in which the tandem is where the person lives. No query."""
    return way_of(tandem, user, now).current


def _start(tandem: Tandem, user: User) -> date:
    return local_today(user, tandem.activated_at or tandem.proposed_at)


def _standing(tandem: Tandem, me: TandemMember, others: Sequence[TandemMember]) -> Standing:
    deadline: datetime | None
    if tandem.state == TandemState.PROPOSED:
        mine, theirs, deadline = me.answer, [one.answer for one in others], tandem.answer_by
    else:
        mine, theirs = me.chemistry_answer, [one.chemistry_answer for one in others]
        deadline = tandem.chemistry_by if tandem.state == TandemState.CHEMISTRY else None
    return Standing(
        i_said_yes=mine == Answer.YES,
        i_said_no=Answer.NO in {me.answer, me.chemistry_answer},
        other_has_answered=Answer.PENDING not in theirs,
        deadline=deadline,
    )


def _other(tandem: Tandem, member: TandemMember, language: Language) -> Other:
    """Topics are those of the role: what a mentor offers, what a mentee wants to work on.

    Once a tandem has ended the two see names only, so a block looks like every other end.
    """
    hidden = hidden_topics(tandem.cohort.programme)
    is_shown = tandem.state not in ENDED
    found = getattr(member.user, "profile", None) if is_shown else None
    profile = found or Profile(user=member.user)
    is_known = profile.pk is not None
    wanted = TopicKind.OFFERED if member.role == Role.MENTOR else TopicKind.WANTED
    return Other(
        name=member.user.name,
        short_name=member.user.short_name,
        role=Role(member.role),
        position=profile.position,
        site=profile.site,
        languages=tuple(
            language_name(row.code, language)
            for row in (profile.languages.all() if is_known else ())
        ),
        topics=tuple(
            topic_name(row.topic, language)
            for row in (profile.topics.all() if is_known else ())
            if row.kind == wanted and row.topic not in hidden
        ),
        about=profile.about,
        mail=member.user.email if tandem.state in MAY_WRITE else "",
    )


def _together(others: tuple[Other, ...]) -> Other:
    """Several people as one, for sentences written for one: names and addresses, nothing else."""
    if len(others) == 1:
        return others[0]
    return Other(
        name=listed([one.name for one in others]),
        short_name=listed([one.short_name for one in others]),
        role=others[0].role,
        position="",
        site="",
        languages=(),
        topics=(),
        about="",
        mail=",".join(one.mail for one in others if one.mail),
    )


def _words(
    stored: Iterable[Mapping[str, Any]],
    tandem: Tandem,
    me: TandemMember,
    other: TandemMember,
    language: Language,
) -> tuple[str, ...]:
    """The stored reasons as the reader's phrases; what is not their business is left out."""
    perspective = cast("Literal['mentee', 'mentor']", str(me.role))
    names = {me.role: me.user.short_name, other.role: other.user.short_name}
    said = []
    for row in stored:
        try:
            reason = reason_read(row, language)
            if not is_shown_to(reason, perspective):
                continue
            said.append(
                reason_text(
                    reason,
                    language,
                    perspective=perspective,
                    address=cast("Literal['du', 'sie']", tandem.cohort.programme.address_form),
                    names=(names[Role.MENTEE], names[Role.MENTOR]),
                    tz=me.user.timezone,
                    reference=tandem.proposed_at.date(),
                )
            )
        except (MatchingError, KeyError, TypeError, ValueError):
            continue  # a reason an older engine stored and this one can't say any more
    return tuple(said)
