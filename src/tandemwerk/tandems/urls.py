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
    path("tandems/<int:tandem_pk>/signals/", views.tandem_signals, name="tandem_signals"),
    path("tandems/<int:tandem_pk>/check-in/", views.tandem_check_in, name="tandem_check_in"),
    path("tandems/<int:tandem_pk>/help/", views.tandem_help, name="tandem_help"),
    path("tandems/<int:tandem_pk>/pause/", views.tandem_pause, name="tandem_pause"),
    path("tandems/<int:tandem_pk>/resume/", views.tandem_resume, name="tandem_resume"),
    path("tandems/<int:tandem_pk>/block/", views.tandem_block, name="tandem_block"),
    path("tandems/<int:tandem_pk>/again/", views.tandem_again, name="tandem_again"),
    path("joinings/<int:joining_pk>/", views.joining_detail, name="joining_detail"),
    path("joinings/<int:joining_pk>/withdraw/", views.joining_withdraw, name="joining_withdraw"),
    path("help/<int:help_pk>/", views.help_detail, name="help_detail"),
    path("check-ins/<int:check_in_pk>/take-up/", views.check_in_take_up, name="check_in_take_up"),
    path(
        "cohorts/<int:cohort_pk>/tandems/<int:tandem_pk>/grow/",
        views.tandem_grow,
        name="tandem_grow",
    ),
    path("cohorts/<int:cohort_pk>/journey/", views.journey_move_tandems, name="cohort_journey"),
    path(
        "programmes/<int:programme_pk>/journey/preview/",
        views.journey_preview,
        name="journey_preview",
    ),
    path("cohorts/<int:cohort_pk>/tandems/", views.cohort_tandems, name="cohort_tandems"),
    path("runs/<int:run_pk>/publish/", views.run_publish, name="run_publish"),
]
