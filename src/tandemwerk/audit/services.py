"""Writing to the audit chain and proving that nobody changed it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from tandemwerk.audit.models import AuditEntry, AuditHead

GENESIS = "0" * 64


@transaction.atomic
def audit_record(
    *,
    action: str,
    about: models.Model,
    now: datetime,
    by: models.Model | None = None,
    programme_id: int | None = None,
    details: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one act to the chain, in the transaction of the act itself. Three queries.

    Locks the head until commit, so acts are written one after the other.
    """
    AuditHead.objects.get_or_create(id=1, defaults={"hash": GENESIS})
    head = AuditHead.objects.select_for_update().get(id=1)
    entry = AuditEntry(
        at=now.astimezone(UTC),
        actor_id=by.pk if by is not None else None,
        action=action,
        object_type=about._meta.label_lower,
        object_id=about.pk,
        programme_id=programme_id,
        details=dict(details or {}),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    head.hash = entry.hash
    head.save(update_fields=["hash"])
    return entry


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the canonical JSON of everything in the entry and its predecessor's hash."""
    content = [
        entry.previous_hash,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.programme_id,
        entry.details,
    ]
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def audit_verify() -> int:
    """Check the whole chain; returns its length, raises `AuditBroken` at the first fault.

    Streams the table in order: O(entries), one query per 2,000.
    """
    expected, count = GENESIS, 0
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.previous_hash != expected or entry.hash != entry_hash(entry):
            raise AuditBroken(entry.pk)
        expected, count = entry.hash, count + 1
    head = AuditHead.objects.filter(id=1).first()
    if (head.hash if head else GENESIS) != expected:
        raise AuditBroken(None)
    return count


class AuditBroken(Exception):
    """The chain was changed at the entry with this id (None: its end was cut off)."""
