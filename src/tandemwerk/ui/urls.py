from django.urls import path

from tandemwerk.ui import views

app_name = "ui"
urlpatterns = [
    path("appearance", views.appearance, name="appearance"),
    path("offline", views.offline, name="offline"),
    path("styleguide", views.styleguide, name="styleguide"),
]
