"""The public page that says who can read what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tandemwerk.reports.selectors.readers import COLUMNS, readers, who_can_read_what


def page(request: HttpRequest) -> HttpResponse:
    """The table with what it can't promise, for everybody, also before login. No query."""
    rows = who_can_read_what()
    columns = [label for _key, label in COLUMNS]
    context = {"rows": rows, "readers": readers(rows), "columns": columns}
    return render(request, "reports/who_can_read_what.html", context)
