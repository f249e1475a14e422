from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "tandemwerk.rooms"
    label = "rooms"

    def ready(self) -> None:
        from tandemwerk.rooms import (  # noqa: F401 - they register themselves
            erasers,
            overview,
            parts,
            tabs,
        )
