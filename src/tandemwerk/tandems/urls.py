from django.urls import URLPattern

app_name = "tandems"
urlpatterns: list[URLPattern] = []
