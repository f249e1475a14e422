"""Everything the installation knows about one person, app by app, for that person.

Each app registers what it adds: ``@exporter("tandems")`` over a function from the person to data
that JSON can hold. The zip has one file for each.
"""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from tandemwerk.people.models import User

Exporter = Callable[[User], Any]
_exporters: dict[str, Exporter] = {}


def exporter(name: str) -> Callable[[Exporter], Exporter]:
    """Register what goes into ``<name>.json``; the function states its queries."""

    def register(function: Exporter) -> Exporter:
        if name in _exporters:
            raise ValueError(f"two exporters are called {name}")
        _exporters[name] = function
        return function

    return register


def export_data(user: User) -> dict[str, Any]:
    """The person's data by exporter name. Queries: those of the exporters."""
    return {name: function(user) for name, function in sorted(_exporters.items())}


def export_zip(user: User, now: datetime) -> bytes:
    """A zip with one readable JSON file per exporter and the moment it was made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"made_at": now, **export_data(user)}.items():
            text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{name}.json", text)
    return buffer.getvalue()
