"""Settings: the person's name, language and time zone, and where the rest is."""

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tandemwerk.people.forms.settings import AccountForm
from tandemwerk.people.requests import person, sent
from tandemwerk.people.selectors.security import has_second_factor, tokens_of
from tandemwerk.people.services.accounts import account_update


def settings(request: HttpRequest) -> HttpResponse:
    """Overview of the settings with the form for name, language and time zone. Two queries."""
    user = person(request)
    form = AccountForm(sent(request), initial=model_to_dict(user, AccountForm.names))
    if form.is_valid():
        account_update(user=user, now=timezone.now(), **form.cleaned_data)
        with translation.override(user.locale):
            messages.success(request, _("Saved."))
        return redirect("people:settings")
    context = {
        "form": form,
        "has_second_factor": has_second_factor(user),
        "token_count": tokens_of(user).count(),
    }
    return render(request, "people/settings.html", context, status=422 if form.errors else 200)
