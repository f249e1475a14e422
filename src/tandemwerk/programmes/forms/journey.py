"""One phase of a journey on one page: its words in both languages, its weeks, what is due."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.forms.texts import CODES, BilingualForm, Text
from tandemwerk.programmes.journey import (
    FIRST_WEEK,
    KINDS,
    LAST_WEEK,
    WHO,
    Journey,
    due_keys,
    key_for,
)

KIND_NAMES = {
    "preparation": _("Preparing"),
    "getting-to-know": _("Getting to know each other"),
    "agreement": _("Agreeing"),
    "work": _("Working"),
    "midpoint": _("Midpoint review"),
    "closure": _("Closing"),
    "afterwards": _("Afterwards"),
}
WHO_NAMES = {"mentee": _("Mentees"), "mentor": _("Mentors"), "both": _("Both")}
LISTS = ("questions", "starters")
ONE_A_LINE = _("One in each line.")
MOST_LINES = 12


def week_field(label: Any, **more: Any) -> forms.IntegerField:
    """Weeks from the day a tandem begins; negative before it."""
    return forms.IntegerField(
        label=label,
        min_value=FIRST_WEEK,
        max_value=LAST_WEEK,
        error_messages={"required": _("Please enter a week, for example 4. 0 is the start.")},
        **more,
    )


class NewPhaseForm(forms.Form):
    """What kind of phase is added."""

    kind = forms.ChoiceField(
        label=_("Kind of phase"), choices=[(kind, KIND_NAMES[kind]) for kind in KINDS]
    )


class MovePhaseForm(forms.Form):
    """Which way a phase goes."""

    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])

    @property
    def is_up(self) -> bool:
        return bool(self.cleaned_data["way"] == "up")


class PublishJourneyForm(forms.Form):
    """A word for those who read the list of versions later."""

    note = forms.CharField(
        label=_("What has changed"),
        max_length=200,
        help_text=_("One sentence for those who read the list of versions later."),
        error_messages={"required": _("Please say in a few words what has changed.")},
    )


class DueForm(BilingualForm):
    """One thing to do."""

    TEXTS: ClassVar = {"title": Text(_("What is to be done"), 120, is_needed=False)}
    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    week = week_field(_("By week"))
    who = forms.ChoiceField(
        label=_("For whom"), choices=[(who, WHO_NAMES[who]) for who in WHO], initial="both"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.has_changed() and not any(given.get(f"title_{code}") for code in CODES):
            self.add_error(
                "title_de", _("Please say what is to be done, in one language at least.")
            )
        return given

    @classmethod
    def raw_of(cls, item: Mapping[str, Any]) -> dict[str, Any]:
        own = {name: item.get(name) for name in ("key", "week", "who")}
        return {**own, **cls.raw({"title": item["title"]})}


DueForms = forms.formset_factory(DueForm, extra=1, can_delete=True, max_num=20)


class PhaseForm(BilingualForm):
    """The words and weeks of a phase."""

    TEXTS: ClassVar = {
        "title": Text(_("Name of the phase"), 80, is_needed=False),
        "summary": Text(_("What it is about"), 800, rows=4, is_needed=False),
        "questions": Text(_("Guiding questions"), 3000, rows=6, is_needed=False, help=ONE_A_LINE),
        "starters": Text(
            _("Ways into the conversation"), 3000, rows=5, is_needed=False, help=ONE_A_LINE
        ),
    }
    start_week = week_field(
        _("First week"), help_text=_("Counted from the day a tandem begins; −3 is three before.")
    )
    end_week = week_field(
        _("Until the beginning of week"), help_text=_("The next phase may begin in this week.")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, end = given.get("start_week"), given.get("end_week")
        if start is not None and end is not None and end <= start:
            self.add_error("end_week", _("The phase ends before it has begun. Enter a later week."))
        if not any(given.get(f"title_{code}") for code in CODES):
            self.add_error("title_de", _("Please name the phase, in one language at least."))
        for name in LISTS:
            for code in CODES:
                if len(lines(given.get(f"{name}_{code}"))) > MOST_LINES:
                    self.add_error(f"{name}_{code}", ValidationError(_("At most twelve lines.")))
        return given


def lines(text: str | None) -> list[str]:
    """A text as its lines, without empty ones."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class PhaseEditor:
    """The forms of one phase together: `form` for words and weeks, `due` for what is due."""

    def __init__(self, journey: Journey, phase: Mapping[str, Any], data: Any = None) -> None:
        self.journey, self.phase = journey, phase
        texts = {name: phase.get(name, {}) for name in ("title", "summary")}
        lists = {
            name: {code: "\n".join(said) for code, said in phase.get(name, {}).items()}
            for name in LISTS
        }
        weeks = {name: phase[name] for name in ("start_week", "end_week")}
        self.form = PhaseForm(data, initial={**PhaseForm.raw({**texts, **lists}), **weeks})
        items = [DueForm.raw_of(item) for item in phase["due"]]
        self.due = DueForms(data, initial=items, prefix="due")

    @property
    def is_bound(self) -> bool:
        return self.form.is_bound

    def is_valid(self) -> bool:
        """Both forms and what holds between them: what is due lies inside the phase."""
        is_sound = self.form.is_valid() & self.due.is_valid()
        given = self.form.cleaned_data if self.form.is_bound else {}
        start, end = given.get("start_week"), given.get("end_week")
        if start is None or end is None:
            return False
        for form in self._kept():
            week = form.cleaned_data.get("week")
            if week is not None and not start <= week <= end:
                form.add_error("week", _("This week lies outside the phase."))
                is_sound = False
        return is_sound

    def words(self) -> dict[str, Any]:
        """The phase as it now stands; new things to do get a key of their own."""
        given = self.form.cleaned_data
        taken = due_keys(self.journey, but=self.phase["key"])
        due = []
        for form in self._kept():
            said = form.cleaned_data
            title = _texts(said, "title")
            wanted = said["key"] or slugify(title.get("en") or title["de"])[:40] or "step"
            key = key_for(wanted, taken)
            taken.add(key)
            due.append({"key": key, "who": said["who"], "week": said["week"], "title": title})
        return {
            **self.phase,
            **{name: _texts(given, name) for name in ("title", "summary")},
            **{name: given[name] for name in ("start_week", "end_week")},
            **{name: {c: lines(given[f"{name}_{c}"]) for c in CODES} for name in LISTS},
            "due": sorted(due, key=lambda item: item["week"]),
        }

    def _kept(self) -> list[DueForm]:
        """Filled rows that are not to be removed."""
        return [
            form
            for form in self.due.forms
            if form.is_bound
            and form.has_changed() | bool(form.initial)
            and getattr(form, "cleaned_data", None)
            and not form.cleaned_data.get("DELETE")
        ]


def _texts(given: Mapping[str, Any], name: str) -> dict[str, str]:
    return {code: given[f"{name}_{code}"] for code in CODES if given.get(f"{name}_{code}")}
