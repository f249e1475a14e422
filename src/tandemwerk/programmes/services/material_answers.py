"""Files of the library on their way out."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tandemwerk.programmes.models import Material


def file_answer(found: Material) -> HttpResponse:
    """The file as an attachment that no browser opens inside our pages."""
    with found.file.open("rb") as file:
        response = HttpResponse(file.read(), content_type=found.file_type)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
