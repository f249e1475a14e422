"""The sample lists, to try an import with; in the demo only."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from tandemwerk.demo.services.samples import sample_read

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def sample(request: HttpRequest, name: str) -> HttpResponse:
    """One list as a download."""
    data = sample_read(name) if settings.DEMO else None
    if data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type=KINDS[name.rpartition(".")[2]],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
