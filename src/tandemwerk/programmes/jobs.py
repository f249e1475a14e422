"""Background work of programmes: checking and taking over lists, sending letters, forgetting."""

import logging
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from tandemwerk.core.jobs import enqueue, job, periodic, retry
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import ImportState, ParticipationState, ProgrammeState
from tandemwerk.programmes.models import (
    CoordinatorInvitation,
    ImportBatch,
    Participation,
    WizardDraft,
)
from tandemwerk.programmes.services.import_applying import import_apply_rows
from tandemwerk.programmes.services.import_checking import import_check_rows
from tandemwerk.programmes.services.invitations import invitations_put
from tandemwerk.programmes.services.materials import materials_forget

logger = logging.getLogger(__name__)
ATTEMPTS = 2
LETTERS_AT_ONCE = 100
BATCHES_IN_A_JOB = 5
LISTS_KEPT = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=90)


@job
def import_check(*, batch_pk: int) -> None:
    """Check the rows of a list; a failure is shown on its page, the columns can be chosen again."""
    batch = ImportBatch.objects.select_related("cohort__programme").filter(pk=batch_pk).first()
    if batch is None:
        return
    try:
        import_check_rows(batch=batch)
    except Exception:
        _fail(batch_pk, ImportState.CHECKING)
        raise


@job
def import_apply(*, batch_pk: int, attempt: int = 0) -> None:
    """Take a list over, all rows or none; a failure is shown on its page and nothing is changed.

    When somebody else's write got in between, it is tried twice more.
    """
    try:
        import_apply_rows(batch_pk=batch_pk, now=timezone.now())
    except (OperationalError, IntegrityError):
        if attempt < ATTEMPTS and retry(import_apply, attempt=attempt, batch_pk=batch_pk):
            logger.warning("import %s is tried again", batch_pk)
            return
        _fail(batch_pk, ImportState.APPLYING)
        raise
    except Exception:
        _fail(batch_pk, ImportState.APPLYING)
        raise


def _fail(batch_pk: int, state: ImportState) -> None:
    """Say so on the page; the exception itself goes to the log."""
    try:
        ImportBatch.objects.filter(pk=batch_pk, state=state).update(
            state=ImportState.FAILED, error_code="import_failed", finished_at=timezone.now()
        )
    except DatabaseError:
        logger.exception("import %s failed and its page can't say so", batch_pk)


@job
def invitations_send(
    *, cohort_pk: int, batch_pk: int | None = None, by_pk: int | None = None
) -> None:
    """Write letters to everybody of a list (or the whole cohort) who has none yet.

    Nobody hears of a programme that was archived meanwhile.

    A hundred letters a transaction: killed in between, the next run goes on where it stopped, and
    nobody gets two. After five hundred it lines up again, so that other work gets its turn.
    """
    for _round in range(BATCHES_IN_A_JOB):
        if not _send_some(cohort_pk, batch_pk, by_pk):
            return
    enqueue(invitations_send, cohort_pk=cohort_pk, batch_pk=batch_pk, by_pk=by_pk)


@transaction.atomic
def _send_some(cohort_pk: int, batch_pk: int | None, by_pk: int | None) -> int:
    waiting = Participation.objects.filter(
        cohort=cohort_pk, state=ParticipationState.INVITED, invitation__isnull=True
    ).exclude(cohort__programme__state=ProgrammeState.ARCHIVED)
    if batch_pk is not None:
        waiting = waiting.filter(import_batch=batch_pk)
    # Two workers share the people between them; SQLite has one writer anyway.
    pks = list(
        waiting.order_by("pk")
        .select_for_update(skip_locked=True, of=("self",))
        .values_list("pk", flat=True)[:LETTERS_AT_ONCE]
    )
    people = Participation.objects.filter(pk__in=pks).select_related(
        "user", "cohort__programme__organisation"
    )
    inviter = User.objects.filter(pk=by_pk or 0).first()
    return len(invitations_put(participations=list(people), inviter=inviter, now=timezone.now()))


@periodic(every=timedelta(hours=6))
@job
def lists_forget() -> None:
    """Forget lists 30 days after they ended or were left, drafts after 90, and expired letters.

    Four queries.
    """
    now = timezone.now()
    ImportBatch.objects.filter(created_at__lt=now - LISTS_KEPT).exclude(
        state__in=[ImportState.CHECKING, ImportState.APPLYING]
    ).delete()
    WizardDraft.objects.filter(updated_at__lt=now - DRAFTS_KEPT).delete()
    CoordinatorInvitation.objects.filter(expires_at__lte=now).delete()


@periodic(every=timedelta(hours=6))
@job
def materials_prune() -> None:
    """Delete entries of libraries, and their files, a day after they were taken out."""
    materials_forget(now=timezone.now())
