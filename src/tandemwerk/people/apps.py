from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tandemwerk.people"
    label = "people"
