from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tandemwerk.reports"
    label = "reports"

    def ready(self) -> None:
        from tandemwerk.reports import navigation  # noqa: F401 - registers its entries
