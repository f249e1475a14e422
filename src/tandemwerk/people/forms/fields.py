"""Form fields that several pages of people share."""

import zoneinfo
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What most people of our installations need, before the long list.
NEAR = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "UTC")


@cache
def _zones() -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        region, slash, place = name.partition("/")
        if slash and region not in {"Etc", "SystemV", "posix", "right"} and name not in NEAR:
            groups.setdefault(region, []).append((name, place.replace("_", " ")))
    return groups


def zone_choices() -> list[tuple[Any, Any]]:
    """Time zones for a select: the near ones, then by continent. Built once per process."""
    near = [(name, name.rpartition("/")[2]) for name in NEAR]
    regions = {
        "Africa": _("Africa"),
        "America": _("America"),
        "Antarctica": _("Antarctica"),
        "Arctic": _("Arctic"),
        "Asia": _("Asia"),
        "Atlantic": _("Atlantic"),
        "Australia": _("Australia"),
        "Europe": _("Europe"),
        "Indian": _("Indian Ocean"),
        "Pacific": _("Pacific"),
    }
    rest = [(label, _zones()[region]) for region, label in regions.items() if region in _zones()]
    return [(_("Most used"), near), *rest]


class ZoneField(forms.ChoiceField):
    """A select of all time zones."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(choices=zone_choices, **kwargs)
