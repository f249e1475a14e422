"""Moving running tandems to the newest journey of their programme; only ever by hand."""

from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort, Programme
from tandemwerk.programmes.services.programmes import require_editable
from tandemwerk.tandems.errors import JourneyTooOld
from tandemwerk.tandems.models import TandemMember
from tandemwerk.tandems.selectors.journey import tandems_on_older_versions


@transaction.atomic
def journey_move(*, cohort: Cohort, number: int, by: User, now: datetime) -> int:
    """Let the running tandems of a cohort follow version `number`, the newest; returns how many.

    The two people see on their page that and when the plan changed. Tandems that follow it already
    are left alone. Raises ProgrammeArchived, and JourneyTooOld if another version was published
    since the preview was looked at. Four queries.
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=cohort.programme_id)
    require_editable(programme)
    if programme.journey_number != number:
        raise JourneyTooOld
    cohort.programme = programme
    count = tandems_on_older_versions(cohort).update(
        journey=programme.journey, journey_number=number, journey_moved_on=now.date()
    )
    if count:
        TandemMember.objects.filter(tandem__cohort=cohort).update(look_again_at=None)
        audit_record(
            action="journey.move",
            about=cohort,
            by=by,
            now=now,
            programme_id=programme.pk,
            details={"number": number, "count": count},
        )
    return count
