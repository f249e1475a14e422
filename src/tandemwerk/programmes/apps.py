from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tandemwerk.programmes"
    label = "programmes"
