"""What a cohort's page shows; upper apps add their boxes without being imported here.

An app registers in its `AppConfig.ready`::

    cohort_section(order=30, template="pairing/cohort_box.html", context=runs_for_box)

`context(request, cohort)` returns the template's own variables and states its queries; the template
finds them in `box` (``{{ box.runs }}``) beside `cohort` and `programme`.
What needs the coordinator now comes the same way with `cohort_need`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from tandemwerk.programmes.models import Cohort


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for the coordinator: a sentence and where to do it."""

    text: str | Promise
    url: str
    action: str | Promise
    icon: str = "clock"


SectionContext = Callable[[HttpRequest, Cohort], Mapping[str, Any]]
NeedProvider = Callable[[HttpRequest, Cohort], Iterable[Need]]


@dataclass(frozen=True, slots=True)
class Section:
    order: int
    template: str
    context: SectionContext


_sections: dict[str, Section] = {}
_needs: list[NeedProvider] = []


def cohort_section(*, order: int, template: str, context: SectionContext) -> None:
    """Add a box to every cohort's page; `order` sorts across apps. Registering twice replaces."""
    _sections[template] = Section(order, template, context)


def cohort_need(provider: NeedProvider) -> NeedProvider:
    """Add to "what needs me now"; called once a page, states its queries."""
    if provider not in _needs:
        _needs.append(provider)
    return provider


def sections_for(request: HttpRequest, cohort: Cohort) -> list[dict[str, Any]]:
    """Template and variables of every box, in order. Queries: those of the apps."""
    ordered = sorted(_sections.values(), key=lambda section: section.order)
    return [
        {"template": section.template, "context": section.context(request, cohort)}
        for section in ordered
    ]


def needs_for(request: HttpRequest, cohort: Cohort) -> list[Need]:
    """Everything that waits for the coordinator, in order of registration."""
    return [need for provider in _needs for need in provider(request, cohort)]
