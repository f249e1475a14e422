"""API tokens of a person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from tandemwerk.people.forms.settings import TokenForm
from tandemwerk.people.requests import person, sent
from tandemwerk.people.selectors.security import tokens_of
from tandemwerk.people.services.tokens import token_create, token_revoke


def token_list(request: HttpRequest) -> HttpResponse:
    """Tokens and the form for a new one; its secret is shown once, in the answer. One query."""
    user, secret = person(request), ""
    form = TokenForm(sent(request))
    if form.is_valid():
        _token, secret = token_create(
            user=user,
            name=form.cleaned_data["name"],
            scopes=form.scopes(),
            lifetime=form.lifetime(),
            now=timezone.now(),
        )
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": tokens_of(user), "now": timezone.now()}
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


def token_end(request: HttpRequest, token_pk: int) -> HttpResponse:
    """Revoke one of the person's own tokens at once. Two queries and the audit entry."""
    user = person(request)
    token = get_object_or_404(tokens_of(user), pk=token_pk)
    token_revoke(token=token, by=user, now=timezone.now())
    return redirect("people:tokens")
