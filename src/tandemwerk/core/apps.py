from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tandemwerk.core"
    label = "core"
