"""Founding an organisation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tandemwerk.programmes.forms.programmes import OrganisationForm
from tandemwerk.programmes.services import organisations as services
from tandemwerk.programmes.views.shared import signed_in


def organisation_create(request: HttpRequest) -> HttpResponse:
    """Operators found an organisation and become its owner; the wizard comes next."""
    user = signed_in(request)
    if not user.is_operator:
        raise Http404
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.organisation_create(name=form.cleaned_data["name"], by=user, now=timezone.now())
        return redirect("programmes:wizard_start")
    status = 422 if form.errors else 200
    return render(request, "programmes/organisation_form.html", {"form": form}, status=status)
