from django.urls import URLPattern, include, path
from django.urls.resolvers import URLResolver

from tandemwerk.programmes.views import (
    cohorts,
    coordinators,
    course,
    imports,
    invitations,
    journey,
    materials,
    organisations,
    participations,
    programmes,
    wizard,
)

app_name = "programmes"

journey_urls: list[URLPattern] = [
    path("", journey.journey, name="journey"),
    path("phases/", journey.journey_phase_new, name="journey_phase_new"),
    path("phases/<slug:phase_key>/", journey.journey_phase, name="journey_phase"),
    path("phases/<slug:phase_key>/move/", journey.journey_phase_move, name="journey_phase_move"),
    path(
        "phases/<slug:phase_key>/remove/",
        journey.journey_phase_remove,
        name="journey_phase_remove",
    ),
    path("undo/", journey.journey_undo, name="journey_undo"),
    path("discard/", journey.journey_discard, name="journey_discard"),
    path("publish/", journey.journey_publish_draft, name="journey_publish"),
    path("versions/<int:version_number>/take-up/", journey.journey_take_up, name="journey_take_up"),
]
programme_urls: list[URLPattern | URLResolver] = [
    path("", programmes.programme_detail, name="programme_detail"),
    path("settings/", programmes.programme_settings, name="programme_settings"),
    path("criteria/", programmes.programme_criteria, name="programme_criteria"),
    path("texts/", programmes.programme_texts, name="programme_texts"),
    path("journey/", include(journey_urls)),
    path("library/", materials.material_list, name="material_list"),
    path("library/new/<slug:material_kind>/", materials.material_new, name="material_new"),
    path("library/samples/", materials.material_samples, name="material_samples"),
    path("preparation/", course.course_texts, name="course_texts"),
    path("preparation/<slug:course_role>/<slug:step_key>/", course.course_text, name="course_text"),
    path(
        "preparation/<slug:course_role>/<slug:step_key>/reset/",
        course.course_text_reset,
        name="course_text_reset",
    ),
    path("archive/", programmes.programme_archive, name="programme_archive"),
    path("restore/", programmes.programme_restore, name="programme_restore"),
    path("coordinators/", coordinators.coordinator_add, name="coordinator_add"),
    path(
        "coordinators/<int:coordinator_pk>/remove/",
        coordinators.coordinator_remove,
        name="coordinator_remove",
    ),
    path(
        "coordinators/invitations/<int:coordinator_invitation_pk>/take-back/",
        coordinators.coordinator_take_back,
        name="coordinator_take_back",
    ),
    path("cohorts/new/", cohorts.cohort_create, name="cohort_create"),
]
cohort_urls: list[URLPattern] = [
    path("", cohorts.cohort_detail, name="cohort_detail"),
    path("settings/", cohorts.cohort_settings, name="cohort_settings"),
    path("people/", participations.participation_list, name="participation_list"),
    path("people/new/", participations.participation_add, name="participation_add"),
    path("invitations/", cohorts.cohort_invite, name="cohort_invite"),
    path("people.csv", cohorts.cohort_export_csv, name="cohort_export_csv"),
    path("people.xlsx", cohorts.cohort_export_xlsx, name="cohort_export_xlsx"),
    path("template.csv", cohorts.list_template_csv, name="list_template_csv"),
    path("template.xlsx", cohorts.list_template_xlsx, name="list_template_xlsx"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_upload, name="import_upload"),
    path("imports/<int:import_pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:import_pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:import_pk>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:import_pk>/take-over/", imports.import_take_over, name="import_take_over"),
    path("imports/<int:import_pk>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<int:import_pk>/errors.csv", imports.import_errors, name="import_errors"),
]
participation_urls: list[URLPattern] = [
    path("", participations.participation_detail, name="participation_detail"),
    path("seats/", participations.participation_seats, name="participation_seats"),
    path("pause/", participations.participation_pause, name="participation_pause"),
    path("resume/", participations.participation_resume, name="participation_resume"),
    path("withdraw/", participations.participation_withdraw, name="participation_withdraw"),
    path("restore/", participations.participation_restore, name="participation_restore"),
    path("preparation/", course.course, name="course"),
    path("preparation/<slug:step_key>/", course.course_step, name="course_step"),
    path("invite/", participations.participation_invite, name="participation_invite"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("programmes/", programmes.programme_list, name="programme_list"),
    path("programmes/new/", wizard.wizard_start, name="wizard_start"),
    path("programmes/new/dates/suggestion/", wizard.wizard_dates, name="wizard_dates"),
    path("programmes/new/criteria/summary/", wizard.criteria_summary, name="criteria_summary"),
    path("programmes/new/discard/", wizard.wizard_discard, name="wizard_discard"),
    path("programmes/new/<slug:step>/", wizard.wizard_step, name="wizard_step"),
    path("programmes/<int:programme_pk>/", include(programme_urls)),
    path("cohorts/<int:cohort_pk>/", include(cohort_urls)),
    path("participations/<int:participation_pk>/", include(participation_urls)),
    path("library/<int:material_pk>/", materials.material, name="material"),
    path("library/<int:material_pk>/change/", materials.material_edit, name="material_edit"),
    path("library/<int:material_pk>/remove/", materials.material_take_out, name="material_remove"),
    path(
        "library/<int:material_pk>/restore/",
        materials.material_bring_back,
        name="material_restore",
    ),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path(
        "coordination/<str:secret>/",
        coordinators.coordinator_invitation,
        name="coordinator_invitation",
    ),
    path("join/<int:programme_pk>/", invitations.join, name="join"),
]
