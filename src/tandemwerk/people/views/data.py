"""A person's rights: take everything along, and leave."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tandemwerk.people.export import export_zip
from tandemwerk.people.forms.settings import EraseForm
from tandemwerk.people.requests import person, sent
from tandemwerk.people.services.accounts import account_erase


def data(request: HttpRequest) -> HttpResponse:
    """What one can do with one's data, and what stays. No query."""
    return render(request, "people/data.html")


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def data_download(request: HttpRequest) -> HttpResponse:
    """Everything about the person as a zip; asks for the password again after five minutes."""
    now = timezone.now()
    response = HttpResponse(export_zip(person(request), now), content_type="application/zip")
    name = f"tandemwerk-{now:%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def account_delete(request: HttpRequest) -> HttpResponse:
    """Explain, ask once, forget; asks for the password again after five minutes."""
    form = EraseForm(sent(request))
    if form.is_valid():
        account_erase(user=person(request), now=timezone.now())
        logout(request)
        return redirect("people:gone")
    return render(
        request, "people/account_delete.html", {"form": form}, status=422 if form.errors else 200
    )


def gone(request: HttpRequest) -> HttpResponse:
    """Good-bye; says nothing about anybody."""
    return render(request, "people/gone.html")
