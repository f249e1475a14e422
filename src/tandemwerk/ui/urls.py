from django.urls import path

from tandemwerk.ui import views
from tandemwerk.ui.styleguide import views as styleguide

app_name = "ui"
urlpatterns = [
    path("appearance", views.appearance, name="appearance"),
    path("offline", views.offline, name="offline"),
    path("styleguide", styleguide.overview, name="styleguide"),
    path("styleguide/board", styleguide.board, name="board"),
    path("styleguide/board/preview", styleguide.board_preview, name="board_preview"),
    path("styleguide/board/act", styleguide.board_act, name="board_act"),
    path("styleguide/board/move", styleguide.board_move, name="board_move"),
]
