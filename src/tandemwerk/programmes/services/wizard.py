"""The draft of a programme in the making: kept at every step, gone when the programme is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort, Organisation, WizardDraft
from tandemwerk.programmes.services.programmes import (
    CohortDates,
    ProgrammeValues,
    programme_create,
)

# Steps that a template fills in; choosing another one starts them afresh.
FROM_TEMPLATE = ("texts", "dates", "criteria", "agreement", "invitation")


def draft_of(*, user: User, now: datetime, first_step: str) -> WizardDraft:
    """The person's draft, a new one if there is none. One or two queries."""
    draft, _is_new = WizardDraft.objects.get_or_create(
        user=user, defaults={"step": first_step, "updated_at": now}
    )
    return draft


@transaction.atomic
def draft_save(
    *, draft: WizardDraft, step: str, values: Mapping[str, Any], go_to: str, now: datetime
) -> WizardDraft:
    """Keep what was typed at `step`, as typed, and where to go on."""
    locked = WizardDraft.objects.select_for_update().get(pk=draft.pk)
    data = dict(locked.data)
    if step == "template" and data.get("template", {}) != dict(values):
        data = {name: kept for name, kept in data.items() if name not in FROM_TEMPLATE}
    data[step] = dict(values)
    locked.data, locked.step, locked.updated_at = data, go_to, now
    locked.save(update_fields=["data", "step", "updated_at"])
    return locked


def draft_discard(*, draft: WizardDraft) -> None:
    """Throw the draft away."""
    WizardDraft.objects.filter(pk=draft.pk).delete()


@dataclass(frozen=True, slots=True)
class Finished:
    """Everything a finished draft founds."""

    organisation: Organisation
    values: ProgrammeValues
    cohort_name: str
    dates: CohortDates


@transaction.atomic
def draft_finish(*, draft: WizardDraft, finished: Finished, by: User, now: datetime) -> Cohort:
    """Found the programme and forget the draft: both or neither."""
    cohort = programme_create(
        organisation=finished.organisation,
        values=finished.values,
        cohort_name=finished.cohort_name,
        dates=finished.dates,
        by=by,
        now=now,
    )
    draft_discard(draft=draft)
    return cohort
