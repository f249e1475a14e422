"""Keeping what an organisation's programmes have learned from chemistry meetings."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.pairing.chemistry import Had, Learned, digest_of, learned_from, meetings_of
from tandemwerk.pairing.models import ChemistryLearning
from tandemwerk.programmes.models import Organisation, Programme

__all__ = ["Had", "chemistry_forget", "chemistry_learn"]


def chemistry_learn(*, organisation_pk: int, had: Sequence[Had], now: datetime) -> bool:
    """Learn from these meetings and keep the result; False if they are the same as last time.

    No transaction is open while it is learned (seconds to minutes). If meanwhile the last
    programme switched it off, nothing is kept. One query, six more to keep, one audit entry with
    the counts.
    """
    meetings = meetings_of(had)
    digest = digest_of(meetings)
    if ChemistryLearning.objects.filter(organisation=organisation_pk, digest=digest).exists():
        return False
    learned = learned_from(meetings)
    return _keep(organisation_pk=organisation_pk, learned=learned, digest=digest, now=now)


@transaction.atomic
def _keep(*, organisation_pk: int, learned: Learned, digest: str, now: datetime) -> bool:
    organisation = Organisation.objects.select_for_update().get(pk=organisation_pk)
    if not Programme.objects.filter(organisation=organisation, learns_from_chemistry=True).exists():
        return False
    kept, _made = ChemistryLearning.objects.update_or_create(
        organisation=organisation,
        defaults={
            "shortage": learned.shortage,
            "meetings": learned.meetings,
            "groups": learned.groups,
            "model": learned.model,
            "evaluation": learned.evaluation,
            "digest": digest,
            "learned_at": now,
        },
    )
    audit_record(
        action="chemistry.learn",
        about=kept,
        now=now,
        details={"meetings": learned.meetings, "groups": learned.groups},
    )
    return True


@transaction.atomic
def chemistry_forget(*, organisation_pk: int, now: datetime) -> bool:
    """Delete what was learned, once no programme wants it; one audit entry. At most 7 queries."""
    wanted = Programme.objects.filter(organisation=organisation_pk, learns_from_chemistry=True)
    kept = ChemistryLearning.objects.filter(organisation=organisation_pk).first()
    if kept is None or wanted.exists():
        return False
    audit_record(action="chemistry.forget", about=kept, now=now)
    kept.delete()
    return True
