from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    name = "tandemwerk.core"
    label = "core"

    def ready(self) -> None:
        """Load every app's jobs, event handlers and sealed fields: each process knows them all."""
        from tandemwerk.core import housekeeping  # noqa: F401 - registers periodic jobs

        for config in apps.get_app_configs():
            for module in ("jobs", "handlers", "sealed"):
                name = f"{config.name}.{module}"
                if config.name.startswith("tandemwerk.") and find_spec(name):
                    import_module(name)
