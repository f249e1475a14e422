from django.urls import URLPattern, path

from tandemwerk.pairing.views import board, moves, progress, runs, whole

app_name = "pairing"
urlpatterns: list[URLPattern] = [
    path("cohorts/<int:cohort_pk>/runs/", runs.run_list, name="run_list"),
    path("runs/<int:run_pk>/", board.run_board, name="run_board"),
    path("runs/<int:run_pk>/progress/", progress.run_progress, name="run_progress"),
    path("runs/<int:run_pk>/preview/", board.run_preview, name="run_preview"),
    path("runs/<int:run_pk>/act/", moves.run_act, name="run_act"),
    path("runs/<int:run_pk>/move/", moves.run_move, name="run_move"),
    path("runs/<int:run_pk>/undo/", moves.run_undo, name="run_undo"),
    path("runs/<int:run_pk>/redo/", moves.run_redo, name="run_redo"),
    path("runs/<int:run_pk>/again/", runs.run_rerun, name="run_rerun"),
    path("runs/<int:run_pk>/compare/", runs.run_compare, name="run_compare"),
    path("runs/<int:run_pk>/confirm/", runs.run_confirm, name="run_confirm"),
    path("runs/<int:run_pk>/cancel/", whole.run_cancel, name="run_cancel"),
    path("runs/<int:run_pk>/restart/", whole.run_restart, name="run_restart"),
    path("runs/<int:run_pk>/trade-off/", whole.run_trade_off, name="run_trade_off"),
    path("runs/<int:run_pk>/check/", whole.run_check, name="run_check"),
    path("runs/<int:run_pk>/why-not/", whole.run_why_not, name="run_why_not"),
    path("runs/<int:run_pk>/fairness/", whole.run_fairness, name="run_fairness"),
    path("runs/<int:run_pk>/fairness.csv", whole.run_fairness_csv, name="run_fairness_csv"),
    path("runs/<int:run_pk>/fairness.json", whole.run_fairness_json, name="run_fairness_json"),
    path("runs/<int:run_pk>/discard/", runs.run_discard, name="run_discard"),
    path("runs/<int:run_pk>/restore/", runs.run_restore, name="run_restore"),
]
