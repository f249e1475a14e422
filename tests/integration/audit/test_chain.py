from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from tandemwerk.audit.models import AuditEntry, AuditHead
from tandemwerk.audit.services import AuditBroken, audit_record, audit_verify
from tests.factories.people import UserFactory

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def record(count: int = 3) -> None:
    user = UserFactory()
    for number in range(count):
        audit_record(action="test.act", about=user, by=user, now=NOW, details={"number": number})


def test_chain_verifies():
    record()
    assert audit_verify() == 3


def test_database_refuses_change_and_removal():
    record()
    for act in (
        lambda: AuditEntry.objects.update(action="forged"),
        lambda: AuditEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert audit_verify() == 3


def test_forged_entry_is_found():
    record()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_no_update")
        else:
            cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_append_only")
    first = AuditEntry.objects.order_by("pk").first()
    AuditEntry.objects.filter(pk=first.pk).update(action="forged")
    with pytest.raises(AuditBroken):
        audit_verify()


def test_cut_end_is_found():
    record()
    AuditHead.objects.update(hash="f" * 64)
    with pytest.raises(AuditBroken):
        audit_verify()
