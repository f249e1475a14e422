"""Who reads reports: named by the owner, answered by the person, seen by everybody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.people.requests import SignedIn, person, sent
from tandemwerk.programmes.models import Organisation
from tandemwerk.programmes.services.invitations import digest_of
from tandemwerk.safeguarding.forms import AccountForm, EmergencyForm, NameForm
from tandemwerk.safeguarding.models import SafeguardingPerson
from tandemwerk.safeguarding.selectors.people import (
    LEAST,
    QuestionPage,
    asked,
    emergency_default,
    emergency_of,
    named_in,
    organisations_owned,
    organisations_run_by,
    people_of,
    question_page,
    question_with,
)
from tandemwerk.safeguarding.selectors.readers import cases_left_alone
from tandemwerk.safeguarding.services import people as services

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def people(request: SignedIn, organisation_pk: int) -> HttpResponse:
    """Names for everybody who runs something there; forms for the owner."""
    organisation = get_object_or_404(organisations_run_by(request.user), pk=organisation_pk)
    return _page(request, organisation)


def safeguarder_name(request: SignedIn, organisation_pk: int) -> HttpResponse:
    """Ask somebody by mail; the answer is the same whether there is an account or not."""
    organisation, form = _owned(request, organisation_pk), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, status=422, form=form)
    email = form.cleaned_data["email"]
    services.safeguarder_name(
        organisation=organisation, email=email, by=request.user, now=timezone.now()
    )
    messages.success(request, _("A letter is on its way to %(email)s.") % {"email": email})
    return redirect("safeguarding:people", organisation_pk=organisation.pk)


def safeguarder_remove(
    request: SignedIn, organisation_pk: int, safeguarder_pk: int
) -> HttpResponse:
    """Take the role away, or the question back."""
    organisation = _owned(request, organisation_pk)
    row = get_object_or_404(named_in(organisation), pk=safeguarder_pk)
    services.safeguarder_remove(row=row, by=request.user, now=timezone.now())
    messages.success(request, _("Removed. From now on nothing can be read with this role."))
    return redirect("safeguarding:people", organisation_pk=organisation.pk)


def emergency(request: SignedIn, organisation_pk: int) -> HttpResponse:
    """The organisation's own words for emergencies."""
    organisation, form = _owned(request, organisation_pk), EmergencyForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, status=422, emergency_form=form)
    services.emergency_text_set(
        organisation=organisation, text=form.text(), by=request.user, now=timezone.now()
    )
    messages.success(request, _("Saved."))
    return redirect("safeguarding:people", organisation_pk=organisation.pk)


def question(request: HttpRequest, secret: str) -> HttpResponse:
    """The page behind the letter's link: for people with an account and without one."""
    row = question_with(digest_of(secret), timezone.now())
    page = question_page(row, request.user)
    form = AccountForm(sent(request), email=row.email if row else "")
    if row is None or request.method != "POST":
        return _question(request, row, page, form)
    if page == QuestionPage.NEW and form.is_valid():
        user = services.safeguarder_join(row=row, account=form.account(), now=timezone.now())
        login(request, user, backend=BACKEND)
    elif page == QuestionPage.ANSWER:
        services.safeguarder_accept(row=row, by=person(request), now=timezone.now())
    else:
        return _question(request, row, page, form, status=422)
    messages.success(request, _("Thank you. You read reports now."))
    return redirect("safeguarding:case_list")


def _question(
    request: HttpRequest,
    row: SafeguardingPerson | None,
    page: QuestionPage,
    form: AccountForm,
    status: int = 200,
) -> HttpResponse:
    context = {"row": row, "page": page.value, "form": form}
    status = 404 if row is None else status
    return render(request, "safeguarding/question.html", context, status=status)


def role(request: SignedIn, safeguarder_pk: int) -> HttpResponse:
    """The question behind the letter, and the answer."""
    row = get_object_or_404(asked(request.user), pk=safeguarder_pk)
    if request.method == "POST":
        services.safeguarder_accept(row=row, by=request.user, now=timezone.now())
        messages.success(request, _("Thank you. You read reports now."))
        return redirect("safeguarding:case_list")
    left = cases_left_alone(request.user, row.organisation) if row.user_id else 0
    return render(request, "safeguarding/role.html", {"row": row, "left": left})


def role_give_up(request: SignedIn, safeguarder_pk: int) -> HttpResponse:
    """Say no, or give the role back."""
    row = get_object_or_404(asked(request.user), pk=safeguarder_pk)
    services.safeguarder_remove(row=row, by=request.user, now=timezone.now())
    messages.success(request, _("You do not read reports of this organisation."))
    return redirect("home")


def _owned(request: SignedIn, organisation_pk: int) -> Organisation:
    return get_object_or_404(organisations_owned(request.user), pk=organisation_pk)


def _page(
    request: SignedIn, organisation: Organisation, status: int = 200, **forms: Any
) -> HttpResponse:
    written = emergency_of(organisation)
    found = people_of(organisation)
    context = {
        "organisation": organisation,
        "people": found,
        "is_staffed": sum(row.user is not None for row in found) >= LEAST,
        "is_owner": organisations_owned(request.user).filter(pk=organisation.pk).exists(),
        "emergency": str(written.text) if written else emergency_default(),
        "form": NameForm(),
        "emergency_form": EmergencyForm.of(written),
    }
    return render(request, "safeguarding/people.html", context | forms, status=status)
