"""A new programme's values straight from a template, for programs that skip the wizard."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from i18nfield.strings import LazyI18nString

from tandemwerk.matching import Criteria, MatchingError
from tandemwerk.programmes.enums import AddressForm
from tandemwerk.programmes.errors import CriteriaInvalid, TemplateUnknown
from tandemwerk.programmes.services.programmes import CohortDates, ProgrammeValues
from tandemwerk.programmes.template_catalogue import ProgrammeTemplate, programme_templates


def template_named(slug: str) -> ProgrammeTemplate:
    """The template with this slug. Raises TemplateUnknown."""
    try:
        return programme_templates()[slug]
    except KeyError as error:
        raise TemplateUnknown(known=", ".join(programme_templates())) from error


def criteria_read(values: Mapping[str, Any]) -> Criteria:
    """Criteria from JSON. Raises CriteriaInvalid with the engine's own words."""
    try:
        return Criteria.from_dict(values)
    except MatchingError as error:
        raise CriteriaInvalid(problem=str(error)) from error


def values_from_template(
    *,
    template: str,
    name: LazyI18nString,
    criteria: Mapping[str, Any] | None = None,
    address_form: AddressForm | None = None,
) -> ProgrammeValues:
    """Everything the template says, under a name of its own."""
    found = template_named(template)
    form = address_form or AddressForm(found.address_form)
    return ProgrammeValues(
        template=found.slug,
        name=name,
        promise=LazyI18nString(dict(found.promise)),
        description=LazyI18nString(dict(found.description)),
        address_form=form,
        criteria=found.criteria if criteria is None else criteria_read(criteria),
        journey=found.journey(),
        agreement_text=LazyI18nString(dict(found.agreement)),
        invitation_text=LazyI18nString(dict(found.invitation.text[form])),
        response_days=found.response_days,
        chemistry_days=found.chemistry_days,
        default_seats=found.seats_per_mentor,
        is_open=found.slug == "open-programme",
    )


def dates_from_template(*, template: str, starts_on: date) -> CohortDates:
    """A cohort's dates from its kick-off, by the template's offsets in weeks."""
    weeks = template_named(template).dates
    return CohortDates(
        registration_ends_on=starts_on + timedelta(weeks=weeks.registration_end),
        matching_on=starts_on + timedelta(weeks=weeks.matching),
        starts_on=starts_on,
        midpoint_on=starts_on + timedelta(weeks=weeks.midpoint),
        ends_on=starts_on + timedelta(weeks=weeks.closing),
    )
