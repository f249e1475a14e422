from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "tandemwerk.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from tandemwerk.people import (  # noqa: F401  # registered by being imported
            erasers,
            exporters,
            handlers,
            navigation,
            replays,
        )
