from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tandemwerk.reports"
    label = "reports"
