"""Ways in: the link of an invitation, and registering for an open programme."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.programmes.errors import InvitationNotOpen
from tandemwerk.programmes.forms.people import JoinForm, PasswordForm
from tandemwerk.programmes.models import Invitation, Programme
from tandemwerk.programmes.rules import InvitationPage, invitation_page
from tandemwerk.programmes.selectors.cohorts import open_cohorts
from tandemwerk.programmes.selectors.visible import invitation_with, open_programmes
from tandemwerk.programmes.services.invitations import (
    digest_of,
    invitation_accept,
    invitation_decline,
)
from tandemwerk.programmes.views.shared import form_page, signed_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STATUS = {InvitationPage.UNKNOWN: 404, InvitationPage.EXPIRED: 410, InvitationPage.ANSWERED: 410}


def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link of a letter. Known to whoever holds the secret."""
    found = invitation_with(digest_of(secret))
    page = invitation_page(found, request.user, timezone.now())
    if found is None or request.method != "POST" or page in STATUS:
        return _page(request, found, page)
    if request.POST.get("answer") == "decline":
        return _declined(request, found)
    if page == InvitationPage.WELCOME_BACK:
        user = signed_in(request)
        invitation_accept(invitation=found, by=user, password=None, now=timezone.now())
        return _welcome(request, found)
    if page == InvitationPage.NEW:
        return _accepted(request, found)
    return _page(request, found, page)


def _page(
    request: HttpRequest,
    found: Invitation | None,
    page: InvitationPage,
    form: PasswordForm | None = None,
) -> HttpResponse:
    context = {"page": page.value} | _letter(found, page)
    if found is not None:
        context["form"] = form or PasswordForm(user=found.participation.user)
    status = 422 if form is not None else STATUS.get(page, 200)
    return render(request, "programmes/invitation.html", context, status=status)


def _letter(found: Invitation | None, page: InvitationPage) -> dict[str, Any]:
    """What the page may say about the invitation; nothing about an unknown one."""
    if found is None or page == InvitationPage.UNKNOWN:
        return {}
    participation = found.participation
    return {
        "invitation": found,
        "participation": participation,
        "cohort": participation.cohort,
        "programme": participation.cohort.programme,
    }


def _accepted(request: HttpRequest, found: Invitation) -> HttpResponse:
    form = PasswordForm(request.POST, user=found.participation.user)
    if not form.is_valid():
        return _page(request, found, InvitationPage.NEW, form)
    password = form.cleaned_data["password"]
    user = invitation_accept(invitation=found, by=None, password=password, now=timezone.now())
    login(request, user, backend=BACKEND)
    return _welcome(request, found)


def _declined(request: HttpRequest, found: Invitation) -> HttpResponse:
    try:
        invitation_decline(invitation=found, now=timezone.now())
    except InvitationNotOpen:
        return redirect(request.path)
    context = {"page": "declined", "programme": found.participation.cohort.programme}
    return render(request, "programmes/invitation.html", context)


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    programme = found.participation.cohort.programme
    messages.success(request, _("Welcome to %(programme)s.") % {"programme": programme.name})
    return redirect("/")


def join(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Registering oneself for an open programme."""
    programme = get_object_or_404(open_programmes(), pk=programme_pk)
    form = _join_form(request, programme)
    if request.method == "POST" and form.is_valid():
        form.register(user=signed_in(request), now=timezone.now())
        messages.success(request, _("Welcome to %(programme)s.") % {"programme": programme.name})
        return redirect("/")
    cohorts = open_cohorts(programme, timezone.now())
    return form_page(request, "programmes/join.html", form, programme=programme, cohorts=cohorts)


def _join_form(request: HttpRequest, programme: Programme) -> JoinForm:
    return JoinForm(
        request.POST if request.method == "POST" else None,
        cohorts=open_cohorts(programme, timezone.now()),
        default_seats=programme.default_seats,
    )
