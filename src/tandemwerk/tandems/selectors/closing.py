"""How far the regular end of a tandem has come."""

from datetime import tzinfo

from tandemwerk.tandems.journey import Closing, State, closing_due_on
from tandemwerk.tandems.models import Tandem


def closing_of(tandem: Tandem, zone: tzinfo) -> Closing:
    """What of a tandem decides its regular end; days as in `zone`. No query with members loaded."""
    present = [member for member in tandem.members.all() if member.left_at is None]
    due_on = None
    if tandem.state == State.CLOSING and tandem.closing_since is not None:
        begun_on = tandem.closing_since.astimezone(zone).date()
        due_on = closing_due_on(begun_on, tandem.cohort.ends_on)
    return Closing(
        state=State(tandem.state),
        members=frozenset(member.pk for member in present),
        confirmed=frozenset(m.pk for m in present if m.closing_confirmed_at is not None),
        due_on=due_on,
    )
