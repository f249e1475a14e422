from django.apps import AppConfig


class TandemsConfig(AppConfig):
    name = "tandemwerk.tandems"
    label = "tandems"

    def ready(self) -> None:
        from tandemwerk.tandems import navigation  # noqa: F401 - registers its entries
