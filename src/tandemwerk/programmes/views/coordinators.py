"""Who runs a programme: asking by mail, taking back, taking away, and the letter's link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.programmes.forms.people import CoordinatorAccountForm
from tandemwerk.programmes.forms.programmes import CoordinatorForm
from tandemwerk.programmes.models import CoordinatorInvitation
from tandemwerk.programmes.rules import LetterPage, coordinator_page
from tandemwerk.programmes.selectors.cohorts import coordinator_invitations_of, coordinators_of
from tandemwerk.programmes.selectors.visible import account_behind, coordinator_invitation_with
from tandemwerk.programmes.services import coordinator_invitations as invitations
from tandemwerk.programmes.services.coordinators import coordinator_remove as remove
from tandemwerk.programmes.services.invitations import digest_of
from tandemwerk.programmes.views.invitations import BACKEND
from tandemwerk.programmes.views.programmes import programme_page
from tandemwerk.programmes.views.shared import get_programme, signed_in


def coordinator_add(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Ask somebody by mail; the answer is the same whether there is an account or not."""
    programme = get_programme(request, programme_pk)
    form = CoordinatorForm(request.POST)
    if not form.is_valid():
        return programme_page(request, programme, form)
    email = form.cleaned_data["email"]
    invitations.coordinator_invite(
        programme=programme, email=email, by=signed_in(request), now=timezone.now()
    )
    said = _("A letter is on its way to %(email)s. Whoever accepts runs the programme, too.")
    messages.success(request, said % {"email": email})
    return redirect("programmes:programme_detail", programme_pk=programme.pk)


def coordinator_take_back(
    request: HttpRequest, programme_pk: int, coordinator_invitation_pk: int
) -> HttpResponse:
    programme = get_programme(request, programme_pk)
    waiting = coordinator_invitations_of(programme, timezone.now())
    entry = get_object_or_404(waiting, pk=coordinator_invitation_pk)
    invitations.coordinator_invitation_take_back(
        invitation=entry, by=signed_in(request), now=timezone.now()
    )
    messages.success(request, _("The invitation is taken back; its link leads nowhere now."))
    return redirect("programmes:programme_detail", programme_pk=programme.pk)


def coordinator_remove(
    request: HttpRequest, programme_pk: int, coordinator_pk: int
) -> HttpResponse:
    programme = get_programme(request, programme_pk)
    entry = get_object_or_404(coordinators_of(programme), pk=coordinator_pk)
    remove(programme=programme, coordinator=entry, by=signed_in(request), now=timezone.now())
    messages.success(request, _("%(name)s no longer runs it.") % {"name": entry.user.name})
    if entry.user == request.user:
        return redirect("programmes:programme_list")
    return redirect("programmes:programme_detail", programme_pk=programme.pk)


def coordinator_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the link of a letter. Known to whoever holds the secret."""
    found = coordinator_invitation_with(digest_of(secret), timezone.now())
    page = coordinator_page(found, account_behind(found), request.user)
    form = CoordinatorAccountForm(request.POST or None, email=found.email if found else "")
    if found is None or request.method != "POST":
        return _page(request, found, page, form)
    if page == LetterPage.NEW and form.is_valid():
        return _accepted(request, found, form)
    if page == LetterPage.WELCOME_BACK:
        return _accepted(request, found, None)
    return _page(request, found, page, form, status=422)


def _accepted(
    request: HttpRequest, found: CoordinatorInvitation, form: CoordinatorAccountForm | None
) -> HttpResponse:
    user = invitations.coordinator_invitation_accept(
        invitation=found,
        by=None if form else signed_in(request),
        account=form.account() if form else None,
        now=timezone.now(),
    )
    if form:
        login(request, user, backend=BACKEND)
    said = _("You run %(programme)s now, too.") % {"programme": found.programme.name}
    messages.success(request, said)
    return redirect("programmes:programme_detail", programme_pk=found.programme_id)


def _page(
    request: HttpRequest,
    found: CoordinatorInvitation | None,
    page: LetterPage,
    form: CoordinatorAccountForm,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"page": page.value, "invitation": found, "form": form}
    template = "programmes/coordinator_invitation.html"
    return render(request, template, context, status=404 if found is None else status)
