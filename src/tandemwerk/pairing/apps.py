from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "tandemwerk.pairing"
    label = "pairing"

    def ready(self) -> None:
        from tandemwerk.pairing import (  # noqa: F401 - they register themselves
            cohort_page,
            erasers,
            exporters,
            programme_page,
        )
