"""Taking a checked list over: one transaction, all rows without errors or none of them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import F

from tandemwerk.audit.services import audit_record
from tandemwerk.core.jobs import enqueue
from tandemwerk.people.models import User
from tandemwerk.people.services.profile import ProfileValues, profiles_apply_bulk
from tandemwerk.programmes.enums import ImportState, ParticipationState, Role, RowOutcome
from tandemwerk.programmes.models import ImportBatch, ImportRow, Participation
from tandemwerk.programmes.services.import_people import (
    NAMES,
    Changes,
    Known,
    changes_for,
    is_gone,
    known_people,
    new_profile,
    profile_values,
)

CHUNK = 500


@dataclass(slots=True)
class Tally:
    """What the take-over did, for the audit entry."""

    people: int = 0
    participations: int = 0
    updated: int = 0


@transaction.atomic
def import_apply_rows(*, batch_pk: int, now: datetime) -> ImportBatch | None:
    """Take over a list that waits for it; None if there is nothing to do (again).

    Compares with who is here *now*, so a person added since the check is not doubled. A failure or
    a killed process leaves nothing behind. For 10,000 new people about 5 s on SQLite, 670 queries.
    """
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("cohort__programme__organisation", "created_by")
        .filter(pk=batch_pk, state=ImportState.APPLYING)
        .first()
    )
    if batch is None:
        return None
    tally = Tally()
    rows = list(
        ImportRow.objects.filter(batch=batch)
        .exclude(outcome=RowOutcome.ERROR)
        .values_list("values", flat=True)
    )
    for start in range(0, len(rows), CHUNK):
        _apply(batch, rows[start : start + CHUNK], tally)
    batch.state, batch.rows_done, batch.finished_at = ImportState.DONE, len(rows), now
    batch.save(update_fields=["state", "rows_done", "finished_at"])
    audit_record(
        action="import.apply",
        about=batch,
        by=batch.created_by,
        now=now,
        programme_id=batch.cohort.programme_id,
        details={
            "people": tally.people,
            "participations": tally.participations,
            "updated": tally.updated,
        },
    )
    if batch.send_invitations:
        from tandemwerk.programmes.jobs import (
            invitations_send,  # jobs → services, the one way round
        )

        enqueue(
            invitations_send,
            cohort_pk=batch.cohort_id,
            batch_pk=batch.pk,
            by_pk=batch.created_by_id,
        )
    return batch


def _apply(batch: ImportBatch, rows: Sequence[dict[str, Any]], tally: Tally) -> None:
    known = known_people(batch, [values["email"] for values in rows])
    fresh = [values for values in rows if values["email"] not in known]
    users = User.objects.bulk_create([_new_user(batch, values) for values in fresh])
    tally.people += len(users)
    profiles: list[tuple[User, ProfileValues]] = [
        (user, profile_values(new_profile(values, batch.role)))
        for user, values in zip(users, fresh, strict=True)
    ]
    joining = list(zip(users, fresh, strict=True))
    renamed: list[User] = []
    for values in rows:
        person = known.get(values["email"])
        if person is None or is_gone(person.participation):
            continue
        changes = changes_for(person, values, batch.role)
        _update(person, changes, renamed, tally)
        if changes.profile or not hasattr(person.user, "profile"):
            profiles.append((person.user, profile_values(changes.profile)))
        if person.participation is None:
            joining.append((person.user, values))
    User.objects.bulk_update(renamed, list(NAMES.values()))
    profiles_apply_bulk(pairs=profiles)
    created = Participation.objects.bulk_create([_joining(batch, u, v) for u, v in joining])
    tally.participations += len(created)


def _new_user(batch: ImportBatch, values: dict[str, Any]) -> User:
    names = {name: values.get(key, "") for key, name in NAMES.items()}
    return User(email=values["email"], password=_no_password(), locale=batch.locale, **names)


def _no_password() -> str:
    """What `make_password(None)` gives, ten times as fast: nobody can log in with it."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_urlsafe(30)


def _joining(batch: ImportBatch, user: User, values: dict[str, Any]) -> Participation:
    default = batch.cohort.programme.default_seats
    return Participation(
        cohort=batch.cohort,
        user=user,
        role=batch.role,
        state=ParticipationState.INVITED,
        seats=values.get("seats", default) if batch.role == Role.MENTOR else 1,
        import_batch=batch,
    )


def _update(person: Known, changes: Changes, renamed: list[User], tally: Tally) -> None:
    tally.updated += bool(person.participation and changes)
    if changes.names:
        for name, value in changes.names.items():
            setattr(person.user, name, value)
        renamed.append(person.user)
    if changes.seats is not None and person.participation is not None:
        # Guarded: places taken since the check win over the list.
        Participation.objects.annotate(needed=F("seats_taken") + F("proposals_open")).filter(
            pk=person.participation.pk, needed__lte=changes.seats
        ).update(seats=changes.seats)
