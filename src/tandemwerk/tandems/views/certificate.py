"""The own certificate as a file."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language

from tandemwerk.people.requests import SignedIn
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.certificate import certificate_pdf
from tandemwerk.tandems.services.certificate_sheet import Language

HEADERS = {"Content-Disposition": 'attachment; filename="certificate.pdf"'}


def tandem_certificate(request: SignedIn, tandem_pk: int) -> HttpResponse:
    """One's own certificate as PDF, in the language of the page or in the one that is asked for."""
    tandem = get_object_or_404(tandems_visible_to(request.user), pk=tandem_pk)
    asked = request.GET.get("language") or get_language() or "de"
    language: Language = "en" if asked.startswith("en") else "de"
    pdf = certificate_pdf(tandem=tandem, user=request.user, now=timezone.now(), language=language)
    return HttpResponse(pdf, content_type="application/pdf", headers=HEADERS)
