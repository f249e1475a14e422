"""Templates, organisations, programmes, cohorts."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Status

from tandemwerk.core.shapes import Page, Paging, page_of
from tandemwerk.people.requests import person
from tandemwerk.programmes.api.schemas.setup import (
    CohortIn,
    CohortOut,
    CohortPatch,
    FiguresOut,
    OrganisationIn,
    OrganisationOut,
    ProgrammeDetailOut,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammePatch,
    TemplateDetailOut,
    TemplateOut,
)
from tandemwerk.programmes.models import Cohort, Organisation, Programme
from tandemwerk.programmes.selectors.cohorts import CohortFigures, cohort_figures
from tandemwerk.programmes.selectors.visible import (
    cohorts_run_by,
    organisations_owned_by,
    programmes_run_by,
)
from tandemwerk.programmes.services.from_template import (
    criteria_read,
    programme_found,
    template_named,
)
from tandemwerk.programmes.services.organisations import organisation_create
from tandemwerk.programmes.services.programmes import (
    CohortDates,
    cohort_create,
    cohort_update,
    programme_update,
)
from tandemwerk.programmes.template_catalogue import ProgrammeTemplate, programme_templates

router = Router()
PROGRAMME = "/programmes/{int:programme_pk}"
COHORT = "/cohorts/{int:cohort_pk}"


@router.get("/programme-templates", response=list[TemplateOut], url_name="template_list")
def template_list(request: HttpRequest) -> list[ProgrammeTemplate]:
    """Ready-made programmes to start from, all of them."""
    return list(programme_templates().values())


@router.get(
    "/programme-templates/{slug:slug}", response=TemplateDetailOut, url_name="template_detail"
)
def template_detail(request: HttpRequest, slug: str) -> ProgrammeTemplate:
    """One template with everything a programme begins with."""
    if slug not in programme_templates():
        raise Http404
    return template_named(slug)


@router.get("/organisations", response=Page[OrganisationOut], url_name="organisation_list")
def organisation_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Organisations in which you may found programmes."""
    return page_of(organisations_owned_by(person(request)), wanted)


@router.post("/organisations", response={201: OrganisationOut}, url_name="organisation_list")
def organisation_new(request: HttpRequest, data: OrganisationIn) -> Status[Organisation]:
    """Found an organisation and own it; only operators may."""
    if not person(request).is_operator:
        raise Http404
    made = organisation_create(name=data.name, by=person(request), now=timezone.now())
    return Status(201, made)


@router.get("/programmes", response=Page[ProgrammeOut], url_name="programme_list")
def programme_list(request: HttpRequest, wanted: Query[Paging]) -> dict[str, Any]:
    """Programmes you run."""
    return page_of(programmes_run_by(person(request)), wanted)


@router.post("/programmes", response={201: CohortOut}, url_name="programme_list")
def programme_new(request: HttpRequest, data: ProgrammeIn) -> Status[Cohort]:
    """Found a programme from a template, with its first cohort; answers with the cohort."""
    own = organisations_owned_by(person(request))
    cohort = programme_found(
        organisation=get_object_or_404(own, pk=data.organisation_id),
        template=data.template,
        choices=data.changes(),
        cohort_name=data.cohort_name,
        dates={"starts_on": data.starts_on, **data.dates()},
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, cohort)


@router.get(PROGRAMME, response=ProgrammeDetailOut, url_name="programme_detail")
def programme_detail(request: HttpRequest, programme_pk: int) -> Programme:
    """One programme with its criteria, deadlines and texts."""
    return get_object_or_404(programmes_run_by(person(request)), pk=programme_pk)


@router.patch(PROGRAMME, response=ProgrammeDetailOut, url_name="programme_detail")
def programme_change(request: HttpRequest, programme_pk: int, data: ProgrammePatch) -> Programme:
    """Change what you send; the rest stays."""
    programme, changes = programme_detail(request, programme_pk), data.changes()
    if "criteria" in changes:
        changes["criteria"] = criteria_read(changes["criteria"]).to_dict()
    return programme_update(
        programme=programme, changes=changes, by=person(request), now=timezone.now()
    )


@router.get(f"{PROGRAMME}/cohorts", response=Page[CohortOut], url_name="cohort_list")
def cohort_list(request: HttpRequest, programme_pk: int, wanted: Query[Paging]) -> dict[str, Any]:
    """Cohorts of a programme, the latest first."""
    return page_of(programme_detail(request, programme_pk).cohorts.all(), wanted)


@router.post(f"{PROGRAMME}/cohorts", response={201: CohortOut}, url_name="cohort_list")
def cohort_new(request: HttpRequest, programme_pk: int, data: CohortIn) -> Status[Cohort]:
    """Add a cohort with its dates."""
    cohort = cohort_create(
        programme=programme_detail(request, programme_pk),
        name=data.name,
        dates=CohortDates(**data.model_dump(exclude={"name"})),
        by=person(request),
        now=timezone.now(),
    )
    return Status(201, cohort)


@router.get(COHORT, response=CohortOut, url_name="cohort_detail")
def cohort_detail(request: HttpRequest, cohort_pk: int) -> Cohort:
    """One cohort with its dates."""
    return get_object_or_404(cohorts_run_by(person(request)), pk=cohort_pk)


@router.patch(COHORT, response=CohortOut, url_name="cohort_detail")
def cohort_change(request: HttpRequest, cohort_pk: int, data: CohortPatch) -> Cohort:
    """Rename a cohort or move its dates; the rest stays."""
    cohort = cohort_detail(request, cohort_pk)
    return cohort_update(
        cohort=cohort,
        name=data.name or cohort.name,
        dates=CohortDates.of(cohort, **data.dates()),
        by=person(request),
        now=timezone.now(),
    )


@router.get(f"{COHORT}/figures", response=FiguresOut, url_name="cohort_figures")
def figures(request: HttpRequest, cohort_pk: int) -> CohortFigures:
    """How many people of a cohort are how far, and how many places there are."""
    return cohort_figures(cohort_detail(request, cohort_pk), timezone.now())
