"""Health of the process, for the operator's watch."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. No query."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """The process can serve: database there and migrated, files folder writable. Few queries."""
    try:
        executor = MigrationExecutor(connection)
        is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "unready", "database": "unreachable"}, status=503)
    checks = {"database": "ok", "migrations": "ok" if is_migrated else "pending"}
    is_ready = is_migrated and settings.KEYS_FOLDER.is_dir()
    return JsonResponse(
        {"status": "ok" if is_ready else "unready", **checks}, status=200 if is_ready else 503
    )
