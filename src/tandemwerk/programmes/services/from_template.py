"""A new programme's values straight from a template, for programs that skip the wizard."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from i18nfield.strings import LazyI18nString

from tandemwerk.matching import Criteria, MatchingError
from tandemwerk.people.models import User
from tandemwerk.programmes.enums import AddressForm
from tandemwerk.programmes.errors import CriteriaInvalid, TemplateUnknown
from tandemwerk.programmes.models import Cohort, Organisation
from tandemwerk.programmes.services.programmes import (
    CohortDates,
    ProgrammeValues,
    programme_create,
)
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


def values_from_template(*, template: str, choices: Mapping[str, Any]) -> ProgrammeValues:
    """Everything the template says, except what `choices` (fields of ProgrammeValues) say.

    `choices` holds at least the name; its criteria come as JSON. Raises TemplateUnknown,
    CriteriaInvalid.
    """
    found = template_named(template)
    form = AddressForm(choices.get("address_form", found.address_form))
    values = ProgrammeValues(
        template=found.slug,
        name=choices["name"],
        promise=LazyI18nString(dict(found.promise)),
        description=LazyI18nString(dict(found.description)),
        address_form=form,
        criteria=found.criteria,
        journey=found.journey(),
        agreement_text=LazyI18nString(dict(found.agreement)),
        invitation_text=LazyI18nString(dict(found.invitation.text[form])),
        response_days=found.response_days,
        chemistry_days=found.chemistry_days,
        default_seats=found.seats_per_mentor,
        is_open=found.slug == "open-programme",
    )
    chosen = dict(choices)
    if "criteria" in chosen:
        chosen["criteria"] = criteria_read(chosen["criteria"])
    return replace(values, **chosen)


def dates_from_template(*, template: str, starts_on: date, **chosen: date) -> CohortDates:
    """A cohort's dates from its kick-off, by the template's offsets in weeks; `chosen` ones win."""
    weeks = template_named(template).dates
    dates = CohortDates(
        registration_ends_on=starts_on + timedelta(weeks=weeks.registration_end),
        matching_on=starts_on + timedelta(weeks=weeks.matching),
        starts_on=starts_on,
        midpoint_on=starts_on + timedelta(weeks=weeks.midpoint),
        ends_on=starts_on + timedelta(weeks=weeks.closing),
    )
    return replace(dates, **chosen)


def programme_found(
    *,
    organisation: Organisation,
    template: str,
    choices: Mapping[str, Any],
    cohort_name: str,
    dates: Mapping[str, date],
    by: User,
    now: datetime,
) -> Cohort:
    """The wizard in one step: `choices` and `dates` (at least `starts_on`) over the template.

    Raises TemplateUnknown, CriteriaInvalid, BlankUnknown, CohortDatesInvalid.
    """
    return programme_create(
        organisation=organisation,
        values=values_from_template(template=template, choices=choices),
        cohort_name=cohort_name,
        dates=dates_from_template(template=template, **dates),
        by=by,
        now=now,
    )
