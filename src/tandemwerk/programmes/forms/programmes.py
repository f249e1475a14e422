"""Forms about organisations, programmes and cohorts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.enums import AddressForm
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.services.programmes import CohortDates

# What the choice really reaches; nobody should expect more of it.
ADDRESS_HELP = _(
    "Holds for the reasons of proposals and for the invitation a template brings. Pages and other "
    "mails always say “du”."
)
DATE_HELP = _("Day, month, year.")


class OrganisationForm(forms.Form):
    """The one thing an organisation needs."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=120,
        error_messages={"required": _("Please enter the name people know it by.")},
    )


class DateInput(forms.DateInput):
    """The browser's own date field; it wants ISO whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def date_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day with an error that says how to write it."""
    wanted = _("Please enter a day, for example 2027-01-14.")
    return forms.DateField(
        label=label,
        widget=DateInput(),
        error_messages={"required": wanted, "invalid": wanted},
        **kwargs,
    )


class CohortForm(forms.Form):
    """Name and dates of a cohort; every wrong order is said at the later date."""

    name = forms.CharField(
        label=_("Name of the cohort"),
        max_length=80,
        help_text=_("For example 2027 or spring 2027."),
        error_messages={"required": _("Please give the cohort a name, for example 2027.")},
    )
    starts_on = date_field(_("Kick-off"))
    registration_ends_on = date_field(_("Registration ends"))
    matching_on = date_field(_("Matching"))
    midpoint_on = date_field(_("Midpoint"))
    ends_on = date_field(_("Closing"))

    field_order = [
        "name",
        "registration_ends_on",
        "matching_on",
        "starts_on",
        "midpoint_on",
        "ends_on",
    ]
    # later date → (earlier date, may they be the same day, what to do)
    ORDER = {
        "midpoint_on": ("starts_on", False, _("The midpoint must come after the kick-off.")),
        "ends_on": ("midpoint_on", False, _("The closing must come after the midpoint.")),
        "starts_on": ("matching_on", True, _("The kick-off can't be before the matching.")),
        "matching_on": (
            "registration_ends_on",
            True,
            _("The matching can't be before the end of registration."),
        ),
    }

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if self.programme is not None and self._is_taken(name):
            raise ValidationError(_("There is a cohort with this name. Please choose another one."))
        return name

    def _is_taken(self, name: str) -> bool:
        others = self.programme.cohorts.filter(name=name) if self.programme else None
        own = self.initial.get("pk") or 0
        return bool(others is not None and others.exclude(pk=own).exists())

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or self.cleaned_data)  # an error takes its date away
        for later, (earlier, may_be_equal, message) in self.ORDER.items():
            first, second = given.get(earlier), given.get(later)
            if first and second and (second < first or (second == first and not may_be_equal)):
                self.add_error(later, message)
        return self.cleaned_data

    def dates(self) -> CohortDates:
        return CohortDates(
            **{name: self.cleaned_data[name] for name in CohortDates.__dataclass_fields__}
        )


class SettingsForm(forms.Form):
    """What a coordinator may change later without the wizard."""

    response_days = forms.IntegerField(
        label=_("Days to answer a proposal"), min_value=2, max_value=60
    )
    chemistry_days = forms.IntegerField(
        label=_("Days for the chemistry meeting"), min_value=2, max_value=90
    )
    default_seats = forms.IntegerField(label=_("Places per mentor"), min_value=1, max_value=20)
    room_days = forms.IntegerField(
        label=_("Days a room stays readable after the end"),
        min_value=14,
        max_value=730,
        help_text=_(
            "Both can read and take along what they wrote for so long; then the room is deleted "
            "for good. Tandems that have ended already keep their day."
        ),
    )
    address_form = forms.ChoiceField(
        label=_("Form of address in German"),
        choices=AddressForm.choices,
        widget=forms.RadioSelect,
        help_text=ADDRESS_HELP,
    )
    is_open = forms.BooleanField(
        label=_("People may register themselves"),
        required=False,
        help_text=_("Everybody with an account here sees the programme and may join."),
    )
    hides_sensitive = forms.BooleanField(
        label=_("Leave out sensitive topics"),
        required=False,
        help_text=_(
            "Health, debts, grief, origin and the like are then not offered in profiles, not taken "
            "from lists and shown to nobody in this programme. What people have chosen already "
            "stays in their own profile."
        ),
    )
    learns_from_chemistry = forms.BooleanField(
        label=_("Learn from first meetings"),
        required=False,
        help_text=_(
            "From the answers after chemistry meetings and the fit by each criterion, Tandemwerk "
            "estimates how likely two people are to want to go on. All programmes of your "
            "organisation that have this switched on count together, from 100 meetings in 3 "
            "cohorts. It never changes a pair, never uses protected attributes and shows nobody's "
            "answers. Please tell the people in the programme, and your works council, beforehand."
        ),
    )

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, Any] | None) -> "SettingsForm":
        return cls(data, initial={name: getattr(programme, name) for name in cls.base_fields})

    def changes(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CoordinatorForm(forms.Form):
    """Somebody who is to run the programme too."""

    email = forms.EmailField(
        label=_("Mail address"),
        error_messages={
            "required": _("Please enter a mail address."),
            "invalid": _("This is not a mail address. Example: jo.beck@example.org"),
        },
    )
