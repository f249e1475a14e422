"""After an end: would the person like a new proposal?"""

from datetime import datetime

from django.db import transaction

from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ParticipationState
from tandemwerk.programmes.services.participations import (
    participation_pause,
    participation_resume,
)
from tandemwerk.tandems.errors import PausedByCoordination
from tandemwerk.tandems.models import Tandem
from tandemwerk.tandems.services.change import member_of


@transaction.atomic
def proposal_wish(*, tandem: Tandem, by: User, is_wanted: bool, now: datetime) -> None:
    """Stay in the pool or come back to it (`is_wanted`), or wait until one says so.

    After an end people are in the pool by themselves; saying the same twice changes nothing.
    A pause that the coordination set is theirs to lift: PausedByCoordination. Raises as well
    ParticipationStateMoved or ProgrammeArchived. At most eight queries.
    """
    participation = member_of(tandem, by).participation
    if is_wanted and participation.state == ParticipationState.PAUSED:
        if not participation.is_pause_own:
            raise PausedByCoordination
        participation_resume(participation=participation, by=by, now=now)
    elif not is_wanted and participation.state == ParticipationState.JOINED:
        participation_pause(participation=participation, by=by, now=now)
