from django.apps import AppConfig


class TandemsConfig(AppConfig):
    name = "tandemwerk.tandems"
    label = "tandems"
