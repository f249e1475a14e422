from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "tandemwerk.pairing"
    label = "pairing"

    def ready(self) -> None:
        from tandemwerk.pairing import cohort_page  # noqa: F401 - registers itself
