"""The own certificate, for programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Query, Router

from tandemwerk.people.requests import person
from tandemwerk.tandems.api.schemas import LanguageWanted
from tandemwerk.tandems.selectors.visible import tandems_visible_to
from tandemwerk.tandems.services.certificate import certificate_pdf
from tandemwerk.tandems.services.certificate_sheet import Language

router = Router()
PDF = "application/pdf"
ANSWER = {
    "description": "The file.",
    "content": {PDF: {"schema": {"type": "string", "format": "binary"}}},
}


@router.get(
    "/tandems/{int:tandem_pk}/certificate",
    url_name="tandem_certificate",
    openapi_extra={"responses": {200: ANSWER}},
)
def tandem_certificate(
    request: HttpRequest, tandem_pk: int, wanted: Query[LanguageWanted]
) -> HttpResponse:
    """Your certificate as PDF, once your tandem is closing or closed; nothing of the room."""
    user = person(request)
    tandem = get_object_or_404(tandems_visible_to(user), pk=tandem_pk)
    asked = wanted.language or get_language() or "de"
    language: Language = "en" if asked.startswith("en") else "de"
    pdf = certificate_pdf(tandem=tandem, user=user, now=timezone.now(), language=language)
    headers = {"Content-Disposition": 'attachment; filename="certificate.pdf"'}
    return HttpResponse(pdf, content_type=PDF, headers=headers)
