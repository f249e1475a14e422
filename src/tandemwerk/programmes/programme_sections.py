"""What a programme's page shows beside its own; upper apps add their boxes.

As `cohort_sections`, for programmes: an app registers in its `AppConfig.ready`::

    programme_section(order=30, template="pairing/learning_box.html", context=learning_box)

`context(programme)` returns the template's own variables (they stand in `box`), or None for no box.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tandemwerk.programmes.models import Programme

SectionContext = Callable[[Programme], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    order: int
    template: str
    context: SectionContext


_sections: dict[str, Section] = {}


def programme_section(*, order: int, template: str, context: SectionContext) -> None:
    """Add a box to every programme page; `order` sorts across apps. Registering twice replaces."""
    _sections[template] = Section(order, template, context)


def sections_for(programme: Programme) -> list[dict[str, Any]]:
    """Template and variables of every box, in order. Queries: those of the apps."""
    ordered = sorted(_sections.values(), key=lambda section: section.order)
    found = ((section.template, section.context(programme)) for section in ordered)
    return [{"template": name, "context": context} for name, context in found if context]
