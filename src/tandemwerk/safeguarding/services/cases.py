"""What safeguarding people do with a case; opening it is an act, too."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tandemwerk.audit.services import audit_record
from tandemwerk.core.models import ProcessedWrite
from tandemwerk.people.models import User
from tandemwerk.safeguarding.enums import CaseState, Outcome
from tandemwerk.safeguarding.errors import CaseClosed, CaseNotClosed, DeletionDateInvalid
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseNote, CaseView
from tandemwerk.safeguarding.selectors.cases import CaseRead, case_opened, case_read
from tandemwerk.safeguarding.selectors.readers import readers_now

KEPT_DAYS = 365  # after closing, unless another day is chosen
LONGEST = timedelta(days=3653)
LOST_KEPT = timedelta(days=30)
LONGEST_NOTE = 10_000


@transaction.atomic
def case_view(*, case: Case, by: User, now: datetime) -> CaseRead:
    """Open a case for reading; the view is in the case's own list and in the audit chain.

    `case`: out of `cases_read_by(by)`. Ten queries.
    """
    _seen(case, by, now)
    return case_read(case_opened(case))


@transaction.atomic
def case_file(*, case: Case, item: CaseItem, by: User, now: datetime) -> tuple[bytes, str]:
    """The bytes and the media type of a file in a case; logged as every view. Seven queries."""
    _seen(case, by, now)
    opened = case_opened(case)
    data = opened.open_bytes(item, item.data or b"", "data")
    return data, str(opened.open(item).get("media_type", ""))


def _seen(case: Case, by: User, now: datetime) -> None:
    CaseView.objects.create(case=case, user=by, at=now)
    if Case.objects.filter(pk=case.pk, opened_at__isnull=True).update(opened_at=now):
        case.opened_at = now
    audit_record(action="case.view", about=case, by=by, now=now)


@transaction.atomic
def case_note_add(*, case: Case, text: str, by: User, now: datetime) -> CaseNote:
    """Write a note under the case's key; it takes the case into work. Raises CaseClosed."""
    locked = _locked(case)
    if locked.state == CaseState.CLOSED:
        raise CaseClosed
    note = CaseNote(case=locked, author=by, created_at=now)
    note.body = case_opened(locked).seal(note, {"text": text.strip()[:LONGEST_NOTE]})
    note.save(force_insert=True)
    Case.objects.filter(pk=locked.pk).update(state=CaseState.IN_WORK)
    audit_record(action="case.note", about=locked, by=by, now=now)
    return note


@transaction.atomic
def case_begin(*, case: Case, by: User, now: datetime) -> None:
    """Take a new case into work; the reporter sees it. Twice changes nothing. Raises CaseClosed."""
    locked = _locked(case)
    if locked.state == CaseState.CLOSED:
        raise CaseClosed
    if locked.state == CaseState.NEW:
        Case.objects.filter(pk=locked.pk).update(state=CaseState.IN_WORK)
        audit_record(action="case.begin", about=locked, by=by, now=now)


@transaction.atomic
def case_close(*, case: Case, outcome: Outcome, delete_on: date, by: User, now: datetime) -> None:
    """Close a case with a code; on `delete_on` it is shredded.

    Raises CaseClosed, DeletionDateInvalid.
    """
    locked = _locked(case)
    if locked.state == CaseState.CLOSED:
        raise CaseClosed
    if not now.date() < delete_on <= now.date() + LONGEST:
        raise DeletionDateInvalid
    Case.objects.filter(pk=locked.pk).update(
        state=CaseState.CLOSED, outcome=outcome, closed_at=now, delete_on=delete_on
    )
    audit_record(
        action="case.close", about=locked, by=by, now=now, details={"outcome": str(outcome)}
    )


@transaction.atomic
def case_reopen(*, case: Case, by: User, now: datetime) -> None:
    """Take a closed case into work again; its deletion date goes. Raises CaseNotClosed."""
    locked = _locked(case)
    if locked.state != CaseState.CLOSED:
        raise CaseNotClosed
    Case.objects.filter(pk=locked.pk).update(
        state=CaseState.IN_WORK, outcome="", closed_at=None, delete_on=None
    )
    audit_record(action="case.reopen", about=locked, by=by, now=now)


@transaction.atomic
def case_shred(*, case: Case, now: datetime) -> bool:
    """Destroy a closed case whose day has come: first its key, then all of it. False if not due.

    `traces_wipe` must follow once this is committed. Safe to run twice. Twelve queries.
    """
    locked = Case.objects.select_for_update(of=("self",)).filter(
        pk=case.pk, state=CaseState.CLOSED, delete_on__lte=now.date()
    ).first()  # fmt: skip
    if locked is None:
        return False
    CaseKey.objects.filter(case=locked).delete()
    # Answers of the last day are kept under another key, and may hold words of the case.
    seen_by = {locked.reporter_id, *locked.views.values_list("user", flat=True)}
    ProcessedWrite.objects.filter(user__in=seen_by - {None}).delete()
    audit_record(action="case.shred", about=locked, now=now)
    locked.delete()
    return True


@transaction.atomic
def cases_lost_close(*, now: datetime) -> int:
    """Close cases that nobody can ever open again, to be destroyed after 30 days; how many.

    Their reporter's account is gone and so is the role of everybody who read them: nobody is left
    who could let somebody in. Two queries, four for each.
    """
    open_ones = Case.objects.filter(reporter__isnull=True).exclude(state=CaseState.CLOSED)
    lost = open_ones.exclude(pk__in=readers_now().values("case")).select_for_update(of=("self",))
    found = list(lost.order_by("pk"))
    for case in found:
        day = now.date() + LOST_KEPT
        Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_at=now, delete_on=day)
        audit_record(action="case.lost", about=case, now=now)
    return len(found)


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
