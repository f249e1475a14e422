"""The way through the profile: which pages there are, and how far a person has come on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.forms import profile as forms
from tandemwerk.people.selectors.profile import Section

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One page; topics have no form but two pickers. A part of the profile has `of` pages."""

    slug: str
    title: Text
    form: type[forms.StepForm] | None
    template: str = "people/profile_step.html"
    page: int = 1
    of: int = 1


STEPS = (
    Step("about", _("About me"), forms.AboutForm),
    Step("topics", _("My topics"), None, "people/profile_topics.html"),
    Step(
        "experience",
        _("Languages and experience"),
        forms.ExperienceForm,
        "people/profile_experience.html",
    ),
    *(
        Step(
            f"values-{page + 1}",
            _("How I like to work"),
            forms.values_form(page),
            page=page + 1,
            of=forms.values_pages(),
        )
        for page in range(forms.values_pages())
    ),
    Step("week", _("When I have time"), forms.WeekForm, "people/profile_week.html"),
    Step("place", _("Format and place"), forms.PlaceForm),
    Step("team", _("Team and line manager"), forms.TeamForm),
    Step("text", _("In my own words"), forms.TextForm),
)
PLACES = {step.slug: place for place, step in enumerate(STEPS)}
PARTS = tuple(step for step in STEPS if step.page == 1)


@dataclass(frozen=True, slots=True)
class Stop:
    """One part of the profile in the list to jump from; `is_missing`: it helps and is open."""

    slug: str
    title: Text
    is_here: bool
    is_done: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Where a step stands: its part among all parts, its neighbours, and what is done."""

    step: Step
    stops: Sequence[Stop]

    @property
    def number(self) -> int:
        return next(place for place, stop in enumerate(self.stops, 1) if stop.is_here)

    @property
    def count(self) -> int:
        return len(self.stops)

    @property
    def done(self) -> int:
        return sum(stop.is_done for stop in self.stops)

    @property
    def missing(self) -> int:
        return sum(stop.is_missing for stop in self.stops)

    @property
    def previous(self) -> str:
        place = PLACES[self.step.slug]
        return STEPS[place - 1].slug if place else ""

    @property
    def next(self) -> str:
        """Slug of the step after this one, empty at the end."""
        place = PLACES[self.step.slug] + 1
        return STEPS[place].slug if place < len(STEPS) else ""

    @property
    def next_part(self) -> str:
        """Slug of the part after this one, empty at the end: where skipping leads."""
        later = PARTS[self.number :]
        return later[0].slug if later else ""


def way(step: Step, sections: Sequence[Section]) -> Way:
    """How far a person has come; `sections`: their profile in words."""
    parts = {part.slug: [s for s in sections if s.step == part.slug] for part in PARTS}
    here = next(part.slug for part in reversed(PARTS) if PLACES[part.slug] <= PLACES[step.slug])
    stops = [
        Stop(
            slug=part.slug,
            title=part.title,
            is_here=part.slug == here,
            is_done=all(section.is_done for section in parts[part.slug]),
            is_missing=any(s.helps and not s.is_done for s in parts[part.slug]),
        )
        for part in PARTS
    ]
    return Way(step, stops)
