"""A new master key for everything that is sealed under it, beside running processes.

Nothing is remembered between runs: each value says by its first byte which key it needs, so a run
that was killed is continued by looking again.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from tandemwerk.core.crypto import SealBroken, master_key_file
from tandemwerk.core.key_file import key_add, keys_drop, read_keys
from tandemwerk.core.sealed import Say, SealedField, sealed_fields

BATCH = 1000
MOST_PASSES = 20
# Longer than any act between sealing a value and committing it.
GRACE = timedelta(minutes=15)


class RowBroken(Exception):
    """A row's value does not open. Names the row; nothing of it was changed, nothing skipped."""

    def __init__(self, name: str, pk: Any, error: Exception) -> None:
        super().__init__(f"{name}, row {pk}: does not open ({error})")


class NeverSettles(Exception):
    """Values under an old key keep coming: some process does not see the new key file."""


def versions_used() -> dict[int, int]:
    """How many rows need which master key. Streams every registered table once."""
    counts: dict[int, int] = {}
    for entry in sealed_fields():
        for rows in batches(entry.model._base_manager.all()):
            for row in rows:
                for version in entry.versions(getattr(row, entry.field)):
                    counts[version] = counts.get(version, 0) + 1
    return counts


def key_renew(say: Say) -> int:
    """Add a master key unless an earlier change to the newest is unfinished; returns its version.

    Raises NoMoreVersions.
    """
    newest = max(read_keys(master_key_file()))
    waiting = sum(count for version, count in versions_used().items() if version != newest)
    if waiting:
        say(f"Going on with key {newest}: {waiting:,} rows still need an older one.")
        return newest
    newest = key_add(master_key_file())
    say(f"Added key {newest}.")
    return newest


def reseal_all(say: Say) -> int:
    """Bring every registered value under the newest key; returns how many rows were changed.

    In batches of 1,000, each in a transaction of its own, so that people go on writing meanwhile: a
    row is changed only where it still holds what was read. Raises RowBroken, NeverSettles.
    """
    total = 0
    for entry in sealed_fields():
        begun = time.perf_counter()
        count = _reseal(entry)
        total += count
        if count:
            seconds = time.perf_counter() - begun
            say(f"{entry.name}: {count:,} rows, {count / seconds:,.0f} a second")
    return total


def _reseal(entry: SealedField) -> int:
    count = 0
    for _pass in range(MOST_PASSES):
        stale = 0
        for rows in batches(entry.model._base_manager.all()):
            changes = [change for row in rows if (change := _change(entry, row))]
            stale += len(changes)
            count += swap(entry.model, entry.field, changes)
        if not stale:
            return count
    raise NeverSettles(entry.name)


def _change(entry: SealedField, row: models.Model) -> tuple[Any, Any, Any] | None:
    """Row, old value and new one, if the old needs an older key."""
    old = getattr(row, entry.field)
    if entry.versions(old) <= {max(read_keys(master_key_file()))}:
        return None
    try:
        return row.pk, old, entry.resealed(row)
    except SealBroken as error:
        raise RowBroken(entry.name, row.pk, error) from error


def keys_retire(say: Say, *, now: datetime, grace: timedelta = GRACE) -> set[int]:
    """Drop master keys that no row needs any more; returns their versions.

    Nothing is dropped while the newest key is younger than `grace`: somebody may be about to commit
    what they sealed before it came. Backups older than the change still need the dropped keys.
    """
    path = master_key_file()
    age = now - datetime.fromtimestamp(path.stat().st_mtime, tz=now.tzinfo)
    keys = read_keys(path)
    old = set(keys) - versions_used().keys() - {max(keys)}
    if old and age < grace:
        minutes = int((grace - age).total_seconds() // 60) + 1
        say(f"Key {max(keys)} is too new to drop older ones. Come back in {minutes} minutes.")
        return set()
    if old:
        keys_drop(path, old)
        say("Dropped: " + ", ".join(map(str, sorted(old))))
    return old


def batches(rows: models.QuerySet[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """A table piece by piece in the order of its key, each read when it is wanted. A query each."""
    ordered, last = rows.order_by("pk"), None
    while True:
        found = list((ordered if last is None else ordered.filter(pk__gt=last))[:size])
        if not found:
            return
        yield found
        last = found[-1].pk


def swap(model: type[models.Model], name: str, changes: Sequence[tuple[Any, Any, Any]]) -> int:
    """Replace values (pk, old, new) where the old one still stands; returns how many did.

    One transaction. Bytes go in one statement for all rows (5 µs each), anything else row by row.
    """
    if not changes:
        return 0
    field, key = model._meta.get_field(name), model._meta.pk
    rows = model._base_manager
    if key is None or not isinstance(field, models.BinaryField):
        with transaction.atomic():
            return sum(rows.filter(pk=pk, **{name: old}).update(**{name: new})
                       for pk, old, new in changes)  # fmt: skip
    quote = connection.ops.quote_name
    column, own = str(field.column), str(key.column)
    sql = (
        f"UPDATE {quote(model._meta.db_table)} SET {quote(column)} = %s"  # noqa: S608 - names of our own
        f" WHERE {quote(own)} = %s AND {quote(column)} = %s"
    )
    values = [
        (
            field.get_db_prep_value(new, connection),
            key.get_db_prep_value(pk, connection),
            field.get_db_prep_value(bytes(old), connection),
        )
        for pk, old, new in changes
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, values)
        return int(cursor.rowcount)
