"""The steps of the set-up wizard: which form, filled with what, and all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.errors import WizardIncomplete
from tandemwerk.programmes.forms.criteria import CriteriaForm
from tandemwerk.programmes.forms.programmes import CohortForm
from tandemwerk.programmes.forms.texts import AgreementForm, InvitationForm, NameForm
from tandemwerk.programmes.models import Organisation, WizardDraft
from tandemwerk.programmes.services.programmes import ProgrammeValues
from tandemwerk.programmes.services.wizard import Finished
from tandemwerk.programmes.template_catalogue import ProgrammeTemplate, programme_templates

STEPS = (
    "organisation",
    "template",
    "texts",
    "dates",
    "criteria",
    "agreement",
    "invitation",
    "review",
)
TITLES = {
    "organisation": _("For which organisation?"),
    "template": _("What kind of mentoring?"),
    "texts": _("How does the programme introduce itself?"),
    "dates": _("When does it happen?"),
    "criteria": _("What counts when people are matched?"),
    "agreement": _("What do two people agree on?"),
    "invitation": _("How are people invited?"),
    "review": _("Everything as it should be?"),
}
OPEN = "open-programme"  # the template in which people register themselves


class OrganisationChoice(forms.Form):
    """Which of the organisations somebody owns."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose an organisation.")},
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = organisations


class TemplateChoice(forms.Form):
    """One of the shipped templates; the page shows them as cards."""

    template = forms.ChoiceField(
        label=_("Template"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose the template that comes closest; all can be changed."),
            "invalid_choice": _("Please choose one of the templates."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["template"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(t.slug, t.name[_language()]) for t in programme_templates().values()]

    def cards(self) -> list[dict[str, Any]]:
        """For the template: radio and what fits, per template."""
        code = _language()
        return [
            {
                "radio": radio,
                "name": found.name[code],
                "promise": found.promise[code],
                "fits": found.description[code].split("\n\n")[-1],
                "weeks": found.duration_weeks,
                "seats": found.seats_per_mentor,
            }
            for radio, found in zip(self["template"], programme_templates().values(), strict=True)
        ]


class WizardDates(CohortForm):
    """The cohort's dates; the kick-off first, because the others follow from it."""

    field_order = [
        "name",
        "starts_on",
        "registration_ends_on",
        "matching_on",
        "midpoint_on",
        "ends_on",
    ]


@dataclass(frozen=True, slots=True)
class Wizard:
    """A draft seen as steps. `organisations`: those the person owns, by name."""

    draft: WizardDraft
    organisations: QuerySet[Organisation]
    today: date

    @property
    def steps(self) -> tuple[str, ...]:
        """With a single organisation there is nothing to choose."""
        return STEPS if len(self.organisations) > 1 else STEPS[1:]

    def next_step(self, step: str) -> str:
        return self.steps[min(self.steps.index(step) + 1, len(self.steps) - 1)]

    def previous_step(self, step: str) -> str:
        return self.steps[max(self.steps.index(step) - 1, 0)]

    def first_open_step(self) -> str:
        """The first step that still lacks something; "review" when nothing does."""
        for step in self.steps[:-1]:
            if not self.form(step, self.draft.data.get(step, {})).is_valid():
                return step
        return "review"

    @property
    def template(self) -> ProgrammeTemplate:
        """The chosen template; before any choice the first one."""
        slug = self.draft.data.get("template", {}).get("template", "")
        return programme_templates().get(slug) or next(iter(programme_templates().values()))

    @property
    def template_title(self) -> str:
        return self.template.name[_language()]

    def form(self, step: str, data: Mapping[str, Any] | None = None) -> Any:
        """The form of a step: bound to `data`, or showing the draft, or else the template."""
        initial = self.draft.data.get(step) or self._suggested(step)
        if step == "organisation":
            return OrganisationChoice(data, initial=initial, organisations=self.organisations)
        if step == "template":
            return TemplateChoice(data, initial=initial)
        if step == "texts":
            return NameForm(data, initial=initial)
        if step == "dates":
            return WizardDates(data, initial=initial)
        if step == "criteria":
            return CriteriaForm(
                data,
                criteria=self.template.criteria,
                template=self.template.slug,
                initial=initial,
            )
        if step == "agreement":
            return AgreementForm(data, initial=initial)
        return InvitationForm(data, initial=initial)

    def _suggested(self, step: str) -> dict[str, Any]:
        found = self.template
        if step == "texts":
            return NameForm.raw(
                {"name": found.name, "promise": found.promise, "description": found.description}
            )
        if step == "dates":
            return self._suggested_dates()
        if step == "criteria":
            return CriteriaForm.raw(found.criteria)
        if step == "agreement":
            texts = AgreementForm.raw({"agreement_text": found.agreement})
            return {"address_form": found.address_form, **texts}
        if step == "invitation":
            address = self.draft.data.get("agreement", {}).get("address_form", found.address_form)
            return InvitationForm.raw({"invitation_text": found.invitation.text[address]})
        return {}

    def _suggested_dates(self) -> dict[str, Any]:
        """Kick-off on the first Monday that leaves time for registration."""
        weeks = 3 - self.template.dates.registration_end
        start = self.today + timedelta(weeks=weeks, days=-self.today.weekday())
        name = str(start.year)
        return {"name": name, **suggested_dates(self.template, start)}

    def organisation(self) -> Organisation | None:
        """The chosen one, or the only one."""
        if len(self.organisations) == 1:
            return self.organisations[0]
        pk = str(self.draft.data.get("organisation", {}).get("organisation", ""))
        return next((o for o in self.organisations if str(o.pk) == pk), None)

    def result(self) -> Finished:
        """Everything together. Raises WizardIncomplete while something is missing or wrong."""
        organisation = self.organisation()
        if organisation is None or self.first_open_step() != "review":
            raise WizardIncomplete
        forms_by_step = {step: self.form(step, self.draft.data[step]) for step in STEPS[2:-1]}
        for form in forms_by_step.values():
            form.full_clean()
        found, texts = self.template, forms_by_step["texts"].texts()
        values = ProgrammeValues(
            template=found.slug,
            name=texts["name"],
            promise=texts["promise"],
            description=texts["description"],
            address_form=forms_by_step["agreement"].cleaned_data["address_form"],
            criteria=forms_by_step["criteria"].cleaned_data["criteria"],
            journey=found.journey(),
            agreement_text=forms_by_step["agreement"].texts()["agreement_text"],
            invitation_text=forms_by_step["invitation"].texts()["invitation_text"],
            response_days=found.response_days,
            chemistry_days=found.chemistry_days,
            default_seats=found.seats_per_mentor,
            is_open=found.slug == OPEN,
        )
        dates = forms_by_step["dates"]
        return Finished(organisation, values, dates.cleaned_data["name"], dates.dates())


def suggested_dates(template: ProgrammeTemplate, start: date) -> dict[str, str]:
    """All dates of a cohort (ISO) from its kick-off, by the template's offsets in weeks."""
    weeks = template.dates
    offsets = {
        "registration_ends_on": weeks.registration_end,
        "matching_on": weeks.matching,
        "starts_on": 0,
        "midpoint_on": weeks.midpoint,
        "ends_on": weeks.closing,
    }
    return {name: (start + timedelta(weeks=offset)).isoformat() for name, offset in offsets.items()}


def _language() -> str:
    return "de" if (get_language() or "").startswith("de") else "en"
