"""Form widgets with our look; all of them are plain inputs without script."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAYS = [
    (pgettext_lazy("day", "Mon"), _("Monday")),
    (pgettext_lazy("day", "Tue"), _("Tuesday")),
    (pgettext_lazy("day", "Wed"), _("Wednesday")),
    (pgettext_lazy("day", "Thu"), _("Thursday")),
    (pgettext_lazy("day", "Fri"), _("Friday")),
    (pgettext_lazy("day", "Sat"), _("Saturday")),
    (pgettext_lazy("day", "Sun"), _("Sunday")),
]
PARTS = [_("Early"), _("Morning"), _("Afternoon"), _("Evening")]
WEEK_CHOICES = [
    (str(day * len(PARTS) + part), format_lazy("{}, {}", DAYS[day][1], PARTS[part]))
    for day in range(len(DAYS))
    for part in range(len(PARTS))
]


class Switch(forms.CheckboxInput):
    """A checkbox that looks like a switch: for settings that act at once."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "switch", "role": "switch", **(attrs or {})})


class FiveSteps(forms.RadioSelect):
    """Five radios in a row; only the words at both ends are shown (`low`, `high`)."""

    template_name = "ui/widgets/five_steps.html"

    def __init__(self, low: Any = "", high: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"low": self.low, "high": self.high}


class WeekGrid(forms.CheckboxSelectMultiple):
    """Seven days by four parts as a table of checkboxes.

    Values are the strings "0".."27" = day * 4 + part, Monday first; use `WEEK_CHOICES`. Days are
    the rows, so that every box is a full touch target on a phone too.
    """

    template_name = "ui/widgets/week.html"

    def __init__(self, attrs: dict[str, Any] | None = None, parts: list[Any] | None = None) -> None:
        super().__init__(attrs)
        self.parts = parts or PARTS

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        chosen = set(context["widget"]["value"])
        prefix = context["widget"]["attrs"].get("id", f"id_{name}")
        context["parts"] = self.parts
        context["days"] = [
            {
                "short": short,
                "name": long,
                "cells": [
                    {
                        "value": str(at),
                        "id": f"{prefix}_{at}",
                        "part": part,
                        "checked": str(at) in chosen,
                    }
                    for at, part in enumerate(self.parts, start=day * len(self.parts))
                ],
            }
            for day, (short, long) in enumerate(DAYS)
        ]
        return context


class TopicPicker(forms.CheckboxSelectMultiple):
    """A searchable list of checkboxes, grouped when choices are; chosen ones repeat as chips.

    `words` maps a value to further words the search finds it by, such as synonyms.
    """

    template_name = "ui/widgets/picker.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, words: dict[str, str] | None = None
    ) -> None:
        super().__init__(attrs)
        self.words = words or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["words"] = self.words.get(str(value), "")
        return option


class Upload(forms.FileInput):
    """A file input in a frame one can drop a file on."""

    template_name = "ui/widgets/upload.html"
