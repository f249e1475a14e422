"""A programme's logo and colour."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tandemwerk.programmes.forms.branding import BrandingForm
from tandemwerk.programmes.selectors.branding import branding_of
from tandemwerk.programmes.services.branding import branding_set
from tandemwerk.programmes.views.shared import get_programme, signed_in


def branding(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """Logo and colour: look at them, change them."""
    programme = get_programme(request, programme_pk)
    row, is_sent = branding_of(programme), request.method == "POST"
    form = BrandingForm(request.POST if is_sent else None, request.FILES or None, branding=row)
    if is_sent and form.is_valid():
        by, now = signed_in(request), timezone.now()
        branding_set(programme=programme, by=by, now=now, **form.act())
        messages.success(request, _("Saved."))
        return redirect("programmes:branding", programme_pk=programme.pk)
    context = {"programme": programme, "branding": row, "form": form}
    status = 422 if form.errors else 200
    return render(request, "programmes/branding.html", context, status=status)


def logo(request: HttpRequest, programme_pk: int) -> HttpResponse:
    """The logo itself; Http404 without one."""
    row = branding_of(get_programme(request, programme_pk))
    if not row.logo:
        raise Http404
    response = HttpResponse(bytes(row.logo), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response
