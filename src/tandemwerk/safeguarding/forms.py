"""Forms about reports, cases and those who read them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.people.models import User
from tandemwerk.people.services.accounts import NewAccount
from tandemwerk.rooms.selectors.disclosable import Disclosable
from tandemwerk.safeguarding.enums import Outcome
from tandemwerk.safeguarding.errors import ReportEmpty, ReportRowUnknown
from tandemwerk.safeguarding.models import EmergencyText
from tandemwerk.safeguarding.selectors.people import Addressee, Reader
from tandemwerk.safeguarding.selectors.report import Desk, digest_of
from tandemwerk.safeguarding.services import cases, reports

LANGUAGE_FIELDS = {"de": _("Text in German"), "en": _("Text in English")}


class ReportForm(forms.Form):
    """What somebody reports: own words, and rows of their room if they like."""

    organisation = forms.TypedChoiceField(
        label=_("Which organisation is it about?"), coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=reports.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("In your own words, as much or as little as you like."),
    )
    rows = forms.MultipleChoiceField(label=_("Take along from my room"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        places = [(a.organisation.pk, a.organisation.name) for a in desk.addressees]
        self.fields["organisation"].choices = places  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["organisation"].required = False
        self.fields["rows"].choices = [  # type: ignore[attr-defined]  # both are choice fields
            (row.key, row.words.heading) for room in desk.rooms for row in room.rows
        ]
        self.fields["rows"].error_messages["invalid_choice"] = ReportRowUnknown.message

    def clean(self) -> dict[str, Any]:
        """Something must be said or chosen, and all of it belong to one organisation."""
        given = super().clean() or self.cleaned_data
        if not given.get("organisation") and len(self.desk.addressees) == 1:
            given["organisation"] = self.desk.addressees[0].organisation.pk
        given["words"] = (given.get("words") or "").strip()
        if self.errors:
            return given
        if not given["words"] and not given["rows"]:
            self.add_error("words", ReportEmpty.message)
        elif len(self.chosen) != len(set(given["rows"])):
            self.add_error("rows", ReportRowUnknown.message)
        return given

    @property
    def chosen(self) -> list[Disclosable]:
        """The chosen rows as they stand in the room now."""
        data = self.cleaned_data
        return self.desk.chosen(data.get("rows", ()), data["organisation"])

    @property
    def marked(self) -> set[str]:
        """Keys of the rows whose boxes are ticked, for the page."""
        return set(self["rows"].value() or ())

    @property
    def addressee(self) -> Addressee:
        """Where it goes."""
        found = self.desk.addressee(self.cleaned_data["organisation"])
        assert found is not None  # noqa: S101 - the choices come from the desk
        return found

    def act(self) -> dict[str, Any]:
        """Arguments for the service."""
        return {
            "organisation": self.addressee.organisation,
            "words": self.cleaned_data["words"],
            "rows": self.chosen,
        }

    @property
    def digest(self) -> str:
        """Fingerprint of what a preview of this form shows."""
        return digest_of(self.cleaned_data["words"], self.chosen)

    @property
    def is_seen(self) -> bool:
        """Has the person had exactly this before them?"""
        return bool(self.cleaned_data["seen"] == self.digest)


class ReadersForm(forms.Form):
    """Which safeguarding people are let into a case."""

    readers = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, others: Sequence[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        self.fields["readers"].choices = [  # type: ignore[attr-defined]  # a choice field
            (reader.user.pk, reader.user.name) for reader in others
        ]

    @property
    def users(self) -> list[User]:
        """The chosen ones. Only for a valid form."""
        wanted = self.cleaned_data["readers"]
        return [reader.user for reader in self.others if reader.user.pk in wanted]


class NoteForm(forms.Form):
    """A note of the safeguarding people."""

    text = forms.CharField(
        label=_("Note"),
        max_length=cases.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Only the safeguarding people of this case read it, not the person who reported."
        ),
        error_messages={"required": _("Write something first.")},
    )


class CloseForm(forms.Form):
    """How a case ended, and when it is destroyed."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it ended.")},
    )
    delete_on = forms.DateField(
        label=_("Destroy everything on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Nobody can read the case after this day."),
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Enter a day that exists."),
        },
    )

    def act(self) -> dict[str, Any]:
        """Arguments for the service."""
        delete_on: date = self.cleaned_data["delete_on"]
        return {"outcome": Outcome(self.cleaned_data["outcome"]), "delete_on": delete_on}


class NameForm(forms.Form):
    """The mail address of somebody who is to read reports."""

    email = forms.EmailField(
        label=_("Mail address"),
        error_messages={
            "required": _("Enter the mail address of the person's account."),
            "invalid": _("Enter a complete mail address."),
        },
    )


class AccountForm(forms.Form):
    """Name and password of somebody who is asked to read reports and is new here."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. Four or five unrelated words are a good choice."),
        error_messages={"required": _("Please choose a password of at least 15 characters.")},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        """As for every account of the house."""
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, User(email=self.email))
        return password

    def account(self) -> NewAccount:
        """What the service wants to know. Only for a valid form."""
        return NewAccount(**self.cleaned_data)


class EmergencyForm(forms.Form):
    """The organisation's own words for emergencies, in both languages."""

    LONGEST: ClassVar = 600

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in LANGUAGE_FIELDS.items():
            self.fields[f"text_{code}"] = forms.CharField(
                label=label,
                required=False,
                max_length=self.LONGEST,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    @classmethod
    def of(cls, written: EmergencyText | None) -> "EmergencyForm":
        """The form with the present text, if there is one."""
        said: Mapping[str, str] = dict(written.text.data) if written else {}
        return cls(initial={f"text_{code}": said.get(code, "") for code in LANGUAGE_FIELDS})

    def clean(self) -> dict[str, Any]:
        """Both languages or none."""
        given = super().clean() or self.cleaned_data
        said = {code: (given.get(f"text_{code}") or "").strip() for code in LANGUAGE_FIELDS}
        for code, text in said.items():
            if not text and any(said.values()):
                self.add_error(f"text_{code}", _("Please write this in both languages."))
        return given

    def text(self) -> LazyI18nString:
        """What was written."""
        codes = LANGUAGE_FIELDS
        return LazyI18nString({code: self.cleaned_data[f"text_{code}"].strip() for code in codes})
