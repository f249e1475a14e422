"""Forms about people in a cohort."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tandemwerk.people.models import User
from tandemwerk.people.services.accounts import NewAccount
from tandemwerk.programmes.enums import Role
from tandemwerk.programmes.models import Cohort, Participation
from tandemwerk.programmes.services.participations import participation_register

MOST_SEATS = 20
BY_ROLE = _("Counts for mentors; a mentee has one place.")


def seats_field(**kwargs: Any) -> forms.IntegerField:
    """How many mentees a mentor takes, with errors that say what to type."""
    return forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_SEATS,
        error_messages={
            "required": _("Please give a number from 1 to 20."),
            "invalid": _("Please give a number from 1 to 20."),
        },
        **kwargs,
    )


class WithSeats(forms.Form):
    """A form with an optional field `seats` that falls back to the programme's number."""

    seats = seats_field(required=False, help_text=BY_ROLE)

    def __init__(self, *args: Any, default_seats: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].initial = default_seats

    def clean_seats(self) -> int:
        return int(self.cleaned_data.get("seats") or self.fields["seats"].initial)


class PersonForm(WithSeats):
    """One person added by hand; `seats` counts for mentors only."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, widget=forms.RadioSelect)
    email = forms.EmailField(
        label=_("Mail address"),
        max_length=254,
        error_messages={
            "required": _("Please enter the mail address; the invitation goes there."),
            "invalid": _("This is not a mail address. Example: jo.beck@example.org"),
        },
    )
    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)
    locale = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    field_order = ["role", "email", "given_name", "family_name", "locale", "seats"]

    def person(self) -> dict[str, Any]:
        """What `participation_add` wants to know. Only for a valid form."""
        return self.cleaned_data | {"role": Role(self.cleaned_data["role"])}


class SeatsForm(forms.Form):
    """A mentor's places changed by the coordinator."""

    seats = seats_field()


class PasswordForm(forms.Form):
    """The password somebody chooses when they accept an invitation."""

    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 15 characters. Four or five unrelated words are a good choice."),
        error_messages={"required": _("Please choose a password of at least 15 characters.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        password_validation.validate_password(password, self.user)
        return password


class CoordinatorAccountForm(PasswordForm):
    """Name and password of somebody who is asked to run a programme and is new here."""

    given_name = forms.CharField(label=_("Given name"), max_length=80)
    family_name = forms.CharField(label=_("Family name"), max_length=80)

    field_order = ["given_name", "family_name", "password"]

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, user=User(email=email), **kwargs)

    def account(self) -> NewAccount:
        """What the service wants to know. Only for a valid form."""
        return NewAccount(**self.cleaned_data)


class JoinForm(WithSeats):
    """Somebody registers themselves: in which round, in which role."""

    cohort = forms.ModelChoiceField(
        queryset=Cohort.objects.none(), label=_("Cohort"), widget=forms.RadioSelect
    )
    role = forms.ChoiceField(
        label=_("I take part as"), choices=Role.choices, widget=forms.RadioSelect
    )

    field_order = ["cohort", "role", "seats"]

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = cohorts
        field.empty_label = None
        field.label_from_instance = lambda cohort: cohort.name  # type: ignore[assignment,method-assign]  # Django's documented hook
        field.initial = cohorts.first()

    def register(self, *, user: User, now: datetime) -> Participation:
        """Let the person take part as chosen. Only for a valid form."""
        given = self.cleaned_data
        return participation_register(
            cohort=given["cohort"],
            user=user,
            role=Role(given["role"]),
            seats=given["seats"],
            now=now,
        )


class PeopleFilterForm(forms.Form):
    """Search line above the list of people; anything unknown is ignored."""

    q = forms.CharField(label=_("Search by name or mail address"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *Role.choices]
    )
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, states: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("All states")), *states]
