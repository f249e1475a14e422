"""Pages of tandems; who may call them is in access.py, whose rows they show in selectors."""

from django.urls import path

from tandemwerk.tandems import views

app_name = "tandems"
urlpatterns = [
    path("tandems/", views.tandem_list, name="tandem_list"),
    path("tandems/<int:tandem_pk>/", views.tandem_detail, name="tandem_detail"),
    path("tandems/<int:tandem_pk>/accept/", views.tandem_accept, name="tandem_accept"),
    path("tandems/<int:tandem_pk>/decline/", views.tandem_decline, name="tandem_decline"),
    path("tandems/<int:tandem_pk>/meeting/", views.tandem_meeting, name="tandem_meeting"),
    path("tandems/<int:tandem_pk>/confirm/", views.tandem_confirm, name="tandem_confirm"),
    path("tandems/<int:tandem_pk>/end/", views.tandem_end, name="tandem_end"),
    path(
        "tandems/<int:tandem_pk>/certificate/",
        views.tandem_certificate,
        name="tandem_certificate",
    ),
    path("cohorts/<int:cohort_pk>/tandems/", views.cohort_tandems, name="cohort_tandems"),
    path("runs/<int:run_pk>/publish/", views.run_publish, name="run_publish"),
]
