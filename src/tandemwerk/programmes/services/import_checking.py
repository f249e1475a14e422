"""Checking a list: every row understood, compared with who is here already. Changes nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tandemwerk.matching.catalogue import fold
from tandemwerk.programmes.enums import ImportState, Role, RowOutcome
from tandemwerk.programmes.models import ImportBatch, ImportRow, Participation
from tandemwerk.programmes.rules import may_see_profile
from tandemwerk.programmes.selectors.topics import hidden_topics
from tandemwerk.programmes.services.import_columns import Parsed, row_parse
from tandemwerk.programmes.services.import_people import Known, changes_for, is_gone, known_people

CHUNK = 500


@dataclass(slots=True)
class Seen:
    """Addresses and names met so far: address → row, folded name → address."""

    emails: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def import_check_rows(*, batch: ImportBatch) -> None:
    """Check all rows of a batch in the state "checking"; afterwards it is "checked".

    Safe to run twice, also at the same time: both write the same. Progress is in `rows_done`.
    Per 500 rows about eight queries on PostgreSQL, twelve on SQLite.
    """
    if batch.state != ImportState.CHECKING:
        return
    seen = Seen(names=_names_in(batch))
    done = 0
    for rows in _chunks(batch):
        _check(batch, rows, seen)
        done += len(rows)
        ImportBatch.objects.filter(pk=batch.pk, state=ImportState.CHECKING).update(rows_done=done)
    ImportBatch.objects.filter(pk=batch.pk, state=ImportState.CHECKING).update(
        state=ImportState.CHECKED, rows_done=done
    )
    batch.refresh_from_db()


def _chunks(batch: ImportBatch) -> Iterator[list[ImportRow]]:
    last = 0
    while rows := list(
        ImportRow.objects.filter(batch=batch, number__gt=last).order_by("number")[:CHUNK]
    ):
        yield rows
        last = rows[-1].number


def _names_in(batch: ImportBatch) -> dict[str, str]:
    """Names of the cohort's people that the coordinator sees anyway. One query."""
    people = Participation.objects.filter(cohort=batch.cohort_id).select_related("user")
    return {
        _name(p.user.given_name, p.user.family_name): p.user.email
        for p in people
        if may_see_profile(p)
    }


def _check(batch: ImportBatch, rows: Sequence[ImportRow], seen: Seen) -> None:
    parsed = [row_parse(row.cells, batch.mapping, Role(batch.role)) for row in rows]
    emails = {p.values["email"] for p in parsed if "email" in p.values}
    hidden = hidden_topics(batch.cohort.programme)
    known = known_people(batch, emails)
    for row, found in zip(rows, parsed, strict=True):
        _leave_out(found, hidden)
        _compare_with_list(row, found, seen)
        outcome = _outcome(batch, found, known.get(found.values.get("email", "")))
        row.values, row.errors, row.warnings = found.values, found.errors, found.warnings
        row.outcome = RowOutcome.ERROR if found.errors else outcome
    # Known keys turn the insert into an update: far fewer statements than updating one by one.
    ImportRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["batch", "number"],
        update_fields=["values", "errors", "warnings", "outcome"],
    )


def _leave_out(found: Parsed, hidden: frozenset[str]) -> None:
    """Drop topics the programme does not take; how many is said, not which."""
    chosen = found.values.get("topics", [])
    kept = [slug for slug in chosen if slug not in hidden]
    if len(kept) == len(chosen):
        return
    found.warn("topics", "topics_hidden", count=len(chosen) - len(kept))
    found.values["topics"] = kept
    if not kept:
        del found.values["topics"]


def _compare_with_list(row: ImportRow, found: Parsed, seen: Seen) -> None:
    email = found.values.get("email")
    if email:
        first = seen.emails.setdefault(email, row.number)
        if first != row.number:
            found.error("email", "email_twice", row=first)
    name = _name(found.values.get("first_name", ""), found.values.get("last_name", ""))
    if email and name:
        other = seen.names.setdefault(name, email)
        if other != email:
            shown = " ".join(
                filter(None, (found.values.get("first_name"), found.values.get("last_name")))
            )
            found.warn("last_name", "same_name", name=shown, email=other)


def _name(first: str, last: str) -> str:
    return fold(f"{first} {last}")


def _outcome(batch: ImportBatch, found: Parsed, known: Known | None) -> RowOutcome:
    """New people of another organisation look new here too: an import must not spy on accounts."""
    if known is None or (known.participation is None and not known.is_of_organisation):
        return RowOutcome.NEW
    participation = known.participation
    if participation is None:
        return RowOutcome.KNOWN
    if is_gone(participation):
        found.warn("email", "is_withdrawn")
        return RowOutcome.UNCHANGED
    changes = changes_for(known, found.values, batch.role)
    taken = participation.seats_taken + participation.proposals_open
    if changes.seats is not None and changes.seats < taken:
        found.error("seats", "seats_below_taken", taken=taken)
    return RowOutcome.UPDATE if changes else RowOutcome.UNCHANGED
