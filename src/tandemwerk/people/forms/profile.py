"""The steps of the profile as forms: at most three questions a page, each step saves on its own.

`values()` of a valid form says what to write; nothing is required, a profile grows bit by bit.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from tandemwerk.people import week
from tandemwerk.people.enums import LanguageLevel, MeetingFormat
from tandemwerk.people.forms.fields import ZoneField
from tandemwerk.people.languages import language_choices
from tandemwerk.people.models import Profile
from tandemwerk.people.questionnaire import Item, questionnaire
from tandemwerk.people.selectors.profile import languages_of
from tandemwerk.people.services.profile import ProfileValues
from tandemwerk.people.vocabulary import WordList, vocabulary
from tandemwerk.ui.widgets import DAYS, WEEK_CHOICES, FiveSteps, WeekGrid

QUESTIONS_PER_PAGE = 3


def reader() -> str:
    """ "de" or "en", as the active language says."""
    return "de" if (get_language() or "de").startswith("de") else "en"


def _words(words: Callable[[], WordList]) -> Callable[[], list[tuple[str, Any]]]:
    return lambda: [("", _("Please choose")), *words().choices(reader())]


class StepForm(forms.Form):
    """A step; fields carry the names of profile columns unless a subclass says otherwise."""

    columns: ClassVar[tuple[str, ...]] = ()
    all_optional = True  # so no field says it again

    def __init__(self, data: Any, *, profile: Profile) -> None:
        self.profile = profile
        super().__init__(data, initial=self.initial_of(profile))

    def initial_of(self, profile: Profile) -> dict[str, Any]:
        return {name: getattr(profile, name) for name in self.columns}

    def values(self) -> ProfileValues:
        """What to write. Only for a valid form."""
        return ProfileValues(**{name: self.cleaned_data[name] for name in self.columns})


class AboutForm(StepForm):
    columns = ("position", "function", "industry")
    position = forms.CharField(
        label=_("What do you do?"),
        max_length=120,
        required=False,
        help_text=_("Your position in your own words, for example “Project lead, second year”."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    function = forms.ChoiceField(
        label=_("Function"), required=False, choices=_words(lambda: vocabulary().functions)
    )
    industry = forms.ChoiceField(
        label=_("Industry"), required=False, choices=_words(lambda: vocabulary().industries)
    )


class ExperienceForm(StepForm):
    """Experience, and one more language if one was chosen; the others stay."""

    experience_years = forms.DecimalField(
        label=_("Years of experience at work"),
        min_value=0,
        max_value=60,
        decimal_places=1,
        required=False,
        localize=True,
        help_text=_("Roughly is enough. Training counts, too."),
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    language = forms.ChoiceField(
        label=_("Add a language"),
        required=False,
        choices=lambda: [("", _("Please choose")), *language_choices(reader())],
    )
    level = forms.ChoiceField(
        label=_("How well?"),
        required=False,
        choices=LanguageLevel.choices,
        initial=LanguageLevel.FLUENT,
    )

    def initial_of(self, profile: Profile) -> dict[str, Any]:
        years = profile.experience_years  # people write "7", not "7.0"
        shown = int(years) if years is not None and years == int(years) else years
        return {"experience_years": shown, "level": LanguageLevel.FLUENT}

    def values(self) -> ProfileValues:
        years: Decimal | None = self.cleaned_data["experience_years"]
        if not (code := self.cleaned_data["language"]):
            return ProfileValues(experience_years=years)
        spoken = dict(languages_of(self.profile.user).values_list("code", "level"))
        spoken[code] = self.cleaned_data["level"] or LanguageLevel.FLUENT
        return ProfileValues(experience_years=years, languages=spoken)


class ValuesForm(StepForm):
    """Three statements of the questionnaire; `page` counts from 0."""

    page: ClassVar[int] = 0

    @classmethod
    def items(cls) -> list[Item]:
        start = cls.page * QUESTIONS_PER_PAGE
        return list(questionnaire().items.values())[start : start + QUESTIONS_PER_PAGE]

    def __init__(self, data: Any, *, profile: Profile) -> None:
        super().__init__(data, profile=profile)
        steps = questionnaire().steps
        for item in self.items():
            self.fields[item.key] = forms.TypedChoiceField(
                label=item.statement[reader()],
                help_text=item.meaning.text(reader()),
                choices=[(step.value, str(step.value)) for step in steps],
                coerce=int,
                empty_value=None,
                required=False,
                initial=profile.values_answers.get(item.key),
                widget=FiveSteps(low=steps[0].label[reader()], high=steps[-1].label[reader()]),
            )

    def values(self) -> ProfileValues:
        here = {item.key: self.cleaned_data[item.key] for item in self.items()}
        merged = {**self.profile.values_answers, **here}
        return ProfileValues(values_answers={k: v for k, v in merged.items() if v is not None})


class WeekForm(StepForm):
    """Parts of days; single hours chosen before stay inside a part that stays ticked."""

    week = forms.MultipleChoiceField(
        label=_("When could you usually meet?"),
        choices=WEEK_CHOICES,
        required=False,
        widget=WeekGrid,
        help_text=_(
            "Early is 6 to 9, morning 9 to 12, afternoon 12 to 17, evening 17 to 22 o’clock."
        ),
    )
    timezone = ZoneField()

    def initial_of(self, profile: Profile) -> dict[str, Any]:
        mask = week.mask_from_hex(profile.week)
        chosen = [str(cell) for cell in week.cells_from_mask(mask)]
        return {"week": chosen, "timezone": profile.user.timezone}

    def values(self) -> ProfileValues:
        cells = [int(cell) for cell in self.cleaned_data["week"]]
        before = week.mask_from_hex(self.profile.week)
        return ProfileValues(week=week.mask_from_cells(cells, before=before))


def spans_in_words(hours: list[int]) -> str:
    """ "9–12, 14–15 Uhr" for ascending hours of one day; empty for none."""
    if not hours:
        return ""
    spans = ", ".join(f"{first}–{end}" for first, end in week.spans(hours))
    return gettext("%(spans)s o’clock") % {"spans": spans}


class HoursForm(StepForm):
    """Single hours of the week, for people who want to be exact."""

    hours = forms.MultipleChoiceField(
        choices=[(str(hour), str(hour)) for hour in range(168)], required=False
    )

    def initial_of(self, profile: Profile) -> dict[str, Any]:
        return {"hours": [str(hour) for hour in week.hours_from_hex(profile.week)]}

    def values(self) -> ProfileValues:
        return ProfileValues(week=week.mask_from_hours(self.cleaned_data["hours"]))

    def days(self) -> list[dict[str, Any]]:
        """The week for the template: name of the day, its 24 hours, the free ones in words.

        Open is the first day with free hours, or Monday.
        """
        chosen = {str(hour) for hour in self["hours"].value() or ()}
        days = []
        for day, (_short, name) in enumerate(DAYS):
            first = day * week.HOURS_PER_DAY
            hours = [
                {"value": first + h, "from": h, "to": h + 1, "is_free": str(first + h) in chosen}
                for h in range(week.HOURS_PER_DAY)
            ]
            free = [h for h in range(week.HOURS_PER_DAY) if hours[h]["is_free"]]
            days.append({"name": name, "hours": hours, "spans": spans_in_words(free)})
        shown = next((day for day in days if day["spans"]), days[0])
        return [day | {"is_open": day is shown} for day in days]


class PlaceForm(StepForm):
    columns = ("meeting_format", "site")
    meeting_format = forms.ChoiceField(
        label=_("How would you like to meet?"),
        choices=MeetingFormat.choices,
        widget=forms.RadioSelect,
    )
    site = forms.CharField(
        label=_("Where are you?"),
        max_length=80,
        required=False,
        help_text=_("Town or site; only used when you want to meet on site."),
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )


class TeamForm(StepForm):
    columns = ("team", "reports_to_email")
    team = forms.CharField(
        label=_("Team or department"),
        max_length=80,
        required=False,
        help_text=_("So that you get somebody from outside, if your programme wants that."),
    )
    reports_to_email = forms.EmailField(
        label=_("Line manager’s mail address"),
        max_length=254,
        required=False,
        help_text=_("So that nobody is matched with their own line manager. Nobody is written to."),
    )


class TextForm(StepForm):
    columns = ("about",)
    about = forms.CharField(
        label=_("About you and what you hope for"),
        max_length=2000,
        required=False,
        help_text=_("Two or three sentences are plenty. What should be different in half a year?"),
        widget=forms.Textarea({"rows": 7}),
    )


def values_form(page: int) -> type[ValuesForm]:
    """The form class of one page of the questionnaire."""
    return type(f"ValuesForm{page}", (ValuesForm,), {"page": page})


def values_pages() -> int:
    """How many pages the questionnaire takes."""
    return -(-len(questionnaire().items) // QUESTIONS_PER_PAGE)


INTROS = {
    "about": _("Three short questions. Everything is saved as you go; you can stop at any time."),
    "topics": _("What counts most when two people are brought together."),
    "experience": _("You need one language in common, and mentors should be some years ahead."),
    "week": _("In your own time zone; a usual week is enough."),
    "place": _("Online, on site, or both."),
    "team": _("Only coordination sees this. It keeps unsuitable pairs apart."),
    "text": _("Whoever is proposed to you reads this first."),
}


def intro(step: str) -> Any:
    """The sentence below the title of a step."""
    return questionnaire().intro.text(reader()) if step == "values-1" else INTROS.get(step, "")
