from django.apps import AppConfig


class TandemsConfig(AppConfig):
    name = "tandemwerk.tandems"
    label = "tandems"

    def ready(self) -> None:
        from tandemwerk.tandems import (  # noqa: F401 - they register themselves
            cohort_page,
            erasers,
            exporters,
            handlers,
            navigation,
            next_steps,
            replays,
            room_boxes,
        )
