"""Where allauth's pages of second factors need a rule of ours."""

from typing import Any

from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.http import HttpResponse

from tandemwerk.people.selectors.security import removal_refused


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """Removing a key; allauth itself asks this for apps only."""

    def form_valid(self, form: Any) -> HttpResponse:
        if refusal := removal_refused(self.get_object()):
            raise refusal
        response: HttpResponse = super().form_valid(form)
        return response


factor_key_remove = RemoveKey.as_view()
