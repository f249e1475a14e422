"""Small things all views of this app use."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort, ImportBatch, Participation, Programme
from tandemwerk.programmes.selectors.visible import (
    cohorts_run_by,
    imports_run_by,
    participations_run_by,
    programmes_run_by,
)


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `DeclaredAccess` has let through."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - guaranteed by the access declarations
    return user


def get_programme(request: HttpRequest, programme_pk: int) -> Programme:
    return get_object_or_404(programmes_run_by(signed_in(request)), pk=programme_pk)


def get_cohort(request: HttpRequest, cohort_pk: int) -> Cohort:
    return get_object_or_404(cohorts_run_by(signed_in(request)), pk=cohort_pk)


def get_participation(request: HttpRequest, participation_pk: int) -> Participation:
    return get_object_or_404(participations_run_by(signed_in(request)), pk=participation_pk)


def get_import(request: HttpRequest, cohort_pk: int, import_pk: int) -> ImportBatch:
    visible = imports_run_by(signed_in(request))
    return get_object_or_404(visible, pk=import_pk, cohort_id=cohort_pk)
