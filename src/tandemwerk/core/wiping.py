"""Making sure that what was deleted leaves the database's own files, too."""

from django.db import connection
from django.db.models import Model


class StillBusy(Exception):
    """Somebody reads the database just now; try again."""


def traces_wipe(*tables: type[Model]) -> None:
    """Overwrite what was deleted, in the files that the database itself keeps.

    SQLite overwrites deleted bytes in its file (`secure_delete`); the write-ahead log still holds
    them until it is copied back and cut to nothing, which is done here. PostgreSQL writes the given
    (small) tables anew; its own archives of the log, if an installation keeps them, hold what they
    hold until they are deleted. Outside any transaction. Raises StillBusy.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise StillBusy
        else:
            for table in tables:
                name = connection.ops.quote_name(table._meta.db_table)
                cursor.execute(f"VACUUM (FULL) {name}")
