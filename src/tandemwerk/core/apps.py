from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "tandemwerk.core"
    label = "core"

    def ready(self) -> None:
        """Load every app's jobs and event handlers, so that each process knows all of them."""
        from tandemwerk.core import housekeeping  # noqa: F401 - registers periodic jobs

        for config in apps.get_app_configs():
            for module in ("jobs", "handlers"):
                name = f"{config.name}.{module}"
                if config.name.startswith("tandemwerk.") and find_spec(name):
                    import_module(name)
