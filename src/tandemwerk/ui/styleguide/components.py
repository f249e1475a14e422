"""Sample content for the styleguide: realistic, and never read from the database."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tandemwerk.ui.widgets import (
    WEEK_CHOICES,
    FiveSteps,
    Switch,
    TopicPicker,
    Upload,
    WeekGrid,
)

TOPICS = [
    (
        _("Leading"),
        [
            ("first-lead", _("First leadership role")),
            ("delegate", _("Delegating")),
            ("conflict", _("Solving conflicts")),
        ],
    ),
    (
        _("Career"),
        [
            ("negotiate", _("Negotiating salary")),
            ("change", _("Changing jobs")),
            ("return", _("Returning after parental leave")),
        ],
    ),
    (
        _("Everyday life"),
        [
            ("arrive", _("Arriving in a new country")),
            ("time", _("Time for oneself")),
        ],
    ),
]
WORDS = {"negotiate": "pay money Gehalt Geld", "return": "parents Elternzeit Baby"}


class SampleForm(forms.Form):
    """One field of every kind; the second copy on the page is bound and wrong."""

    name = forms.CharField(label=_("Name"), help_text=_("As others should read it."))
    email = forms.EmailField(label=_("Mail address"))
    start = forms.DateField(
        label=_("Start"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if the day is still open."),
    )
    meeting_format = forms.ChoiceField(
        label=_("Format"),
        choices=[("both", _("Online or on site")), ("online", _("Online")), ("site", _("On site"))],
    )
    about = forms.CharField(label=_("About me"), widget=forms.Textarea, required=False)
    role = forms.ChoiceField(
        label=_("I take part as"),
        choices=[("mentee", _("Mentee")), ("mentor", _("Mentor"))],
        widget=forms.RadioSelect,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[("de", "Deutsch"), ("en", "English"), ("tr", "Türkçe"), ("pl", "Polski")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "columns"}),
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=TOPICS, widget=TopicPicker(words=WORDS), required=False
    )
    plan = forms.ChoiceField(
        label=_("I like to plan far ahead."),
        choices=[(str(step), str(step)) for step in range(1, 6)],
        widget=FiveSteps(low=_("not at all"), high=_("completely")),
    )
    week = forms.MultipleChoiceField(
        label=_("When you usually have time"),
        choices=WEEK_CHOICES,
        widget=WeekGrid,
        required=False,
    )
    file = forms.FileField(
        label=_("List of participants"),
        widget=Upload(attrs={"accept": ".csv,.xlsx"}),
        required=False,
        help_text=_("CSV or Excel, up to 10,000 rows."),
    )
    remind = forms.BooleanField(label=_("Remind me a day before"), required=False, widget=Switch)
    terms = forms.BooleanField(label=_("I have read how my data is used."))


PEOPLE = [
    ("Dr. Petra Sommer", _("Head of product development"), "Hamburg", 3),
    ("Jonas Adeyemi", _("Head of data"), "Berlin", 2),
    ("Maria Kowalska", _("Head of human resources"), "Nürnberg", 2),
    ("Karl-Heinz Lüdenscheidt-Oberhausen", _("Division head logistics"), "Duisburg", 1),
]


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the styleguide shows. No query."""
    start = {"languages": ["de"], "week": ["5", "13"], "topics": ["negotiate"], "plan": "4"}
    return {
        "form": SampleForm(initial=start, auto_id="ok_%s"),
        "wrong": SampleForm(
            {"name": "", "email": "lena@", "start": "31.02.2027"}, auto_id="wrong_%s"
        ),
        "people": [
            {"name": name, "sub": sub, "place": place, "fit": level}
            for name, sub, place, level in PEOPLE
        ],
        "checks": [
            _("Shares your goal: first leadership role"),
            _("Both free: Tuesday and Thursday afternoon"),
            _("Made the step from engineering themself"),
        ],
        "differences": [_("Works in another area, good for a view from outside.")],
        "steps": [
            {"label": _("Getting to know each other"), "when": "12.11.", "state": "done"},
            {"label": _("Goals agreed"), "when": "26.11.", "state": "done"},
            {"label": _("Meeting 3 of 8"), "when": "14.01.", "state": "now"},
            {"label": _("Halfway talk"), "when": _("March"), "state": "next"},
            {"label": _("Closing and alumni"), "when": _("June"), "state": "next"},
        ],
        "page": Paginator(range(1, 241), 24).page(2),
        "samples": [
            SimpleNamespace(message=text, extra_tags=tags, level_tag=level)
            for text, tags, level in (
                (_("Request sent. Petra will find it in her mailbox."), "", "success"),
                (_("Task deleted."), "undo:/styleguide", "success"),
                (_("The list is being read. You can leave this page."), "", "info"),
                (_("This place was taken a moment ago."), "", "warning"),
                (_("That did not work. Please try again in a moment."), "", "error"),
            )
        ],
        "banners": [
            ("", _("Nothing is sent before you publish.")),
            ("success", _("All 60 people are imported.")),
            ("warning", _("Four mentees have no mentor yet.")),
            ("error", _("The file could not be read. Save it as CSV or XLSX and try again.")),
            ("accent", _("Today is the chemistry meeting.")),
        ],
        "colours": [
            ["ground", "surface", "sunk", "ink", "muted", "primary", "soft", "ring"],
            ["accent", "accent-soft", "success", "success-soft"],
            ["warning", "warning-soft", "error", "error-soft", "border", "line"],
        ],
    }
