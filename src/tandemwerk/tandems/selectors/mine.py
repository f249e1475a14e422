"""The tandems of one person as a list: what waits for them, what runs, what has ended."""

from dataclasses import dataclass
from datetime import datetime

from i18nfield.strings import LazyI18nString

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import Role
from tandemwerk.tandems.enums import Answer, TandemState
from tandemwerk.tandems.journey import Due, Phase, Side
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.names import listed
from tandemwerk.tandems.selectors.page import sides, way_of
from tandemwerk.tandems.selectors.visible import tandems_visible_to

OPEN = (TandemState.PROPOSED, TandemState.CHEMISTRY, TandemState.ACTIVE, TandemState.CLOSING)
ENDED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TandemCard:
    """One tandem in a list, from the reader's side."""

    pk: int
    state: TandemState
    end_code: str
    role: Role  # the reader's own
    other_name: str
    other_short_name: str
    other_position: str
    programme: str
    i_answered: bool
    is_met: bool
    deadline: datetime | None
    since: datetime
    phase: Phase | None
    next_due: Due | None

    @property
    def next_due_title(self) -> str:
        """What to do next in the reader's language; the phase where nothing is due."""
        source = self.next_due or self.phase
        return str(LazyI18nString(dict(source.title))) if source else ""


def tandems_mine(user: User, now: datetime) -> list[TandemCard]:
    """Open tandems, the most urgent first, then the last twenty that ended. Two queries."""
    rows = list(tandems_visible_to(user).order_by("-proposed_at", "-pk"))
    is_open = [tandem for tandem in rows if tandem.state in OPEN]
    ended = [tandem for tandem in rows if tandem.state not in OPEN][:ENDED_SHOWN]
    order = {state: number for number, state in enumerate(OPEN)}
    is_open.sort(key=lambda tandem: order[TandemState(tandem.state)])
    return [_card(tandem, user, now) for tandem in (*is_open, *ended)]


def _card(tandem: Tandem, user: User, now: datetime) -> TandemCard:
    me, others = sides(tandem, user)
    state = TandemState(tandem.state)
    deadlines = {TandemState.PROPOSED: tandem.answer_by, TandemState.CHEMISTRY: tandem.chemistry_by}
    answer = me.answer if state == TandemState.PROPOSED else me.chemistry_answer
    way = way_of(tandem, user, now)
    is_one = len(others) == 1 and state in OPEN
    profile = getattr(others[0].user, "profile", None) if is_one else None
    return TandemCard(
        pk=tandem.pk,
        state=state,
        end_code=tandem.end_code,
        role=Role(me.role),
        other_name=listed([other.user.name for other in others]),
        other_short_name=listed([other.user.short_name for other in others]),
        other_position=profile.position if profile else "",
        programme=str(tandem.cohort.programme.name),
        i_answered=answer != Answer.PENDING,
        is_met=tandem.chemistry_met_on is not None,
        deadline=deadlines.get(state),
        since=tandem.activated_at or tandem.proposed_at,
        phase=way.current,
        next_due=next(iter(way.next_due(Side(me.role))), None),
    )


def tandem_pks(user: User) -> list[int]:
    """The first two tandems the person is or was part of: enough to know whether one. One query."""
    rows = user.tandem_memberships.filter(left_at__isnull=True).order_by("pk")
    return list(rows.values_list("tandem_id", flat=True)[:2])
