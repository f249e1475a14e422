"""New keys for cases: every part and note sealed again, while people go on reading and writing."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from tandemwerk.core.crypto import SealBroken, key_make, key_version, master_key_file
from tandemwerk.core.key_file import LATEST_VERSION, NoMoreVersions
from tandemwerk.core.rotation import RowBroken, swap
from tandemwerk.core.sealed import Say
from tandemwerk.safeguarding.models import Case, CaseItem, CaseKey, CaseNote
from tandemwerk.safeguarding.models.cases import CaseContent
from tandemwerk.safeguarding.selectors.cases import OpenCase, case_opened


def cases_rekey(say: Say) -> None:
    """Give every case whose newest key is older than the newest master key a new one.

    Each case in a transaction of its own, with the case locked as for every writing: it has its new
    key and everything sealed under it, or all is as before. A killed run is continued by running
    again. Raises RowBroken, NoMoreVersions.
    """
    since = datetime.fromtimestamp(master_key_file().stat().st_mtime, tz=UTC)
    counted = Case.objects.annotate(since=Max("case_keys__created_at"), kept=Count("case_keys"))
    due = counted.filter(Q(since__lt=since) | Q(kept__gt=1)).order_by("pk")
    rows = [case_rekey(pk) for pk in due.values_list("pk", flat=True)]
    say(f"{len(rows):,} cases with {sum(rows):,} parts and notes")


@transaction.atomic
def case_rekey(case_pk: int) -> int:
    """A new key for one case, all of it sealed under that, and the old keys gone; how many values.

    Nothing for a case that was destroyed meanwhile. A case is a few hundred rows at most.
    """
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_pk).first()
    versions = list(CaseKey.objects.filter(case=case_pk).values_list("version", flat=True))
    if case is None or not versions:
        return 0
    newest = max(versions)
    if newest >= LATEST_VERSION:
        raise NoMoreVersions
    row = CaseKey(case=case, version=newest + 1, created_at=timezone.now())
    row.key = key_make()
    row.save()
    opened = case_opened(case)
    count = sum(_resealed(opened, model) for model in (CaseItem, CaseNote))
    CaseKey.objects.filter(case=case, version__lte=newest).delete()
    return count


def _resealed(opened: OpenCase, model: type[CaseContent]) -> int:
    return sum(swap(model, field, list(_changes(opened, model, field))) for field in model.SEALED)


def _changes(
    opened: OpenCase, model: type[CaseContent], field: str
) -> Iterator[tuple[object, bytes, bytes]]:
    newest = max(opened.keys)
    for row in model._base_manager.filter(case=opened.case).order_by("pk"):
        old = bytes(getattr(row, field) or b"")
        if old and key_version(old) != newest:
            try:
                plain = opened.open_bytes(row, old, field)
            except SealBroken as error:
                raise RowBroken(f"{row._meta.label}.{field}", row.pk, error) from error
            yield row.pk, old, opened.seal_bytes(row, plain, field)
