"""Templates, organisations, programmes, cohorts."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from i18nfield.strings import LazyI18nString
from ninja import Router, Status

from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas import (
    CohortIn,
    CohortOut,
    CohortPatch,
    OrganisationOut,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammePatch,
    TemplateOut,
)
from tandemwerk.programmes.models import Cohort, Programme
from tandemwerk.programmes.selectors.cohorts import programmes_listed_for
from tandemwerk.programmes.selectors.visible import (
    cohorts_run_by,
    organisations_owned_by,
    programmes_run_by,
)
from tandemwerk.programmes.services.from_template import (
    criteria_read,
    dates_from_template,
    values_from_template,
)
from tandemwerk.programmes.services.programmes import (
    CohortDates,
    cohort_create,
    cohort_update,
    programme_create,
    programme_update,
)
from tandemwerk.programmes.template_catalogue import programme_templates

router = Router()
TEXTS = ("name", "promise", "description", "agreement_text", "invitation_text")


@router.get("/programme-templates", response=list[TemplateOut], url_name="template_list")
def template_list(request: HttpRequest) -> list[dict[str, Any]]:
    """Ready-made programmes to start from."""
    return [
        {
            "slug": slug,
            "name": str(LazyI18nString(dict(found.name))),
            "promise": str(LazyI18nString(dict(found.promise))),
            "description": str(LazyI18nString(dict(found.description))),
            "duration_weeks": found.duration_weeks,
            "criteria": found.criteria.to_dict(),
        }
        for slug, found in programme_templates().items()
    ]


@router.get("/organisations", response=list[OrganisationOut], url_name="organisation_list")
def organisation_list(request: HttpRequest) -> Any:
    """Organisations in which you may found programmes."""
    return organisations_owned_by(person(request))


@router.get("/programmes", response=list[ProgrammeOut], url_name="programme_list")
def programme_list(request: HttpRequest) -> Any:
    """Programmes you run."""
    return programmes_listed_for(person(request))


@router.post("/programmes", response={201: CohortOut}, url_name="programme_list")
def programme_found(request: HttpRequest, data: ProgrammeIn) -> Status[Cohort]:
    """Found a programme from a template, with its first cohort; answers with the cohort."""
    own = organisations_owned_by(person(request))
    organisation = get_object_or_404(own, pk=data.organisation_id)
    values = values_from_template(
        template=data.template,
        name=data.name.lazy(),
        criteria=data.criteria,
        address_form=data.address_form,
    )
    cohort = programme_create(
        organisation=organisation,
        values=values,
        cohort_name=data.cohort_name,
        dates=dates_from_template(template=data.template, starts_on=data.starts_on),
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, cohort)


@router.get("/programmes/{int:programme_pk}", response=ProgrammeOut, url_name="programme_detail")
def programme_detail(request: HttpRequest, programme_pk: int) -> Programme:
    """One programme with its criteria and deadlines."""
    return get_object_or_404(programmes_run_by(person(request)), pk=programme_pk)


@router.patch("/programmes/{int:programme_pk}", response=ProgrammeOut, url_name="programme_detail")
def programme_change(request: HttpRequest, programme_pk: int, data: ProgrammePatch) -> Programme:
    """Change what you send; the rest stays."""
    programme = get_object_or_404(programmes_run_by(person(request)), pk=programme_pk)
    sent = data.model_dump(exclude_unset=True, exclude_none=True)
    changes = {n: LazyI18nString(v) if n in TEXTS else v for n, v in sent.items()}
    if "criteria" in changes:
        changes["criteria"] = criteria_read(changes["criteria"])
    return programme_update(
        programme=programme, changes=changes, by=person(request), now=timezone.now()
    )


@router.get(
    "/programmes/{int:programme_pk}/cohorts", response=list[CohortOut], url_name="cohort_list"
)
def cohort_list(request: HttpRequest, programme_pk: int) -> Any:
    """Cohorts of a programme, the latest first."""
    return get_object_or_404(programmes_run_by(person(request)), pk=programme_pk).cohorts.all()


@router.post(
    "/programmes/{int:programme_pk}/cohorts", response={201: CohortOut}, url_name="cohort_list"
)
def cohort_found(request: HttpRequest, programme_pk: int, data: CohortIn) -> Status[Cohort]:
    """Add a cohort with its dates."""
    programme = get_object_or_404(programmes_run_by(person(request)), pk=programme_pk)
    dates = CohortDates(**data.model_dump(exclude={"name"}))
    cohort = cohort_create(
        programme=programme, name=data.name, dates=dates, by=person(request), now=timezone.now()
    )
    return Status(201, cohort)


@router.get("/cohorts/{int:cohort_pk}", response=CohortOut, url_name="cohort_detail")
def cohort_detail(request: HttpRequest, cohort_pk: int) -> Cohort:
    """One cohort."""
    return get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)


@router.patch("/cohorts/{int:cohort_pk}", response=CohortOut, url_name="cohort_detail")
def cohort_change(request: HttpRequest, cohort_pk: int, data: CohortPatch) -> Cohort:
    """Rename a cohort or move its dates; the rest stays."""
    cohort = cohort_detail(request, cohort_pk)
    sent = data.model_dump(exclude_none=True)
    name = sent.pop("name", cohort.name)
    before = {field: getattr(cohort, field) for field in CohortDates.__dataclass_fields__}
    dates = CohortDates(**{**before, **sent})
    return cohort_update(
        cohort=cohort, name=name, dates=dates, by=person(request), now=timezone.now()
    )
