"""Pages of reports. No namespace: the first page is known as "home" everywhere."""

from django.urls import path

from tandemwerk.reports.views import home, who_can_read

urlpatterns = [
    path("", home.home, name="home"),
    path("who-can-read-what/", who_can_read.page, name="who_can_read_what"),
]
