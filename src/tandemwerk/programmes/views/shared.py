"""Small things all views of this app use."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

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


def form_page(
    request: HttpRequest, template: str, form: forms.BaseForm, **context: Any
) -> HttpResponse:
    """A page around a form; 422 when something in the form is wrong, 200 otherwise."""
    status = 422 if form.errors else 200
    return render(request, template, context | {"form": form}, status=status)


def get_programme(request: HttpRequest, programme_pk: int) -> Programme:
    return get_object_or_404(programmes_run_by(signed_in(request)), pk=programme_pk)


def get_cohort(request: HttpRequest, cohort_pk: int) -> Cohort:
    return get_object_or_404(cohorts_run_by(signed_in(request)), pk=cohort_pk)


def get_participation(request: HttpRequest, participation_pk: int) -> Participation:
    return get_object_or_404(participations_run_by(signed_in(request)), pk=participation_pk)


def get_import(request: HttpRequest, cohort_pk: int, import_pk: int) -> ImportBatch:
    visible = imports_run_by(signed_in(request))
    return get_object_or_404(visible, pk=import_pk, cohort_id=cohort_pk)
