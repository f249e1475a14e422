from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tandemwerk.ui"
    label = "ui"
