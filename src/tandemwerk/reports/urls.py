"""Pages of reports. No namespace: the first page is known as "home" everywhere."""

from django.urls import path

from tandemwerk.reports.views import home

urlpatterns = [path("", home.home, name="home")]
