from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "tandemwerk.safeguarding"
    label = "safeguarding"

    def ready(self) -> None:
        from tandemwerk.people.ports import register_staff
        from tandemwerk.safeguarding import (  # noqa: F401 - they register themselves
            erasers,
            exporters,
            navigation,
            programme_box,
        )
        from tandemwerk.safeguarding.selectors.people import reads_reports

        register_staff(reads_reports)
