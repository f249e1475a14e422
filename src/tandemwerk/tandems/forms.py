"""Forms around the answers of two people."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.tandems.enums import CheckInAnswer, DeclineCode, HelpTopic
from tandemwerk.tandems.journey import Side
from tandemwerk.tandems.services.help import LONGEST_WORDS
from tandemwerk.tandems.services.reasons import LONGEST_NOTE


class DeclineForm(forms.Form):
    """A no with an optional reason; everything may stay empty."""

    code = forms.ChoiceField(
        label=_("What is it about?"),
        choices=DeclineCode.choices,
        initial=DeclineCode.NONE,
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("A note to yourself"),
        help_text=_("Encrypted. Only you can read it, not the other person, not the coordination."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_shared = forms.BooleanField(
        label=_("Tell the coordination the reason I ticked"),
        help_text=_("It helps with the next proposal. The note is never shared."),
        required=False,
    )

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        data = self.cleaned_data
        return {
            "code": DeclineCode(data["code"] or DeclineCode.NONE),
            "note": data["note"],
            "is_shared": data["is_shared"],
        }


class MeetingForm(forms.Form):
    """The day of the chemistry meeting."""

    met_on = forms.DateField(
        label=_("We met on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Enter the day you met."),
            "invalid": _("Enter the day you met as a date."),
        },
    )


class PublishForm(forms.Form):
    """Which board the coordinator looked at when they pressed "Publish"."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class CheckInForm(forms.Form):
    """One tap: the answer, and which question it belongs to."""

    key = forms.SlugField(max_length=60, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=CheckInAnswer.choices, widget=forms.HiddenInput)


class HelpForm(forms.Form):
    """Sentences to tick and own words; only these are sent."""

    topics = forms.MultipleChoiceField(
        label=_("What would you like to say?"),
        choices=HelpTopic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Only what stands here and what you tick is sent."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("topics") and not data.get("words", "").strip():
            self.add_error("topics", _("Tick a sentence, or write one of your own. One is enough."))
        return data

    def act(self) -> dict[str, Any]:
        """Arguments for the service."""
        data = self.cleaned_data
        return {"topics": [HelpTopic(code) for code in data["topics"]], "words": data["words"]}

    def preview(self) -> dict[str, Any]:
        """Exactly what is sent, as its reader sees it."""
        said = self.act()
        return {
            "sentences": [str(topic.label) for topic in HelpTopic if topic in said["topics"]],
            "words": said["words"].strip(),
            "is_boundary": HelpTopic.BOUNDARY in said["topics"],
        }


class HelpReplyForm(forms.Form):
    """An answer to a request for help; it may stay empty."""

    reply = forms.CharField(
        label=_("Your reply"),
        help_text=_("May stay empty, for example if you have talked already."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PauseForm(forms.Form):
    """A pause, for some weeks by one tap or until a day."""

    weeks = forms.TypedChoiceField(
        choices=[("2", "2"), ("4", "4"), ("8", "8")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.HiddenInput,
    )
    until = forms.DateField(
        label=_("We go on on"),
        help_text=_("At most eight weeks from now. Either of you can end the pause earlier."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Enter the day on which you go on as a date.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("weeks") and not data.get("until"):
            self.add_error("until", _("Enter the day on which you go on."))
        return data

    def until_on(self, today: date) -> date:
        """The day on which the two go on."""
        weeks, until = self.cleaned_data["weeks"], self.cleaned_data["until"]
        return until if until is not None else today + timedelta(weeks=weeks)


class PersonForm(forms.Form):
    """One of several people, as a list of choices."""

    person = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person.")},
    )

    def __init__(
        self, *args: Any, label: str, people: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.label, field.choices = label, list(people)


class PreviewForm(forms.Form):
    """How a coordinator looks at the journey; whatever is wrong falls back to the start."""

    all_optional = True  # both begin with something sensible
    side = forms.ChoiceField(
        label=_("Seen as"),
        choices=[("mentee", _("Mentee")), ("mentor", _("Mentor"))],
        initial="mentee",
        required=False,
    )
    week = forms.IntegerField(
        label=_("Weeks since the start"), min_value=-52, max_value=260, initial=0, required=False
    )
    version = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__({"side": "mentee", "week": "0", **{k: v for k, v in data.items() if v}})
        self.full_clean()

    @property
    def as_side(self) -> Side:
        return Side(self.cleaned_data.get("side") or "mentee")

    @property
    def at_week(self) -> int:
        return int(self.cleaned_data.get("week") or 0)


class MoveForm(forms.Form):
    """Which version the coordinator has looked at."""

    number = forms.IntegerField(min_value=1)
