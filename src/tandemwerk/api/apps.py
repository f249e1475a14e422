from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tandemwerk.api"
    label = "api"
