"""The map of the installation; each app brings its own part."""

from django.urls import URLPattern, URLResolver, include, path

from tandemwerk.core import views as core_views
from tandemwerk.people.views.factors import factor_key_remove

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    # Before allauth's own: it keeps the last key of staff, and of short passwords.
    path(
        "accounts/2fa/webauthn/keys/<int:pk>/remove/",
        factor_key_remove,
        name="mfa_remove_webauthn",
    ),
    path("accounts/", include("allauth.urls")),
    path("", include("tandemwerk.ui.urls")),
    path("", include("tandemwerk.people.urls")),
    path("", include("tandemwerk.programmes.urls")),
    path("", include("tandemwerk.pairing.urls")),
    path("", include("tandemwerk.tandems.urls")),
    path("", include("tandemwerk.rooms.urls")),
    path("", include("tandemwerk.safeguarding.urls")),
    path("", include("tandemwerk.reports.urls")),
    path("", include("tandemwerk.demo.urls")),
    path("", include("tandemwerk.api.urls")),
]
handler400 = "tandemwerk.ui.views.bad_request"
handler403 = "tandemwerk.ui.views.forbidden"
handler404 = "tandemwerk.ui.views.not_found"
