"""Pages of safeguarding; who may call them is in access.py, whose rows they show in selectors."""

from django.urls import path

from tandemwerk.safeguarding.views import cases, people, reports

app_name = "safeguarding"
CASE = "cases/<uuid:case_pk>"
ORGANISATION = "organisations/<int:organisation_pk>/safeguarding"

urlpatterns = [
    path("report/", reports.report_new, name="report_new"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/<uuid:report_pk>/", reports.report_detail, name="report_detail"),
    path("reports/<uuid:report_pk>/readers/", reports.report_readers, name="report_readers"),
    path("cases/", cases.case_list, name="case_list"),
    path(f"{CASE}/", cases.case_detail, name="case_detail"),
    path(f"{CASE}/hand-over/", cases.case_hand_over, name="case_hand_over"),
    path(f"{CASE}/note/", cases.case_note, name="case_note"),
    path(f"{CASE}/begin/", cases.case_begin, name="case_begin"),
    path(f"{CASE}/close/", cases.case_close, name="case_close"),
    path(f"{CASE}/reopen/", cases.case_reopen, name="case_reopen"),
    path(f"{CASE}/files/<uuid:case_item_pk>/", cases.case_file, name="case_file"),
    path(f"{ORGANISATION}/", people.people, name="people"),
    path(f"{ORGANISATION}/name/", people.safeguarder_name, name="safeguarder_name"),
    path(
        f"{ORGANISATION}/<int:safeguarder_pk>/remove/",
        people.safeguarder_remove,
        name="safeguarder_remove",
    ),
    path(f"{ORGANISATION}/emergency/", people.emergency, name="emergency"),
    path("safeguarding/question/<str:secret>/", people.question, name="question"),
    path("safeguarding/<int:safeguarder_pk>/", people.role, name="role"),
    path("safeguarding/<int:safeguarder_pk>/give-up/", people.role_give_up, name="role_give_up"),
]
