"""Where a tandem is on its journey, for apps above."""

from datetime import date

from tandemwerk.people.models import User
from tandemwerk.tandems.journey import Phase, PhaseState, paused, timeline
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.selectors.signals import pauses_of


def phases_now(tandem: Tandem, user: User, today: date) -> list[Phase]:
    """The phases that `today` lies in, in the order of their begin. No query."""
    begun = (tandem.activated_at or tandem.proposed_at).astimezone(user.zone).date()
    way = paused(timeline(tandem.journey, begun, today), pauses_of(tandem))
    return [phase for phase in way.phases if phase.state is PhaseState.CURRENT]
