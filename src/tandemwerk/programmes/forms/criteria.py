"""What counts in matching, as a form that always gives valid criteria."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tandemwerk.matching import Criteria, CriteriaError, Criterion
from tandemwerk.programmes.models import Programme
from tandemwerk.programmes.services.criteria_words import EXPLAINED, NAMES, weight_steps
from tandemwerk.programmes.template_catalogue import SAME_TEAM, programme_templates

MODES = [("same", _("the same")), ("different", _("a different one"))]
# Options that belong to a criterion and are shown with it.
OPTIONS: Mapping[Criterion, tuple[str, ...]] = {
    Criterion.EXPERIENCE: ("experience_min", "experience_ideal", "experience_max"),
    Criterion.INDUSTRY: ("industry",),
    Criterion.FUNCTION: ("function",),
    Criterion.AVAILABILITY: ("min_overlap_hours",),
}
WEIGHTLESS = frozenset({Criterion.TEXT})  # can weigh, but never be a must
SHOWN_FIRST = 3


def years_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=60)


class CriteriaForm(forms.Form):
    """Weight in words and a must for every criterion, with the few options that exist.

    `initial` comes from criteria, `why` from the template: sentences by criterion.
    """

    industry = forms.ChoiceField(label=_("Industry should be"), choices=MODES)
    function = forms.ChoiceField(label=_("Function should be"), choices=MODES)
    experience_min = years_field(_("At least, in years"))
    experience_ideal = years_field(_("Ideally"))
    experience_max = years_field(_("At most"))
    min_overlap_hours = forms.IntegerField(
        label=_("Hours a week both should have time"), min_value=0, max_value=40
    )
    same_team_forbidden = forms.BooleanField(
        label=_("Nobody is matched within their own team"), required=False
    )

    def __init__(self, *args: Any, criteria: Criteria, template: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.raw(criteria))
        super().__init__(*args, **kwargs)
        self.base = criteria
        found = programme_templates().get(template)
        self.why = found.why if found else {}
        for criterion in Criterion:
            self.fields[f"weight_{criterion}"] = forms.TypedChoiceField(
                label=str(NAMES[criterion]),
                choices=weight_steps(criteria.weights[criterion]),
                coerce=float,
            )
            if criterion not in WEIGHTLESS:
                self.fields[f"must_{criterion}"] = forms.BooleanField(
                    label=_("Must fit"), required=False
                )

    @classmethod
    def of(cls, programme: Programme, data: Mapping[str, Any] | None) -> "CriteriaForm":
        criteria = Criteria.from_dict(programme.criteria)
        return cls(data, criteria=criteria, template=programme.template)

    @staticmethod
    def raw(criteria: Criteria) -> dict[str, Any]:
        """Criteria as initial values of this form."""
        weights = {f"weight_{c}": criteria.weights[c] for c in Criterion}
        musts = {f"must_{c}": c in criteria.musts for c in Criterion if c not in WEIGHTLESS}
        return (
            weights
            | musts
            | {
                "industry": criteria.industry_mode,
                "function": criteria.function_mode,
                "experience_min": int(criteria.experience_min),
                "experience_ideal": int(criteria.experience_ideal),
                "experience_max": int(criteria.experience_max),
                "min_overlap_hours": criteria.min_overlap_hours,
                "same_team_forbidden": criteria.same_team_forbidden,
            }
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            given["criteria"] = self._criteria(given)
        return given

    def _criteria(self, given: Mapping[str, Any]) -> Criteria:
        try:
            return Criteria(
                weights={c: given[f"weight_{c}"] for c in Criterion},
                musts=frozenset(c for c in Criterion if given.get(f"must_{c}")),
                industry_mode=given["industry"],
                function_mode=given["function"],
                experience_min=given["experience_min"],
                experience_ideal=given["experience_ideal"],
                experience_max=given["experience_max"],
                min_overlap_hours=given["min_overlap_hours"],
                same_team_forbidden=given["same_team_forbidden"],
            )
        except CriteriaError as error:
            raise ValidationError(self._sentence(error)) from error

    @staticmethod
    def _sentence(error: CriteriaError) -> str:
        if error.code == "experience_order":
            return str(_("Years ahead must rise from “at least” over “ideally” to “at most”."))
        return str(_("At least one criterion must count."))

    def changes(self) -> dict[str, Any]:
        return {"criteria": self.cleaned_data["criteria"].to_dict()}

    def rows(self) -> list[dict[str, Any]]:
        """For the template: every criterion with fields and reason, the weightiest first."""
        language = "de" if (get_language() or "").startswith("de") else "en"
        ordered = sorted(Criterion, key=lambda c: -self.base.weights[c])
        return [
            {
                "name": NAMES[criterion],
                "explained": EXPLAINED[criterion],
                "why": self.why.get(criterion, {}).get(language, ""),
                "weight": self[f"weight_{criterion}"],
                "must": None if criterion in WEIGHTLESS else self[f"must_{criterion}"],
                "options": [self[name] for name in OPTIONS.get(criterion, ())],
            }
            for criterion in ordered
        ]

    def first_rows(self) -> list[dict[str, Any]]:
        return self.rows()[:SHOWN_FIRST]

    def further_rows(self) -> list[dict[str, Any]]:
        return self.rows()[SHOWN_FIRST:]

    def why_same_team(self) -> str:
        language = "de" if (get_language() or "").startswith("de") else "en"
        return str(self.why.get(SAME_TEAM, {}).get(language, ""))
