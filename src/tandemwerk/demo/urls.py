from django.urls import URLPattern, path

from tandemwerk.demo import views

app_name = "demo"

urlpatterns: list[URLPattern] = [path("demo/samples/<str:name>", views.sample, name="sample")]
